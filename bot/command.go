package bot

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// A Command is one row of the table from which redpin's help, its answers and the platforms' menus are made.
type Command struct {
	// Name is lower case, without a slash.
	Name string
	// Summary is at most 100 characters (Discord's limit on a description).
	Summary string
	// Argument names the command's one argument, or is empty; ArgumentSummary describes it.
	Argument, ArgumentSummary string
	// Required says that the command means nothing without its argument.
	Required bool
	// Moderator says that only moderators may use it: the platform should not offer it to others.
	Moderator bool
	// Verify says that the platform must find out whether the person is a moderator (Message.Moderator): the command
	// is theirs, or says more to them.
	Verify bool
	// Local is the command in other languages, for platforms whose menus have them, by BCP 47 tag. A platform hands on
	// Name, whatever its menu showed.
	Local map[string]Local
}

// Local is a command in one language.
type Local struct {
	// Name and Summary are bound as a Command's are.
	Name, Summary string
}

// Commands is the table, in the order in which help lists it.
func Commands() []Command {
	commands := []Command{
		{Name: "ask", Summary: "Ask a question", Argument: "question", ArgumentSummary: "What you want to know, in your own words", Required: true},
		{Name: "topics", Summary: "Browse what I can answer"},
		{Name: "help", Summary: "How to ask, and all commands"},
		{Name: "about", Summary: "Who I am, where answers come from, what I keep"},
		{Name: "status", Summary: "What is loaded, and since when", Verify: true},
		{Name: "reload", Summary: "Load the knowledge again (moderators)", Argument: "mode", ArgumentSummary: "dry shows what would change, and changes nothing", Moderator: true, Verify: true},
	}
	for i, c := range commands {
		commands[i].Local = locals[c.Name]
	}
	return commands
}

// command answers a command.
func (b *Bot) command(ctx context.Context, e *Edition, m Message) Reply {
	switch m.Command {
	case "ask":
		return b.question(ctx, e, m.Text)
	case "topics":
		return e.listTopics(1)
	case "help", "start": // Telegram's clients send /start when a chat begins
		return Reply{Outcome: Commanded, Text: help(e), Choices: []Choice{topicsChoice()}}
	case "about":
		return Reply{Outcome: Commanded, Text: about(e)}
	case "status":
		return Reply{Outcome: Commanded, Text: b.status(e, m.Moderator), Private: m.Moderator}
	case "reload":
		return b.reload(ctx, m)
	}
	return Reply{Outcome: Commanded, Text: textNoCommand}
}

func help(e *Edition) string {
	var s strings.Builder
	s.WriteString("Ask me in your own words; you need no command for it in a private chat. In a group, mention me or reply to me.\n\n")
	for _, c := range Commands() {
		name := "/" + c.Name
		if c.Required {
			name += " " + c.Argument
		}
		fmt.Fprintf(&s, "- `%s`: %s\n", name, c.Summary)
	}
	if e.Base.RedFlags() > 0 {
		s.WriteString("\nIf your message shows a sign that needs help soon, I say so first, above any answer. I can miss signs: " +
			"when you are worried, do not wait for me, and call for help.")
	}
	return s.String()
}

func about(e *Edition) string {
	var s strings.Builder
	s.WriteString("I'm redpin, a bot. I answer from texts that people wrote in advance, and I say so when I have no answer. " +
		"No language model is involved.\n")
	for _, p := range e.Base.Packs {
		fmt.Fprintf(&s, "\n- **%s**", escape(p.Title))
		if p.Description != "" {
			s.WriteString(": " + escape(p.Description))
		}
		if line := (Answer{Source: p.Source}).SourceLine(); line != "" {
			s.WriteString(" " + line)
		}
	}
	s.WriteString("\n\n" + textKeeps)
	return s.String()
}

// status tells what is loaded, and moderators also what became of messages.
func (b *Bot) status(e *Edition, moderator bool) string {
	var s strings.Builder
	fmt.Fprintf(&s, "redpin %s, serving %s and %s since %s (%s ago).\n", b.version,
		count(e.Base.Entries(), "answer"), count(e.Base.RedFlags(), "red flag"),
		e.Since.UTC().Format("2006-01-02 15:04 UTC"), time.Since(e.Since).Round(time.Second))
	for _, p := range e.Base.Packs {
		fmt.Fprintf(&s, "\n- **%s** (%s): %s, %s", escape(p.Title), p.Language, count(len(p.Entries), "answer"), count(len(p.RedFlags), "red flag"))
	}
	if n := len(e.Base.Warnings); n > 0 {
		fmt.Fprintf(&s, "\n\n%s for the authors; `redpin check` lists them.", count(n, "warning"))
	}
	if moderator {
		s.WriteString("\n\n" + b.tally.Markdown())
	}
	return s.String()
}

// ParseCommand splits a text that starts with a slash into a command's name, the name of the bot that it is
// addressed to ("" for none, as in Telegram's /ask@bot), and the rest. Any other text gives no name.
func ParseCommand(text string) (name, bot, rest string) {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "/") {
		return "", "", text
	}
	word := text[1:]
	if i := strings.IndexAny(word, " \t\r\n"); i >= 0 {
		word, rest = word[:i], strings.TrimSpace(word[i:])
	}
	name, bot, _ = strings.Cut(word, "@")
	return strings.ToLower(name), bot, rest
}

package bot

import "strings"

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
	// Moderator says that only moderators may use it: the platform must find out (Message.Moderator), and
	// should not offer it to others.
	Moderator bool
}

// Commands is the table, in the order in which help lists it.
func Commands() []Command {
	return []Command{
		{Name: "ask", Summary: "Ask a question", Argument: "question", ArgumentSummary: "What you want to know, in your own words", Required: true},
		{Name: "topics", Summary: "Browse what I can answer"},
		{Name: "help", Summary: "How to ask, and all commands"},
		{Name: "about", Summary: "Who I am, where answers come from, what I keep"},
		{Name: "status", Summary: "What is loaded, and since when"},
		{Name: "reload", Summary: "Load the knowledge again (moderators)", Moderator: true},
	}
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

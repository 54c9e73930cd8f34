package bot

import "slices"

// A Message is what a person sent, whatever the platform: words, a command or a pressed choice. Platforms make
// messages only from people, never from bots or from themselves, and only when the bot is addressed or watches.
type Message struct {
	// Text is what the person wrote, without the mention of the bot and without the command's name.
	Text string
	// Command is the name of a command without its slash ("ask", "reload"), or empty. Text holds its arguments.
	Command string
	// Choice is the token of the choice that was pressed (Choice.Token), or empty. It is untrusted.
	Choice string
	// Moderator says that the platform has verified that the person may reload. A platform need look only
	// when the command asks for it (Command.Verify).
	Moderator bool
	// Public says that others than the asker read the reply.
	Public bool
	// Watched says that the message was not addressed to the bot, in a place that a moderator has put under
	// watch: an emergency is answered with its pinned text alone, and nothing else is answered at all.
	Watched bool
	// Person is an id of who wrote it, opaque and unique to the platform. It is needed for watched messages and for
	// pressed choices only, so that nobody is told the same twice within the quiet time, or counted twice.
	Person string
}

// words are all that the person wrote. Where the command is none of redpin's, it is one of the words: somebody
// who writes "/numb since yesterday" needs help with something else than commands.
func (m Message) words() string {
	if m.Command == "" || slices.ContainsFunc(Commands(), func(c Command) bool { return c.Name == m.Command }) {
		return m.Text
	}
	return m.Command + " " + m.Text
}

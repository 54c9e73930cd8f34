// Package bottest is the one suite that every platform passes: conversations, told over the platform's real
// wire against a server that behaves as the platform's own does.
package bottest

import (
	"testing"
	"time"

	"github.com/redpin/redpin/bot"
)

// Open starts a platform that serves handle, for the length of the test, and returns a client to it. Each call
// makes a platform and a server of its own.
type Open func(t *testing.T, handle bot.Handler) Client

// A Client does what people do on a platform.
type Client interface {
	// Send delivers in to the platform as its server would.
	Send(t *testing.T, in Incoming)
	// Receive returns the next message that the bot sent or edited, as its reader sees it, and waits for it
	// at most so long.
	Receive(t *testing.T, wait time.Duration) (Sent, bool)
}

// Incoming is what somebody does in a chat.
type Incoming struct {
	// Text is what is written: words, or a command such as "/help" or "/ask how long?", which a platform
	// with commands of its own delivers as such.
	Text string
	// Press is the label of a choice under the bot's last message that showed it; Text is empty then.
	Press string
	// Group is a chat with others; otherwise the chat is private.
	Group bool
	// Addressed says that a group's message is meant for the bot: the client mentions it.
	Addressed bool
	// Moderator says that the one who writes may reload.
	Moderator bool
	// From says who writes: a person, another bot, or the bot itself.
	From Sender
}

// A Sender is the kind of account that writes.
type Sender int

// The senders.
const (
	Person Sender = iota
	OtherBot
	Itself
)

// Sent is what the bot sent, as its reader sees it: with the markup resolved, and the choices' labels.
type Sent struct {
	Text    string
	Choices []string
	// Private says that only the asker can see it.
	Private bool
	// Mentions are those whom the message would notify beside the asker whom it replies to. It must be empty.
	Mentions []string
}

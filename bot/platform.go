package bot

import "context"

// A Handler turns a message into a reply. Bot.Handle is the one that the program uses. It does not panic and
// is safe for concurrent use.
type Handler func(ctx context.Context, m Message) Reply

// A Platform carries messages to a handler and its replies back to where each came from.
type Platform interface {
	// Run serves until ctx is done and then returns nil, within a second and with the replies under way sent.
	// Any other return is an error that a person must mend, such as a token that is refused: what passes by
	// itself (an outage, a rate limit) is retried inside.
	Run(ctx context.Context, handle Handler) error
}

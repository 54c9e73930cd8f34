package bot

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"

	"github.com/redpin/redpin/knowledge"
	"github.com/redpin/redpin/search"
)

// Options are what a Bot needs to know.
type Options struct {
	// Load reads the knowledge, at the start and at each reload. Its error is a knowledge.Problems where an
	// author can mend it, and what it returns beside that is looked at for more of them.
	Load func() (*knowledge.Base, error)
	// Log gets facts, never what people wrote. Nil means slog.Default().
	Log *slog.Logger
	// Version is the program's, for /status.
	Version string
	// PageLength is how many characters of an answer are shown at once; 0 shows all. Chats use PageLength.
	PageLength int
	// QuietTime is how long a person whose messages are watched is not told of the same red flag again; 0 means
	// QuietTime.
	QuietTime time.Duration
	// Limit is how many ranked entries a reply reports (Reply.Hits); 0 means 5.
	Limit int
}

// QuietTime is long enough that one bad hour gets one notice, and short enough that the next gets its own.
const QuietTime = time.Hour

// voteTime is how long a person's word on an entry stands before another of theirs counts.
const voteTime = 24 * time.Hour

// A Bot answers messages from the edition in use. It is safe for concurrent use.
type Bot struct {
	load       func() (*knowledge.Base, error)
	log        *slog.Logger
	version    string
	pageLength int
	limit      int

	edition   atomic.Pointer[Edition]
	reloading sync.Mutex // held by the one reload that may run
	quiet     *quiet     // of watched emergencies
	voted     *quiet     // of buttons that call an answer helpful or not
	tally     *tally
}

// New loads the first edition. Its error is a knowledge.Problems where an author can mend it.
func New(ctx context.Context, o Options) (*Bot, error) {
	b := &Bot{load: o.Load, log: o.Log, version: o.Version, pageLength: o.PageLength, limit: o.Limit}
	b.quiet, b.voted, b.tally = newQuiet(cmp.Or(o.QuietTime, QuietTime)), newQuiet(voteTime), newTally()
	if b.log == nil {
		b.log = slog.Default()
	}
	if b.limit <= 0 {
		b.limit = 5
	}
	e, err := openEdition(ctx, b.load)
	if err != nil {
		return nil, err
	}
	b.edition.Store(e)
	return b, nil
}

// Close frees the edition in use. Handle must not be called afterwards.
func (b *Bot) Close() error { return b.edition.Load().Close() }

// Edition is the edition in use.
func (b *Bot) Edition() *Edition { return b.edition.Load() }

// Handle answers one message. Red flags are looked for first and on their own: whatever fails after that, the
// escalation is in the reply.
func (b *Bot) Handle(ctx context.Context, m Message) Reply {
	e := b.edition.Load()
	p := e.find(m.words(), b.log)
	if len(p.flags) > 0 {
		b.log.Info("red flags raised", "flags", p.flags)
	}
	r := b.reply(ctx, e, m, p)
	if m.Choice == "" { // who reads on has been counted
		b.tally.add(r)
	}
	return r
}

func (b *Bot) reply(ctx context.Context, e *Edition, m Message, p pin) Reply {
	if m.Watched {
		return b.watched(m, p)
	}
	r := b.answer(ctx, e, m)
	if p.alone {
		alone := p.reply()
		alone.Hits, alone.Confidence = r.Hits, r.Confidence
		return alone
	}
	return withPin(r, p, m)
}

// watched is the reply to a message that was not meant for the bot: an emergency's text, once in the quiet time,
// or nothing. A failed look for red flags says nothing here: a safety text under every message of a channel would
// be noise, and the error is in the log.
func (b *Bot) watched(m Message, p pin) Reply {
	var emergencies []string
	for _, f := range p.flags {
		if f.Level == knowledge.Emergency {
			emergencies = append(emergencies, f.ID)
		}
	}
	if len(emergencies) == 0 || !b.quiet.first(m.Person, emergencies...) {
		return Reply{}
	}
	return p.reply()
}

// answer is the reply without its pin. It does not panic.
func (b *Bot) answer(ctx context.Context, e *Edition, m Message) (reply Reply) {
	defer func() {
		if r := recover(); r != nil {
			b.log.Error("answering failed", "panic", fmt.Sprintf("%T", r), "stack", string(debug.Stack()))
			reply = Reply{Outcome: Abstained, Text: textTrouble}
		}
	}()
	switch {
	case m.Choice != "":
		return b.choose(e, m)
	case m.Command != "":
		return b.command(ctx, e, m)
	}
	return b.question(ctx, e, m.Text)
}

// question answers words that are no command.
func (b *Bot) question(ctx context.Context, e *Edition, text string) Reply {
	if !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
		return Reply{Outcome: Commanded, Text: textAsk} // a bare mention, emoji, punctuation
	}
	if said := smallTalk(text); said != "" {
		return Reply{Outcome: Commanded, Text: said}
	}
	e, result, err := b.search(ctx, e, text)
	if err != nil {
		b.log.Error("search failed", "error", err)
		return Reply{Outcome: Abstained, Text: textTrouble}
	}
	if parts := search.Split(text); len(parts) > 1 {
		if answered := b.parts(ctx, e, parts); len(answered) > 1 {
			return b.answerEach(e, answered)
		}
	}
	return b.decide(e, b.surer(ctx, e, text, result))
}

// surer raises the confidence in what was found for a message to that in what is found for its one question, where both
// find the same: what else people tell makes nobody doubt what they ask.
func (b *Bot) surer(ctx context.Context, e *Edition, text string, result search.Result) search.Result {
	if len(result.Hits) == 0 || result.Confidence >= search.AnswerAt {
		return result
	}
	asked := search.Asked(text)
	if asked == "" {
		return result
	}
	// A reload in between may close the index; then what was found stands.
	alone, err := e.index.Search(ctx, asked, 1)
	if err == nil && len(alone.Hits) > 0 && alone.Hits[0].Entry == result.Hits[0].Entry {
		result.Confidence = max(result.Confidence, alone.Confidence)
	}
	return result
}

// withPin puts the red flags' texts around the reply to m.
func withPin(r Reply, p pin, m Message) Reply {
	r.Flags = p.flags
	if p.escalation == "" && p.notice == "" {
		return r
	}
	r.Escalation, r.Brief, r.Whole = p.escalation, p.brief, p.whole
	if p.escalation != "" {
		r.Feedback = nil // no moment to be asked whether it helped
	}
	smallTalk := r.Outcome == Commanded && m.Command == ""
	if r.Outcome == Suggested && p.escalation != "" {
		r.Outcome = Abstained // an emergency is no moment for "did you mean"
	}
	if r.Outcome == Abstained || smallTalk {
		r.Text, r.Choices = "", nil // beside a red flag, "I don't know" or "hello" would only distract
	}
	switch {
	case p.notice == "":
	case len(r.Answers) > 0:
		r.Notice = p.notice
	default:
		// What leads to the choices must stand right above them, so the notice comes before it.
		lead := r.Text
		r.Text = p.notice
		if p.disclaimer != "" {
			r.Text += "\n\n*" + p.disclaimer + "*"
		}
		if lead != "" {
			r.Text += "\n\n" + lead
		}
	}
	return r
}

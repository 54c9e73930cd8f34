package bot

import (
	"github.com/redpin/redpin/knowledge"
)

// An Outcome says what became of a message. The zero value is silence.
type Outcome string

// The outcomes, as "redpin ask --json" prints them.
const (
	Silence   Outcome = ""
	Answered  Outcome = "answer"   // the reply holds an answer
	Suggested Outcome = "suggest"  // "did you mean …?", with choices
	Abstained Outcome = "abstain"  // redpin does not know, and says so
	Commanded Outcome = "command"  // a command, a greeting or thanks
	Escalated Outcome = "escalate" // an escalation stands alone
)

// A Reply is what redpin says, before a platform dresses it. Its parts are shown in the order of the fields:
// the escalation first, whole, word for word and never cut. All texts are Markdown in the dialect of
// knowledge.ParseMarkdown. The zero value says nothing.
type Reply struct {
	Outcome Outcome
	// Escalation is the pinned text of the emergencies that the message showed, or empty.
	Escalation string
	// Brief is the escalation for where others read along: what to do, without naming what was noticed. Empty means
	// that the escalation has none, and is shown whole everywhere.
	Brief string
	// Whole leads from Brief to the escalation, which then comes as a private reply.
	Whole Choice
	// Text is redpin's own words: a command's result, "did you mean", "I don't know".
	Text string
	// Answers are the entries that answer the message: one for each question in it.
	Answers []Answer
	// Notice is the "worth a visit" text of specialist red flags, below the answers, or empty.
	Notice string
	// Disclaimer is the pack's line under answers, or empty.
	Disclaimer string
	// Choices are what the person may pick next, the best first; see Choice.
	Choices []Choice
	// Feedback are two choices that call the one answer helpful or not, or none. Platforms with buttons show them
	// apart from Choices, and fill Message.Person when one is pressed.
	Feedback []Choice
	// Private asks the platform to show the reply to the asker alone, where it can.
	Private bool

	// Flags are the red flags that fired, emergencies first.
	Flags []Flag
	// Hits are the ranked entries behind the outcome, whatever it was, and Confidence is how sure redpin is
	// that the first is right, from 0 to 1.
	Hits       []Hit
	Confidence float64
}

// An Answer is an entry, or one page of a long one.
type Answer struct {
	Title string
	// Token shows this page of the entry when it comes back as Message.Choice, as a Choice's does.
	Token string
	// Body is Markdown.
	Body string
	// Page counts from 1; Pages is 1 for an entry that fits.
	Page, Pages int
	Source      knowledge.Source
	// Disclosure is the pack's text about paid links, where the entry recommends products, or empty.
	Disclosure string
}

// A Choice is something to press, or to pick by number where there are no buttons.
type Choice struct {
	// Label is plain text of at most 80 characters (Discord's limit on a button, the tightest).
	Label string
	// Token comes back as Message.Choice. It holds all state, so that it works after a restart, is at most
	// 64 bytes of ASCII (Telegram's limit on callback data, the tightest), and is versioned.
	Token string
}

// A Flag is a red flag that fired.
type Flag struct {
	ID    string          `json:"id"`
	Level knowledge.Level `json:"level"`
}

// A Hit is an entry that may answer the message, and the ranker's score for it.
type Hit struct {
	ID    string  `json:"id"`
	Pack  string  `json:"pack"`
	Score float64 `json:"score"`
}

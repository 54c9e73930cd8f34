package knowledge

// A Level says how soon someone must act on a red flag.
type Level string

// The levels, as authors write them and as "redpin ask --json" prints them.
const (
	Emergency  Level = "emergency"  // act now
	Specialist Level = "specialist" // see someone soon
)

// A RedFlag is an urgent matter: how it shows in a message, and what people are told who write such a message.
type RedFlag struct {
	// ID is unique in the pack, and the same id in two packs means the same matter.
	ID string
	// Title names the matter in a few words, such as "Loss of bladder or bowel control".
	Title string
	Level Level
	// Alone says that the escalation is the whole reply, with no answer under it (a crisis).
	Alone bool
	// Signs are patterns; any one of them raises the flag.
	Signs []Sign
	// Escalation is Markdown, sent whole and word for word, its {{words}} filled in. Paragraphs that several
	// flags share are sent once when several fire.
	Escalation string
	// Brief is Markdown that is sent instead of the escalation where others read along: what to do, without what was
	// noticed. It may be empty.
	Brief string

	Place
}

// A Sign is one pattern of package triage, as the author wrote it.
type Sign struct {
	Pattern string
	Place
}

// A Concept is a name for words and phrases that mean the same to a sign.
type Concept struct {
	Name    string
	Phrases []Phrase
	// Incomplete says that the concept has a problem of its own, so that some of its phrases are not here.
	Incomplete bool
	Place
}

// A Phrase is one wording of a concept.
type Phrase struct {
	Text string
	Place
}

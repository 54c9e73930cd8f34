package knowledge

// A Pack is one folder of knowledge, as its author wrote it and with its words filled in.
type Pack struct {
	// ID is the name of the pack's folder.
	ID string
	// Title is what people read, such as "Back pain and intimacy".
	Title string
	// Description says in a sentence what can be asked.
	Description string
	// Language is a BCP 47 tag such as "en" or "pt-BR". It decides how words are reduced to stems.
	Language string
	// Disclaimer is one line of Markdown under every reply that holds an answer of this pack; it may be empty.
	Disclaimer string
	// Disclosure is Markdown under every answer whose entry asks for it (Entry.Discloses); it may be empty when no entry does.
	Disclosure string
	// Safety is Markdown that is sent when looking for red flags failed. A pack with red flags has one.
	Safety string
	// Source is where the knowledge comes from, for entries that name none of their own.
	Source Source
	// Synonyms are groups of words or phrases that mean the same when people ask, as the author wrote them.
	Synonyms [][]string

	// Entries and RedFlags are in the order of their files and lines.
	Entries  []*Entry
	RedFlags []*RedFlag
	// Concepts are the named lists of words that signs refer to.
	Concepts []*Concept
	// Examples are messages and the red flags that they raise, for triage.Learn. Only LoadWithExamples reads them.
	Examples []FlagTest
	// Learned is what triage.Learn made of the examples, or nil, and LearnedFile where it stands.
	Learned     []byte
	LearnedFile string
	// Tests are the pack's own test questions and messages.
	Tests Tests

	// Missing is what could not be read. It is zero in a pack without a fault.
	Missing Missing
}

// Missing says what of a pack is not here because it has a problem of its own, so that what refers to it is not called
// wrong as well.
type Missing struct {
	Language bool // it is not known in which language the pack is
	Signs    bool // some signs, or whole red flags
	Concepts bool // concepts whose names are not known either
}

// A Source says where knowledge comes from. URL may be empty; the zero value means that no source is named.
type Source struct {
	Title string
	URL   string
}

// Tests are what an author expects of a pack. "redpin check" runs them.
type Tests struct {
	Answers []AnswerTest
	Flags   []FlagTest
	// AnswersPass and FlagsPass are the percentages of them that must pass, 100 where the author sets none.
	// Honest tests hold questions that no ranking of words gets right.
	AnswersPass, FlagsPass float64
}

// An AnswerTest is a question and the ids of the entries that answer it, any one of which is right. With no
// ids, the pack has no answer and must not pretend to.
type AnswerTest struct {
	Question string
	Want     []string
	Place
}

// A FlagTest is a message and the ids of the red flags that it must raise. With no ids, the message is calm
// and must raise none.
type FlagTest struct {
	Message string
	Want    []string
	Place
}

package knowledge

// An Entry is one answer.
type Entry struct {
	// ID is unique in the pack: the heading's slug, or its explicit {#id}.
	ID string
	// Title is the heading, as plain text. A title that is a question is also the entry's first question.
	Title string
	// Section is the nearest heading above the entry's own, as plain text, or empty.
	Section string
	// Topic is the first-level heading that the entry stands under (its own title where it is that heading).
	Topic string
	// Questions are the wordings under which people ask for this entry, the author's first; it may be empty.
	Questions []string
	// Body is the answer in Markdown, without its heading and its fields.
	Body string
	// Tags are words that people may use and that the text does not hold.
	Tags []string
	// Related are the ids of other entries of the same pack.
	Related []string
	// Source is where the answer comes from; the pack's where the entry names none.
	Source Source
	// Discloses says that the reply carries the pack's Disclosure, because the entry recommends products.
	Discloses bool

	Place
}

// A Place is where something stands in a pack: the file, relative to the folder that was loaded, with forward
// slashes, and the line, counted from 1.
type Place struct {
	File string
	Line int
}

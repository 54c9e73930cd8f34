package knowledge_test

import (
	"fmt"
	"testing/fstest"

	"github.com/redpin/redpin/knowledge"
)

func ExampleLoad() {
	base, err := knowledge.Load(fstest.MapFS{
		"club/pack.yaml": {Data: []byte("title: My club\n")},
		"club/visit.md":  {Data: []byte("# Visiting us\n\n## When are you open?\n\nOn Tuesdays.\n\n**Also asked:**\n\n- opening hours\n")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	entry := base.Packs[0].Entries[0]
	fmt.Println(base.Packs[0].ID, entry.ID, entry.Place)
	fmt.Printf("%q\n%s\n", entry.Questions, entry.Body)
	// Output:
	// club when-are-you-open {club/visit.md 3}
	// ["When are you open?" "opening hours"]
	// On Tuesdays.
}

// The error lists every mistake with its place and a remedy.
func ExampleLoad_problems() {
	_, err := knowledge.Load(fstest.MapFS{
		"pack.yaml": {Data: []byte("titel: My club\n")},
		"visit.md":  {Data: []byte("# Visiting us\n\n## When are you open?\n")},
	})
	fmt.Println(err)
	// Output:
	// pack.yaml:1: pack.yaml has no setting "titel"; did you mean "title"?
	// visit.md:3: the heading "When are you open?" has no text under it; write the text under it, or delete the heading
}

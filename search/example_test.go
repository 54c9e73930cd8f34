package search_test

import (
	"context"
	"fmt"
	"log"

	"github.com/redpin/redpin/knowledge"
	"github.com/redpin/redpin/search"
)

func Example() {
	pack := &knowledge.Pack{ID: "library", Language: "en", Entries: []*knowledge.Entry{
		{ID: "hours", Title: "When are you open?", Body: "Monday to Saturday, nine to six.", Questions: []string{"opening hours"}},
		{ID: "renew", Title: "How do I renew a book?", Body: "Online, or at the counter.", Questions: []string{"keep a book longer"}},
	}}
	index, err := search.New(context.Background(), []*knowledge.Pack{pack})
	if err != nil {
		log.Fatal(err)
	}
	defer index.Close()

	result, err := index.Search(context.Background(), "can i keep my boks longer", 5)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(result.Hits[0].Entry.Title, result.Confidence >= search.AnswerAt)
	// Output: How do I renew a book? true
}

func ExampleSplit() {
	for _, question := range search.Split("What stretches should I do before and which pillow should I get?") {
		fmt.Println(question)
	}
	// Output:
	// What stretches should I do before
	// which pillow should I get?
}

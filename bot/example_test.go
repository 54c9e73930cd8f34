package bot_test

import (
	"context"
	"fmt"
	"testing/fstest"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/knowledge"
)

// A bot needs nothing but a way to load its knowledge. A red flag stands above the answer, whatever was asked.
func ExampleBot_Handle() {
	pack := fstest.MapFS{
		"pack.yaml": {Data: []byte("title: Harbour\nsafety: Call 112 when somebody is in danger.\n")},
		"boats.md":  {Data: []byte("# Boats\n\n## Where can I moor?\n\nAt the east pier.\n\n## When does the ferry leave?\n\nAt noon.\n")},
		"red-flags/water.md": {Data: []byte("# Somebody in the water {#overboard}\n\n**Call 112 now.** Throw them something that floats.\n\n" +
			"**Level:** emergency\n\n**Signs:**\n\n- `fell overboard`\n")},
	}
	b, err := bot.New(context.Background(), bot.Options{
		Load: func() (*knowledge.Base, error) { return knowledge.Load(pack) },
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer b.Close()
	reply := b.Handle(context.Background(), bot.Message{Text: "My brother just fell overboard! Where can I moor?"})
	fmt.Println(reply.Outcome)
	fmt.Println(reply.Markdown())
	// Output:
	// answer
	// **Call 112 now.** Throw them something that floats.
	//
	// **Where can I moor?**
	//
	// At the east pier.
}

// Telegram's commands may name the bot that they are for.
func ExampleParseCommand() {
	name, to, rest := bot.ParseCommand("/Ask@redpin_bot where can I moor?")
	fmt.Printf("%q %q %q\n", name, to, rest)
	// Output: "ask" "redpin_bot" "where can I moor?"
}

package discord

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/redpin/redpin/bot/bottest"
	"github.com/redpin/redpin/bot/discord/discordtest"
)

// TestComplete offers the core's titles while somebody types, and a title that is picked is answered.
func TestComplete(t *testing.T) {
	t.Parallel()
	b := bottest.NewBot(t)
	s := serve(t, discordtest.Config{}, Options{Complete: b.Complete}, b.Handle)
	for _, c := range []struct {
		typed string
		want  []string // of the offers' beginning
	}{
		{"when should I wat", []string{"When should I water tomatoes?"}},
		{"zzzz qqqq", nil},
	} {
		s.Use(discordtest.Used{Command: "ask", Options: map[string]any{"question": c.typed}, Typing: "question"})
		offers, ok := s.NextOffers(patience)
		if !ok {
			t.Fatalf("nothing is offered for %q; the log:\n%s", c.typed, s.log)
		}
		var titles []string
		for _, o := range offers {
			if o.Name != o.Value {
				t.Errorf("%q stands for %q", o.Name, o.Value)
			}
			titles = append(titles, o.Value)
		}
		if len(titles) < len(c.want) || !slices.Equal(titles[:len(c.want)], c.want) || c.want == nil && len(titles) > 0 {
			t.Errorf("%q offers %q", c.typed, titles)
		}
	}
	s.WaitRequests("PUT /applications", 1, patience)
	question, _ := s.Commands()[0]["options"].([]any)
	if option, _ := question[0].(map[string]any); option["autocomplete"] != true {
		t.Errorf("/ask is registered as %v", s.Commands()[0])
	}
	if log := s.log.String(); strings.Contains(log, "zzzz") {
		t.Errorf("the log holds what was typed:\n%s", log)
	}
}

// TestOffers keeps Discord's limits whatever the titles are.
func TestOffers(t *testing.T) {
	var many []string
	for n := range 40 {
		many = append(many, fmt.Sprint("Question ", n))
	}
	long := strings.Repeat("how long ", 20)
	for _, c := range []struct {
		name   string
		titles []string
		want   []offer // at their beginning
		n      int
	}{
		{"none", nil, nil, 0},
		{"many", many, []offer{{"Question 0", "Question 0"}}, 25},
		{"empty, twice, and on two lines", []string{"", " ", "Why\nso?", "Why so?"}, []offer{{"Why so?", "Why so?"}}, 1},
		{"long", []string{long + "1", long + "2"}, []offer{{long[:98] + "…", long[:98]}}, 1},
		{"long in two units", []string{strings.Repeat("😀", 60)}, []offer{{strings.Repeat("😀", 49) + "…", strings.Repeat("😀", 49)}}, 1},
		{"not UTF-8", []string{"a\xffb"}, []offer{{"ab", "ab"}}, 1},
	} {
		got := offersOf(c.titles).Choices
		if len(got) != c.n || !slices.Equal(got[:len(c.want)], c.want) {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

// TestCompleteFails offers nothing where there is nothing to ask, and an answer that Discord refuses harms nobody.
func TestCompleteFails(t *testing.T) {
	t.Parallel()
	s := serve(t, discordtest.Config{}, Options{}, echo)
	typing := discordtest.Used{Command: "ask", Options: map[string]any{"question": "words of the asker"}, Typing: "question"}
	s.Use(typing)
	if offers, ok := s.NextOffers(patience); !ok || len(offers) > 0 {
		t.Errorf("offered %v", offers)
	}
	s = serve(t, discordtest.Config{}, Options{Complete: func(context.Context, string, int) []string { panic("words of the asker") }}, echo)
	s.Add(discordtest.Fault{On: "POST /interactions", Status: 404, Code: 10062})
	s.Use(typing)
	s.log.lines("never should", 1)
	s.Write(discordtest.Written{Direct: true, Text: "hello"})
	if m, ok := s.Next(patience); !ok || m.Content != "Heard: hello" {
		t.Errorf("got %q", m.Content)
	}
	if log := s.log.String(); strings.Contains(log, "words of the asker") {
		t.Errorf("the log holds what was typed:\n%s", log)
	}
}

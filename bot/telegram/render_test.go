package telegram

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/telegram/telegramtest"
	"github.com/redpin/redpin/knowledge"
)

var updateGoldens = flag.Bool("update", false, "write the golden files anew")

// render dresses a reply with nothing kept from before.
func render(r bot.Reply) []page { return (*press)(nil).render(r) }

// A part is a section of a golden file, which begins with a line "-- name --".
type part struct{ name, text string }

func readParts(t *testing.T, file string) (comment string, parts []part) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		name, opens := strings.CutPrefix(strings.TrimSuffix(line, " --\n"), "-- ")
		switch {
		case opens && strings.HasSuffix(line, " --\n"):
			parts = append(parts, part{name: name})
		case len(parts) == 0:
			comment += line
		default:
			parts[len(parts)-1].text += line
		}
	}
	return comment, parts
}

// TestRenderGolden shows what each reply in testdata/render becomes.
func TestRenderGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/render/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no goldens found (%v)", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			comment, parts := readParts(t, file)
			var want string
			if last := len(parts) - 1; parts[last].name == "want" {
				want, parts = parts[last].text, parts[:last]
			}
			pages := render(readReply(t, parts))
			checkPages(t, pages)
			got := showPages(pages)
			if *updateGoldens {
				for _, p := range append(parts, part{"want", got}) {
					comment += "-- " + p.name + " --\n" + p.text
				}
				if err := os.WriteFile(file, []byte(comment), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != want {
				t.Errorf("rendered:\n%s\nwant:\n%s\n(go test -update writes what is rendered)", got, want)
			}
		})
	}
}

// readReply makes a reply of sections that are named after its parts.
func readReply(t *testing.T, parts []part) bot.Reply {
	t.Helper()
	var r bot.Reply
	for _, p := range parts {
		text := strings.TrimSuffix(p.text, "\n")
		switch p.name {
		case "escalation":
			r.Escalation = text
		case "text":
			r.Text = text
		case "answer":
			title, body, _ := strings.Cut(text, "\n")
			r.Answers = append(r.Answers, bot.Answer{Title: title, Body: body, Page: 1, Pages: 1})
		case "source":
			title, address, _ := strings.Cut(text, "\n")
			r.Answers[len(r.Answers)-1].Source = knowledge.Source{Title: title, URL: address}
		case "disclosure":
			r.Answers[len(r.Answers)-1].Disclosure = text
		case "notice":
			r.Notice = text
		case "disclaimer":
			r.Disclaimer = text
		case "choices":
			r.Choices = readChoices(text)
		case "feedback":
			r.Feedback = readChoices(text)
		default:
			t.Fatalf("unknown part %q", p.name)
		}
	}
	return r
}

func readChoices(text string) (choices []bot.Choice) {
	for line := range strings.Lines(text) {
		label, token, _ := strings.Cut(strings.TrimSpace(line), " = ")
		choices = append(choices, bot.Choice{Label: label, Token: token})
	}
	return choices
}

func showPages(pages []page) string {
	var b strings.Builder
	for i, p := range pages {
		if i > 0 {
			b.WriteString("==== next message ====\n")
		}
		b.WriteString(p.html + "\n")
		for _, row := range p.buttons {
			for i, button := range row {
				if i > 0 {
					b.WriteString(" ")
				}
				fmt.Fprintf(&b, "[%s] %s", button.Text, button.Data)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// checkPages holds messages to what Telegram accepts, and to mentioning nobody.
func checkPages(t *testing.T, pages []page) {
	t.Helper()
	for i, p := range pages {
		text, entities, err := telegramtest.ParseHTML(p.html)
		if err != nil {
			t.Fatalf("message %d: Telegram would refuse it: %v\n%s", i+1, err, p.html)
		}
		if strings.TrimSpace(text) == "" {
			t.Errorf("message %d is empty", i+1)
		}
		if n := telegramtest.UTF16Len(text); n > 4096 || len(p.html) > 32768 || len(entities) > 100 {
			t.Errorf("message %d has %d units, %d bytes, %d entities", i+1, n, len(p.html), len(entities))
		}
		for _, e := range entities {
			if e.Type == "text_mention" {
				t.Errorf("message %d mentions a user", i+1)
			}
		}
		if n := telegramtest.UTF16Len(p.plain); n > 4096 || strings.TrimSpace(p.plain) == "" {
			t.Errorf("message %d has %d units as plain text", i+1, n)
		}
		for _, e := range telegramtest.FindEntities(p.plain) {
			if e.Type == "mention" {
				t.Errorf("message %d as plain text mentions %s", i+1, e.Cut(p.plain))
			}
		}
		for _, e := range telegramtest.FindEntities(text) {
			if e.Type == "mention" && !inCode(e, entities) {
				t.Errorf("message %d mentions %s", i+1, e.Cut(text))
			}
		}
		for _, row := range p.buttons {
			for _, b := range row {
				if n := utf8.RuneCountInString(b.Text); n < 1 || n > 80 || len(b.Data) < 1 || len(b.Data) > 64 {
					t.Errorf("message %d has the button %q with data %q", i+1, b.Text, b.Data)
				}
			}
		}
	}
}

func inCode(e telegramtest.Entity, entities []telegramtest.Entity) bool {
	for _, c := range entities {
		if (c.Type == "code" || c.Type == "pre" || c.Type == "text_link") && c.Offset <= e.Offset && e.Offset+e.Length <= c.Offset+c.Length {
			return true
		}
	}
	return false
}

func TestSplit(t *testing.T) {
	long := strings.Repeat("Lie on your side, and put a pillow between your knees. ", 40)
	paragraphs := strings.Repeat(long+"\n\n", 5)
	cases := map[string]struct {
		reply    bot.Reply
		messages int
	}{
		"nothing":                            {bot.Reply{}, 0},
		"fits":                               {bot.Reply{Text: long}, 1},
		"escalation first, then the answer":  {bot.Reply{Escalation: long, Text: paragraphs}, 6},
		"one paragraph, much too long":       {bot.Reply{Text: strings.ReplaceAll(paragraphs, "\n", " ")}, 3},
		"bold all over":                      {bot.Reply{Text: "**" + strings.TrimSpace(strings.ReplaceAll(paragraphs, "\n", " ")) + "**"}, 3},
		"no border at all":                   {bot.Reply{Text: strings.Repeat("x", 9000)}, 3},
		"emoji count twice":                  {bot.Reply{Text: strings.Repeat("😀", 4096)}, 2},
		"ampersands take more bytes":         {bot.Reply{Text: strings.Repeat(`"&" `, 2500)}, 3},
		"a long block of code":               {bot.Reply{Text: "```go\n" + strings.Repeat("x := 1 // <tag>\n", 400) + "```"}, 2},
		"many styles":                        {bot.Reply{Text: strings.Repeat("**a** b ", 200)}, 3},
		"a long quotation":                   {bot.Reply{Text: strings.Repeat("> "+long+"\n>\n", 3)}, 3},
		"choices need a message":             {bot.Reply{Choices: []bot.Choice{{Label: "More", Token: "1"}}}, 1},
		"choices that Telegram would refuse": {bot.Reply{Text: "x", Choices: []bot.Choice{{Label: "", Token: "1"}, {Label: "x", Token: strings.Repeat("x", 65)}}}, 1},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			pages := render(c.reply)
			checkPages(t, pages)
			if len(pages) != c.messages {
				t.Errorf("%d messages, want %d", len(pages), c.messages)
			}
			checkWords(t, c.reply, pages)
		})
	}
}

// checkWords looks for every word of the escalation, in order, before anything else.
func checkWords(t *testing.T, r bot.Reply, pages []page) {
	t.Helper()
	want := strings.Fields(hushless(plainOf(r.Escalation)))
	var all strings.Builder
	for _, p := range pages {
		text, _, _ := telegramtest.ParseHTML(p.html)
		all.WriteString(text + "\n")
	}
	got := strings.Join(strings.Fields(hushless(all.String())), "")
	if !strings.HasPrefix(got, strings.Join(want, "")) {
		t.Errorf("the messages do not begin with the whole escalation:\n%.2000q\nwant first:\n%.2000q", got, want)
	}
}

func hushless(s string) string { return strings.ReplaceAll(s, hushed, "") }

func plainOf(markdown string) string {
	var b strings.Builder
	for _, block := range markdownBlocks(markdown, look{}) {
		b.WriteString(plainText(block.runs) + "\n")
	}
	return b.String()
}

func FuzzRender(f *testing.F) {
	f.Add("**Call 112.**", "# Hello\n\n- a\n  - b\n\n|a|b|\n|-|-|\n|c|d|", "Title", "More")
	f.Add("", "[a](tg://user?id=1) @everyone <b>x</b> `@code_name` &lt;br&gt; ![i](http://e.org)", "T", "")
	f.Add("x@", "**faq_bot**\n\n```a b\n<\n```\n> q\n> > r", "@name", "Yes")
	f.Add("_a **b _c** d_", "~~a~~ <https://e.org/@name> <a@b.c> https://e.org/@another \\@name &#64;name", "<", "&")
	f.Fuzz(func(t *testing.T, escalation, text, title, label string) {
		r := bot.Reply{
			Escalation: escalation, Text: text, Disclaimer: text,
			Answers:  []bot.Answer{{Title: title, Body: text, Page: 1, Pages: 1, Source: knowledge.Source{Title: title, URL: label}}},
			Choices:  []bot.Choice{{Label: label, Token: "1"}},
			Feedback: []bot.Choice{{Label: label, Token: "1.y.x.1"}, {Label: title, Token: "1.n.x.1"}},
		}
		pages := render(r)
		checkPages(t, pages)
		checkWords(t, r, pages)
	})
}

package discord

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/discord/discordtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestRender compares with testdata/render: each file holds a reply, and under "sent" what Discord is sent for it.
func TestRender(t *testing.T) {
	files, err := filepath.Glob("testdata/render/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			reply, kept := readReply(t, archive)
			parts := render(reply)
			check(t, reply, parts)
			var got, want strings.Builder
			var sent []txtar.File
			for n, p := range parts {
				text := p.content + "\n"
				for _, row := range rows(t, p) {
					text += "[" + strings.Join(row, "] [") + "]\n"
				}
				sent = append(sent, txtar.File{Name: fmt.Sprintf("sent %d", n+1), Data: []byte(text)})
			}
			for _, f := range sent {
				fmt.Fprintf(&got, "-- %s --\n%s", f.Name, f.Data)
			}
			for _, f := range archive.Files[len(kept):] {
				fmt.Fprintf(&want, "-- %s --\n%s", f.Name, f.Data)
			}
			if *update {
				archive.Files = append(kept, sent...)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want.String(), got.String()); diff != "" {
				t.Errorf("(-want +got, -update writes it)\n%s", diff)
			}
		})
	}
}

// readReply reads the reply of a golden file, and the sections that it stands in.
func readReply(t *testing.T, archive *txtar.Archive) (bot.Reply, []txtar.File) {
	t.Helper()
	var r bot.Reply
	var kept []txtar.File
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "sent ") {
			continue
		}
		kept = append(kept, f)
		text := string(f.Data)
		switch f.Name {
		case "escalation":
			r.Escalation = text
		case "text":
			r.Text = text
		case "notice":
			r.Notice = text
		case "disclaimer":
			r.Disclaimer = text
		case "answer":
			head, body, _ := strings.Cut(text, "\n\n")
			a := bot.Answer{Body: body, Page: 1, Pages: 1}
			for _, line := range strings.Split(head, "\n") {
				key, value, _ := strings.Cut(line, ": ")
				switch key {
				case "title":
					a.Title = value
				case "source":
					a.Source.Title, a.Source.URL, _ = strings.Cut(value, " | ")
				case "disclosure":
					a.Disclosure = value
				default:
					t.Fatalf("what is %q?", line)
				}
			}
			r.Answers = append(r.Answers, a)
		case "choices":
			for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
				name, token, _ := strings.Cut(line, "|")
				r.Choices = append(r.Choices, bot.Choice{Label: strings.TrimSpace(name), Token: strings.TrimSpace(token)})
			}
		default:
			t.Fatalf("what is the section %q?", f.Name)
		}
	}
	return r, kept
}

// rows reads a part's buttons back from what is sent.
func rows(t *testing.T, p part) [][]string {
	t.Helper()
	data, err := json.Marshal(p.buttons)
	if err != nil {
		t.Fatal(err)
	}
	var read []struct {
		Components []struct {
			Label    string
			CustomID string `json:"custom_id"`
		}
	}
	if err := json.Unmarshal(data, &read); err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for _, row := range read {
		var names []string
		for _, b := range row.Components {
			names = append(names, b.Label+" = "+b.CustomID)
			if n := length(b.Label); n == 0 || n > maxLabel {
				t.Errorf("a label of %d characters", n)
			}
		}
		if len(names) == 0 || len(names) > maxInRow {
			t.Errorf("a row of %d buttons", len(names))
		}
		out = append(out, names)
	}
	if len(out) > maxRows {
		t.Errorf("%d rows", len(out))
	}
	return out
}

// check holds for every reply: each part fits, nobody is named, the words are all there and in order, the
// escalation's first, and the buttons are on the last part.
func check(t *testing.T, reply bot.Reply, parts []part) {
	t.Helper()
	var shown strings.Builder
	for n, p := range parts {
		if length(p.content) > maxContent {
			t.Errorf("part %d has %d characters", n+1, length(p.content))
		}
		if strings.TrimSpace(p.content) == "" {
			t.Errorf("part %d is empty", n+1)
		}
		if named := discordtest.Named(p.content); len(named) > 0 {
			t.Errorf("part %d names %q", n+1, named)
		}
		if !utf8.ValidString(p.content) {
			t.Errorf("part %d is not UTF-8", n+1)
		}
		if n < len(parts)-1 && len(p.buttons) > 0 {
			t.Errorf("buttons on part %d of %d", n+1, len(parts))
		}
		rows(t, p)
		shown.WriteString(discordtest.Visible(p.content) + "\n")
	}
	got := letters(shown.String())
	if want := letters(wordsOf(reply.Escalation)); !strings.HasPrefix(got, want) {
		t.Errorf("the escalation does not come first and whole:\nwant %q\ngot  %q", want, got)
	}
	for _, markdown := range []string{reply.Text, reply.Notice, reply.Disclaimer} {
		if want := letters(wordsOf(markdown)); !strings.Contains(got, want) {
			t.Errorf("words are missing:\nwant %q\ngot  %q", want, got)
		}
	}
	for _, a := range reply.Answers {
		if want := letters(wordsOf(a.Body)); !strings.Contains(got, want) {
			t.Errorf("words of the answer are missing:\nwant %q\ngot  %q", want, got)
		}
	}
}

// wordsOf are the words that a reader of the Markdown should see.
func wordsOf(markdown string) string {
	var b strings.Builder
	for _, block := range parse(markdown) {
		for _, l := range block.lines {
			b.WriteString(l.prefix + plainLine(l) + "\n")
		}
	}
	return b.String()
}

// letters drops what cutting and dressing may change: spaces, the marks of lists and quotes, and an address's escapes.
func letters(text string) string {
	text = strings.NewReplacer("%40", "@", "%60", "`", "%7C", "|", "%5C", `\`).Replace(text)
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || strings.ContainsRune("\u200b•-#>", c) {
			return -1
		}
		return c
	}, text)
}

func FuzzRender(f *testing.F) {
	files, _ := filepath.Glob("testdata/render/*.txtar")
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, section := range archive.Files {
			if !strings.HasPrefix(section.Name, "sent ") {
				f.Add(string(section.Data), "a *b* @everyone")
			}
		}
	}
	f.Add("**a*b*c**d_e_`f``g`", "\\*\\`[a](b)")
	f.Add(strings.Repeat("> ", 100)+"deep", strings.Repeat("- ", 100)+"deep")
	f.Fuzz(func(t *testing.T, escalation, text string) {
		reply := bot.Reply{Escalation: escalation, Text: text}
		check(t, reply, render(reply))
	})
}

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

// TestRender compares with testdata/render: each file holds a reply, and under "sent" what Discord is sent for it. Where it
// differs, "plain" is for channels without embeds, and "aloud" for where others read along.
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
			sent := asSent(t, "sent", reply, setting{embeds: true})
			if len(reply.Answers) > 0 {
				sent = append(sent, asSent(t, "plain", reply, setting{})...)
			}
			if reply.Brief != "" {
				sent = append(sent, asSent(t, "aloud", reply, setting{embeds: true, aloud: true})...)
			}
			if *update {
				archive.Files = append(kept, sent...)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want := txtar.Format(&txtar.Archive{Files: archive.Files[len(kept):]})
			if diff := cmp.Diff(string(want), string(txtar.Format(&txtar.Archive{Files: sent}))); diff != "" {
				t.Errorf("(-want +got, -update writes it)\n%s", diff)
			}
		})
	}
}

// asSent renders and checks a reply, and gives each part as a section.
func asSent(t *testing.T, name string, reply bot.Reply, in setting) []txtar.File {
	t.Helper()
	parts := render(reply, in)
	check(t, reply, parts, in)
	var sent []txtar.File
	for n, p := range parts {
		var text strings.Builder
		if p.content != "" {
			text.WriteString(p.content + "\n")
		}
		for _, e := range p.embeds {
			fmt.Fprintf(&text, "[[%s]]\n%s\n", e.Title, e.Description)
			if e.Footer != nil {
				fmt.Fprintf(&text, "[[footer]] %s\n", e.Footer.Text)
			}
		}
		for _, row := range rows(t, p) {
			text.WriteString("[" + strings.Join(row, "] [") + "]\n")
		}
		sent = append(sent, txtar.File{Name: fmt.Sprintf("%s %d", name, n+1), Data: []byte(text.String())})
	}
	return sent
}

// choices reads choices, each on a line.
func choices(text string) []bot.Choice {
	var out []bot.Choice
	for line := range strings.Lines(text) {
		name, token, _ := strings.Cut(line, "|")
		out = append(out, bot.Choice{Label: strings.TrimSpace(name), Token: strings.TrimSpace(token)})
	}
	return out
}

// made says whether a section was written by -update.
func made(name string) bool {
	return strings.HasPrefix(name, "sent ") || strings.HasPrefix(name, "plain ") || strings.HasPrefix(name, "aloud ")
}

// readReply reads the reply of a golden file, and the sections that it stands in.
func readReply(t *testing.T, archive *txtar.Archive) (bot.Reply, []txtar.File) {
	t.Helper()
	var r bot.Reply
	var kept []txtar.File
	for _, f := range archive.Files {
		if made(f.Name) {
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
			r.Choices = choices(text)
		case "feedback":
			r.Feedback = choices(text)
		case "brief":
			r.Brief = text
		case "whole":
			r.Whole = choices(text)[0]
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
// escalation's first and in the content, and the buttons are on the last part.
func check(t *testing.T, reply bot.Reply, parts []part, in setting) {
	t.Helper()
	var shown, content strings.Builder
	embedded := false
	for n, p := range parts {
		if length(p.content) > maxContent {
			t.Errorf("part %d has %d characters", n+1, length(p.content))
		}
		if strings.TrimSpace(p.content) == "" && len(p.embeds) == 0 {
			t.Errorf("part %d is empty", n+1)
		}
		if embedded && p.content != "" {
			t.Errorf("part %d has words below an embed", n+1)
		}
		texts := []string{p.content}
		content.WriteString(discordtest.Visible(p.content))
		shown.WriteString(discordtest.Visible(p.content) + "\n")
		sum := 0
		for _, e := range p.embeds {
			embedded = true
			foot := ""
			if e.Footer != nil {
				foot = e.Footer.Text
			}
			if length(e.Title) > maxTitle || length(e.Description) > maxDescription || length(foot) > maxFooter || e.length() == 0 {
				t.Errorf("an embed of %d, %d and %d characters", length(e.Title), length(e.Description), length(foot))
			}
			sum += e.length()
			texts = append(texts, e.Title, e.Description, foot)
			shown.WriteString(discordtest.Visible(e.Title) + "\n" + discordtest.Visible(e.Description) + "\n" + foot + "\n")
		}
		if sum > maxSum || len(p.embeds) > maxEmbeds {
			t.Errorf("part %d has %d embeds of %d characters", n+1, len(p.embeds), sum)
		}
		for _, text := range texts {
			if named := discordtest.Named(text); len(named) > 0 {
				t.Errorf("part %d names %q", n+1, named)
			}
			if !utf8.ValidString(text) {
				t.Errorf("part %d is not UTF-8", n+1)
			}
		}
		if n < len(parts)-1 && len(p.buttons) > 0 {
			t.Errorf("buttons on part %d of %d", n+1, len(parts))
		}
		rows(t, p)
	}
	escalation := reply.Escalation
	if in.aloud && reply.Brief != "" && pressable(reply.Whole) {
		escalation = reply.Brief
	}
	if want := letters(wordsOf(escalation)); !strings.HasPrefix(letters(content.String()), want) {
		t.Errorf("the escalation does not come first and whole:\nwant %q\ngot  %q", want, letters(content.String()))
	}
	inOrder := []string{wordsOf(reply.Text)}
	for _, a := range reply.Answers {
		inOrder = append(inOrder, oneLine(a.Title), wordsOf(a.Body), wordsOf(a.Disclosure))
	}
	got := letters(shown.String())
	for _, text := range append(inOrder, wordsOf(reply.Notice), wordsOf(reply.Disclaimer)) {
		want := letters(text)
		i := strings.Index(got, want)
		if i < 0 {
			t.Errorf("words are missing, or out of order:\nwant %q\ngot  %q", want, got)
			continue
		}
		got = got[i+len(want):]
	}
	// What cannot be embedded says the same.
	if plain := plainly(parts); in.embeds {
		check(t, reply, plain, setting{aloud: in.aloud})
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
			if !made(section.Name) {
				f.Add(string(section.Data), "a *b* @everyone")
			}
		}
	}
	f.Add("**a*b*c**d_e_`f``g`", "\\*\\`[a](b)")
	f.Add(strings.Repeat("> ", 100)+"deep", strings.Repeat("- ", 100)+"deep")
	f.Fuzz(func(t *testing.T, escalation, text string) {
		reply := bot.Reply{Escalation: escalation, Text: text}
		check(t, reply, render(reply, setting{}), setting{})
		reply = bot.Reply{
			Escalation: escalation, Notice: text, Disclaimer: text,
			Answers: []bot.Answer{{Title: text, Body: escalation}, {Title: escalation, Body: text}},
		}
		check(t, reply, render(reply, setting{embeds: true}), setting{embeds: true})
	})
}

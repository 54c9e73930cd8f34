package bot

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPages(t *testing.T) {
	for _, tt := range []struct {
		name     string
		markdown string
		length   int
		want     []string
	}{
		{"whole", "a\n\nb", 0, []string{"a\n\nb"}},
		{"fits", "a\n\nb", 4, []string{"a\n\nb"}},
		{"between paragraphs", "one two\n\nthree", 10, []string{"one two", "three"}},
		{"several paragraphs a page", "aa\n\nbb\n\ncc\n\ndd", 6, []string{"aa\n\nbb", "cc\n\ndd"}},
		{"not inside code", "```\na\n\nb\n```\n\nc", 12, []string{"```\na\n\nb\n```", "c"}},
		{"between lines", "- one\n- two\n- three", 12, []string{"- one\n- two", "- three"}},
		{"between words", "one two three", 8, []string{"one two", "three"}},
		{"characters, not bytes", "éééé\n\nüüüü", 4, []string{"éééé", "üüüü"}},
		{"table keeps its head", "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |", 30, []string{"| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 3 | 4 |"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := pages(tt.markdown, tt.length)
			if strings.Join(got, "¦") != strings.Join(tt.want, "¦") {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// FuzzPages checks that no page is too long and no word is lost.
func FuzzPages(f *testing.F) {
	f.Add("one\n\ntwo three\n```\nx\n\ny\n```", 10)
	f.Add("| a |\n|---|\n| b |\n| c |", 5)
	f.Fuzz(func(t *testing.T, markdown string, length int) {
		if length < 40 || !utf8.ValidString(markdown) || strings.Contains(markdown, "|") { // tables repeat their heads
			t.Skip()
		}
		all := pages(markdown, length)
		for _, page := range all {
			if n := utf8.RuneCountInString(page); n > length {
				t.Fatalf("a page of %d characters, more than %d", n, length)
			}
		}
		// Where a long word is cut, blanks may come between, so words are compared without blanks.
		join := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if got, want := join(strings.Join(all, "")), join(markdown); got != want {
			t.Fatalf("pages lost text: got %q, want %q", got, want)
		}
	})
}

// FuzzChoice checks that whatever a button carries gets a reply.
func FuzzChoice(f *testing.F) {
	f.Add("1.e.abc.1")
	f.Add("1.t..999999999999")
	f.Fuzz(func(t *testing.T, pressed string) {
		e := &Edition{}
		if r := (&Bot{}).choose(e, Message{Choice: pressed}); r.Text == "" && !r.Private {
			t.Fatalf("no reply to %q", pressed)
		}
	})
}

package search

import (
	"slices"
	"strings"
	"testing"
)

func TestTokenise(t *testing.T) {
	for text, want := range map[string]string{
		"":                                 "",
		"Hello, World!":                    "hello world",
		"don't don’t DON`T":                "dont dont dont",
		"the dog's bowl, the dogs'":        "the dog bowl the dogs",
		"log-in / e-mail":                  "log in e mail",
		"C++ or C#? .NET, asp.net":         "c++ or c# .net asp net",
		"a+b x##":                          "a+ b x##",
		"ﬁle ＡＢＣ":                          "file abc",
		"soft\u00adhyphen zero\u200bwidth": "softhyphen zerowidth",
		"naïve Ünïcode":                    "naïve ünïcode",
		"密码重置":                             "密码 码重 重置",
		"密":                                "密",
		"重置 my 密码":                         "重置 my 密码",
		"비밀번호":                             "비밀 밀번 번호",
		"パスワード":                            "パス スワ ワー ード",
		"हिन्दी में":                       "हिन्दी में",
		"403 error_code v2":                "403 error code v2",
	} {
		if got := strings.Join(tokenise(fold(text), languageOf("en")), " "); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got := strings.Join(tokenise(fold("l’eau d'été"), languageOf("fr")), " "); got != "l eau d été" {
		t.Errorf("French elides: got %q", got)
	}
}

func TestWithoutDestinations(t *testing.T) {
	for text, want := range map[string]string{
		"plain":                            "plain",
		"see [this](https://example.org)!": "see [this])!",
		"[a](b) and [c](d":                 "[a]) and [c]",
		"[a](b\nmore":                      "[a]\nmore",
	} {
		if got := withoutDestinations(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestSlips(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"same", "same", 0}, {"position", "postion", 1}, {"position", "poistion", 1}, {"wedge", "wegde", 1},
		{"pillow", "pilow", 1}, {"mattress", "matres", 2}, {"back", "neck", 2}, {"kitten", "sitting", 3}, {"é", "e", 1},
	} {
		got := slips(test.a, test.b, 2)
		if got != test.want {
			t.Errorf("%s, %s: got %d, want %d", test.a, test.b, got, test.want)
		}
		if got != slips(test.b, test.a, 2) {
			t.Errorf("%s, %s: not the same the other way", test.a, test.b)
		}
	}
	long := strings.Repeat("x", 1000)
	if slips(long, long, 2) <= 2 {
		t.Error("words of a thousand letters are compared")
	}
}

func TestDictionary(t *testing.T) {
	d := newDictionary([]string{"pear", "apple", "apply", "app", "zebra"})
	for i, w := range []string{"app", "apple", "apply", "pear", "zebra"} {
		if id, ok := d.find(w); !ok || id != uint32(i) || d.word(id) != w {
			t.Errorf("%s: number %d, %v", w, id, ok)
		}
	}
	for _, w := range []string{"", "appl", "zz", "a"} {
		if _, ok := d.find(w); ok {
			t.Errorf("%q was found", w)
		}
	}
	if from, to := d.prefixed("app"); from != 0 || to != 3 {
		t.Errorf("app…: %d to %d, want 0 to 3", from, to)
	}
	if from, to := d.prefixed("q"); from != to {
		t.Errorf("q…: %d to %d, want none", from, to)
	}
	none := newDictionary(nil)
	if _, ok := none.find("x"); ok {
		t.Error("an empty dictionary found a word")
	}
}

func TestSplit(t *testing.T) {
	whole := []string{
		"What is the best position?",
		"My back hurts. What is the best position?",
		"What is a wedge? Does it help my back?",                   // it
		"Is yoga good? And for how long?",                          // says nothing by itself
		"how do I know when and where to go",                       // one question
		"what should I tell my wife and my kids about my bad back", // and joins people
		"salt and pepper",
		"Can you help me? How do I renew my book?", // the first asks for leave to ask
		"",
		"What is love? Who sings this song? When does the bar close? Which bus goes home?", // a list
	}
	for _, message := range whole {
		if got := Split(message); !slices.Equal(got, []string{message}) {
			t.Errorf("%q was split: %q", message, got)
		}
	}
	for message, want := range map[string][]string{
		"What stretches help my back? Which pillow should I get?":           {"What stretches help my back?", "Which pillow should I get?"},
		"what stretches should i do before and which pillow should i get":   {"what stretches should i do before", "which pillow should i get"},
		"What is a good position? And can massage help?":                    {"What is a good position?", "can massage help?"},
		"Hi! I'm new here. When are you open? How do I get a library card?": {"When are you open?", "How do I get a library card?"},
	} {
		if got := Split(message); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", message, got, want)
		}
	}
}

func TestAsked(t *testing.T) {
	for message, want := range map[string]string{
		"My son ate berries. When should I water tomatoes?": "When should I water tomatoes?",
		"hello all\nhow do i renew my book\nthanks so much": "how do i renew my book",
		"When should I water tomatoes?":                     "", // nothing else is said
		"It rains. When are you open? Where are you?":       "", // two
		"It rains. Does it help?":                           "", // what does?
		"My back hurts.":                                    "",
	} {
		if got := Asked(message); got != want {
			t.Errorf("%q: got %q, want %q", message, got, want)
		}
	}
}

func TestWeighPutsTheQuestionFirst(t *testing.T) {
	l := languageOf("en")
	story := strings.Repeat("We went to the lake and had a lot of fun with the boat. ", 5)
	parts := l.weigh(story + "Where can I rent a tent? Thanks for reading.")
	if !parts[0].asks || parts[0].weight != 1 || !strings.Contains(parts[0].text, "rent a tent") {
		t.Errorf("first part: %+v", parts[0])
	}
	sum := float32(0)
	for _, p := range parts[1:] {
		sum += p.weight * float32(len(p.tokens))
	}
	if question := float32(len(parts[0].tokens)); sum > rambleShare*question*1.001 {
		t.Errorf("the story weighs %.1f words, the question %.0f", sum, question)
	}
	for _, p := range l.weigh("My back hurts. What helps?") {
		if p.weight != 1 {
			t.Errorf("a short message is weighed: %+v", p)
		}
	}
}

func TestCutKeepsBothEnds(t *testing.T) {
	if s := strings.Repeat("é", maxCharacters); cut(s) != s {
		t.Error("a message at the limit was cut")
	}
	s := "start" + strings.Repeat("é", 3*maxCharacters) + "end"
	got := cut(s)
	if !strings.HasPrefix(got, "start") || !strings.HasSuffix(got, "end") || len([]rune(got)) != maxCharacters+1 {
		t.Errorf("cut to %d characters: %q…", len([]rune(got)), got[:20])
	}
}

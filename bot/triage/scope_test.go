package triage_test

import (
	"testing"

	"github.com/redpin/redpin/bot/triage"
)

// Scope is the promise that a denied, past or general sign raises nothing, and that one that is meant does.
func TestScope(t *testing.T) {
	m := small(t, "fever", "chills", "<numb> <leg>", "<leg> <numb>", "cant feel <leg>", "wet myself", "lost control", "<leg> + weak")
	for _, c := range []struct {
		text string
		want triage.Decision // of the first match that decides; Fires raises the flag
	}{
		{"I have a fever", triage.Fires},
		{"no fever", triage.Negated},
		{"no sign of any fever", triage.Negated},
		{"I don't have any fever", triage.Negated},
		{"I don't think I have a fever", triage.Negated},
		{"no cough, rash or fever", triage.Negated},
		{"fever: no", triage.Negated},
		{"fever? nope", triage.Negated},
		{"fever: yes", triage.Fires},
		{"fever, no cough", triage.Fires},
		{"no cough but a fever", triage.Fires},
		{"no cough, I have a fever", triage.Fires},
		{"no cough. Fever since monday", triage.Fires},
		{"not sure if it is a fever", triage.Fires},
		{"I don't know why I have a fever", triage.Fires},
		{"not only a fever", triage.Fires},
		{"I can't feel my foot", triage.Fires},
		{"no I can't feel my foot", triage.Fires},
		{"I haven't lost control", triage.Negated},
		{"never wet myself", triage.Negated},
		{"my legs are not numb", triage.Negated},
		{"my legs are numb", triage.Fires},
		{"my leg isn't weak", triage.Negated},
		{"had a fever ten years ago", triage.Past},
		{"ten years ago I had a fever", triage.Past},
		{"I had a fever ten years ago and again today", triage.Fires},
		{"the fever has gone", triage.Past},
		{"fever since monday, the rash has gone", triage.Fires},
		{"my legs have gone numb", triage.Fires},
		{"I had a fever. All fine now.", triage.Past},
		{"I had a fever. That was years ago.", triage.Past},
		{"I had a fever. The rash is fine now.", triage.Fires},
		{"I used to wet myself", triage.Past},
		{"is fever a red flag?", triage.General},
		{"what are the symptoms of fever", triage.General},
		{"what should I do, I have a fever", triage.Fires},
		{"what if I wet myself", triage.General},
	} {
		e := m.Explain(c.text)
		if got, want := len(e.Flags) > 0, c.want == triage.Fires; got != want {
			t.Errorf("%q: raised is %v, want %v: %+v", c.text, got, want, e.Matches)
		}
		if len(e.Matches) == 0 {
			t.Errorf("%q: nothing found", c.text)
			continue
		}
		decided := false
		for _, match := range e.Matches {
			decided = decided || match.Decision == c.want
		}
		if !decided {
			t.Errorf("%q: decided %s, want %s", c.text, e.Matches[0].Decision, c.want)
		}
	}
}

// The words that Explain names are those of the message, in bytes, whatever stands between their letters.
func TestExplainSpans(t *testing.T) {
	m := small(t, "fever !hay", "wet myself")
	for _, c := range []struct{ text, words, because string }{
		{"Ein **fe**ver!", "fe**ver", ""},
		{"I have hay fever", "fever", "hay"},
		{"nö, no fe\u200bver", "fe\u200bver", "no"},
		{"i w e t myself", "w e t myself", ""},
		{"f.e.v.e.r", "f.e.v.e.r", ""},
		{"ＦＥＶＥＲ", "ＦＥＶＥＲ", ""},
	} {
		e := m.Explain(c.text)
		if len(e.Matches) != 1 {
			t.Errorf("%q: %d matches, want 1", c.text, len(e.Matches))
			continue
		}
		match := e.Matches[0]
		words := c.text[match.Words[0].From:match.Words[0].To]
		because := c.text[match.Because.From:match.Because.To]
		if words != c.words || because != c.because {
			t.Errorf("%q: words %q because %q, want %q because %q", c.text, words, because, c.words, c.because)
		}
	}
}

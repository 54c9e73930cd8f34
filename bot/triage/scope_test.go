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
		{"the nurse asked about fever and I said no", triage.Negated},
		{"they asked if I had a fever and I said no, which is true", triage.Negated},
		{"told to watch for fever and chills, none of it so far", triage.Negated},
		{"no fever, chills or numb legs as far as I can tell", triage.Negated},
		{"fever or chills? nope", triage.Negated},
		{"fever no, chills no", triage.Negated},
		{"nah my legs are numb", triage.Fires},
		{"no joke my legs are numb", triage.Fires},
		{"I haven't told anyone that I wet myself", triage.Fires},
		{"I had no pain, and I wet myself", triage.Fires},
		{"had a fever after the op, antibiotics dealt with it and I'm fully well again", triage.Past},
		{"I had a fever. Antibiotics sorted it.", triage.Past},
		{"I had a fever. That was six years ago and he runs now.", triage.Past},
		{"I had a fever lol. Honestly. Wore off fine.", triage.Past},
		{"I had a fever, long healed", triage.Past},
		{"I had a fever and it hasn't been back since", triage.Past},
		{"I had surgery two years ago, I have a fever", triage.Fires},
		{"fever, he slipped a disc last year", triage.Fires},
		{"I had a fever. Last year I could still walk.", triage.Fires},
		{"fever, I used to be fine", triage.Fires},
		{"why do they ask about fever", triage.General},
		{"last winter it hurt so much that I got a fever", triage.Past},
		{"my legs were numb for a bit when I had my son, that was years ago", triage.Past},
		{"I wet myself, surgery cured it", triage.Past},
		{"I wet myself, surgery hasn't cured it", triage.Fires},
		{"I had numb legs after the operation. They gave me pills for a week. It's all behind me.", triage.Past},
		{"I have numb legs. They did an MRI. All fine.", triage.Fires},
		{"the numb legs I wrote about in March have resolved", triage.Past},
		{"I have numb legs since the epidural wore off", triage.Fires},
		{"numb legs all over again", triage.Fires},
		{"it's not like I can't feel my leg", triage.Negated},
		{"far from a fever", triage.Negated},
		{"I can not feel my leg", triage.Fires},
		{"nmb legs", triage.Fires},
		{"legs fine, arms weak", triage.Negated},
		{"leg: fine, arm: weak", triage.Negated},
		{"legs fine, but weak since monday", triage.Fires},
		{"my dog has numb legs", triage.Elsewhere},
		{"I fell over my dog and have numb legs", triage.Fires},
		{"the numb leg of the table", triage.Elsewhere},
		{"in my novel the hero has a fever", triage.Elsewhere},
		{"I read this novel and I have a fever", triage.Fires},
		{"why does the doctor ask if I wet myself?", triage.General},
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

// A setting joined by & counts though it is long ago, asked or stands behind another denial; an exception does not
// count where it is denied or stands before a "but".
func TestSettings(t *testing.T) {
	m := small(t, "leak & back", "tired + weak !squats")
	for _, c := range []struct {
		text  string
		fires bool
	}{
		{"I leak. I am never off my feet since the procedure on my back", true},
		{"I leak. My back went ten years ago", true},
		{"I leak. No back pain", false},
		{"no leak. My back hurts", false},
		{"tired and weak after squats", false},
		{"I did squats, but now I am tired and weak", true},
		{"tired and weak, not squats", true},
	} {
		if got := len(m.Find(c.text)) > 0; got != c.fires {
			t.Errorf("%q: raised is %v, want %v", c.text, got, c.fires)
		}
	}
}

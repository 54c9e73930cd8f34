package triage_test

import (
	"slices"
	"testing"

	"github.com/redpin/redpin/bot/triage"
	"github.com/redpin/redpin/knowledge"
)

func mustRaise(t *testing.T, m *triage.Matcher, message, flag string) {
	t.Helper()
	if !slices.ContainsFunc(m.Find(message), func(f *knowledge.RedFlag) bool { return f.ID == flag }) {
		t.Errorf("%q does not raise %s", message, flag)
	}
}

// TestAsides: people tell what is urgent and ask an ordinary question in one breath, and what they ask takes nothing from
// what they tell.
func TestAsides(t *testing.T) {
	_, m := shipped(t)
	told := map[string]string{
		"my groin is numb": "saddle-numbness", "he cant feel his bum": "saddle-numbness",
		"I can't pee": "bladder-bowel", "I lost control of my bowels": "bladder-bowel", "I peed myself again": "bladder-bowel",
		"my legs are weak": "leg-weakness", "I can't lift my foot": "leg-weakness", "both my legs keep giving way": "leg-weakness",
		"I have a fever and my back hurts": "fever", "temp 39 and spine pain": "fever",
		"I want to kill myself": "crisis", "I wish I was dead": "crisis", "I have thoughts of suicide": "crisis",
	}
	asides := []string{
		"Which pillow helps?", "Which position is best for us and should we warm up before with a heat pad?",
		"Hi all! Thanks for the tips on cushions and positions last week, we had a lovely evening.",
		"What is the best position? And does yoga or massage help my wife and me relax?",
		"Could we do the warm-up before sex?", "lol, any pillow tips",
	}
	for sign, flag := range told {
		for _, aside := range asides {
			for _, message := range []string{sign + ". " + aside, aside + " " + sign, sign + ", " + aside} {
				mustRaise(t, m, message, flag)
			}
		}
	}
}

// TestUnheard: words that no example has, such as those of another language, take nothing from a sign.
func TestUnheard(t *testing.T) {
	_, m := shipped(t)
	for message, flag := range map[string]string{
		"i cant pee desde ayer por favor ayuda que hago ahora":               "bladder-bowel",
		"my legs are numb seit gestern abend was soll ich tun bitte":         "leg-weakness",
		"i want to kill myself qwe rty uio pas dfg hjk zxc vbn mlp okn ijb":  "crisis",
		"my groin is numb lorem ipsum dolor sit amet consectetur adipiscing": "saddle-numbness",
		"i have a fever and my back hurts vandaag nog echt waar serieus":     "fever",
	} {
		mustRaise(t, m, message, flag)
	}
}

// TestShortTalk: what is said in a word or two is mostly the name of a subject, and no emergency.
func TestShortTalk(t *testing.T) {
	_, m := shipped(t)
	for _, message := range []string{
		"back pain", "hi, back pain", "back pain and sex", "acute back pain", "my back hurts", "legs", "leg raises", "where to put my legs",
		"bum", "between the legs", "at night", "tell me more", "why not", "and men?", "I am a woman", "I'm Anna", "self care", "life",
		"how do I end the evening nicely", "toilet", "wet", "help", "yes please", "pillow between my knees",
	} {
		for _, f := range m.Find(message) {
			if f.Level == "emergency" {
				t.Errorf("%q raises %s", message, f.ID)
			}
		}
	}
}

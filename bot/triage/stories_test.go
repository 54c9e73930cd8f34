package triage_test

import (
	"slices"
	"strings"
	"testing"
)

// What is said of a sign decides, whatever the sign: each story is told of each. {} is the sign.
func TestStories(t *testing.T) {
	m := signsAlone(t)
	raised := func(text, flag string) bool {
		for _, f := range m.Find(text) {
			if f.ID == flag {
				return true
			}
		}
		return false
	}
	past := map[string]string{
		"my legs kept giving way": "leg-weakness", "I couldn't feel my legs": "leg-weakness", "my foot dragged": "leg-weakness", "my leg was weak": "leg-weakness",
		"I leaked urine without knowing": "bladder-bowel", "I couldn't pee at all": "bladder-bowel", "my bladder didn't work": "bladder-bowel",
		"my groin was numb": "saddle-numbness", "I had a fever with back pain": "fever",
	}
	for sign, flag := range past {
		for _, story := range []string{
			"{} after my op in 2018, all fine now", "Ten years ago {}. Surgery fixed it.", "{} for a few weeks last year but I've fully recovered",
			"Back in my twenties {}. Haven't had any trouble since.", "{} before the surgery. Not any more!", "In 2015 {}, now I run marathons",
			"{}, but that was years ago", "{} once, a long time ago, never again", "There was a time when {}. Those days are over, thankfully.",
			"{} until they operated. Everything works again.", "{} in March but it's all back to normal", "{} after the epidural with my son. That wore off the same day.",
			"{} for months. Then I had the operation and I've had no problems since.", "{} during my first pregnancy, five years ago now.",
		} {
			if text := strings.ReplaceAll(story, "{}", sign); raised(text, flag) {
				t.Errorf("%q is over and raises %s", text, flag)
			}
		}
		for _, story := range []string{
			"{} this morning", "{} again today", "I had surgery ten years ago and now {}, out of nowhere", "Had this in 2015, it went away, but since Monday {}",
			"{} twice this week, my back is bad", "After my op in 2018 I was fine. Last night {}.", "My back was fine until Sunday, then {}",
			"The pain is gone now, but {} when I got up today", "No fever, no other trouble, but {} today", "Is it normal that {} after lifting a sofa?",
		} {
			if text := strings.ReplaceAll(story, "{}", sign); !raised(text, flag) {
				t.Errorf("%q does not raise %s", text, flag)
			}
		}
	}
	now := map[string]string{
		"I can't feel my legs": "leg-weakness", "my foot drags": "leg-weakness", "my dad can't feel his legs": "leg-weakness", "I'm leaking urine": "bladder-bowel",
		"I can't pee": "bladder-bowel", "I keep wetting myself": "bladder-bowel", "my groin is numb": "saddle-numbness", "she has a fever and her back hurts": "fever",
	}
	for sign, flag := range now {
		for _, story := range []string{
			"I had this in 2015 and it's back: {}", "Surgery fixed it two years ago but {} again", "Everything was back to normal until Sunday. {}.",
			"The pain went away but {}", "{}. I had surgery in 2018. All was good since then.", "{}. My wife says it's nothing.", "{}, the headache has gone though",
			"I don't want to worry anyone but {}", "not sure if it matters but {}", "no idea why but {}", "I haven't told my wife but {}", "{}. We were watching a film when it started.",
			"I was walking the dog and suddenly {}", "my sciatica cleared up, then {}", "{} ever since my op in March", "{}, otherwise all good", "No numbness elsewhere. {} though.",
			"My scan was clear last year. Yet {}.", "My mum had this ten years ago. Now {}.", "they discharged me yesterday and {}",
		} {
			if text := strings.ReplaceAll(story, "{}", sign); !raised(text, flag) {
				t.Errorf("%q does not raise %s", text, flag)
			}
		}
	}
	for _, name := range []string{"numbness in the groin", "weak legs", "bladder problems", "fever", "foot drop", "incontinence"} {
		for _, story := range []string{
			"no {}, just back pain", "I don't have {}, only a stiff back", "{}? no. just a sore back", "there's been no {} with this back pain", "doctor asked about {} and I said no, back is just stiff",
			"thankfully I've not had {}, only the back", "{} is not an issue, my back is", "{}: none. back: sore", "the leaflet mentions {}, which I don't have", "is {} a red flag with back pain?",
			"my doctor checked for {} and there was none", "not once have I had {}", "does everyone with a slipped disc get {}?", "I'm scared of getting {} one day", "recovered from {} last year, is yoga fine?",
			"my {} is a thing of the past, back just aches", "{} in dogs with back problems?",
		} {
			text := strings.ReplaceAll(story, "{}", name)
			for _, f := range m.Find(text) {
				if slices.Contains([]string{"bladder-bowel", "saddle-numbness", "leg-weakness", "fever"}, f.ID) {
					t.Errorf("%q raises %s", text, f.ID)
				}
			}
		}
	}
}

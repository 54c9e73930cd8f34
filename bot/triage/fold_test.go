package triage_test

import (
	"strings"
	"testing"
)

// What hides a sign is undone; what only looks like hiding is left alone.
func TestFolding(t *testing.T) {
	m := small(t, "numb <leg>", "cant <pee>", "suicide", "temperature 38-42", "blood + urine", "6-50 week")
	for _, text := range []string{
		"NUMB LEGS", "númb lêgs", "ｎｕｍｂ ｌｅｇｓ", "𝐧𝐮𝐦𝐛 𝓵𝓮𝓰𝓼", "ⓝⓤⓜⓑ legs", "🅽🆄🅼🅱 legs", "nυmb lеgs" /* Greek, Cyrillic */, "numЬ legs",
		"nu\u200bmb le\u00adgs", "n\u034fumb \u2060legs", "*numb* _legs_", "||numb|| legs", "**nu**mb ~~legs~~", "<b>nu</b>mb <i>legs</i>", "`numb` legs",
		"numb_legs", "numb-legs", "numb…legs", "numb\tlegs", "numb\u00a0legs",
		"nuuuumb legs", "numb leggggs", "n u m b legs", "n.u.m.b l.e.g.s", "n-u-m-b legs", "n😭u😭m😭b legs", "n u m b l e g s", "n u m b  l e g s", "n u  m b l e g s", "m y  n u m b  l e g s", "numb l3gs", "numb 1eg",
		"my\nnumb\nlegs", "ᴍʏ ɴᴜᴍʙ ʟᴇɢꜱ", "MyNumbLegs", "nu-mb legs", "num😭b legs", "numb legggggs", "nummmmb leeegs",
		"c-a-n-'-t p-e-e", "c\u200ba\u200bn\u200b'\u200bt pee", "can'\u0336t pee", "c4n'7 p33", "I c/a/n/'/t p/e/e", "cαη'т ρее", "can'ttt pee",
		"cant pee", "can't pee", "can’t pee", "canʼt pee", "cant peeeee", "cant p33", "I саnt рее", "c a n t p e e",
		"su1c1de", "5uicide", "s.u.i.c.i.d.e", "sui-cide", "suïcide", "su\u0456cide",
		"temperature 38.4", "temperature 38,4", "temperature:39.5C", "temperature of 39°", "temp 40",
		"bl00d in the ur1ne",
		"6wks", "7 weeks", "ten weeks",
	} {
		if len(m.Find(text)) == 0 {
			t.Errorf("%q is not found", text)
		}
	}
	for _, text := range []string{
		"", " ", "\u200b", "temperature 37", "temperature 3,900", "5 weeks", "numb. Legs", "number legs", "dumb legs", "numb eggs", "can pee", "cant see", "numb.\nMy legs are fine",
		"<numb>", "n u m b e r s", "\xff\xfe\x80", "suicidal"[:5],
	} {
		if len(m.Find(text)) != 0 {
			t.Errorf("%q is found", text)
		}
	}
}

// A sign is found wherever it stands in a message of any length.
func TestLongMessages(t *testing.T) {
	m := small(t, "numb <leg>")
	for _, between := range []string{"x ", "word. ", "word ", "word, ", "ä ", "n "} {
		for _, n := range []int{0, 1, 30, 31, 32, 61, 62, 63, 64, 95, 500, 5000} {
			text := strings.Repeat(between, n) + "numb legs " + strings.Repeat(between, n)
			if len(m.Find(text)) != 1 {
				t.Errorf("not found behind %d times %q", n, between)
			}
		}
	}
}

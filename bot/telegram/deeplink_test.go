package telegram

import (
	"regexp"
	"testing"
)

// aPayload is what Telegram takes: https://core.telegram.org/bots/features#deep-linking
var aPayload = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

func TestPayload(t *testing.T) {
	t.Parallel()
	for token, want := range map[string]string{
		"1.e.aB3_dEf6hIj9.1":    "1--e--aB3_dEf6hIj9--1",
		"1.e.--_-aB3_dEf6.12":   "1--e---_-__-_aB3_dEf6--12",
		"1.t..2":                "1--t----2",
		"":                      "",
		"1.e.ä.1":               "",
		"1.e.a b.1":             "",
		"1.e.&startgroup=x.1":   "",
		string(make([]byte, 9)): "",
	} {
		got := payload(token)
		if got != want {
			t.Errorf("payload(%q) = %q, want %q", token, got, want)
		}
		if back, ok := tokenOf(got); want != "" && (!ok || back != token) {
			t.Errorf("tokenOf(%q) = %q, %v, want %q", got, back, ok, token)
		}
	}
	for _, p := range []string{"", "campaign", "from-a-friend", "1--e--a-", "1.e.a.1", "1--e ", "1--é"} {
		if token, ok := tokenOf(p); ok {
			t.Errorf("tokenOf(%q) = %q, want none", p, token)
		}
	}
}

// FuzzPayload reads foreign payloads, and takes each token there and back.
func FuzzPayload(f *testing.F) {
	for _, seed := range []string{"1.e.aB3_dEf6hIj9.1", "1--e--aB3_dEf6hIj9--1", "--", "-", "a-b", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if p := payload(s); p != "" {
			if !aPayload.MatchString(p) {
				t.Errorf("payload(%q) = %q, which Telegram refuses", s, p)
			}
			if back, ok := tokenOf(p); ok && back != s {
				t.Errorf("%q came back from %q as %q", s, p, back)
			}
		}
		if token, ok := tokenOf(s); ok && payload(token) != s {
			t.Errorf("tokenOf(%q) = %q, which is written %q", s, token, payload(token))
		}
	})
}

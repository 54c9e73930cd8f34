package bot

import (
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A choice's token is "1.KIND.KEY.PAGE". The 1 is the format's version, so that buttons which people still see
// after redpin has changed are recognised as old and not misread.
const tokenVersion = "1"

// The kinds of tokens.
const (
	kindEntry  = "e" // an entry's page
	kindTopics = "t" // a page of the list of topics, or of one topic's entries
	kindFlags  = "f" // the whole text of emergencies
	kindHelped = "y" // an entry helped
	kindFailed = "n" // an entry did not help
)

type token struct {
	kind string
	key  string // of an entry, a topic or flags; empty for the list of topics
	page int    // from 1
}

func (t token) String() string {
	return tokenVersion + "." + t.kind + "." + t.key + "." + strconv.Itoa(t.page)
}

// parseToken reads what a button carried. It is untrusted: anybody can send anything.
func parseToken(s string) (token, bool) {
	parts := strings.Split(s, ".")
	if len(parts) != 4 || parts[0] != tokenVersion {
		return token{}, false
	}
	page, err := strconv.Atoi(parts[3])
	if err != nil || page < 1 {
		return token{}, false
	}
	return token{kind: parts[1], key: parts[2], page: page}, true
}

// key shortens names of any length to 12 characters that fit a button. With 72 bits, two of 200,000 entries
// collide with a probability of 4 in a trillion.
func key(names ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(names, "\x00")))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// maxLabel is Discord's limit on a button's label, in characters, the tightest of our platforms:
// https://discord.com/developers/docs/components/reference#button
const maxLabel = 80

// label shortens text to what a button can show.
func label(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= maxLabel {
		return text
	}
	return strings.TrimRight(string([]rune(text)[:maxLabel-1]), " ,;:.") + "…"
}

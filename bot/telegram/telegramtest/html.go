package telegramtest

// Telegram's parser for parse_mode HTML, as its answers to 1,259 inputs show it (telegram-html-golden.jsonl).

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// An Entity is a range of a message's text with a meaning. Offset and Length count UTF-16 code units.
type Entity struct {
	Type          string `json:"type"`
	Offset        int    `json:"offset"`
	Length        int    `json:"length"`
	URL           string `json:"url,omitempty"`
	Language      string `json:"language,omitempty"`
	User          *User  `json:"user,omitempty"`
	CustomEmojiID string `json:"custom_emoji_id,omitempty"`
}

// ParseHTML resolves markup as Telegram does. Its error holds Telegram's own words after "Bad Request: ".
func ParseHTML(source string) (text string, entities []Entity, err error) {
	p := htmlParser{source: source}
	if err := p.parse(); err != nil {
		return "", nil, fmt.Errorf("can't parse entities: %w", err)
	}
	// Equal ranges go by the type's rank, and keep the order in which they were closed.
	slices.SortStableFunc(p.entities, func(a, b Entity) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(b.Length, a.Length), cmp.Compare(entityRank(a.Type), entityRank(b.Type)))
	})
	return p.text.String(), p.entities, nil
}

type htmlParser struct {
	source   string
	at       int // in bytes of source
	text     strings.Builder
	units    int // UTF-16 code units in text
	open     []openTag
	entities []Entity
	// surrogate says that a numeric reference named half of a character.
	surrogate bool
}

type openTag struct {
	name       string
	start      int // in UTF-16 code units of the text
	startBytes int // in bytes of the text
	attributes map[string]string
	// language of <code class="language-…">, of use only directly inside <pre>.
	language string
}

func (p *htmlParser) parse() error {
	for p.at < len(p.source) {
		switch p.source[p.at] {
		case '&':
			p.reference()
		case '<':
			var err error
			if strings.HasPrefix(p.source[p.at:], "</") {
				err = p.endTag()
			} else {
				err = p.startTag()
			}
			if err != nil {
				return err
			}
		default:
			r, size := utf8.DecodeRuneInString(p.source[p.at:])
			p.write(r)
			p.at += size
		}
	}
	if n := len(p.open); n > 0 {
		return fmt.Errorf("Can't find end tag corresponding to start tag %q", p.open[n-1].name)
	}
	if p.surrogate {
		return fmt.Errorf("Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units")
	}
	return nil
}

func (p *htmlParser) write(r rune) {
	p.text.WriteRune(r)
	p.units++
	if r > 0xFFFF {
		p.units++
	}
}

// reference reads the references that Telegram knows; any other "&" is itself.
func (p *htmlParser) reference() {
	r, size := decodeReference(p.source[p.at:])
	if size == 0 {
		r, size = '&', 1
	}
	if r >= 0xD800 && r <= 0xDFFF {
		p.surrogate = true
	}
	p.write(r)
	p.at += size
}

func decodeReference(s string) (r rune, size int) {
	end := func(n int) int {
		if n < len(s) && s[n] == ';' {
			return n + 1
		}
		return n
	}
	for _, known := range []struct {
		name string
		r    rune
	}{{"&lt", '<'}, {"&gt", '>'}, {"&amp", '&'}, {"&quot", '"'}} {
		rest, found := strings.CutPrefix(s, known.name)
		if found && (rest == "" || !isASCIIAlpha(rest[0])) {
			return known.r, end(len(known.name))
		}
	}
	digits, base, n := "0123456789", 10, 2
	if !strings.HasPrefix(s, "&#") {
		return 0, 0
	}
	if strings.HasPrefix(s, "&#x") {
		digits, base, n = "0123456789abcdefABCDEF", 16, 3
	}
	start := n
	for n < len(s) && strings.IndexByte(digits, s[n]) >= 0 {
		n++
	}
	value, err := strconv.ParseUint(s[start:n], base, 32)
	if err != nil || value == 0 || value >= utf8.MaxRune {
		return 0, 0
	}
	return rune(value), end(n)
}

func (p *htmlParser) endTag() error {
	begin := p.at
	if len(p.open) == 0 {
		return fmt.Errorf("Unexpected end tag at byte offset %d", begin)
	}
	p.at += 2
	nameAt := p.at
	for p.at < len(p.source) && p.source[p.at] != '>' && !isSpace(p.source[p.at]) {
		p.at++
	}
	name := strings.ToLower(p.source[nameAt:p.at])
	for p.at < len(p.source) && isSpace(p.source[p.at]) {
		p.at++
	}
	if p.at >= len(p.source) || p.source[p.at] != '>' {
		return fmt.Errorf("Unclosed end tag at byte offset %d", begin)
	}
	p.at++
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name {
		return fmt.Errorf("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", begin, tag.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	return p.close(tag)
}

// close turns a tag that has ended into its entity, if it has one.
func (p *htmlParser) close(tag openTag) error {
	e := Entity{Offset: tag.start, Length: p.units - tag.start}
	switch tag.name {
	case "b", "strong":
		e.Type = "bold"
	case "i", "em":
		e.Type = "italic"
	case "u", "ins":
		e.Type = "underline"
	case "s", "strike", "del":
		e.Type = "strikethrough"
	case "tg-spoiler", "span":
		e.Type = "spoiler"
	case "blockquote":
		e.Type = "blockquote"
		if _, expandable := tag.attributes["expandable"]; expandable {
			e.Type = "expandable_blockquote"
		}
	case "code":
		e.Type = "code"
		if n := len(p.open); n > 0 && p.open[n-1].name == "pre" {
			e.Language = tag.language // until the <pre> is closed, which takes it or drops it
		}
	case "pre":
		e.Type = "pre"
		if n := len(p.entities); n > 0 && e.Length > 0 {
			last := p.entities[n-1]
			if last.Type == "code" && last.Language != "" && last.Offset == e.Offset && last.Length == e.Length {
				e.Language = last.Language
				p.entities = p.entities[:n-1]
			}
		}
		for i := range p.entities {
			if p.entities[i].Type == "code" {
				p.entities[i].Language = ""
			}
		}
	case "tg-emoji":
		id := tag.attributes["emoji-id"]
		if _, err := strconv.ParseUint(id, 10, 64); err != nil {
			return fmt.Errorf("Invalid custom emoji identifier specified")
		}
		e.Type, e.CustomEmojiID = "custom_emoji", id
	case "a":
		target, given := tag.attributes["href"]
		if !given || target == "" {
			target = p.text.String()[tag.startBytes:]
		}
		if id, ok := linkedUser(target); ok {
			e.Type, e.User = "text_mention", &User{ID: id}
		} else if target = linkTarget(target); target != "" {
			e.Type, e.URL = "text_link", target
		}
	}
	if e.Type != "" && e.Length > 0 {
		p.entities = append(p.entities, e)
	}
	return nil
}

func (p *htmlParser) startTag() error {
	begin := p.at
	p.at++
	nameAt := p.at
	for p.at < len(p.source) && p.source[p.at] != '>' && !isSpace(p.source[p.at]) {
		p.at++
	}
	if p.at >= len(p.source) {
		return fmt.Errorf("Unclosed start tag at byte offset %d", begin)
	}
	name := strings.ToLower(p.source[nameAt:p.at])
	switch name {
	case "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "span", "a", "code", "pre", "blockquote", "tg-emoji", "tg-time":
	default:
		return fmt.Errorf("Unsupported start tag \"%s\" at byte offset %d", name, begin)
	}
	attributes, err := p.attributes(name, begin)
	if err != nil {
		return err
	}
	tag := openTag{name: name, start: p.units, startBytes: p.text.Len(), attributes: attributes}
	switch class := attributes["class"]; name {
	case "span":
		if class != "tg-spoiler" {
			return fmt.Errorf("Tag \"span\" must have class \"tg-spoiler\" at byte offset %d", begin)
		}
	case "code":
		tag.language, _ = strings.CutPrefix(class, "language-")
		if tag.language == class {
			tag.language = ""
		}
	}
	p.open = append(p.open, tag)
	return nil
}

// attributes reads up to and over the ">" of a start tag.
func (p *htmlParser) attributes(name string, begin int) (map[string]string, error) {
	attributes := map[string]string{}
	for {
		for p.at < len(p.source) && isSpace(p.source[p.at]) {
			p.at++
		}
		if p.at >= len(p.source) {
			return nil, fmt.Errorf("Unclosed start tag \"%s\" at byte offset %d", name, begin)
		}
		if p.source[p.at] == '>' {
			p.at++
			return attributes, nil
		}
		keyAt := p.at
		for p.at < len(p.source) && !isSpace(p.source[p.at]) && strings.IndexByte("=>/\"'", p.source[p.at]) < 0 {
			p.at++
		}
		key := strings.ToLower(p.source[keyAt:p.at])
		if key == "" {
			return nil, fmt.Errorf("Empty attribute name in the tag \"%s\" at byte offset %d", name, begin)
		}
		for p.at < len(p.source) && isSpace(p.source[p.at]) {
			p.at++
		}
		if p.at >= len(p.source) || p.source[p.at] != '=' {
			attributes[key] = ""
			continue
		}
		p.at++
		value, err := p.value(begin)
		if err != nil {
			return nil, err
		}
		attributes[key] = value
	}
}

func (p *htmlParser) value(begin int) (string, error) {
	for p.at < len(p.source) && isSpace(p.source[p.at]) {
		p.at++
	}
	if p.at >= len(p.source) {
		return "", fmt.Errorf("Unclosed start tag at byte offset %d", begin)
	}
	quote := p.source[p.at]
	if quote != '"' && quote != '\'' {
		start := p.at
		for p.at < len(p.source) && (isWord(p.source[p.at]) || strings.IndexByte(".-", p.source[p.at]) >= 0) {
			p.at++
		}
		if p.at < len(p.source) && !isSpace(p.source[p.at]) && p.source[p.at] != '>' {
			return "", fmt.Errorf("Unexpected end of name token at byte offset %d", start)
		}
		return strings.ToLower(p.source[start:p.at]), nil
	}
	p.at++
	var value strings.Builder
	for p.at < len(p.source) && p.source[p.at] != quote {
		if r, size := decodeReference(p.source[p.at:]); p.source[p.at] == '&' && size > 0 {
			value.WriteRune(r)
			p.at += size
			continue
		}
		value.WriteByte(p.source[p.at])
		p.at++
	}
	if p.at >= len(p.source) {
		return "", fmt.Errorf("Unclosed start tag at byte offset %d", begin)
	}
	p.at++
	return value.String(), nil
}

// entityRank orders entities of the same range, outer first, as Telegram lists them.
func entityRank(kind string) int {
	order := []string{"blockquote", "pre", "code", "text_link", "text_mention", "bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji"}
	if kind == "expandable_blockquote" {
		return 0
	}
	if i := slices.Index(order, kind); i >= 0 {
		return i
	}
	return len(order)
}

// linkedUser reads a link to a user, which mentions and notifies them.
func linkedUser(target string) (int64, bool) {
	for _, prefix := range []string{"tg://user?id=", "tg:user?id="} {
		if digits, found := strings.CutPrefix(strings.ToLower(target), prefix); found {
			id, err := strconv.ParseInt(digits, 10, 64)
			return id, err == nil
		}
	}
	return 0, false
}

// linkTarget is the address that a link leads to in Telegram, or empty where Telegram drops the link: relative
// addresses, other schemes, hosts without a dot. "mailto:a@b.c" becomes a web address with user "mailto", as it does there.
func linkTarget(target string) string {
	target = strings.TrimSpace(target)
	lower := strings.ToLower(target)
	if strings.HasPrefix(lower, "tg://") || strings.HasPrefix(lower, "ton://") || strings.HasPrefix(lower, "tonsite://") {
		return target
	}
	scheme, rest, found := strings.Cut(target, "://")
	if !found {
		scheme, rest = "http", target
	}
	scheme = strings.ToLower(scheme)
	if scheme != "http" && scheme != "https" || strings.ContainsAny(rest, " \n\t") {
		return ""
	}
	host, path := rest, "/"
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		host, path = rest[:i], rest[i:]
		if path[0] != '/' {
			path = "/" + path
		}
	}
	name := host[strings.LastIndexByte(host, '@')+1:]
	if u, err := url.Parse("//" + name); err != nil || !strings.Contains(strings.Trim(u.Hostname(), "."), ".") || strings.ContainsAny(name, "()'\"<>") {
		return ""
	}
	return scheme + "://" + host + path
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == 0
}

func isASCIIAlpha(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// isWord says whether c may stand in a user's or a command's name.
func isWord(c byte) bool {
	return isASCIIAlpha(c) || c >= '0' && c <= '9' || c == '_'
}

package discordtest

import (
	"regexp"
	"strings"
)

// Visible is what a reader sees of a content: the words, without the marks of Discord's Markdown. It follows the
// client's order: blocks of code, then a line's beginning, then what stands in the line.
func Visible(content string) string {
	parts := fenced.Split(content, -1)
	inside := fenced.FindAllStringSubmatch(content, -1)
	var b strings.Builder
	for i, part := range parts {
		for n, line := range strings.Split(part, "\n") {
			if n > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(visibleLine(line))
		}
		if i < len(inside) {
			b.WriteString("\n" + inside[i][1] + "\n")
		}
	}
	return strings.ReplaceAll(b.String(), "\u200b", "")
}

var (
	fenced = regexp.MustCompile("(?s)```(?:[a-z0-9_+.#-]*\n)?(.*?)\n?```")
	begins = regexp.MustCompile(`^(?:( *)> )?( *)(-# |#{1,3} |[-*] )?`)
	// The alternatives stand in the client's order; each begins where the text stands.
	escaped    = regexp.MustCompile(`^\\([^0-9A-Za-z\s])`)
	link       = regexp.MustCompile(`^\[((?:\\.|\[[^\]]*\]|[^\[\]\\])*)\]\(\s*<?((?:https?)://[^\s<>]*?)>?\s*\)`)
	angled     = regexp.MustCompile(`^<(https?://[^ >]+)>`)
	strong     = regexp.MustCompile(`(?s)^\*\*((?:\\.|[^\\])+?)\*\*`)
	underlined = regexp.MustCompile(`(?s)^__((?:\\.|[^\\])+?)__`)
	emphasis   = regexp.MustCompile(`(?s)^\*((?:\\.|\*\*|[^\\*\s])(?:(?:\\.|\*\*|[^\\*])*?(?:\\.|\*\*|[^\\*\s]))??)\*`)
	underscore = regexp.MustCompile(`(?s)^_((?:\\.|[^\\_])+?)_`)
	strike     = regexp.MustCompile(`(?s)^~~((?:\\.|[^\\])+?)~~`)
	spoiler    = regexp.MustCompile(`(?s)^\|\|((?:\\.|[^\\])+?)\|\|`)
)

func visibleLine(line string) string {
	m := begins.FindStringSubmatch(line)
	rest := line[len(m[0]):]
	mark := ""
	if strings.HasPrefix(m[3], "- ") || strings.HasPrefix(m[3], "* ") {
		mark = "• "
	}
	return m[2] + mark + visibleText(rest)
}

func visibleText(text string) string {
	var b strings.Builder
	for text != "" {
		switch {
		case text[0] == '\\':
			if m := escaped.FindStringSubmatch(text); m != nil {
				b.WriteString(m[1])
				text = text[len(m[0]):]
				continue
			}
		case text[0] == '`':
			if inner, n := codeSpan(text); n > 0 {
				b.WriteString(inner)
				text = text[n:]
				continue
			}
		case text[0] == '[':
			if m := link.FindStringSubmatch(text); m != nil {
				b.WriteString(visibleText(m[1]))
				text = text[len(m[0]):]
				continue
			}
		case text[0] == '<':
			if m := angled.FindStringSubmatch(text); m != nil {
				b.WriteString(m[1])
				text = text[len(m[0]):]
				continue
			}
		default:
			if inner, n := marked(text); n > 0 {
				b.WriteString(visibleText(inner))
				text = text[n:]
				continue
			}
		}
		b.WriteByte(text[0])
		text = text[1:]
	}
	return b.String()
}

// marked finds what stands between markers at the beginning of a text. Of two that fit the longer wins, and of
// equals the stronger.
func marked(text string) (inner string, n int) {
	for _, pattern := range []*regexp.Regexp{strong, underlined, emphasis, underscore, strike, spoiler} {
		m := pattern.FindStringSubmatch(text)
		if m == nil || len(m[0]) <= n {
			continue
		}
		end := m[0]
		// "**" closes where no further star follows.
		if pattern == strong || pattern == emphasis {
			for len(text) > len(end) && text[len(end)] == '*' {
				end += "*"
			}
			marker := 2
			if pattern == emphasis {
				marker = 1
			}
			if len(end) > len(m[0]) && (len(end)-len(m[0]))%2 == 1 && pattern == emphasis {
				continue
			}
			inner, n = end[marker:len(end)-marker], len(end)
			continue
		}
		inner, n = m[1], len(m[0])
	}
	return inner, n
}

// codeSpan finds code between equal numbers of backticks.
func codeSpan(text string) (inner string, n int) {
	ticks := 0
	for ticks < len(text) && text[ticks] == '`' {
		ticks++
	}
	for i := ticks; i < len(text); {
		if text[i] != '`' {
			i++
			continue
		}
		row := 0
		for i+row < len(text) && text[i+row] == '`' {
			row++
		}
		if row == ticks {
			return text[ticks:i], i + row
		}
		i += row
	}
	return "", 0
}

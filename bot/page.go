package bot

import (
	"strings"
	"unicode/utf8"
)

// PageLength is how many characters of an answer chat platforms show at once before "More". A page and an
// escalation then fit one Telegram message (4096) and two of Discord's (2000), and a phone's screen or two.
const PageLength = 1800

// pages splits Markdown at paragraph borders into pages of at most length characters; 0 leaves it whole. Only a
// paragraph that is itself longer is split inside: between lines, or else between words.
func pages(markdown string, length int) []string {
	if length <= 0 || utf8.RuneCountInString(markdown) <= length {
		return []string{markdown}
	}
	var out []string
	var page strings.Builder
	size := 0
	add := func(block, separator string) {
		n := utf8.RuneCountInString(block)
		if size > 0 && size+len(separator)+n > length {
			out = append(out, page.String())
			page.Reset()
			size = 0
		}
		if size > 0 {
			page.WriteString(separator)
			size += len(separator)
		}
		page.WriteString(block)
		size += n
	}
	for _, block := range blocks(markdown) {
		for i, piece := range pieces(block, length) {
			if i == 0 {
				add(piece, "\n\n")
			} else {
				add(piece, "\n")
			}
		}
	}
	return append(out, page.String())
}

// blocks splits Markdown at blank lines, but not inside a fenced code block.
func blocks(markdown string) []string {
	var out []string
	var block []string
	fence := ""
	flush := func() {
		if len(block) > 0 {
			out = append(out, strings.Join(block, "\n"))
			block = nil
		}
	}
	for line := range strings.SplitSeq(markdown, "\n") {
		trimmed := strings.TrimSpace(line)
		switch {
		case fence != "":
			if strings.HasPrefix(trimmed, fence) && strings.Trim(trimmed, fence[:1]) == "" {
				fence = ""
			}
		case strings.HasPrefix(trimmed, "```"), strings.HasPrefix(trimmed, "~~~"):
			fence = trimmed[:3]
		case trimmed == "":
			flush()
			continue
		}
		block = append(block, line)
	}
	flush()
	return out
}

// pieces splits a block that is longer than length: a table with its head repeated, other text between lines,
// and a line that is itself too long between words.
func pieces(block string, length int) []string {
	if utf8.RuneCountInString(block) <= length {
		return []string{block}
	}
	lines := strings.Split(block, "\n")
	head := ""
	if len(lines) > 2 && strings.HasPrefix(strings.TrimSpace(lines[0]), "|") && strings.Trim(lines[1], " |:-") == "" {
		head = lines[0] + "\n" + lines[1] + "\n"
		lines = lines[2:]
	}
	room := max(length-utf8.RuneCountInString(head), 1)
	var out []string
	piece := ""
	for _, line := range lines {
		for _, part := range cut(line, room) {
			if piece != "" && utf8.RuneCountInString(piece)+1+utf8.RuneCountInString(part) > room {
				out = append(out, head+piece)
				piece = ""
			}
			if piece != "" {
				piece += "\n"
			}
			piece += part
		}
	}
	return append(out, head+piece)
}

// cut splits a line into parts of at most length characters, between words where there are any.
func cut(line string, length int) []string {
	var out []string
	runes := []rune(line)
	for len(runes) > length {
		end := length
		for i := length; i > length/2; i-- {
			if runes[i] == ' ' {
				end = i
				break
			}
		}
		out = append(out, strings.TrimRight(string(runes[:end]), " "))
		runes = []rune(strings.TrimLeft(string(runes[end:]), " "))
	}
	return append(out, string(runes))
}

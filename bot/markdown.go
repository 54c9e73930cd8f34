package bot

import (
	"fmt"
	"strings"
)

// Markdown is the whole reply as one text: what "redpin ask --json" prints, and the order in which every
// platform shows its parts. Choices are a numbered list at the end.
func (r Reply) Markdown() string {
	var parts []string
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			parts = append(parts, s)
		}
	}
	add(r.Escalation)
	add(r.Text)
	for _, a := range r.Answers {
		add(a.Markdown())
	}
	add(r.Notice)
	if r.Disclaimer != "" {
		add("*" + strings.Trim(strings.TrimSpace(r.Disclaimer), "*_") + "*")
	}
	if len(r.Choices) > 0 {
		lines := make([]string, len(r.Choices))
		for i, c := range r.Choices {
			lines[i] = fmt.Sprintf("%d. %s", i+1, escape(c.Label))
		}
		add(strings.Join(lines, "\n"))
	}
	return strings.Join(parts, "\n\n")
}

// Markdown is the answer with its title, source and disclosure.
func (a Answer) Markdown() string {
	title := escape(a.Title)
	if a.Pages > 1 {
		title += fmt.Sprintf(" (%d of %d)", a.Page, a.Pages)
	}
	parts := []string{"**" + title + "**", a.Body}
	if source := a.SourceLine(); source != "" {
		parts = append(parts, source)
	}
	if a.Disclosure != "" {
		parts = append(parts, a.Disclosure)
	}
	return strings.Join(parts, "\n\n")
}

// SourceLine names the source as one line of Markdown, or is empty.
func (a Answer) SourceLine() string {
	switch {
	case a.Source.Title == "" && a.Source.URL == "":
		return ""
	case a.Source.URL == "":
		return "Source: " + escape(a.Source.Title)
	case a.Source.Title == "":
		return "Source: <" + a.Source.URL + ">"
	}
	return "Source: [" + escape(a.Source.Title) + "](<" + a.Source.URL + ">)"
}

// escape makes plain text read as itself in Markdown.
func escape(s string) string { return escaper.Replace(s) }

var escaper = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "~", `\~`, "&", `\&`,
)

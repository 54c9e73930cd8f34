package discord

// This file puts the commands' names in other languages into Discord's menus.
// https://discord.com/developers/docs/interactions/application-commands#localization

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"github.com/redpin/redpin/bot"
)

// Discord refuses all commands for one name that does not match, or has a capital letter.
// https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]+$`)

// maxName is Discord's limit on a command's name, in characters. In the pattern, it would cost 5 ms of every start.
const maxName = 32

// maxSummary is Discord's limit on a command's description, in characters.
const maxSummary = 100

// indonesian is a locale of Discord's that discordgo does not know.
const indonesian discordgo.Locale = "id"

// localised gives a command's names and descriptions by Discord's locales. It leaves out what Discord would not take.
func localised(languages map[string]bot.Local) (names, descriptions map[discordgo.Locale]string) {
	for tag, l := range languages {
		for _, locale := range locales(tag) {
			if commandName.MatchString(l.Name) && utf8.RuneCountInString(l.Name) <= maxName && strings.ToLower(l.Name) == l.Name {
				if names == nil {
					names = make(map[discordgo.Locale]string)
				}
				names[locale] = l.Name
			}
			if n := utf8.RuneCountInString(l.Summary); 0 < n && n <= maxSummary {
				if descriptions == nil {
					descriptions = make(map[discordgo.Locale]string)
				}
				descriptions[locale] = l.Summary
			}
		}
	}
	return names, descriptions
}

// locales are those in which Discord shows the language of a BCP 47 tag: "es" is shown in Spain and in Latin America,
// "es-419" in Latin America alone.
func locales(tag string) []discordgo.Locale {
	all := []discordgo.Locale{indonesian}
	for locale := range discordgo.Locales {
		if locale != discordgo.Unknown {
			all = append(all, locale)
		}
	}
	var out []discordgo.Locale
	for _, locale := range all {
		language, _, _ := strings.Cut(string(locale), "-")
		if strings.EqualFold(string(locale), tag) || strings.EqualFold(language, tag) {
			out = append(out, locale)
		}
	}
	return out
}

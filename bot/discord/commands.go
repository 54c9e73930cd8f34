package discord

// This file keeps the slash commands that Discord offers the same as bot.Commands.
// https://discord.com/developers/docs/interactions/application-commands

import (
	"cmp"
	"context"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/redpin/redpin/bot"
)

// registerLimit bounds registering. Commands of an earlier run still work meanwhile.
const registerLimit = 2 * time.Minute

// maxQuestion is the longest argument that Discord lets people type, in characters: as long as a message.
const maxQuestion = 2000

// A slash is a command as Discord stores it, as far as redpin sets it. Comparing only these fields keeps a new
// field of Discord's from looking like a change.
type slash struct {
	Type        discordgo.ApplicationCommandType `json:"type"`
	Name        string                           `json:"name"`
	Description string                           `json:"description,omitempty"`
	// NameLocal and DescriptionLocal are what menus in other languages show. An interaction has Name in any case.
	NameLocal        map[discordgo.Locale]string `json:"name_localizations,omitempty"`
	DescriptionLocal map[discordgo.Locale]string `json:"description_localizations,omitempty"`
	Options          []slashOption               `json:"options,omitempty"`
	// DefaultMemberPermissions is a number in decimal; nil offers the command to everybody.
	DefaultMemberPermissions *string                            `json:"default_member_permissions"`
	Contexts                 []discordgo.InteractionContextType `json:"contexts,omitempty"`
	// IntegrationTypes are who may have installed the bot for it: a server, or a person for themselves.
	IntegrationTypes []discordgo.ApplicationIntegrationType `json:"integration_types,omitempty"`
}

type slashOption struct {
	Type        discordgo.ApplicationCommandOptionType `json:"type"`
	Name        string                                 `json:"name"`
	Description string                                 `json:"description"`
	Required    bool                                   `json:"required,omitempty"`
	MinLength   int                                    `json:"min_length,omitempty"`
	MaxLength   int                                    `json:"max_length,omitempty"`
	// Choices are all that it can be, where there are any.
	Choices []offer `json:"choices,omitempty"`
	// Autocomplete has Discord ask for offers while somebody types.
	Autocomplete bool `json:"autocomplete,omitempty"`
}

// reloadCommand is the command whose argument is picked from dryRun, so that nobody reloads by a slip of the pen.
const reloadCommand = "reload"

var dryRun = offer{Name: "dry run: show what would change, and change nothing", Value: "dry"}

// slashes dresses the table. A moderators' command is offered only to those who may manage the server, unless roles
// are configured: Discord cannot be told of roles here. Whoever calls it is checked again.
func slashes(commands []bot.Command, moderatorRoles, complete bool) []slash {
	var out []slash
	for _, c := range commands {
		s := slash{
			Type:        discordgo.ChatApplicationCommand,
			Name:        c.Name,
			Description: c.Summary,
			Contexts:    everywhere(), IntegrationTypes: anyInstall(),
		}
		s.NameLocal, s.DescriptionLocal = localised(c.Local)
		if c.Argument != "" {
			o := slashOption{
				Type: discordgo.ApplicationCommandOptionString, Name: c.Argument, Description: c.ArgumentSummary,
				Required: c.Required, Autocomplete: complete && c.Name == askCommand,
			}
			if c.Name == reloadCommand {
				o.Choices = []offer{dryRun}
			} else {
				o.MinLength, o.MaxLength = 1, maxQuestion
			}
			s.Options = []slashOption{o}
		}
		if c.Moderator {
			// Who installs the bot for themselves moderates nothing by it.
			s.Contexts = []discordgo.InteractionContextType{discordgo.InteractionContextGuild}
			s.IntegrationTypes = []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}
			if !moderatorRoles {
				may := strconv.Itoa(discordgo.PermissionManageGuild)
				s.DefaultMemberPermissions = &may
			}
		}
		out = append(out, s)
	}
	return append(out, slash{Type: discordgo.MessageApplicationCommand, Name: answerThis, Contexts: everywhere(), IntegrationTypes: anyInstall()})
}

// answerThis is the command in the menu of anybody's message. What Discord hands over includes the text.
const answerThis = "Answer this"

func everywhere() []discordgo.InteractionContextType {
	return []discordgo.InteractionContextType{
		discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel,
	}
}

func anyInstall() []discordgo.ApplicationIntegrationType {
	return []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall}
}

// registerCommands overwrites the commands that Discord has, in one request and only when they differ: 200 may
// be created in a day. A failure costs the menus, not the bot.
func (r *run) registerCommands(ctx context.Context, application string) {
	ctx, cancel := context.WithTimeout(ctx, registerLimit)
	defer cancel()
	route, args := "/applications/{}/commands", []string{application}
	if guild := r.options.CommandGuild; guild != "" {
		route, args = "/applications/{}/guilds/{}/commands", []string{application, guild}
	}
	want := slashes(bot.Commands(), len(r.options.ModeratorRoles) > 0, r.options.Complete != nil)
	var have []slash
	err := r.rest.do(ctx, request{method: http.MethodGet, route: route, args: args, query: "with_localizations=true", repeatable: true}, &have)
	if r.options.CommandGuild != "" {
		// Such commands are in that server, whatever Discord says of other places.
		for _, commands := range [][]slash{want, have} {
			for i := range commands {
				commands[i].Contexts, commands[i].IntegrationTypes = nil, nil
			}
		}
	}
	if err == nil && sameCommands(have, want) {
		r.log.Debug("Discord has the commands already", "commands", len(want))
		return
	}
	// What is there could not be read, or differs: either way the overwrite puts it right.
	overwrite := request{method: http.MethodPut, route: route, args: args, body: want, repeatable: true}
	err = r.rest.do(ctx, overwrite, nil)
	if errorStatus(err) == http.StatusBadRequest && want[0].IntegrationTypes != nil {
		// An application that people cannot install for themselves, or a server that does not know of it.
		for i := range want {
			want[i].IntegrationTypes = nil
		}
		err = r.rest.do(ctx, overwrite, nil)
	}
	switch {
	case err == nil:
		r.log.Info("told Discord the commands", "commands", len(want))
	case ctx.Err() == nil || r.live.Err() == nil:
		r.log.Error("could not tell Discord the commands; those of an earlier start, if any, stay offered", "error", err)
		r.refused(err)
	}
}

// sameCommands says whether have and want are the same in any order.
func sameCommands(have, want []slash) bool {
	return reflect.DeepEqual(ordered(have), ordered(want))
}

func ordered(commands []slash) []slash {
	commands = slices.Clone(commands)
	slices.SortFunc(commands, func(a, b slash) int { return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Name, b.Name)) })
	for i := range commands {
		c := &commands[i]
		c.Contexts = slices.Sorted(slices.Values(c.Contexts))
		c.IntegrationTypes = slices.Sorted(slices.Values(c.IntegrationTypes))
		if len(c.NameLocal)+len(c.DescriptionLocal) == 0 {
			c.NameLocal, c.DescriptionLocal = nil, nil
		}
		if len(c.Options) == 0 {
			c.Options = nil
		}
	}
	return commands
}

package discord

// This file reads what people do with commands and buttons: an INTERACTION_CREATE event becomes a bot.Message.
// https://discord.com/developers/docs/interactions/receiving-and-responding

import (
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/redpin/redpin/bot"
)

// An interaction, as far as redpin looks at it. Its token lets anybody answer in the bot's name for 15 minutes,
// so it is never printed.
type interaction struct {
	ID            string
	ApplicationID string `json:"application_id"`
	Type          discordgo.InteractionType
	Token         string
	GuildID       string `json:"guild_id"`
	ChannelID     string `json:"channel_id"`
	// Context says where it happened; servers other than Discord may leave it out.
	Context *discordgo.InteractionContextType
	// Owners are whose installation let the person use it, by kind; servers other than Discord may leave it out.
	Owners map[string]string `json:"authorizing_integration_owners"`
	Member *member           // in a server
	User   *user             // elsewhere
	Data   struct {
		Name     string
		Type     discordgo.ApplicationCommandType
		CustomID string `json:"custom_id"`
		Options  []option
		// TargetID is the message on which a command of a message's menu was used, and Resolved holds it.
		TargetID string `json:"target_id"`
		Resolved struct {
			Messages map[string]*struct{ Content string }
		}
	}
	// Message is the one under which a button was pressed.
	Message *struct {
		Content string
		Embeds  []embed
	}
	// Permissions are the bot's own in the channel, a number in decimal; servers other than Discord may leave it out.
	Permissions string `json:"app_permissions"`

	received time.Time
	// stranger says that it comes from a server that is not served.
	stranger bool
}

type option struct {
	Name  string
	Value any
	// Focused says that the person is typing in it.
	Focused bool
}

// place says where an interaction happened.
type place int

const (
	inServer  place = iota
	inDirect        // with the bot alone
	inPrivate       // among people, where the bot is none of them
)

func (i *interaction) place() place {
	switch {
	case i.Context != nil && *i.Context == discordgo.InteractionContextPrivateChannel, i.ownInstall():
		return inPrivate
	case i.GuildID != "":
		return inServer
	default:
		return inDirect
	}
}

// ownInstall says that the bot is in the server only for the one who uses it.
func (i *interaction) ownInstall() bool {
	_, server := i.Owners[strconv.Itoa(int(discordgo.ApplicationIntegrationGuildInstall))]
	_, person := i.Owners[strconv.Itoa(int(discordgo.ApplicationIntegrationUserInstall))]
	return i.GuildID != "" && person && !server
}

// person is who did it, or nil.
func (i *interaction) person() *user {
	if i.Member != nil && i.Member.User != nil {
		return i.Member.User
	}
	return i.User
}

// mayEmbed says whether the answer may have embeds.
func (i *interaction) mayEmbed() bool {
	permissions, err := strconv.ParseInt(i.Permissions, 10, 64)
	return err != nil || permissions&(discordgo.PermissionEmbedLinks|discordgo.PermissionAdministrator) != 0
}

// valid says whether i is something that a person did and that redpin can answer.
func (i *interaction) valid() bool {
	p := i.person()
	if i.ID == "" || i.Token == "" || p == nil || p.Bot {
		return false
	}
	switch i.Type {
	case discordgo.InteractionApplicationCommand, discordgo.InteractionApplicationCommandAutocomplete:
		return i.Data.Name != ""
	case discordgo.InteractionMessageComponent:
		return i.Data.CustomID != ""
	}
	return false
}

// message is what the core is asked; public says that others will read the reply.
func (i *interaction) message(moderators []string, public bool) bot.Message {
	m := bot.Message{Public: public, Person: i.person().ID}
	if i.Type == discordgo.InteractionMessageComponent {
		m.Choice = i.Data.CustomID
		return m
	}
	if i.Data.Type == discordgo.MessageApplicationCommand {
		m.Command = askCommand
		if target := i.Data.Resolved.Messages[i.Data.TargetID]; target != nil {
			m.Text = plain(target.Content)
		}
		return m
	}
	m.Command = i.Data.Name
	var arguments []string
	for _, o := range i.Data.Options {
		if value, ok := o.Value.(string); ok {
			arguments = append(arguments, plain(value))
		}
	}
	m.Text = strings.Join(arguments, " ")
	m.Moderator = i.place() == inServer && i.Member.moderates(moderators)
	return m
}

package discordtest

// This file is what people do: write, use commands, press buttons.

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// Written is a message that somebody writes.
type Written struct {
	// ID is chosen where it is empty.
	ID string
	// From is an account's id; empty means Person.
	From string
	// Direct is in the channel of From and the bot alone, otherwise it is in Channel of Guild.
	Direct bool
	// In is a channel of Guild other than Channel, such as a thread.
	In string
	// Guild is a server other than Guild.
	Guild string
	Text  string
	// ReplyTo is a message of the bot that it answers; Ping notifies the bot of it.
	ReplyTo *Message
	Ping    bool
	// Roles are the author's.
	Roles []string
	// Webhook says that a webhook wrote it.
	Webhook bool
	// Extra replaces or adds fields of the event, as JSON.
	Extra map[string]any
}

// Write delivers a message, and gives its id.
func (s *Server) Write(w Written) string {
	s.mu.Lock()
	if w.ID == "" {
		w.ID = s.id()
	}
	s.mu.Unlock()
	if w.From == "" {
		w.From = Person
	}
	guild, channel := Guild, Channel
	if w.Guild != "" {
		guild = w.Guild
	}
	switch {
	case w.Direct:
		guild, channel = "", DirectChannel(w.From)
	case w.In != "":
		channel = w.In
	}
	mentions := []any{}
	if strings.Contains(w.Text, "<@"+Bot+">") || strings.Contains(w.Text, "<@!"+Bot+">") || w.Ping {
		mentions = append(mentions, account(Bot))
	}
	event := map[string]any{
		"id": w.ID, "type": 0, "channel_id": channel, "content": w.Text, "author": account(w.From),
		"timestamp": time.Now().UTC().Format(time.RFC3339Nano), "edited_timestamp": nil, "tts": false, "mention_everyone": strings.Contains(w.Text, "@everyone"),
		"mentions": mentions, "mention_roles": []any{}, "attachments": []any{}, "embeds": []any{}, "pinned": false, "components": []any{}, "flags": 0,
	}
	if guild != "" {
		event["guild_id"] = guild
		roles := w.Roles
		if roles == nil {
			roles = []string{}
		}
		event["member"] = map[string]any{"roles": roles, "joined_at": "2026-01-01T00:00:00+00:00", "deaf": false, "mute": false, "flags": 0}
	}
	if w.Webhook {
		event["webhook_id"] = "105000000000000099"
	}
	if w.ReplyTo != nil {
		event["type"] = 19
		event["message_reference"] = map[string]any{"type": 0, "message_id": w.ReplyTo.ID, "channel_id": w.ReplyTo.Channel}
		event["referenced_message"] = w.ReplyTo.response()
	}
	for k, v := range w.Extra {
		event[k] = v
	}
	s.Emit("MESSAGE_CREATE", guild, event)
	return w.ID
}

// Used is a command that somebody uses, or a button that somebody presses.
type Used struct {
	// ID and the token are chosen where it is empty.
	ID string
	// From is an account's id; empty means Person.
	From string
	// Direct is in the channel of From and the bot alone. Private is among people, by an app that the user installed.
	Direct, Private bool
	// OwnInstall says that the bot is not in the server, but the person has installed it for themselves.
	OwnInstall bool
	// In is a channel of Guild other than Channel, and Guild another server.
	In, Guild string
	// Command is a slash command's name, and Options its arguments.
	Command string
	Options map[string]any
	// Typing names the one of Options that is still being typed: the bot is asked for offers.
	Typing string
	// Target is a message of somebody's on which Command, of a message's menu, is used.
	Target string
	// Press is the id of a button under On.
	Press string
	On    *Message
	// Permissions are the member's, as a number; Roles their roles. Moderator may manage Guild without.
	Permissions int64
	Roles       []string
	// Extra replaces or adds fields of the event.
	Extra map[string]any
	// Times is how often it is delivered; 0 means once.
	Times int
}

const manageGuild = 1 << 5

// Use delivers an interaction, and gives its id.
func (s *Server) Use(u Used) string {
	s.mu.Lock()
	if u.ID == "" {
		u.ID = s.id()
	}
	token := "interaction-token-" + u.ID
	if u.From == "" {
		u.From = Person
	}
	guild, channel, place := Guild, Channel, 0
	if u.Guild != "" {
		guild = u.Guild
	}
	if u.In != "" {
		channel = u.In
	}
	switch {
	case u.Direct:
		guild, channel, place = "", DirectChannel(u.From), 1
	case u.Private:
		guild, channel, place = "", "305000000000000001", 2
	}
	// Whose installation let the person use it: the server's, or their own.
	owners := map[string]any{"0": guild}
	if guild == "" {
		owners["0"] = "0"
	}
	if u.Private || u.OwnInstall {
		owners = map[string]any{"1": u.From}
	}
	s.interactions[token] = &interaction{id: u.ID, channel: channel, component: u.Press != "", typing: u.Typing != "", at: time.Now()}
	s.mu.Unlock()

	event := map[string]any{
		"id": u.ID, "application_id": Bot, "token": token, "version": 1, "channel_id": channel, "context": place,
		"locale": "en-US", "entitlements": []any{}, "app_permissions": s.appPermissions(channel), "authorizing_integration_owners": owners,
	}
	if u.Press != "" {
		event["type"] = 3
		event["data"] = map[string]any{"custom_id": u.Press, "component_type": 2}
		if u.On != nil {
			event["message"] = u.On.response()
		}
	} else {
		options := []any{}
		for name, value := range u.Options {
			option := map[string]any{"name": name, "type": 3, "value": value}
			if name == u.Typing {
				option["focused"] = true
			}
			options = append(options, option)
		}
		data := map[string]any{"id": "105000000000000900", "name": u.Command, "type": 1, "options": options}
		if u.Target != "" {
			const id = "105000000000000901"
			data["type"], data["target_id"] = 3, id
			data["resolved"] = map[string]any{"messages": map[string]any{id: map[string]any{"id": id, "content": u.Target, "author": account(OtherBot)}}}
		}
		event["type"], event["data"] = 2, data
		if u.Typing != "" {
			event["type"] = 4
		}
	}
	if guild != "" {
		permissions := u.Permissions
		if u.From == Moderator {
			permissions |= manageGuild
		}
		roles := u.Roles
		if roles == nil {
			roles = []string{}
		}
		event["guild_id"] = guild
		event["member"] = map[string]any{
			"user": account(u.From), "roles": roles, "permissions": strconv.FormatInt(permissions, 10),
			"joined_at": "2026-01-01T00:00:00+00:00", "deaf": false, "mute": false, "flags": 0,
		}
	} else {
		event["user"] = account(u.From)
	}
	for k, v := range u.Extra {
		event[k] = v
	}
	for range max(u.Times, 1) {
		s.Emit("INTERACTION_CREATE", guild, event)
	}
	return u.ID
}

// Emit delivers any event. guild is empty for what does not belong to a server.
func (s *Server) Emit(name, guild string, data any) {
	raw, err := json.Marshal(data)
	if err != nil {
		s.problem("event %s: %v", name, err)
		return
	}
	s.EmitRaw(name, guild, raw)
}

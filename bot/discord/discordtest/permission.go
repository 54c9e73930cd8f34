package discordtest

// This file is about what the bot may do in a channel.

import "strconv"

// The permissions that matter to the bot. https://discord.com/developers/docs/topics/permissions
const (
	ViewChannel  int64 = 1 << 10
	SendMessages int64 = 1 << 11
	EmbedLinks   int64 = 1 << 14
	AttachFiles  int64 = 1 << 15
	ReadHistory  int64 = 1 << 16
	SendInThread int64 = 1 << 38
)

const granted = ViewChannel | SendMessages | EmbedLinks | ReadHistory | SendInThread

// Deny takes permissions from the bot in a channel, and gives it all others.
func (s *Server) Deny(channel string, permissions int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.denied[channel] = permissions
}

// denies refuses a message for want of a permission. The caller holds the lock.
func (s *Server) denies(channel string, p *payload) *refusal {
	denied := s.denied[channel]
	switch {
	case denied&ViewChannel != 0:
		return refuse(403, 50001, "Missing Access")
	case denied&SendMessages != 0, denied&EmbedLinks != 0 && len(p.Embeds) > 0:
		return refuse(403, 50013, "Missing Permissions")
	case denied&ReadHistory != 0 && p.Reference != nil:
		return refuse(403, 160002, "Cannot reply without permission to read message history")
	}
	return nil
}

// appPermissions are the bot's where an interaction happens. Answering one needs no permission to embed:
// https://github.com/discord/discord-api-docs/issues/5316
func (s *Server) appPermissions(channel string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strconv.FormatInt(granted&^s.denied[channel]|EmbedLinks|AttachFiles, 10)
}

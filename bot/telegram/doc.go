// Package telegram is Telegram as a platform of redpin: a bot in private chats, groups and forum topics.
//
// A message passes through it like this. poll.go asks Telegram for updates and puts each one into the lane of its
// chat (lanes.go), where updates are handled one after the other while other chats go on. event.go makes a
// bot.Message of the update, or drops it. The core answers with a bot.Reply. markdown.go, split.go and html.go dress
// it as messages that Telegram accepts (render.go says in which order), and send.go sends them, at the pace that
// Telegram allows and with what its refusals ask for. An escalation waits for no answer before it. Only when an
// update was handled does the next poll confirm it (ledger.go), so that a crash loses nothing that Telegram still
// holds.
//
// client.go is the one place where HTTP happens, around the library's codec; nothing else sees the token. No token
// and none of what people write is in any error or log line: Telegram's own error texts may quote both, so they are
// never shown, only recognised.
package telegram

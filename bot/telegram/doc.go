// Package telegram is Telegram as a platform of redpin: a bot in private chats, groups and forum topics.
//
// A message passes through it like this. poll.go asks Telegram for updates, or webhook.go has them delivered, and
// intake.go puts each one, once, into the lane of its chat (lanes.go), where updates are handled one after the other
// while other chats go on. event.go makes a bot.Message of a message, callback.go of a pressed button; what is not for
// the bot is dropped there. The core answers with a bot.Reply. markdown.go, split.go and html.go dress it as messages
// that Telegram accepts (render.go says in which order, press.go keeps what was set), and send.go sends them, at the
// pace that Telegram allows and with what its refusals ask for. An escalation waits for no answer before it.
//
// Only when an update was handled does the next poll confirm it (ledger.go), so that a crash loses nothing that
// Telegram still holds. A webhook acknowledges at once, and never more than an end can still answer.
//
// Beside that way: edit.go changes answers with their questions, inline.go offers answers in other chats, deeplink.go
// leads from a group to a private chat and says emergencies shortly where others read along, watch.go looks at what
// bystanders write, alert.go tells moderators, moderators.go knows who they are, commands.go and describe.go fill the
// menus and the profile.
//
// client.go is the one place where HTTP happens, around the library's codec; nothing else sees the token. No token
// and none of what people write is in any error or log line: Telegram's own error texts may quote both, so they are
// never shown, only recognised.
package telegram

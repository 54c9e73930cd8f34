// Package discord carries messages between Discord and a bot.Handler.
//
// # The way of a message
//
// discordgo keeps the gateway's connection and hands over every event as the JSON that it came as. redpin reads
// of it only the few fields that it needs (event.go, interaction.go): a new kind of component in a message does
// not cost the person the answer. An event becomes a bot.Message when a person sent it and the bot is addressed:
// a direct message, a mention, a reply to the bot, a slash command, a pressed button. It waits in a bounded
// queue for one of a fixed number of workers (queue.go), is answered within a deadline, and the bot.Reply is dressed in
// Discord's Markdown (render.go) and sent (send.go, rest.go). While somebody types a question, titles that fit are
// offered (complete.go).
//
// An escalation stands in a message's content, first and whole; answers stand below it in embeds (embed.go), or in the
// content where a channel lets the bot embed no links, which its first refusal tells. Where others read along, an
// escalation that has a short form is said in that, with a button that shows the whole to whoever presses it. All state
// of buttons is in their ids, so they work after a restart; a private answer can be posted to the channel (share.go).
//
// The commands (commands.go, local.go) are registered in one request, when they differ from what Discord has. Who
// installs the bot for themselves gets private answers everywhere, and moderates nothing by it.
//
// In channels under watch (watch.go) the core also sees what is not meant for the bot, and answers emergencies alone, as a
// reply to the message. An emergency flag can be told to moderators (alerts.go). What is urgent waits for rate limits
// as long as it takes, and is tried where the bot was refused a moment ago.
//
// # The connection
//
// discordgo v0.29.0 has faults that end a bot which runs for months: it deadlocks when it is told to reconnect
// while it connects, waits for ever for a silent gateway, identifies without a pause until Discord resets the
// token, gives up sessions that may be resumed, and reconnects for ever with a token that is refused. So it never reconnects by itself here: gateway.go
// decides when a session is opened, resumed or given up, and socket.go, with frames.go, watches the bytes.
//
// Its HTTP half waits for rate limits without looking at contexts, retries without limit and keeps memory for every
// interaction; so rest.go speaks HTTP itself, limits.go keeps Discord's rate limits, and shortage.go leaves
// alone the channels that refuse the bot, whose askers are answered directly. invalid.go stops before Discord bans the address.
//
// # At the end
//
// When the context of Run is done, the gateway is told goodbye, events that arrived are still answered for most of a second,
// and Run returns. What discordgo has left running then, its own Close, sleeps for at most a second.
//
// # Privacy
//
// Slash answers and pressed buttons are shown to the asker alone in servers (Options.Public turns that round). What a
// red flag noticed is said to the asker alone where its author has written a short form for other places.
// No message can notify anybody but the asker it replies to. The text of messages that are not for the bot is asked for
// only to watch. Alerts hold a flag's id and a link, neither words nor names. Log lines and errors hold ids of channels and
// Discord's error codes, never tokens and never words that people wrote.
package discord

// Package bot answers messages: it pins red flags, answers commands, and turns questions into answers.
//
// # The way of a message
//
// A platform (package discord, telegram or console) receives an event and makes a [Message] of it; what it
// cannot read, or has sent itself, it drops there. [Bot.Handle] takes the [Edition] in use and asks, in this
// order:
//
//  1. Does the text hold a red flag? Package triage looks at every message, before anything else and apart from
//     search, so that a broken index or an unknown command never hides an escalation.
//  2. Is it a command, or a choice that was pressed? A table answers commands ([Commands]); the platforms' menus
//     are made from the same table.
//  3. Is it a greeting or thanks? It gets a short human reply and is never searched.
//  4. Otherwise package search turns the words into ranked entries, and the confidence in the first decides one
//     of three outcomes: answer, suggest ("did you mean …?") or abstain, which says so and offers topics.
//
// The [Reply] is a value: the escalation first, whole and word for word; then the answers with their sources,
// the disclaimer, and the choices. It goes back the way the message came: the platform dresses it (length,
// markup, buttons, no mentions) and sends it. Nothing here knows which platform asked.
//
// # Where things are
//
//   - message.go, reply.go, platform.go: what platforms and the bot say to each other.
//   - bot.go: Handle. answer.go: ranked entries to an outcome. escalation.go: red flags to the pinned text.
//   - command.go: the table. topics.go, reload.go: the commands that need more than a sentence. smalltalk.go:
//     greetings and thanks. text.go: all sentences that redpin says of its own.
//   - complete.go: titles for a question that is still being typed. quiet.go: whom a watched emergency was told.
//   - tally.go: what moderators see in /status. local.go: the commands in other languages.
//   - choice.go: what a button carries. page.go: long answers in pages. markdown.go: a reply as one text.
//   - edition.go: packs, index and matcher, loaded together and swapped together.
//
// Arrows between packages go down only, and imports_test.go keeps them:
// cmd to bot/{discord,telegram,console} to bot to bot/triage and search to knowledge.
package bot

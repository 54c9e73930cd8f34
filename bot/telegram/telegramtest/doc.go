// Package telegramtest is a Telegram Bot API server for tests: an HTTP server on loopback, with chats, people and
// messages, that accepts and refuses what Telegram's own accepts and refuses, and fails on demand in the ways in
// which Telegram and the network between fail.
//
// Its parsers are held against answers of Telegram's own (the golden files in $REDPIN_SPECS), and every request
// that it gets and every answer that it gives are held against the Bot API document there.
package telegramtest

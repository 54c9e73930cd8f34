// Package discordtest is a Discord on loopback: a gateway and an HTTP interface that behave as Discord's do, as
// far as redpin uses them, so that the real discordgo runs against it unchanged.
//
// A Server refuses what Discord refuses: a wrong token, contents that are too long, an interaction answered
// twice or too late, a second IDENTIFY. It notes whom a message would notify. Where Discord's own OpenAPI document is at
// hand (Spec), every request and every answer is held against it, so that the fake stays honest, too.
//
// Tests make it misbehave with data: a Fault fails HTTP requests, an Opening spoils the beginning of a gateway
// connection, and Drop, Reconnect, Invalidate and CloseGateway end one in the middle.
package discordtest

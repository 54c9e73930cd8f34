package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/term"
)

const description = `redpin answers a community's questions on Discord, on Telegram and in the terminal from a folder of Markdown, and pins red flags on top.

With no command it runs: on the platforms that have a token, or else as a chat in this terminal. Each flag can be set by the environment variable in parentheses instead, or in a file .env in the working directory; flags win over the environment, the environment over .env.`

// cli is the command line. Each setting is a flag with an environment variable, a default and a check.
type cli struct {
	Run     runCmd     `cmd:"" default:"withargs" help:"Run the bot (what redpin does without a command)."`
	Ask     askCmd     `cmd:"" help:"Answer one question, or JSON Lines of them, and leave."`
	Check   checkCmd   `cmd:"" help:"Find the problems of a pack and run its own test questions."`
	Explain explainCmd `cmd:"" help:"Show which red-flag signs a message holds, and what was decided."`
	Eval    evalCmd    `cmd:"" help:"Measure a pack with judged questions, and compare it with another."`
	Learn   learnCmd   `cmd:"" help:"Learn red flags from the examples of a pack."`
	Import  importCmd  `cmd:"" help:"Make a pack of Markdown from JSON Lines. Lines that cannot be imported are told and left out; the exit status is 1 then."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

// knowledgeFlags say where the knowledge comes from.
type knowledgeFlags struct {
	Knowledge string `short:"k" placeholder:"DIR" env:"REDPIN_KNOWLEDGE" help:"A pack, or a folder of packs (default: the packs in the binary)."`

	whole bool // tests and examples are loaded, too
}

// logFlags say what is logged. The log goes to standard error.
type logFlags struct {
	LogLevel  string `enum:"auto,debug,info,warn,error" default:"auto" env:"REDPIN_LOG_LEVEL" help:"Least level that is logged: debug, info, warn or error (default auto: info, and warn in the terminal)."`
	LogFormat string `enum:"text,json" default:"text" env:"REDPIN_LOG_FORMAT" help:"Format of the log: text or json (default ${default})."`
}

type runCmd struct {
	knowledgeFlags
	logFlags

	QuietTime time.Duration `default:"1h" env:"REDPIN_QUIET_TIME" help:"How long somebody whose messages are watched is not told of the same red flag again (default ${default})."`

	DiscordToken          string   `group:"Discord" placeholder:"TOKEN" env:"DISCORD_TOKEN,DISCORD_BOT_TOKEN" help:"The bot's token. Other users of this machine can see flags: prefer the variable or the file."`
	DiscordTokenFile      string   `group:"Discord" placeholder:"FILE" env:"DISCORD_TOKEN_FILE,DISCORD_BOT_TOKEN_FILE" help:"A file that holds the bot's token."`
	DiscordAPI            string   `group:"Discord" name:"discord-api" placeholder:"URL" default:"https://discord.com" env:"DISCORD_API" help:"Base URL of the API (default ${default})."`
	DiscordModeratorRoles []string `group:"Discord" placeholder:"ID" env:"DISCORD_MODERATOR_ROLES" help:"Roles whose members may reload, beside those who may manage the server."`
	DiscordPublic         bool     `group:"Discord" env:"DISCORD_PUBLIC" help:"Answer slash commands for all to see, not for the asker alone."`
	DiscordGuilds         []string `group:"Discord" placeholder:"ID" env:"DISCORD_GUILDS" help:"The only servers to serve, beside direct messages (default: all)."`
	DiscordCommandGuild   string   `group:"Discord" placeholder:"ID" env:"DISCORD_COMMAND_GUILD" help:"Offer slash commands in this server alone, where they appear at once: for development."`
	DiscordShards         shards   `group:"Discord" placeholder:"auto|N" default:"auto" env:"DISCORD_SHARDS" help:"Connections over which the servers are spread: auto lets Discord choose (default ${default})."`
	DiscordWatch          []string `group:"Discord" placeholder:"CHANNEL" env:"DISCORD_WATCH" help:"Channels, by id, in which an emergency is answered even when nobody asked. Needs the Message Content intent."`
	DiscordAlerts         string   `group:"Discord" placeholder:"CHANNEL" env:"DISCORD_ALERTS" help:"A channel, by id, that is told when an emergency flag fires: which and where, never the words."`

	TelegramToken             string  `group:"Telegram" placeholder:"TOKEN" env:"TELEGRAM_TOKEN,TELEGRAM_BOT_TOKEN" help:"The bot's token. Other users of this machine can see flags: prefer the variable or the file."`
	TelegramTokenFile         string  `group:"Telegram" placeholder:"FILE" env:"TELEGRAM_TOKEN_FILE,TELEGRAM_BOT_TOKEN_FILE" help:"A file that holds the bot's token."`
	TelegramAPI               string  `group:"Telegram" name:"telegram-api" placeholder:"URL" default:"https://api.telegram.org" env:"TELEGRAM_API" help:"Base URL of the API (default ${default})."`
	TelegramWebhook           string  `group:"Telegram" placeholder:"URL" env:"TELEGRAM_WEBHOOK" help:"Public address at which Telegram delivers messages, instead of being polled: https, on port 443, 80, 88 or 8443."`
	TelegramWebhookListen     string  `group:"Telegram" placeholder:"ADDRESS" default:"127.0.0.1:8080" env:"TELEGRAM_WEBHOOK_LISTEN" help:"Address of this machine to which a proxy passes on what comes to the webhook, as plain HTTP (default ${default})."`
	TelegramWebhookSecret     string  `group:"Telegram" placeholder:"SECRET" env:"TELEGRAM_WEBHOOK_SECRET" help:"What Telegram shows with each delivery: letters, digits, _ and - (default: one that is made of the token)."`
	TelegramWebhookSecretFile string  `group:"Telegram" placeholder:"FILE" env:"TELEGRAM_WEBHOOK_SECRET_FILE" help:"A file that holds the webhook's secret."`
	TelegramModerators        []int64 `group:"Telegram" placeholder:"ID" env:"TELEGRAM_MODERATORS" help:"Users who may reload."`
	TelegramModeratorChats    []int64 `group:"Telegram" placeholder:"ID" env:"TELEGRAM_MODERATOR_CHATS" help:"Chats whose administrators may reload there."`
	TelegramWatch             []int64 `group:"Telegram" placeholder:"CHAT" env:"TELEGRAM_WATCH" help:"Groups, by id, in which an emergency is answered even when nobody asked. The bot must be an administrator there, or have its privacy mode off."`
	TelegramAlerts            int64   `group:"Telegram" placeholder:"CHAT" env:"TELEGRAM_ALERTS" help:"A chat, by id, that is told when an emergency flag fires: which and where, never the words."`
}

// shards is a number of connections; "auto", which is 0, lets Discord choose.
type shards int

// UnmarshalText reads the flag.
func (s *shards) UnmarshalText(text []byte) error {
	if string(text) == "auto" || len(text) == 0 { // a line of .env may be left empty
		*s = 0
		return nil
	}
	n, err := strconv.ParseUint(string(text), 10, 16)
	if err != nil || n == 0 {
		return fmt.Errorf("%q is not a number of connections: write auto, or a number from 1", text)
	}
	*s = shards(n)
	return nil
}

// tokens are the platforms' secrets; an empty one means that the platform is not used. webhook is the secret of
// Telegram's.
type tokens struct{ discord, telegram, webhook string }

func (c *runCmd) tokens() (t tokens, err error) {
	if t.discord, err = token("Discord token", c.DiscordToken, c.DiscordTokenFile); err != nil {
		return t, err
	}
	if t.telegram, err = token("Telegram token", c.TelegramToken, c.TelegramTokenFile); err != nil {
		return t, err
	}
	t.webhook, err = token("secret of Telegram's webhook", c.TelegramWebhookSecret, c.TelegramWebhookSecretFile)
	return t, err
}

// token takes what is secret from its value or its file and forgives what people paste with it: spaces, quotes and
// Discord's "Bot ". Its errors name it, and never hold it.
func token(name, value, file string) (string, error) {
	if value == "" && file != "" {
		content, err := os.ReadFile(file)
		if err != nil {
			return "", fmt.Errorf("read the %s from the file %s: %w", name, file, reason(err))
		}
		value = string(content)
		if strings.TrimSpace(value) == "" {
			return "", fmt.Errorf("the file %s should hold the %s and is empty", file, name)
		}
	}
	value = strings.TrimSpace(value)
	value = strings.Trim(value, `"'`)
	if len(value) > 4 && strings.EqualFold(value[:4], "bot ") {
		value = strings.TrimSpace(value[4:])
	}
	if strings.ContainsAny(value, " \t\r\n") {
		return "", errors.New("the " + name + " has a space or a line break in it; paste it again, on one line")
	}
	return value, nil
}

// logger makes the log. In a terminal that somebody chats in, only warnings may interrupt.
func (f *logFlags) logger(w io.Writer, chat bool) *slog.Logger {
	level := slog.LevelInfo
	switch f.LogLevel {
	case "auto", "":
		if chat {
			level = slog.LevelWarn
		}
	default:
		_ = level.UnmarshalText([]byte(f.LogLevel)) // kong has checked it
	}
	options := &slog.HandlerOptions{Level: level}
	if f.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

type importCmd struct {
	File   string `arg:"" help:"JSON Lines {\"id\",\"question\",\"answer\",\"section\"?,\"also\"?:[…]}, or - for standard input."`
	Output string `short:"o" required:"" placeholder:"DIR" help:"Folder of the new pack. It must not exist yet, or be empty."`
}

// Run makes a pack, with a progress bar where a person watches.
func (c *importCmd) Run(ctx context.Context, t *terminal) error {
	in, size := t.in, int64(-1)
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return fmt.Errorf("import the file %s: %w", c.File, reason(err))
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			size = info.Size()
		}
		in = f
	}
	var progress io.Writer
	if f, ok := t.err.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		progress = f
	}
	return importPack(ctx, in, size, c.Output, progress, t.out)
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
	"github.com/joho/godotenv"
	"golang.org/x/sync/errgroup"
	"golang.org/x/term"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/console"
	"github.com/redpin/redpin/bot/discord"
	"github.com/redpin/redpin/bot/telegram"
	"github.com/redpin/redpin/knowledge"
)

// Exit statuses, the same for every command.
const (
	exitOK     = 0
	exitNo     = 1 // abstained, a pack with problems, or something failed
	exitMisuse = 2 // flags or arguments that mean nothing
)

// An exit ends the program with a status; what there was to say has been said.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// terminal is where the program runs.
type terminal struct {
	in       io.Reader
	out, err io.Writer
}

// run is the whole program: it parses args, does what they ask, and returns the exit status.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	if err := godotenv.Load(); err != nil && !errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(errOut, "redpin: read the file .env: %v; each line is NAME=value\n", err)
		return exitMisuse
	}
	var c cli
	left := -1
	parser, err := kong.New(&c,
		kong.Name("redpin"),
		kong.Description(description),
		kong.Writers(out, errOut),
		kong.Exit(func(code int) { left = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Help(help),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(&terminal{in, out, errOut}),
	)
	if err != nil {
		fmt.Fprintf(errOut, "redpin: %v\n", err)
		return exitMisuse
	}
	parsed, err := parser.Parse(args)
	if left >= 0 { // --help has printed itself
		return left
	}
	if err != nil {
		fmt.Fprintf(errOut, "redpin: %v\nTry redpin --help.\n", err)
		return exitMisuse
	}
	var status exit
	switch err := parsed.Run(); {
	case errors.As(err, &status):
		return int(status)
	case err != nil:
		fmt.Fprintf(errOut, "redpin: %v\n", err)
		return exitNo
	}
	return exitOK
}

// help prints a command's help. That of the program itself ends with the flags of run, which is what it does
// without a command: so redpin --help shows every setting.
func help(o kong.HelpOptions, ctx *kong.Context) error {
	if err := kong.DefaultHelpPrinter(o, ctx); err != nil {
		return err
	}
	if ctx.Selected() != nil {
		return nil
	}
	run, err := kong.Trace(ctx.Kong, []string{"run"})
	if err != nil {
		return err
	}
	fmt.Fprintln(ctx.Stdout)
	return kong.DefaultHelpPrinter(o, run)
}

// Run serves the platforms that have a token, or else the terminal, until ctx is done.
func (c *runCmd) Run(ctx context.Context, t *terminal) error {
	tokens, err := c.tokens()
	if err != nil {
		return misuse(t, err)
	}
	chat := tokens.discord == "" && tokens.telegram == ""
	log := c.logger(t.err, chat)
	// Caught before anything slow: until then a hangup ends the program.
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	defer signal.Stop(hangups)
	o := bot.Options{Log: log, PageLength: bot.PageLength, QuietTime: c.QuietTime}
	if chat {
		o.PageLength = 0 // a terminal scrolls
	}
	b, err := c.open(ctx, o)
	if err != nil {
		return refuse(t, err)
	}
	defer b.Close()

	platforms, err := c.platforms(tokens, b, log)
	if err != nil {
		return misuse(t, err)
	}
	if chat {
		platforms = append(platforms, console.New(consoleOptions(t, b)))
	}
	base := b.Edition().Base
	log.Info("serving", "version", version(), "packs", len(base.Packs), "entries", base.Entries(), "flags", base.RedFlags(), "platforms", len(platforms))
	return serve(ctx, platforms, b, hangups, log)
}

// platforms are those that have a token. Discord completes questions from what b knows.
func (c *runCmd) platforms(t tokens, b *bot.Bot, log *slog.Logger) ([]bot.Platform, error) {
	var out []bot.Platform
	if t.discord != "" {
		p, err := discord.New(discord.Options{
			Token: t.discord, API: c.DiscordAPI, ModeratorRoles: c.DiscordModeratorRoles, Public: c.DiscordPublic,
			Guilds: c.DiscordGuilds, CommandGuild: c.DiscordCommandGuild, Shards: int(c.DiscordShards),
			Complete: b.Complete, Watch: c.DiscordWatch, Alerts: c.DiscordAlerts, Log: log,
		})
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	if t.telegram != "" {
		p, err := telegram.New(telegram.Options{
			Token: t.telegram, API: c.TelegramAPI, Moderators: c.TelegramModerators, ModeratorChats: c.TelegramModeratorChats,
			Watch: c.TelegramWatch, Alerts: c.TelegramAlerts, Log: log,
			Webhook: c.TelegramWebhook, WebhookListen: c.TelegramWebhookListen, WebhookSecret: t.webhook,
		})
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// serve runs platforms together: they start together, and when one fails, or ctx ends, all stop. Each of hangups
// reloads.
func serve(ctx context.Context, platforms []bot.Platform, b *bot.Bot, hangups <-chan os.Signal, log *slog.Logger) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	group, ctx := errgroup.WithContext(ctx)
	for _, p := range platforms {
		group.Go(func() error {
			defer stop() // the terminal ends when its user leaves, and with it the program
			return p.Run(ctx, b.Handle)
		})
	}
	group.Go(func() error {
		debug.FreeOSMemory() // loading takes some 20 MB that serving does not need
		reloadOn(ctx, hangups, b, log)
		return nil
	})
	return group.Wait()
}

// reloadOn reloads at each of hangups until ctx is done.
func reloadOn(ctx context.Context, hangups <-chan os.Signal, b *bot.Bot, log *slog.Logger) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-hangups:
			var problems knowledge.Problems
			switch _, err := b.Reload(ctx, false); {
			case errors.As(err, &problems):
				log.Error("reload refused: the knowledge in use stays", "problems", len(problems), "first", problems[0].String())
			case err != nil:
				log.Error("reload failed: the knowledge in use stays", "error", err)
			}
		}
	}
}

// loadingGC is by how many percent the heap may grow between collections while the first edition is loaded: at 400, idle
// memory is what it is at 100, and the peak a tenth higher.
const loadingGC = 400

// open loads the knowledge into a bot with o.
func (k *knowledgeFlags) open(ctx context.Context, o bot.Options) (*bot.Bot, error) {
	o.Load = k.load
	o.Version = version()
	// Most of what loading allocates stays: to look for garbage all the time in between is a tenth of the start.
	defer debug.SetGCPercent(debug.SetGCPercent(loadingGC))
	return bot.New(ctx, o)
}

// load reads the packs of a folder, or the embedded ones where none is named. Those have no examples, which stay out of
// the program, and tests only where they are loaded whole.
func (k *knowledgeFlags) load() (*knowledge.Base, error) {
	switch {
	case k.Knowledge == "" && k.whole:
		return knowledge.Load(knowledge.Shipped())
	case k.Knowledge == "":
		return knowledge.Load(knowledge.Served())
	case k.whole:
		return knowledge.LoadWithExamples(k.Knowledge)
	}
	return knowledge.LoadDir(k.Knowledge)
}

// reason is an error of the file system without the operation and the path.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// refuse prints the problems of the knowledge for whoever starts the program.
func refuse(t *terminal, err error) error {
	var problems knowledge.Problems
	if !errors.As(err, &problems) {
		return err
	}
	fmt.Fprintf(t.err, "%v\nredpin: the knowledge has %s; nothing was started\n", problems, count(len(problems), "problem", "problems"))
	return exit(exitNo)
}

// misuse prints an error in how the program was called.
func misuse(t *terminal, err error) error {
	fmt.Fprintf(t.err, "redpin: %v\n", err)
	return exit(exitMisuse)
}

// consoleOptions describe the terminal to the console.
func consoleOptions(t *terminal, b *bot.Bot) console.Options {
	o := console.Options{In: t.in, Out: t.out, Greeting: greeting(b.Edition().Base), Complete: b.Complete}
	in, inOK := t.in.(*os.File)
	o.Interactive = inOK && term.IsTerminal(int(in.Fd()))
	o.Color, _ = look(t.out)
	o.Width = func() int {
		_, width := look(t.out)
		return width
	}
	return o
}

// look tells whether out shows colours and how many columns it has. NO_COLOR is honoured (https://no-color.org).
func look(out io.Writer) (color bool, width int) {
	f, ok := out.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return false, 0
	}
	if w, _, err := term.GetSize(int(f.Fd())); err == nil {
		width = w
	}
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb", width
}

func greeting(base *knowledge.Base) string {
	titles := make([]string, len(base.Packs))
	for i, p := range base.Packs {
		titles[i] = "**" + p.Title + "**"
	}
	return fmt.Sprintf("redpin answers questions about %s.\n\nAsk in your own words. Tab completes, a number picks a choice, /help lists the commands, /quit leaves.",
		strings.Join(titles, ", "))
}

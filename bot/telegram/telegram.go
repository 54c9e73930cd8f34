package telegram

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/cenkalti/backoff/v5"

	"github.com/redpin/redpin/bot"
)

// Options say which bot to be, and who may do what.
type Options struct {
	// Token is the bot's, from @BotFather.
	Token string
	// API is the base address of the Bot API server; empty means DefaultAPI.
	API string
	// Log gets facts, never a token or what people wrote. Nil means slog.Default().
	Log *slog.Logger
	// Moderators are the ids of users who may reload, wherever they write.
	Moderators []int64
	// ModeratorChats are the ids of groups whose administrators may reload, when they write there. Anybody can
	// make a group and be its administrator, so groups that are not listed do not count.
	ModeratorChats []int64
	// Watch are the ids of groups in which the core also sees what is not meant for the bot, and answers emergencies
	// alone. The bot must be an administrator there, or have its privacy mode off.
	Watch []int64
	// Alerts is the id of a chat that is told of each emergency flag that fires: which and where, never the words or
	// whose they are. 0 is none.
	Alerts int64
	// Webhook is the public address at which Telegram delivers, or empty for long polls. Deliveries are awaited at
	// WebhookListen, an address of this machine (empty is DefaultWebhookListen), as HTTP: a proxy before it speaks
	// HTTPS. Telegram shows WebhookSecret with each; if it is empty, one is made of the token.
	Webhook, WebhookListen, WebhookSecret string
	// NoLimits sends as fast as the server takes it, for servers without Telegram's limits.
	NoLimits bool
}

// A Platform is one Telegram bot.
type Platform struct {
	o      Options
	log    *slog.Logger
	client *client
	// webhook is nil where Telegram is polled.
	webhook *webhook
	ending  ending
}

// New checks the options. Nothing is sent before Run.
func New(o Options) (*Platform, error) {
	c, err := newClient(o.Token, cmp.Or(o.API, DefaultAPI))
	if err != nil {
		return nil, err
	}
	hook, err := newWebhook(o)
	if err != nil {
		return nil, err
	}
	log := o.Log
	if log == nil {
		log = slog.Default()
	}
	return &Platform{o: o, log: log.With("platform", "telegram"), client: c, webhook: hook, ending: prompt()}, nil
}

// Run serves until ctx is done; see bot.Platform. Its error is a token that is refused, or an address where no
// Bot API is.
func (p *Platform) Run(ctx context.Context, handle bot.Handler) error {
	defer p.client.close()
	self, err := p.connect(ctx)
	if err != nil || ctx.Err() != nil {
		return err
	}
	p.log.Info("connected to Telegram", "bot", "@"+self.Username, "link", "https://t.me/"+self.Username)
	if !self.ReadsAll {
		p.log.Info("privacy mode is on: in groups people must write /ask, reply to the bot or mention it; to change that, send /setprivacy to @BotFather and add the bot to the group anew")
	}
	if !self.Inline {
		p.log.Info("inline mode is off: @" + self.Username + " offers no answers in other chats; to change that, send /setinline to @BotFather")
	}
	s := newSession(p, self, handle, ctx.Done())
	return s.serve(ctx)
}

// connect asks who the bot is, until Telegram answers. It returns nil and no user when ctx ends.
func (p *Platform) connect(ctx context.Context) (user, error) {
	wait := newBackOff()
	for {
		self, err := p.client.getMe(ctx)
		switch {
		case ctx.Err() != nil:
			return user{}, nil
		case err == nil:
			return self, nil
		}
		if fatal := cmp.Or(refusal(err), wrongAddress(err)); fatal != nil {
			return user{}, fatal
		}
		pause := max(wait.NextBackOff(), pauseFor(err))
		p.log.Warn("Telegram does not answer; trying again", "error", err, "pause", pause.Round(time.Millisecond))
		sleep(ctx, pause)
	}
}

// refusal is the error that ends Run, where Telegram refuses the bot itself, or nil.
func refusal(err error) error {
	var api *apiError
	switch {
	case !errors.As(err, &api):
		return nil
	case api.code == http.StatusUnauthorized || api.code == http.StatusNotFound:
		return fmt.Errorf("telegram: the token was refused (%d %s): copy it again from @BotFather (/mybots, API Token) into TELEGRAM_TOKEN", api.code, http.StatusText(api.code))
	case api.about == loggedOut:
		return errors.New("telegram: the bot is logged out of this server (it was moved with logOut): set TELEGRAM_API to the server where it lives now")
	}
	return nil
}

// wrongAddress is the error that ends Run at its start, where something else than a Bot API answers. Later the same
// answer is an outage, such as a proxy's.
func wrongAddress(err error) error {
	var page *httpError
	if !errors.As(err, &page) || page.status != http.StatusNotFound && (page.status < 300 || page.status >= 400) {
		return nil
	}
	return fmt.Errorf("telegram: there is no Bot API at this address (status %d): set TELEGRAM_API to the server's final base address, or leave it empty for Telegram's own", page.status)
}

// pauseFor is how long a server asked to wait, at most a minute.
func pauseFor(err error) time.Duration {
	var api *apiError
	var page *httpError
	switch {
	case errors.As(err, &api):
		return min(api.retryAfter, time.Minute)
	case errors.As(err, &page):
		return min(page.retryAfter, time.Minute)
	}
	return 0
}

// newBackOff waits half a second after the first failure, and 30 seconds at most: long enough not to burden a
// server in trouble, short enough that people need not wait long after it.
func newBackOff() *backoff.ExponentialBackOff {
	b := backoff.NewExponentialBackOff()
	b.InitialInterval, b.MaxInterval = 500*time.Millisecond, 30*time.Second
	b.Reset()
	return b
}

// sleep waits for d or until ctx is done.
func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

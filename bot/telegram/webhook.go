package telegram

// The webhook: Telegram posts updates to an address, instead of being polled. It is answered once an update stands in
// the lane of its chat, and the work comes after. Telegram repeats what was not answered, waits with a chat's next
// update for the answer to the one before, and never repeats what was: so nothing is taken that could not be handled
// before the end.

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

const (
	// maxUpdate bounds a delivery's body. A long message with all that it replies to stays far below.
	maxUpdate = 1 << 20
	// mostUnhandled is how many deliveries are acknowledged and not handled yet, apart from those that wait for
	// their own chat: what two cores surely get done in the time that an end has (some 600 questions a second).
	mostUnhandled = 200
	// webhookCheck is the time between two looks at what Telegram says of the webhook, and deniedCheck after a request
	// with a wrong secret: it may have been Telegram's, with one that was set before.
	webhookCheck = time.Minute
	deniedCheck  = 3 * time.Second
	// closing is how long requests that have begun may take at the end. Their bodies are on the way.
	closing = 100 * time.Millisecond
)

// secretHeader carries the webhook's secret: https://core.telegram.org/bots/api#setwebhook
const secretHeader = "X-Telegram-Bot-Api-Secret-Token"

// DefaultWebhookListen is where deliveries are awaited unless the options say otherwise: behind a proxy on the same
// machine that speaks HTTPS to Telegram.
const DefaultWebhookListen = "127.0.0.1:8080"

// A webhook is where Telegram delivers, and what shows that it is Telegram.
type webhook struct {
	address, path, listen, secret string
	denied                        chan struct{} // somebody did not know the secret
	// open listens for connections.
	open func(ctx context.Context, address string) (net.Listener, error)
}

// aSecret is what Telegram takes as one: https://core.telegram.org/bots/api#setwebhook
var aSecret = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// newWebhook checks the options. It returns nil where none is wanted. Without a secret of its own, the webhook has
// one that is made of the token: no two bots share it, it is the same after a restart, and does not give the token
// away.
func newWebhook(o Options) (*webhook, error) {
	if o.Webhook == "" {
		if o.WebhookSecret != "" {
			return nil, errors.New("telegram: a webhook's secret without a webhook: set TELEGRAM_WEBHOOK to the address, or leave the secret out")
		}
		return nil, nil
	}
	address, err := url.Parse(o.Webhook)
	switch {
	case err != nil || address.Host == "" || address.User != nil || address.Fragment != "" || address.Scheme != "https" && address.Scheme != "http":
		// It is not shown: somebody may have put the token into it.
		return nil, errors.New("telegram: the webhook's address is none that Telegram can deliver to; write one such as https://bot.example.org/telegram")
	case strings.Contains(o.Webhook, o.Token):
		return nil, errors.New("telegram: the webhook's address holds the token, which addresses give away: leave it out, the secret shows that it is Telegram")
	case o.API == "" || o.API == DefaultAPI:
		// A Bot API server of one's own takes any: https://core.telegram.org/bots/api#using-a-local-bot-api-server
		if address.Scheme != "https" {
			return nil, errors.New("telegram: Telegram delivers over https only: set TELEGRAM_WEBHOOK to an https address, with a proxy there that passes it on to TELEGRAM_WEBHOOK_LISTEN")
		}
		if port := address.Port(); port != "" && !slices.Contains([]string{"443", "80", "88", "8443"}, port) {
			return nil, errors.New("telegram: Telegram delivers to the ports 443, 80, 88 and 8443 only: change the port in TELEGRAM_WEBHOOK")
		}
	}
	w := &webhook{address: o.Webhook, path: address.Path, listen: o.WebhookListen, secret: o.WebhookSecret, open: listen, denied: make(chan struct{}, 1)}
	if w.path == "" {
		w.path = "/"
	}
	if w.listen == "" {
		w.listen = DefaultWebhookListen
	}
	if w.secret == "" {
		mac := hmac.New(sha256.New, []byte(o.Token))
		mac.Write([]byte("redpin's webhook"))
		w.secret = hex.EncodeToString(mac.Sum(nil))
	}
	if !aSecret.MatchString(w.secret) {
		return nil, errors.New("telegram: the webhook's secret must be 1 to 256 letters, digits, _ and -, which is what Telegram takes")
	}
	return w, nil
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	var c net.ListenConfig
	return c.Listen(ctx, "tcp", address)
}

// receive takes deliveries until ctx is done or the webhook is refused. Updates are handled under work.
func (s *session) receive(ctx, work context.Context) error {
	listener, err := s.webhook.open(ctx, s.webhook.listen)
	switch {
	case err != nil && ctx.Err() != nil:
		return nil
	case err != nil:
		return fmt.Errorf("telegram: cannot listen for deliveries: %w; set TELEGRAM_WEBHOOK_LISTEN to an address of this machine that is free, such as %s", err, DefaultWebhookListen)
	}
	server := &http.Server{
		Handler: s.door(work), MaxHeaderBytes: 16 << 10,
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		ErrorLog: log.New(io.Discard, "", 0), // it tells of strangers' broken requests
	}
	s.log.Info("waiting for deliveries", "listen", listener.Addr().String())
	failed := make(chan error, 2)
	keeping, stop := context.WithCancel(ctx)
	s.others.Go(func() { failed <- server.Serve(listener) })
	s.others.Go(func() { failed <- s.keepWebhook(keeping) })
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	stop()
	s.intake.close()
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), closing)
	defer cancel()
	if server.Shutdown(limit) != nil {
		server.Close()
	}
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// door is where deliveries come in.
func (s *session) door(work context.Context) http.Handler {
	secret := sha256.Sum256([]byte(s.webhook.secret))
	var wrong sync.Once
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given := sha256.Sum256([]byte(r.Header.Get(secretHeader)))
		switch {
		case r.URL.Path != s.webhook.path:
			w.WriteHeader(http.StatusNotFound)
			return
		case r.Method != http.MethodPost:
			w.Header().Set("Allow", http.MethodPost)
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		case subtle.ConstantTimeCompare(given[:], secret[:]) == 0:
			wrong.Do(func() {
				s.log.Warn("somebody wrote to the webhook without its secret, and was refused; this line comes once")
			})
			select {
			case s.webhook.denied <- struct{}{}:
			default:
			}
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
		var tooLarge *http.MaxBytesError
		switch {
		case errors.As(err, &tooLarge):
			w.WriteHeader(http.StatusRequestEntityTooLarge)
			return
		case err != nil:
			return // the one who wrote is gone
		}
		switch s.deliver(work, body, time.Now()) {
		case foreign:
			w.WriteHeader(http.StatusBadRequest)
		case crowded:
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			w.WriteHeader(http.StatusOK)
		}
	})
}

// keepWebhook has Telegram deliver here, now and as long as ctx lasts, and tells when Telegram cannot. Its error is
// a refusal that a person must mend.
func (s *session) keepWebhook(ctx context.Context) error {
	var k keeping
	wait := newBackOff()
	for {
		err := s.setWebhook(ctx, &k)
		switch {
		case ctx.Err() != nil:
			return nil
		case err == nil:
			wait.Reset()
			s.webhook.rest(ctx)
			continue
		case isProblem(err, badWebhook):
			return fmt.Errorf("%w: Telegram cannot deliver to this address; set TELEGRAM_WEBHOOK to one that the internet can reach over https", err)
		case refusal(err) != nil:
			// Once more, and by another method: a hiccup must not end a bot that has run for months.
			if _, again := s.client.getMe(ctx); refusal(again) != nil {
				return refusal(again)
			}
		}
		pause := max(wait.NextBackOff(), pauseFor(err))
		s.log.Warn("the webhook could not be set; trying again", "error", err, "pause", pause.Round(time.Millisecond))
		sleep(ctx, pause)
	}
}

// rest waits until the webhook should be looked at again.
func (w *webhook) rest(ctx context.Context) {
	timer := time.NewTimer(webhookCheck)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-w.denied:
		sleep(ctx, deniedCheck)
	case <-ctx.Done():
	}
}

// keeping is what keepWebhook knows from one time to the next.
type keeping struct {
	ours    bool  // the webhook was ours the last time
	failure int64 // the date of the last failure that was dealt with
}

// setWebhook sets the webhook, if it is not that already.
func (s *session) setWebhook(ctx context.Context, k *keeping) error {
	a, err := s.client.call(ctx, "getWebhookInfo", nil, callTimeout)
	if err != nil {
		return err
	}
	var info struct {
		URL     string   `json:"url"`
		Kinds   []string `json:"allowed_updates"`
		Waiting int      `json:"pending_update_count"`
		Failure string   `json:"last_error_message"`
		At      int64    `json:"last_error_date"`
	}
	var wanted []string
	if err := errors.Join(json.Unmarshal(a.result, &info), json.Unmarshal([]byte(kinds), &wanted)); err != nil {
		return &httpError{method: "getWebhookInfo", status: http.StatusOK}
	}
	slices.Sort(info.Kinds)
	slices.Sort(wanted)
	failed := info.Failure != "" && info.At != k.failure
	// Telegram does not show the secret, but what it got for a wrong one.
	denied := failed && strings.Contains(info.Failure, "401")
	if info.URL == s.webhook.address && slices.Equal(info.Kinds, wanted) && !denied {
		if failed {
			s.log.Warn("Telegram could not deliver to the webhook", "reason", s.client.redact(short(info.Failure)), "waiting", info.Waiting)
		}
		k.ours, k.failure = true, info.At
		return nil
	}
	switch {
	case info.URL != s.webhook.address && k.ours:
		s.log.Error("another program has taken the webhook away; setting it again: stop that program, or revoke the token at @BotFather if it is not yours")
	case info.URL != "" && info.URL != s.webhook.address:
		s.log.Warn("another webhook was set for this bot, by another program or an earlier setup; replacing it", "host", hostOf(info.URL))
	}
	a, err = s.client.call(ctx, "setWebhook", tgbotapi.Params{
		"url": s.webhook.address, "secret_token": s.webhook.secret, "allowed_updates": kinds,
	}, callTimeout)
	var done bool
	switch {
	case err != nil:
		return err
	case json.Unmarshal(a.result, &done) != nil || !done:
		return &httpError{method: "setWebhook", status: http.StatusOK}
	}
	s.log.Info("the webhook is set: Telegram delivers to it", "host", hostOf(s.webhook.address))
	k.ours, k.failure = true, info.At
	return nil
}

// hostOf is an address without what may be secret in it.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// short is what a log needs of a server's words.
func short(text string) string {
	runes := []rune(strings.Join(strings.Fields(clean(text)), " "))
	return string(runes[:min(len(runes), 200)])
}

package discord

// This file decides when a gateway session is opened, resumed or given up. discordgo only carries it out.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/cenkalti/backoff/v5"
	"github.com/gorilla/websocket"
	"golang.org/x/time/rate"
)

// intents are what redpin asks to be told. None is privileged: Discord gives the text of direct messages,
// mentions and replies to the bot without. Only the text of messages that are not for the bot needs more.
// https://discord.com/developers/docs/events/gateway#gateway-intents
const (
	intents      = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages
	watchIntents = intents | discordgo.IntentMessageContent
)

// Close codes that no new attempt can mend, and those after which a session cannot be resumed.
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
const (
	closeNotAuthenticated  = 4003
	closeTokenRefused      = 4004
	closeInvalidSequence   = 4007
	closeSessionTimedOut   = 4009
	closeInvalidShard      = 4010
	closeShardingRequired  = 4011
	closeInvalidVersion    = 4012
	closeInvalidIntents    = 4013
	closeDisallowedIntents = 4014
)

// identifies limits how often sessions are opened afresh, over all shards. At 1,000 in a day Discord ends all
// sessions and resets the token: https://discord.com/developers/docs/events/gateway#session-start-limit-object
type identifies struct {
	// buckets are by the shard's number modulo their own.
	// https://discord.com/developers/docs/events/gateway#sharding-max-concurrency
	buckets []*rate.Limiter
	day     *rate.Limiter
}

func newIdentifies(every time.Duration, concurrency int) *identifies {
	const (
		perDay = 900
		spare  = 100 // at once; with it, at most 1,000 in any 24 hours
	)
	i := &identifies{day: rate.NewLimiter(rate.Every(24*time.Hour/perDay), max(spare, concurrency))}
	for range concurrency {
		i.buckets = append(i.buckets, rate.NewLimiter(rate.Every(every), 1))
	}
	return i
}

// wait waits until the shard may identify.
func (i *identifies) wait(ctx context.Context, shard int) error {
	if err := i.day.Wait(ctx); err != nil {
		return err
	}
	return i.buckets[shard%len(i.buckets)].Wait(ctx)
}

// timing holds the waits of the gateway. Tests shorten them.
type timing struct {
	// open bounds opening a session, from dialling to READY.
	open time.Duration
	// idle is idleLimit.
	idle time.Duration
	// identify is the least time between two IDENTIFYs: Discord allows one in 5 s.
	identify time.Duration
	// pause is the wait after the first failure in a row; it doubles up to pauseMax.
	pause, pauseMax time.Duration
	// stable is how long a connection must last for the next to be made without a pause.
	stable time.Duration
	// settle is the least wait before a session is opened again. discordgo's heartbeat may be about to close what it
	// takes for its own connection, which would be the new one: one reconnect in 80 without this.
	settle time.Duration
}

func defaultTiming() timing {
	return timing{
		open:     30 * time.Second,
		idle:     idleLimit,
		identify: 5 * time.Second,
		pause:    time.Second,
		pauseMax: 2 * time.Minute,
		stable:   10 * time.Second,
		settle:   200 * time.Millisecond,
	}
}

func newPause(t timing) *backoff.ExponentialBackOff {
	pause := backoff.NewExponentialBackOff()
	pause.InitialInterval, pause.MaxInterval = t.pause, t.pauseMax
	return pause
}

// A gateway keeps one shard connected.
type gateway struct {
	shard, shards int
	token         string
	intents       discordgo.Intent
	address       *url.URL
	// ask asks for the address again, because it may change while the bot runs.
	ask        func(context.Context) (gatewayInfo, error)
	timing     timing
	identifies *identifies
	log        *slog.Logger
	// dispatch gets every event in order. While it blocks, nothing more is read.
	dispatch func(*discordgo.Event)
}

// run keeps the shard connected until ctx is done and then returns nil. An error is one that a person must mend.
func (g *gateway) run(ctx context.Context) error {
	pause := newPause(g.timing)
	var s *session
	failures := 0 // in a row
	defer func() {
		if s != nil {
			s.leave()
		}
	}()
	for {
		if s == nil {
			if g.identifies.wait(ctx, g.shard) != nil {
				return nil
			}
			if failures > 0 {
				if at, err := g.ask(ctx); err == nil {
					g.address = at.address
				} else if errorStatus(err) == http.StatusUnauthorized {
					return errToken
				}
			}
			s = g.newSession(ctx)
		}
		err := s.open(ctx, g.timing.open)
		failures++
		if ctx.Err() != nil {
			return nil
		}
		var why error
		if err == nil {
			failures = 0
			opened := time.Now()
			select {
			case <-ctx.Done():
				return nil
			case <-s.lost:
			}
			if time.Since(opened) >= g.timing.stable {
				pause.Reset()
				if !s.wire.refused.Load() {
					g.log.Info("the connection to Discord's gateway ended; resuming", "shard", g.shard)
					if !sleep(ctx, g.timing.settle) {
						return nil
					}
					continue
				}
			}
			why = errLost
		} else {
			if fatal := g.mend(err); fatal != nil {
				return fatal
			}
			why = err
		}
		if s.wire.refused.Load() || !s.ready.Load() || !resumable(err) || failures >= maxFailures {
			s.abandon()
			s = nil
		}
		wait := max(pause.NextBackOff(), g.timing.settle)
		g.log.Warn("not connected to Discord's gateway; trying again", "shard", g.shard, "error", why, "in", wait.Round(time.Millisecond))
		if !sleep(ctx, wait) {
			return nil
		}
	}
}

// maxFailures is how often in a row resuming is tried. By then the gateway has forgotten the session, or is elsewhere.
const maxFailures = 8

var (
	errLost    = errors.New("the connection ended soon after it was made")
	errTimeout = errors.New("connecting took too long")
)

// resumable says whether a session that failed to open with err, or was lost where err is nil, may be resumed.
func resumable(err error) bool {
	var c *websocket.CloseError
	switch {
	case errors.Is(err, errTimeout):
		// discordgo may hang in its own lock for ever.
		return false
	case errors.As(err, &c):
		return c.Code != closeNotAuthenticated && c.Code != closeInvalidSequence && c.Code != closeSessionTimedOut
	}
	return true
}

// mend turns a refusal that no new attempt can change into an error that says what to do, or gives nil.
func (g *gateway) mend(err error) error {
	var c *websocket.CloseError
	if !errors.As(err, &c) {
		return nil
	}
	switch c.Code {
	case closeTokenRefused:
		return errToken
	case closeDisallowedIntents:
		if g.intents == watchIntents {
			return errors.New("watching channels needs the text of all messages in them, and Discord does not let the bot have it (close code 4014): " +
				"switch on Message Content Intent at https://discord.com/developers/applications (your application, Bot, Privileged Gateway Intents), " +
				"or start without --discord-watch (DISCORD_WATCH)")
		}
		return errors.New("an intent that redpin asks for is not allowed (Discord's close code 4014), although none of them is privileged: " +
			"please report this as a fault of redpin")
	case closeShardingRequired:
		return errors.New("the bot is in too many servers for so few shards (Discord's close code 4011): raise the number of shards or let Discord choose it")
	case closeInvalidShard, closeInvalidVersion, closeInvalidIntents:
		return fmt.Errorf("the gateway refused how redpin connects (Discord's close code %d): please report this as a fault of redpin", c.Code)
	}
	return nil
}

var errToken = errors.New("the token for Discord was refused: copy it afresh from https://discord.com/developers/applications " +
	"(your application, Bot, Reset Token) and set DISCORD_TOKEN")

// A session is one discordgo session, from its first connection to the last that resumes it.
type session struct {
	*discordgo.Session
	wire  *wire
	lost  chan struct{} // receives when a connection ended
	ready atomic.Bool   // there is something to resume; without, opening it again would identify again
}

func (g *gateway) newSession(ctx context.Context) *session {
	s := &session{
		wire: &wire{ctx: ctx, idle: g.timing.idle, goodbye: make(chan struct{})},
		lost: make(chan struct{}, 1),
	}
	// New never fails: it only fills in a struct.
	s.Session, _ = discordgo.New("Bot " + g.token)
	s.ShouldReconnectOnError = false
	s.ShouldReconnectVoiceOnSessionError = false
	s.StateEnabled = false // nothing here asks for what it would keep of every server
	// What discordgo logs may hold the token and people's words. Nothing is lost: this file reports what happens.
	s.LogLevel = discordgo.LogError - 1
	s.Client = &http.Client{Transport: fixedGateway(g.address.String())}
	s.Dialer = s.wire.dialer(g.address)
	s.Identify.Intents = g.intents
	s.Compress = false // so that socket.go can read the frames
	s.ShardID, s.ShardCount = g.shard, g.shards
	// Handlers run one after the other in the goroutine that reads, so that a full queue stops the reading
	// instead of filling the memory.
	s.SyncEvents = true
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) {
		if e.Type == "READY" {
			s.ready.Store(true)
		}
		g.dispatch(e)
	})
	s.AddHandler(func(_ *discordgo.Session, _ *discordgo.Disconnect) {
		select {
		case s.lost <- struct{}{}:
		default:
		}
	})
	return s
}

// open connects and returns once the session is ready or resumed. discordgo's Open can hang for ever in its own
// lock; it is left behind then, with its socket closed.
func (s *session) open(ctx context.Context, limit time.Duration) error {
	select {
	case <-s.lost: // of the connection before
	default:
	}
	opened := make(chan error, 1)
	s.wire.opening.Store(true)
	go func() {
		err := s.Open()
		s.wire.opening.Store(false)
		opened <- err
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case err := <-opened:
		if errors.Is(err, discordgo.ErrWSAlreadyOpen) {
			return nil
		}
		return err
	case <-timer.C:
		return errTimeout
	case <-ctx.Done():
		s.wire.cut() // ends discordgo's Open, where it is not deadlocked
		return ctx.Err()
	}
}

// leave tells the gateway that the bot goes offline; else it would be shown as online for minutes. discordgo's Close
// sends that at once and then sleeps a second, holding its lock, so nobody waits for more than the sending.
func (s *session) leave() {
	s.wire.leaving.Store(true)
	go func() { _ = s.Close() }()
	select {
	case <-s.wire.goodbye:
	case <-time.After(goodbyeLimit):
	}
}

// goodbyeLimit is for a socket that takes nothing any more, or a discordgo that hangs in its lock.
const goodbyeLimit = 100 * time.Millisecond

// abandon gives the session up: whatever discordgo still does with it finds its socket closed.
func (s *session) abandon() { s.wire.cut() }

// fixedGateway answers discordgo's only request, for the gateway's address, without the network: asked for by
// package rest.go it is bounded by a context, which discordgo's own is not.
type fixedGateway string

func (address fixedGateway) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := json.Marshal(map[string]string{"url": string(address)})
	if err != nil {
		return nil, err
	}
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:  http.Header{"Content-Type": {"application/json"}},
		Body:    io.NopCloser(strings.NewReader(string(body))),
		Request: r,
	}, nil
}

package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/sync/errgroup"

	"github.com/redpin/redpin/bot"
)

// DefaultAPI is where Discord itself is.
const DefaultAPI = "https://discord.com"

// Options say how to connect and whom to trust.
type Options struct {
	// Token is the bot's token; a leading "Bot " is forgiven. Required.
	Token string
	// API is the base URL of Discord, of a proxy before it or of a compatible server, such as
	// http://127.0.0.1:8081; empty means DefaultAPI. The gateway's address is asked for there.
	API string
	// ModeratorRoles are ids of roles whose members may reload, beside those who may manage the server.
	ModeratorRoles []string
	// Public shows slash answers to everybody in a channel instead of the asker alone.
	Public bool
	// Guilds are ids of the only servers to serve; empty means all. Direct messages are served in any case.
	Guilds []string
	// CommandGuild is the id of a server in which alone slash commands are registered, for those who work on
	// redpin; empty registers them everywhere.
	CommandGuild string
	// Shards is the number of connections over which the servers are spread; 0 lets Discord choose. All run in
	// this process.
	Shards int
	// Complete gives at most limit questions that fit what somebody has typed so far, the best first. Discord offers
	// them below /ask; nil offers none.
	Complete func(ctx context.Context, typed string, limit int) []string
	// Watch are ids of channels, threads included, in which the core also sees what is not meant for the bot, and
	// answers emergencies. It makes redpin ask for the privileged Message Content intent, which the application must have.
	Watch []string
	// Alerts is the id of a channel that is told of each emergency flag that fires: which and where, never the
	// words. Empty tells nobody.
	Alerts string
	// Log is required.
	Log *slog.Logger
}

// Discord is a bot.Platform.
type Discord struct {
	options Options
	rest    *rest
	timing  timing
	pace    pace
	log     *slog.Logger
}

// pace holds the limits of answering. Tests shorten them.
type pace struct {
	// answer bounds answering one message or interaction, from its arrival to the reply sent.
	answer time.Duration
	// reload bounds a moderator's command. The token of its interaction lasts 15 minutes.
	reload time.Duration
	// urgent bounds sending an escalation, so that waiting for a rate limit never loses it.
	urgent time.Duration
	// deferAfter is how long an interaction may take before Discord is told that the answer comes later. Discord gives
	// 3 s for the first word: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback
	deferAfter time.Duration
	// first bounds that first word.
	first time.Duration
	// plain is how long answers to a channel that lets the bot embed no links are plain text. Asking again costs a
	// refusal, and plain text reads well.
	plain time.Duration
	// drain is how long replies under way get at the end. Run returns within a second.
	drain time.Duration
}

func defaultPace() pace {
	return pace{
		answer:     30 * time.Second,
		reload:     10 * time.Minute,
		urgent:     10 * time.Minute,
		deferAfter: 1500 * time.Millisecond,
		first:      2800 * time.Millisecond,
		plain:      time.Hour,
		drain:      800 * time.Millisecond,
	}
}

const (
	// waitingMessages and waitingInteractions bound the memory of a burst: 4,096 messages of 2,000 characters
	// are at most 32 MB.
	waitingMessages, waitingInteractions = 4096, 1024
	// Workers mostly wait for Discord, so there are many more than processors. A channel takes five messages in
	// 5 s; with this many workers it must be asked 256 times at once to make other channels wait for it. Interactions
	// have workers of their own, because they have only 3 s.
	messageWorkers, interactionWorkers = 256, 64
)

var snowflake = regexp.MustCompile(`^[0-9]{1,20}$`)

// New checks the options. It does not connect.
func New(o Options) (*Discord, error) {
	o.Token = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(o.Token), "Bot "))
	if o.Token == "" || strings.ContainsAny(o.Token, " \t\r\n") {
		return nil, errors.New("the token for Discord is empty or has spaces in it: copy it from https://discord.com/developers/applications " +
			"(your application, Bot, Reset Token)")
	}
	o.CommandGuild, o.Alerts = strings.TrimSpace(o.CommandGuild), strings.TrimSpace(o.Alerts)
	o.ModeratorRoles, o.Guilds, o.Watch = ids(o.ModeratorRoles), ids(o.Guilds), ids(o.Watch)
	for _, id := range o.ModeratorRoles {
		if !snowflake.MatchString(id) {
			return nil, fmt.Errorf("the moderator role %q is not an id: in Discord, switch on Developer Mode, then right-click the role and choose Copy Role ID", id)
		}
	}
	for _, id := range ids(append([]string{o.Alerts}, o.Watch...)) {
		if !snowflake.MatchString(id) {
			return nil, fmt.Errorf("the channel %q is not an id: in Discord, switch on Developer Mode, then right-click the channel and choose Copy Channel ID", id)
		}
	}
	for _, id := range ids(append([]string{o.CommandGuild}, o.Guilds...)) {
		if !snowflake.MatchString(id) {
			return nil, fmt.Errorf("the server %q is not an id: in Discord, switch on Developer Mode, then right-click the server and choose Copy Server ID", id)
		}
	}
	if o.Shards < 0 {
		return nil, fmt.Errorf("%d is not a number of shards: use 0 to let Discord choose", o.Shards)
	}
	base, err := baseURL(o.API)
	if err != nil {
		return nil, err
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = messageWorkers     // else workers would connect afresh for most requests
	transport.ResponseHeaderTimeout = 10 * time.Second // so that a request which hangs can still be repeated
	return &Discord{
		options: o,
		log:     o.Log,
		timing:  defaultTiming(),
		pace:    defaultPace(),
		rest: &rest{
			client: &http.Client{Transport: transport},
			base:   base,
			token:  o.Token,
			limits: newLimits(perSecond),
			pause:  500 * time.Millisecond,
			full: func() {
				o.Log.Error("Discord refused so many requests in ten minutes that it would ban this address; making none for some minutes. "+
					"Look at the warnings before this line", "refused", maxInvalid)
			},
		},
	}, nil
}

// ids forgives what people put into lists: blanks, and nothing between two commas.
func ids(list []string) []string {
	var out []string
	for _, id := range list {
		if id = strings.TrimSpace(id); id != "" {
			out = append(out, id)
		}
	}
	return out
}

// baseURL adds the path of the interface to where the server is. People paste addresses with the path, too.
func baseURL(api string) (string, error) {
	if api == "" {
		api = DefaultAPI
	}
	u, err := url.Parse(api)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.User != nil {
		return "", errors.New("the address of Discord's API is no base URL: write it like " + DefaultAPI + " or http://127.0.0.1:8081")
	}
	path := strings.TrimRight(u.Path, "/")
	if i := strings.LastIndex(path, "/api"); i >= 0 && regexp.MustCompile(`^/api(/v[0-9]+)?$`).MatchString(path[i:]) {
		path = path[:i]
	}
	u.Path = path + "/api/v" + discordgo.APIVersion
	return u.String(), nil
}

// Run serves until ctx is done. See bot.Platform. It may be called once.
func (d *Discord) Run(ctx context.Context, handle bot.Handler) error {
	defer d.rest.client.CloseIdleConnections()
	asked := intents
	if n := len(d.options.Watch); n > 0 {
		asked = watchIntents
		d.log.Info("watching channels for emergencies: Discord is asked for the text of all messages (the privileged Message Content intent)", "channels", n)
	}
	at, err := d.findGateway(ctx)
	if err != nil || ctx.Err() != nil {
		return err
	}
	if at.wait > 0 {
		d.log.Error("the bot has started so many sessions that Discord allows no more for now; waiting", "for", at.wait.Round(time.Second))
		if !sleep(ctx, at.wait) {
			return nil
		}
	}
	// Work outlives ctx by the time that replies under way get.
	work, stopWork := context.WithCancelCause(context.WithoutCancel(ctx))
	defer stopWork(nil)
	connected, stop := context.WithCancelCause(ctx)
	defer stop(nil)

	r := &run{Discord: d, handle: handle, live: connected, stopped: connected.Done(), fail: stop}
	r.unembedded.lasts = d.pace.plain
	r.messages = start(work, r.stopped, waitingMessages, messageWorkers, d.log, r.answer)
	r.interactions = start(work, r.stopped, waitingInteractions, interactionWorkers, d.log, r.respond)
	r.watch.channels = d.options.Watch
	// Alerts end last: what is answered at the end may still make one.
	noMoreAnswers := make(chan struct{})
	r.alerts = start(work, noMoreAnswers, waitingAlerts, 1, d.log, r.alert)

	shards, together := errgroup.WithContext(connected)
	starts := newIdentifies(d.timing.identify, at.concurrency)
	for shard := range at.shards {
		g := &gateway{
			shard: shard, shards: at.shards, token: d.options.Token, intents: asked, address: at.address, ask: d.askGateway,
			timing: d.timing, identifies: starts, log: d.log, dispatch: r.dispatch,
		}
		shards.Go(func() error { return g.run(together) })
	}
	err = shards.Wait()
	stop(nil)
	timer := time.AfterFunc(d.pace.drain, func() { stopWork(errDrained) })
	defer timer.Stop()
	r.drain(noMoreAnswers)
	if err == nil && ctx.Err() == nil {
		err = context.Cause(connected)
	}
	return err
}

// drain waits for the replies under way. A handler that does not heed its context is left behind: to end in time was promised.
func (r *run) drain(noMoreAnswers chan<- struct{}) {
	done := make(chan struct{})
	go func() {
		r.messages.workers.Wait()
		r.interactions.workers.Wait()
		close(noMoreAnswers)
		r.alerts.workers.Wait()
		r.background.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(r.pace.drain + r.pace.drain/8):
	}
}

var errDrained = errors.New("the program is ending")

// gatewayInfo is where the gateway is, and over how many connections Discord wants the bot spread.
type gatewayInfo struct {
	address *url.URL
	shards  int
	// concurrency is how many shards may identify at once; 1 except for bots in very many servers.
	concurrency int
	// wait is how long until sessions may be started again, where too few are left of the day's.
	wait time.Duration
}

// findGateway asks for the gateway until it gets an answer, because an outage passes by itself. A token that is refused does not.
func (d *Discord) findGateway(ctx context.Context) (gatewayInfo, error) {
	pause := newPause(d.timing)
	for {
		at, err := d.askGateway(ctx)
		if err == nil || ctx.Err() != nil {
			return at, nil
		}
		if errorStatus(err) == http.StatusUnauthorized {
			return at, errToken
		}
		wait := pause.NextBackOff()
		d.log.Warn("cannot reach Discord; trying again", "error", err, "in", wait.Round(time.Millisecond))
		if !sleep(ctx, wait) {
			return at, nil
		}
	}
}

func (d *Discord) askGateway(ctx context.Context) (gatewayInfo, error) {
	ctx, cancel := context.WithTimeout(ctx, d.timing.open)
	defer cancel()
	var answer struct {
		URL    string
		Shards int
		Limit  struct {
			Remaining   *int
			ResetAfter  int64 `json:"reset_after"` // milliseconds
			Concurrency int   `json:"max_concurrency"`
		} `json:"session_start_limit"`
	}
	err := d.rest.do(ctx, request{method: http.MethodGet, route: "/gateway/bot", repeatable: true}, &answer)
	if errorStatus(err) == http.StatusNotFound {
		// A compatible server may know only the other one.
		err = d.rest.do(ctx, request{method: http.MethodGet, route: "/gateway", repeatable: true}, &answer)
	}
	if err != nil {
		return gatewayInfo{}, err
	}
	u, err := url.Parse(answer.URL)
	if err != nil || u.Scheme != "ws" && u.Scheme != "wss" || u.Host == "" {
		return gatewayInfo{}, errors.New("GET /gateway/bot: the answer names no gateway")
	}
	if u.Path == "" {
		u.Path = "/" // as discordgo does
	}
	u.RawQuery = ""
	shards := max(answer.Shards, 1)
	if d.options.Shards > 0 {
		shards = d.options.Shards
	}
	at := gatewayInfo{address: u, shards: shards, concurrency: max(answer.Limit.Concurrency, 1)}
	if left := answer.Limit.Remaining; left != nil && *left < shards {
		at.wait = time.Duration(answer.Limit.ResetAfter) * time.Millisecond
	}
	return at, nil
}

// A run is what one call of Run shares between the gateway and the workers.
type run struct {
	*Discord
	handle  bot.Handler
	live    context.Context // done when Run ends
	stopped <-chan struct{}
	fail    context.CancelCauseFunc // ends the run with an error that a person must mend

	messages     *queue[*written]
	interactions *queue[*interaction]
	alerts       *queue[*alert]
	watch        watch
	background   sync.WaitGroup
	seen         seen
	shortages    shortages
	unembedded   shortages // channels that do not let the bot embed links
	strangers    shortages // servers that are not served
	self         atomic.Pointer[identity]
	register     sync.Once
}

// identity is who the bot is.
type identity struct {
	user        string // its id, which mentions name
	application string // its id, under which commands are registered
}

// dispatch gets every event, in order, in the goroutine that reads from the gateway.
func (r *run) dispatch(e *discordgo.Event) {
	defer survive(r.log)
	switch e.Type {
	case "READY":
		r.ready(e)
	case "MESSAGE_CREATE":
		self := r.self.Load()
		w := new(written)
		if !read(e.RawData, w) {
			r.unreadable(e)
			return
		}
		if self == nil || !w.fromPerson(self.user) {
			return
		}
		if !w.addressed(self.user) {
			w.watched = w.Content != "" && r.watch.covers(w.ChannelID)
			if !w.watched {
				return
			}
		}
		if r.serves(w.GuildID) && !r.seen.before(w.ID) {
			r.messages.put(w, r.stopped)
		}
	case "GUILD_CREATE", "THREAD_LIST_SYNC":
		var g struct {
			ID      string
			Threads []thread
		}
		if read(e.RawData, &g) && r.serves(g.ID) && len(r.options.Watch) > 0 {
			r.watch.learn(g.Threads...)
		}
	case "THREAD_CREATE", "THREAD_UPDATE":
		var t thread
		if len(r.options.Watch) > 0 && read(e.RawData, &t) {
			r.watch.learn(t)
		}
	case "INTERACTION_CREATE":
		i := &interaction{received: time.Now()}
		if !read(e.RawData, i) {
			r.unreadable(e)
			return
		}
		i.stranger = i.place() == inServer && !r.serves(i.GuildID)
		if i.valid() && !r.seen.before(i.ID) {
			r.interactions.put(i, r.stopped)
		}
	}
}

// serves says whether a server is on the list, and logs once for each that is not.
func (r *run) serves(guild string) bool {
	if guild == "" || len(r.options.Guilds) == 0 || slices.Contains(r.options.Guilds, guild) {
		return true
	}
	if r.strangers.note(guild) {
		r.log.Warn("the bot is in a server that is not on the list; passing over what is asked there", "server", guild)
	}
	return false
}

func (r *run) unreadable(e *discordgo.Event) {
	r.log.Warn("Discord sent an event that is no JSON; passed over", "event", e.Type, "bytes", len(e.RawData))
}

func (r *run) ready(e *discordgo.Event) {
	var ready struct {
		User        *user
		Application *struct{ ID string }
		Guilds      []struct{}
		Shard       [2]int
	}
	if !read(e.RawData, &ready) || ready.User == nil || ready.User.ID == "" {
		r.log.Warn("Discord did not say who the bot is; waiting for it to say so again")
		return
	}
	self := &identity{user: ready.User.ID, application: ready.User.ID} // the same for all bots since 2016
	if ready.Application != nil && ready.Application.ID != "" {
		self.application = ready.Application.ID
	}
	r.self.Store(self)
	r.log.Info("connected to Discord", "name", ready.User.Username, "servers", len(ready.Guilds), "shard", ready.Shard[0])
	r.register.Do(func() {
		r.log.Info("to add the bot to a server, open this link", "link", inviteLink(self.application))
		r.background.Go(func() { r.registerCommands(r.live, self.application) })
	})
}

// invitePermissions are all that redpin needs in a server.
const invitePermissions = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages | discordgo.PermissionSendMessagesInThreads |
	discordgo.PermissionEmbedLinks | discordgo.PermissionReadMessageHistory

// https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow
func inviteLink(application string) string {
	return fmt.Sprintf("https://discord.com/oauth2/authorize?client_id=%s&scope=bot+applications.commands&permissions=%d", application, invitePermissions)
}

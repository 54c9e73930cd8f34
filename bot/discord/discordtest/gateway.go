package discordtest

// This file is the gateway.

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// GatewayPath is where the gateway is.
const GatewayPath = "/gateway-socket"

// Opcodes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-opcodes
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opResume         = 6
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opAck            = 11
)

// messageContent is the privileged intent without which texts are left out.
const messageContent = 1 << 15

// privileged are the intents that the fake application has not been granted, unless Config says so.
const privileged = 1<<1 | 1<<8 | messageContent

// An Opening spoils the beginning of a connection. Openings are used up in the order in which they were added, one a connection.
type Opening struct {
	// NoHello is silent from the start, NoReady after IDENTIFY or RESUME, NoAck only to heartbeats.
	NoHello, NoReady, NoAck bool
	// Reconnect sends op 7 in place of HELLO ("hello") or in place of READY ("ready").
	Reconnect string
	// Invalid answers IDENTIFY and RESUME with op 9, as long as the client goes on; Resumable says with it that the session
	// can be resumed all the same.
	Invalid, Resumable bool
	// Refuse does not let the client in at all.
	Refuse bool
	// Close ends the connection with this code in answer to IDENTIFY or RESUME.
	Close int
	// AckFirst sends op 11 before READY.
	AckFirst bool
}

// Open adds openings for the next connections.
func (s *Server) Open(o ...Opening) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.openings = append(s.openings, o...)
}

// A session outlives its connections, so that it can be resumed.
type session struct {
	id       string
	shard    [2]int
	intents  int
	compress bool
	sent     [][]byte // each dispatch; its place is its sequence number less 1
	conn     *connection
}

// A connection is one websocket. Frames wait in out for a goroutine of their own: a bot that does not read must not hold
// up the server, for which it may be waiting itself.
type connection struct {
	server  *Server
	ws      *websocket.Conn
	opening Opening

	// Guarded by the server's lock.
	session *session
	beats   int // heartbeats received

	mu     sync.Mutex
	out    []frame
	more   *sync.Cond // of mu: out has grown, or ended is set
	ended  bool
	silent bool // a half-open connection says nothing any more
}

// A frame of the gateway. One with a code closes the connection.
type frame struct {
	data     []byte
	compress bool
	code     int
}

func (s *Server) serveGateway(w http.ResponseWriter, r *http.Request) {
	if v := r.URL.Query().Get("v"); v != "9" && v != "10" {
		http.Error(w, "version", http.StatusBadRequest)
		return
	}
	if s.refuses() {
		http.Error(w, "overloaded", http.StatusServiceUnavailable)
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &connection{server: s, ws: ws}
	c.more = sync.NewCond(&c.mu)
	s.mu.Lock()
	s.connections[c] = true
	if len(s.openings) > 0 {
		c.opening, s.openings = s.openings[0], s.openings[1:]
	}
	s.change()
	s.mu.Unlock()
	var writing sync.WaitGroup
	writing.Go(c.writeFrames)
	c.serve()
	c.mu.Lock()
	c.ended = true
	c.more.Signal()
	c.mu.Unlock()
	writing.Wait()
	_ = ws.Close()
	s.mu.Lock()
	delete(s.connections, c)
	if c.session != nil && c.session.conn == c {
		c.session.conn = nil
	}
	s.change()
	s.mu.Unlock()
}

// refuses uses up an opening that lets nobody in.
func (s *Server) refuses() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.openings) == 0 || !s.openings[0].Refuse {
		return false
	}
	s.openings = s.openings[1:]
	s.refused++
	s.change()
	return true
}

// serve reads until the connection ends.
func (c *connection) serve() {
	switch {
	case c.opening.NoHello:
	case c.opening.Reconnect == "hello":
		c.write(opReconnect, nil)
	default:
		c.write(opHello, map[string]any{"heartbeat_interval": c.server.config.Heartbeat.Milliseconds()})
	}
	opened := false
	var sent []time.Time // in the last minute
	for {
		_, data, err := c.ws.ReadMessage()
		if err != nil {
			var closed *websocket.CloseError
			if errors.As(err, &closed) {
				c.server.mu.Lock()
				c.server.goodbyes = append(c.server.goodbyes, closed.Code)
				if c.session != nil && (closed.Code == websocket.CloseNormalClosure || closed.Code == websocket.CloseGoingAway) {
					delete(c.server.sessions, c.session.id) // cannot be resumed
				}
				c.server.change()
				c.server.mu.Unlock()
			}
			return
		}
		if len(data) > 4096 {
			c.close(4002)
			return
		}
		// https://discord.com/developers/docs/events/gateway#rate-limiting
		const perMinute = 120
		if sent = append(sent, time.Now()); len(sent) > perMinute {
			if sent = sent[1:]; sent[perMinute-1].Sub(sent[0]) < time.Minute {
				c.close(4008)
				return
			}
		}
		var in struct {
			Op int
			D  json.RawMessage
		}
		if json.Unmarshal(data, &in) != nil {
			c.close(4002)
			return
		}
		switch in.Op {
		case opHeartbeat:
			if !opened && c.server.config.Heartbeat == 0 {
				c.close(4003)
				return
			}
			c.server.mu.Lock()
			c.beats++
			c.server.change()
			c.server.mu.Unlock()
			if !c.opening.NoAck {
				c.write(opAck, nil)
			}
		case opIdentify, opResume:
			if opened && !c.opening.Invalid {
				c.close(4005)
				return
			}
			opened = true
			code := c.begin(in.Op, in.D)
			if code != 0 {
				c.close(code)
				return
			}
		case 3, 4, 8:
		default:
			c.close(4001)
			return
		}
	}
}

// begin identifies or resumes, and gives a close code or 0. It holds the server's lock to the end, so that who has waited
// for a session finds it complete.
func (c *connection) begin(op int, data json.RawMessage) int {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.change()
	early := false
	if op == opIdentify {
		now := time.Now()
		bucket := bucketOf(data, s.config.Concurrency)
		early = now.Sub(s.identified[bucket]) < s.config.IdentifyEvery
		s.identified[bucket] = now
		s.identifies = append(s.identifies, now)
		if early {
			s.early++
		}
	} else {
		s.resumes++
	}
	o := c.opening
	switch {
	case o.Close != 0:
		return o.Close
	case o.NoReady:
		return 0
	case o.Reconnect == "ready":
		c.write(opReconnect, nil)
		return 0
	case o.Invalid || early:
		c.write(opInvalidSession, o.Resumable)
		return 0
	}
	if o.AckFirst {
		c.write(opAck, nil)
	}
	if op == opIdentify {
		return c.identify(data)
	}
	return c.resume(data)
}

// bucketOf says with which other shards a shard shares the limit on IDENTIFYs.
// https://discord.com/developers/docs/events/gateway#sharding-max-concurrency
func bucketOf(identify json.RawMessage, concurrency int) int {
	var d struct{ Shard [2]int }
	_ = json.Unmarshal(identify, &d)
	return d.Shard[0] % max(concurrency, 1)
}

// identify is called with the server's lock held, and so is resume.
func (c *connection) identify(data json.RawMessage) int {
	var d struct {
		Token    string
		Intents  int
		Compress bool
		Shard    *[2]int
	}
	if json.Unmarshal(data, &d) != nil {
		return 4002
	}
	shard := [2]int{0, 1}
	if d.Shard != nil {
		shard = *d.Shard
	}
	granted := 0
	if c.server.config.MessageContent {
		granted = messageContent
	}
	switch {
	case d.Token != "Bot "+Token && d.Token != Token:
		return 4004
	case d.Intents <= 0 || d.Intents >= 1<<26:
		return 4013
	case d.Intents&privileged&^granted != 0:
		return 4014
	case shard[0] < 0 || shard[0] >= shard[1]:
		return 4010
	case shard[1] < c.server.config.Shards:
		return 4011
	}
	s := c.server
	se := &session{id: "session-" + s.id(), shard: shard, intents: d.Intents, compress: d.Compress, conn: c}
	s.sessions[se.id] = se
	c.session = se
	guilds := []any{}
	if shardOf(Guild, shard[1]) == shard[0] {
		guilds = append(guilds, map[string]any{"id": Guild, "unavailable": true})
	}
	se.dispatch("READY", must(map[string]any{
		"v": 9, "user": account(Bot), "guilds": guilds, "session_id": se.id, "resume_gateway_url": s.gatewayURL(), "shard": shard,
		"application": map[string]any{"id": Bot, "flags": 0},
	}))
	if len(guilds) > 0 {
		se.dispatch("GUILD_CREATE", must(map[string]any{
			"id": Guild, "name": "the server", "owner_id": Moderator, "roles": []any{}, "channels": []any{map[string]any{"id": Channel, "type": 0, "name": "general"}},
			"members": []any{}, "emojis": []any{}, "threads": []any{}, "member_count": 4, "large": false, "unavailable": false,
		}))
	}
	return 0
}

func (c *connection) resume(data json.RawMessage) int {
	var d struct {
		Token     string
		SessionID string `json:"session_id"`
		Seq       int
	}
	if json.Unmarshal(data, &d) != nil {
		return 4002
	}
	if d.Token != "Bot "+Token && d.Token != Token {
		return 4004
	}
	s := c.server
	se := s.sessions[d.SessionID]
	if se == nil {
		c.write(opInvalidSession, false)
		return 0
	}
	if d.Seq > len(se.sent) {
		return 4007
	}
	se.conn, c.session = c, se
	for i := d.Seq; i < len(se.sent); i++ {
		c.raw(se.sent[i], se.compress)
	}
	se.dispatch("RESUMED", []byte(`{}`))
	return 0
}

// dispatch sends an event and keeps it for a resume. The caller holds the server's lock.
func (se *session) dispatch(name string, data json.RawMessage) {
	frame := must(map[string]any{"op": opDispatch, "s": len(se.sent) + 1, "t": name, "d": data})
	se.sent = append(se.sent, frame)
	if se.conn != nil {
		se.conn.raw(frame, se.compress)
	}
}

func must(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return data
}

func (c *connection) write(op int, data any) {
	c.raw(must(map[string]any{"op": op, "d": data, "s": nil, "t": nil}), false)
}

func (c *connection) raw(data []byte, compress bool) { c.put(frame{data: data, compress: compress}) }

func (c *connection) close(code int) { c.put(frame{code: code}) }

func (c *connection) put(f frame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.silent || c.ended {
		return
	}
	c.out = append(c.out, f)
	c.more.Signal()
}

// writeFrames writes what was put before the connection's end; of the frames that may be compressed every other is.
func (c *connection) writeFrames() {
	for n := 0; ; n++ {
		c.mu.Lock()
		for len(c.out) == 0 && !c.ended {
			c.more.Wait()
		}
		if len(c.out) == 0 {
			c.mu.Unlock()
			return
		}
		f := c.out[0]
		c.out = c.out[1:]
		c.mu.Unlock()
		var err error
		switch {
		case f.code != 0:
			_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(f.code, ""), time.Now().Add(time.Second))
			_ = c.ws.Close()
		case !f.compress || n%2 == 0:
			err = c.ws.WriteMessage(websocket.TextMessage, f.data)
		default:
			var b bytes.Buffer
			z := zlib.NewWriter(&b)
			_, _ = z.Write(f.data)
			_ = z.Close()
			err = c.ws.WriteMessage(websocket.BinaryMessage, b.Bytes())
		}
		if err != nil {
			return
		}
	}
}

func (c *connection) drop() { _ = c.ws.NetConn().Close() }

// shardOf says which shard a server belongs to: https://discord.com/developers/docs/events/gateway#sharding-sharding-formula
func shardOf(guild string, shards int) int {
	id, _ := strconv.ParseUint(guild, 10, 64)
	return int((id >> 22) % uint64(max(shards, 1)))
}

// EmitRaw delivers an event whose data need not be right.
func (s *Server) EmitRaw(name, guild string, data json.RawMessage) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, se := range s.sessions {
		if guild == "" && se.shard[0] != 0 || guild != "" && shardOf(guild, se.shard[1]) != se.shard[0] {
			continue
		}
		se.dispatch(name, se.without(name, guild, data))
	}
}

// without leaves out a text that the bot may not read.
func (se *session) without(name, guild string, data json.RawMessage) json.RawMessage {
	if name != "MESSAGE_CREATE" || guild == "" || se.intents&messageContent != 0 {
		return data
	}
	var m struct {
		Author   struct{ ID string }
		Mentions []struct{ ID string }
	}
	if json.Unmarshal(data, &m) != nil || m.Author.ID == Bot || slices.ContainsFunc(m.Mentions, func(u struct{ ID string }) bool { return u.ID == Bot }) {
		return data
	}
	var event map[string]any
	if json.Unmarshal(data, &event) != nil {
		return data
	}
	event["content"], event["embeds"], event["attachments"], event["components"] = "", []any{}, []any{}, []any{}
	return must(event)
}

// each does something to every connection that has a session.
func (s *Server) each(do func(*connection)) {
	s.mu.Lock()
	var open []*connection
	for c := range s.connections {
		open = append(open, c)
	}
	s.mu.Unlock()
	for _, c := range open {
		do(c)
	}
}

// Drop cuts all connections as a failing network does. Their sessions can be resumed.
func (s *Server) Drop() { s.each((*connection).drop) }

// Reconnect tells all clients to connect again (op 7).
func (s *Server) Reconnect() { s.each(func(c *connection) { c.write(opReconnect, nil) }) }

// Invalidate ends all sessions (op 9).
func (s *Server) Invalidate() {
	s.Forget()
	s.each(func(c *connection) { c.write(opInvalidSession, false) })
}

// AskResume calls all sessions invalid and says that they can be resumed (op 9 with true).
func (s *Server) AskResume() { s.each(func(c *connection) { c.write(opInvalidSession, true) }) }

// EmitEverywhere delivers an event to all shards, whichever it is for.
func (s *Server) EmitEverywhere(name string, data any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, se := range s.sessions {
		se.dispatch(name, must(data))
	}
}

// Early is how often the bot identified sooner than Config.IdentifyEvery allows.
func (s *Server) Early() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.early
}

// WaitRefused waits until n connections were not let in.
func (s *Server) WaitRefused(n int, wait time.Duration) bool {
	return s.waitFor(wait, func() bool { return s.refused >= n })
}

// CloseGateway closes all connections with a code.
func (s *Server) CloseGateway(code int) { s.each(func(c *connection) { c.close(code) }) }

// Silence leaves all connections half open: they accept and say nothing.
func (s *Server) Silence() {
	s.each(func(c *connection) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.silent = true
	})
}

// Forget makes all sessions unknown, so that none can be resumed.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.sessions)
}

// Identifies is how often the bot identified, and Resumes how often it resumed.
func (s *Server) Identifies() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.identifies)
}

// Resumes is how often the bot resumed or tried to.
func (s *Server) Resumes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.resumes
}

// WaitSessions waits until the bot has identified or resumed so often in all, over all connections.
func (s *Server) WaitSessions(n int, wait time.Duration) bool {
	return s.waitFor(wait, func() bool { return len(s.identifies)+s.resumes >= n })
}

// WaitConnected waits until n sessions have a connection that has sent a heartbeat. discordgo sends its first when it is
// ready for events, and would close the next connection for one that it could not send.
func (s *Server) WaitConnected(n int, wait time.Duration) bool {
	return s.waitFor(wait, func() bool {
		connected := 0
		for _, se := range s.sessions {
			if se.conn != nil && se.conn.beats > 0 {
				connected++
			}
		}
		return connected >= n
	})
}

// WaitGoodbye waits until the bot has closed a connection with this code.
func (s *Server) WaitGoodbye(code int, wait time.Duration) bool {
	return s.waitFor(wait, func() bool { return slices.Contains(s.goodbyes, code) })
}

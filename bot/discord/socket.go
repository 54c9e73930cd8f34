package discord

// This file dials the gateway and watches the bytes of the connection, where discordgo does not: a connection
// that is silent for too long is ended, and so is one on which discordgo wants to identify twice or would lock
// itself up.

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

const (
	// idleLimit is how long the gateway may be silent. It answers a heartbeat every 41.25 s, so two have been
	// missed: https://discord.com/developers/docs/events/gateway#sending-heartbeats
	idleLimit = 100 * time.Second
	// writeLimit bounds a single write, in which discordgo holds a lock that heartbeats need.
	writeLimit = 15 * time.Second
	// dialLimit bounds connecting and the handshakes.
	dialLimit = 15 * time.Second
)

// A wire dials for one discordgo session, and remembers the socket so that it can be ended from outside: the
// session's own Close waits for a lock that a hanging Open holds.
type wire struct {
	ctx  context.Context // ends dialling
	idle time.Duration
	// opening says that discordgo is inside its Open, where it holds the lock that some of its handlers want.
	opening atomic.Bool
	// refused says that discordgo was about to identify a second time on one connection, which is how it
	// answers an invalid session: at once, and as often as it is told. The session is of no more use.
	refused atomic.Bool

	// leaving says that discordgo may say goodbye. It also does when the gateway has ended a connection, or is silent: that
	// would end a session which can be resumed.
	leaving atomic.Bool
	// goodbye is closed when it has.
	goodbye    chan struct{}
	sayGoodbye sync.Once
	mu         sync.Mutex
	socket     net.Conn
}

// dialer is for discordgo.Session.Dialer. With TLS done here, the socket sees plain frames. Through a proxy it cannot; what
// it would prevent there is then left to the limits on time.
func (w *wire) dialer(gateway *url.URL) *websocket.Dialer {
	scheme := "http"
	if gateway.Scheme == "wss" {
		scheme = "https"
	}
	proxy, err := http.ProxyFromEnvironment(&http.Request{URL: &url.URL{Scheme: scheme, Host: gateway.Host}})
	direct := err == nil && proxy == nil
	d := &websocket.Dialer{
		NetDialContext: func(_ context.Context, network, addr string) (net.Conn, error) {
			return w.dial(network, addr, false, direct)
		},
		HandshakeTimeout: dialLimit,
		Proxy:            http.ProxyFromEnvironment,
	}
	if direct {
		d.NetDialTLSContext = func(_ context.Context, network, addr string) (net.Conn, error) {
			return w.dial(network, addr, true, true)
		}
	}
	return d
}

// dial connects, with TLS where secure says so. watched says that the socket will see plain frames.
func (w *wire) dial(network, addr string, secure, watched bool) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(w.ctx, dialLimit)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	if secure {
		host, _, err := net.SplitHostPort(addr)
		if err != nil {
			host = addr
		}
		t := tls.Client(conn, &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12})
		if err := t.HandshakeContext(ctx); err != nil {
			_ = conn.Close()
			return nil, err
		}
		conn = t
	}
	s := &socket{Conn: conn, wire: w, watched: watched}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.socket = s
	return s, nil
}

// cut ends the connection at once.
func (w *wire) cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.socket != nil {
		_ = w.socket.Close()
	}
}

type socket struct {
	net.Conn
	wire    *wire
	watched bool
	// frames and ends are used by the one goroutine that reads. The latter says why the next read must fail.
	frames frames
	ends   error
	// begun says that the connection has identified or resumed.
	begun atomic.Bool
}

// Read fails after a silence, and in place of what would lock discordgo up. It closes the socket then, so that
// discordgo cannot say goodbye: that would end the session, and a session that was only cut off can be resumed.
func (s *socket) Read(p []byte) (int, error) {
	if s.ends != nil {
		_ = s.Close()
		return 0, s.ends
	}
	if err := s.SetReadDeadline(time.Now().Add(s.wire.idle)); err != nil {
		return 0, err
	}
	n, err := s.Conn.Read(p)
	if err != nil {
		_ = s.Close()
		return n, err
	}
	if s.watched {
		for _, c := range s.frames.read(p[:n]) {
			switch {
			case s.wire.opening.Load() && (c.op == opReconnect || c.op == opHeartbeatAck):
				s.ends = errLockup // discordgo answers both with the lock that its Open holds
			case c.op == opInvalidSession && c.resumable:
				s.ends = errResume // discordgo would identify, and what was sent meanwhile would be lost
			default:
				continue
			}
			if c.at == 0 {
				return s.Read(p)
			}
			return c.at, nil // what came before, such as READY
		}
	}
	return n, nil
}

var (
	errLockup = errors.New("the gateway asked for what discordgo cannot do while it connects")
	errResume = errors.New("the gateway asked for the session to be resumed")
)

func (s *socket) Write(p []byte) (int, error) {
	if s.watched && opensSession(p) && s.begun.Swap(true) {
		s.wire.refused.Store(true)
		_ = s.Close()
		return 0, net.ErrClosed
	}
	const finalClose = 0x88
	closes := s.watched && len(p) > 0 && p[0] == finalClose
	if closes && !s.wire.leaving.Load() {
		_ = s.Close()
		return 0, net.ErrClosed
	}
	if err := s.SetWriteDeadline(time.Now().Add(writeLimit)); err != nil {
		return 0, err
	}
	n, err := s.Conn.Write(p)
	if closes {
		s.wire.sayGoodbye.Do(func() { close(s.wire.goodbye) })
	}
	return n, err
}

// opensSession says whether p is the frame in which discordgo identifies (op 2) or resumes (op 6). gorilla's
// websocket writes so small a frame at once: RFC 6455, section 5.2.
func opensSession(p []byte) bool {
	const (
		text, maskBit   = 0x81, 0x80 // final frame of text; payload is masked
		short, extended = 125, 126   // lengths up to 125, or in two more bytes
	)
	if len(p) < 2 || p[0] != text || p[1]&maskBit == 0 {
		return false
	}
	at := 2
	switch length := p[1] &^ maskBit; {
	case length == extended:
		at += 2
	case length > short:
		return false
	}
	start := []byte(`{"op":0,`)
	if len(p) < at+4+len(start) {
		return false
	}
	mask, payload := p[at:at+4], p[at+4:]
	for i := range start {
		start[i] = payload[i] ^ mask[i%4]
	}
	return bytes.Equal(start, []byte(`{"op":2,`)) || bytes.Equal(start, []byte(`{"op":6,`))
}

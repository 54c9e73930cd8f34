package discordtest

// This file is the HTTP interface.

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// version is the part of a path before the interface's own.
var version = regexp.MustCompile(`^/api/v(9|10)(/.*)$`)

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /gateway", s.getGateway)
	mux.HandleFunc("GET /gateway/bot", s.getGatewayBot)
	mux.HandleFunc("GET /users/@me", s.getMe)
	mux.HandleFunc("POST /users/@me/channels", s.postDirectChannel)
	mux.HandleFunc("GET /applications/{application}/commands", s.getCommands)
	mux.HandleFunc("PUT /applications/{application}/commands", s.putCommands)
	mux.HandleFunc("GET /applications/{application}/guilds/{guild}/commands", s.getCommands)
	mux.HandleFunc("PUT /applications/{application}/guilds/{guild}/commands", s.putCommands)
	mux.HandleFunc("POST /channels/{channel}/messages", s.postMessage)
	mux.HandleFunc("POST /interactions/{id}/{token}/callback", s.postCallback)
	mux.HandleFunc("POST /webhooks/{application}/{token}", s.postFollowUp)
	mux.HandleFunc("PATCH /webhooks/{application}/{token}/messages/@original", s.patchOriginal)
	mux.HandleFunc("GET /webhooks/{application}/{token}/messages/@original", s.getOriginal)
	mux.HandleFunc("DELETE /webhooks/{application}/{token}/messages/@original", s.deleteOriginal)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.TrimSuffix(r.URL.Path, "/") == GatewayPath {
			s.serveGateway(w, r)
			return
		}
		parts := version.FindStringSubmatch(r.URL.Path)
		if parts == nil {
			reply(w, http.StatusNotFound, refuse(404, 0, "404: Not Found").body())
			return
		}
		r.URL.Path = parts[2]
		s.serve(w, r, mux)
	})
}

// serve does for every request what does not depend on which it is.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, mux *http.ServeMux) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	answer := &recorder{header: make(http.Header), status: http.StatusOK}
	s.mu.Lock()
	f := s.fault(r.Method, r.URL.Path)
	s.mu.Unlock()
	if f == nil || f.Done || f.Cut {
		s.carryOut(answer, r, body, mux)
	}
	if f != nil {
		if f.Delay > 0 {
			select {
			case <-time.After(f.Delay):
			case <-r.Context().Done():
			}
		}
		switch {
		case f.Cut:
		case f.Status != 0:
			answer = f.answer()
		case f.Delay == 0:
			answer.status = 0
		case !f.Done:
			s.carryOut(answer, r, body, mux) // only slow
		}
	}
	s.mu.Lock()
	s.requests = append(s.requests, Request{Method: r.Method, Path: r.URL.Path, Body: body, Status: answer.status, At: time.Now()})
	s.change()
	s.mu.Unlock()
	if answer.status == 0 {
		panic(http.ErrAbortHandler) // ends the connection
	}
	for name, values := range answer.header {
		w.Header()[name] = values
	}
	if f != nil && f.Cut {
		w.Header().Set("Content-Length", strconv.Itoa(len(answer.body)+1))
		w.WriteHeader(answer.status)
		_, _ = w.Write(answer.body)
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(answer.status)
	_, _ = w.Write(answer.body)
}

// carryOut checks a request and does what it asks for.
func (s *Server) carryOut(answer *recorder, r *http.Request, body []byte, mux *http.ServeMux) {
	if got := r.Header.Get("Authorization"); got != "Bot "+Token && r.URL.Path != "/gateway" {
		answer.refuse(refuse(http.StatusUnauthorized, 0, "401: Unauthorized"))
		return
	}
	if agent := r.Header.Get("User-Agent"); !strings.HasPrefix(agent, "DiscordBot (") {
		s.problem("%s %s: the User-Agent is %q, not DiscordBot (url, version)", r.Method, r.URL.Path, agent)
	}
	if body != nil && r.Method != http.MethodGet {
		if err := s.config.Spec.checkRequest(r.Method, r.URL.Path, body); err != nil {
			s.problem("%v", err)
		}
	}
	if s.overAll(answer.header, r) || s.limit(answer.header, r) {
		answer.status = http.StatusTooManyRequests
		answer.write(map[string]any{
			"message": "You are being rate limited.", "retry_after": retryAfter(answer.header), "global": answer.header.Get("X-RateLimit-Global") != "",
		})
		return
	}
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	mux.ServeHTTP(answer, r)
	if answer.status/100 == 2 && len(answer.body) > 0 {
		if err := s.config.Spec.checkAnswer(r.Method, r.URL.Path, answer.status, answer.body); err != nil {
			s.problem("the fake's own answer: %v", err)
		}
	}
}

func retryAfter(h http.Header) float64 {
	f, _ := strconv.ParseFloat(h.Get("Retry-After"), 64)
	return f
}

// A window counts requests under one limit.
type window struct {
	used  int
	reset time.Time
}

// overAll says whether the request is over the limit on all together.
// https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
func (s *Server) overAll(h http.Header, r *http.Request) bool {
	if s.config.PerSecond == 0 || strings.HasPrefix(r.URL.Path, "/interactions/") || strings.HasPrefix(r.URL.Path, "/webhooks/") {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	win := s.windows[""]
	if win == nil || now.After(win.reset) {
		win = &window{reset: now.Add(time.Second)}
		s.windows[""] = win
	}
	if win.used < s.config.PerSecond {
		win.used++
		return false
	}
	h.Set("Retry-After", strconv.FormatFloat(win.reset.Sub(now).Seconds(), 'f', 3, 64))
	h.Set("X-RateLimit-Global", "true")
	h.Set("X-RateLimit-Scope", "global")
	return true
}

// limit sets the headers of Discord's rate limits, and says whether the request is over one.
func (s *Server) limit(h http.Header, r *http.Request) bool {
	if s.config.Limit == 0 || !strings.HasPrefix(r.URL.Path, "/channels/") {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	win := s.windows[r.URL.Path]
	if win == nil || now.After(win.reset) {
		win = &window{reset: now.Add(s.config.Window)}
		s.windows[r.URL.Path] = win
	}
	over := win.used >= s.config.Limit
	if !over {
		win.used++
	}
	left := win.reset.Sub(now).Seconds()
	h.Set("X-RateLimit-Limit", strconv.Itoa(s.config.Limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(s.config.Limit-win.used))
	h.Set("X-RateLimit-Reset", strconv.FormatFloat(float64(win.reset.UnixMilli())/1000, 'f', 3, 64))
	h.Set("X-RateLimit-Reset-After", strconv.FormatFloat(left, 'f', 3, 64))
	h.Set("X-RateLimit-Bucket", "fakebucket")
	if over {
		h.Set("Retry-After", strconv.FormatFloat(left, 'f', 3, 64))
		h.Set("X-RateLimit-Scope", "user")
	}
	return over
}

// A recorder keeps an answer until it is known whether it is sent.
type recorder struct {
	header http.Header
	status int
	body   []byte
}

func (r *recorder) Header() http.Header  { return r.header }
func (r *recorder) WriteHeader(code int) { r.status = code }
func (r *recorder) Write(p []byte) (int, error) {
	r.body = append(r.body, p...)
	return len(p), nil
}

func (r *recorder) write(body any) {
	r.header.Set("Content-Type", "application/json")
	r.body, _ = json.Marshal(body)
}

func (r *recorder) refuse(why *refusal) {
	r.status = why.status
	r.write(why.body())
}

func (f *Fault) answer() *recorder {
	a := &recorder{header: make(http.Header), status: f.Status}
	for name, value := range f.Header {
		a.header.Set(name, value)
	}
	switch {
	case f.Body != "":
		a.body = []byte(f.Body)
	case f.Status == http.StatusTooManyRequests:
		a.write(map[string]any{"message": "You are being rate limited.", "retry_after": retryAfter(a.header), "global": a.header.Get("X-RateLimit-Global") != "", "code": f.Code})
	default:
		a.write(map[string]any{"message": "a fault of the test", "code": f.Code})
	}
	return a
}

func (s *Server) gatewayURL() string { return "ws" + strings.TrimPrefix(s.URL, "http") + GatewayPath }

func (s *Server) getGateway(w http.ResponseWriter, _ *http.Request) {
	reply(w, http.StatusOK, map[string]any{"url": s.gatewayURL()})
}

func (s *Server) getGatewayBot(w http.ResponseWriter, _ *http.Request) {
	reply(w, http.StatusOK, map[string]any{
		"url": s.gatewayURL(), "shards": max(s.config.Shards, 1),
		"session_start_limit": map[string]any{"total": 1000, "remaining": 999, "reset_after": 14400000, "max_concurrency": max(s.config.Concurrency, 1)},
	})
}

func (s *Server) getMe(w http.ResponseWriter, _ *http.Request) { reply(w, http.StatusOK, account(Bot)) }

func (s *Server) postDirectChannel(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Recipient string `json:"recipient_id"`
	}
	if json.NewDecoder(r.Body).Decode(&body) != nil || body.Recipient == "" {
		reply(w, http.StatusBadRequest, refuse(400, 50035, "Invalid Form Body").body())
		return
	}
	reply(w, http.StatusOK, map[string]any{
		"id": DirectChannel(body.Recipient), "type": 1, "flags": 0, "recipients": []any{account(body.Recipient)}, "last_message_id": nil,
	})
}

// DirectChannel is the id of the channel between the bot and a person alone.
func DirectChannel(person string) string { return strings.Replace(person, "105", "205", 1) }

func (s *Server) getCommands(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	local := r.URL.Query().Get("with_localizations") == "true"
	list := []map[string]any{}
	for _, c := range s.commands {
		c = maps.Clone(c)
		if !local {
			delete(c, "name_localizations")
			delete(c, "description_localizations")
		}
		list = append(list, c)
	}
	reply(w, http.StatusOK, list)
}

// https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

func nameable(name any) bool {
	text, ok := name.(string)
	return ok && commandName.MatchString(text) && strings.ToLower(text) == text
}

func (s *Server) putCommands(w http.ResponseWriter, r *http.Request) {
	var commands []map[string]any
	if err := json.NewDecoder(r.Body).Decode(&commands); err != nil {
		reply(w, http.StatusBadRequest, refuse(400, 50035, "Invalid Form Body").body())
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	global := r.PathValue("guild") == ""
	names := make(map[string]bool)
	for _, c := range commands {
		name, _ := c["name"].(string)
		slash := c["type"] == nil || c["type"] == float64(1)
		local, _ := c["name_localizations"].(map[string]any)
		fine := name != "" && len(name) <= 32 && (slash || c["description"] == nil) && (global || c["contexts"] == nil && c["integration_types"] == nil)
		if slash {
			fine = fine && nameable(name)
			for locale, n := range local {
				// Two commands of one name cannot be told apart, in any language.
				key := fmt.Sprint(locale, " ", n)
				fine = fine && nameable(n) && !names[key] && slices.Contains(locales, locale)
				names[key] = true
			}
		}
		if !fine || names[name] {
			reply(w, http.StatusBadRequest, refuse(400, 50035, "Invalid Form Body").body())
			return
		}
		names[name] = true
		c["id"], c["application_id"], c["version"] = s.id(), Bot, s.id()
		c["nsfw"], c["dm_permission"] = false, true
		if _, ok := c["default_member_permissions"]; !ok {
			c["default_member_permissions"] = nil
		}
		if !slash {
			c["description"] = ""
		}
		if _, ok := c["integration_types"]; !ok {
			c["integration_types"] = []int{0}
		}
		if !global {
			c["contexts"], c["guild_id"] = nil, r.PathValue("guild")
		}
	}
	s.commands = commands
	s.overwrites++
	reply(w, http.StatusOK, commands)
}

// https://discord.com/developers/docs/reference#locales
var locales = strings.Fields("id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko")

func account(id string) map[string]any {
	return map[string]any{
		"id": id, "username": "user" + id[len(id)-2:], "avatar": nil, "discriminator": "0", "public_flags": 0, "flags": 0,
		"global_name": nil, "primary_guild": nil, "bot": id == Bot || id == OtherBot,
	}
}

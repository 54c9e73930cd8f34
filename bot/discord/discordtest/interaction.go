package discordtest

// This file is about interactions: commands and buttons that people use, and the bot's answers to them.

import (
	"encoding/json"
	"net/http"
	"time"
)

// An interaction waits for its answer.
type interaction struct {
	id, channel string
	component   bool
	typing      bool
	at          time.Time
	acked       bool
	ephemeral   bool // fixed when it is acknowledged
	original    *Message
}

// callback types.
const (
	answerNow     = 4
	answerLater   = 5
	updateLater   = 6
	updateMessage = 7
	autocomplete  = 8
)

func (s *Server) postCallback(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Type int
		Data *payload
	}
	if json.NewDecoder(r.Body).Decode(&body) != nil {
		reply(w, http.StatusBadRequest, refuse(400, 50109, "The request body contains invalid JSON.").body())
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.interactions[r.PathValue("token")]
	var why *refusal
	switch {
	case i == nil || i.id != r.PathValue("id") || !i.acked && time.Since(i.at) > s.config.FirstWord:
		why = refuse(404, 10062, "Unknown interaction")
	case i.acked:
		why = refuse(400, 40060, "Interaction has already been acknowledged.")
	case i.typing != (body.Type == autocomplete):
		why = refuse(400, 50035, "Invalid Form Body: not an answer to this interaction")
	case i.typing && (body.Data == nil || len(body.Data.Choices) > 25):
		why = refuse(400, 50035, "Invalid Form Body: choices")
	case s.config.Foreign && body.Type != answerNow:
		reply(w, http.StatusNoContent, nil) // and nothing comes of it
		return
	case body.Type == answerNow && body.Data == nil:
		why = refuse(400, 50035, "Invalid Form Body")
	case body.Type == answerNow:
		why = body.Data.check()
	case (body.Type == updateLater || body.Type == updateMessage) && !i.component:
		why = refuse(400, 50035, "Invalid Form Body: no message to update")
	}
	if why != nil {
		reply(w, why.status, why.body())
		return
	}
	i.acked = true
	switch body.Type {
	case answerNow:
		i.ephemeral = body.Data.Flags&flagEphemeral != 0
		i.original = s.message(body.Data, i.channel, []string{"users"})
		s.messages = append(s.messages, i.original)
	case autocomplete:
		s.offers = append(s.offers, body.Data.Choices)
	case answerLater:
		i.ephemeral = body.Data != nil && body.Data.Flags&flagEphemeral != 0
		i.original = &Message{ID: s.id(), Channel: i.channel, Loading: true, Ephemeral: i.ephemeral, At: time.Now()}
		s.messages = append(s.messages, i.original)
	}
	s.change()
	reply(w, http.StatusNoContent, nil)
}

// NextOffers gives what the bot offers to the next person who types, and waits for it at most so long.
func (s *Server) NextOffers(wait time.Duration) ([]Offer, bool) {
	var next []Offer
	ok := s.waitFor(wait, func() bool {
		if len(s.offers) == 0 {
			return false
		}
		next, s.offers = s.offers[0], s.offers[1:]
		return true
	})
	return next, ok
}

// answered finds the interaction that a token continues. The caller holds the lock.
func (s *Server) answered(token string) (*interaction, *refusal) {
	i := s.interactions[token]
	switch {
	case s.config.Foreign:
		return nil, refuse(404, 0, "404: Not Found")
	case i == nil || !i.acked:
		return nil, refuse(404, 10015, "Unknown Webhook")
	case time.Since(i.at) > s.config.TokenLasts:
		return nil, refuse(401, 50027, "Invalid Webhook Token")
	}
	return i, nil
}

func (s *Server) postFollowUp(w http.ResponseWriter, r *http.Request) {
	var p payload
	if json.NewDecoder(r.Body).Decode(&p) != nil {
		reply(w, http.StatusBadRequest, refuse(400, 50109, "The request body contains invalid JSON.").body())
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i, why := s.answered(r.PathValue("token"))
	if why == nil {
		why = p.check()
	}
	if why != nil {
		reply(w, why.status, why.body())
		return
	}
	if i.original != nil && i.original.Loading { // the first follow-up becomes the edit
		i.original.edit(&p)
		s.change()
		reply(w, http.StatusOK, i.original.response())
		return
	}
	m := s.message(&p, i.channel, []string{"users"})
	s.messages = append(s.messages, m)
	s.change()
	if r.URL.Query().Get("wait") == "true" {
		reply(w, http.StatusOK, m.response())
	} else {
		reply(w, http.StatusNoContent, nil)
	}
}

func (m *Message) edit(p *payload) {
	m.Content, m.Loading = p.Content, false
	m.dress(p, []string{"users"})
}

func (s *Server) patchOriginal(w http.ResponseWriter, r *http.Request) {
	var p payload
	if json.NewDecoder(r.Body).Decode(&p) != nil {
		reply(w, http.StatusBadRequest, refuse(400, 50109, "The request body contains invalid JSON.").body())
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i, why := s.answered(r.PathValue("token"))
	if why == nil && i.original == nil {
		why = refuse(404, 10008, "Unknown Message")
	}
	if why == nil {
		why = p.check()
	}
	if why != nil {
		reply(w, why.status, why.body())
		return
	}
	i.original.edit(&p)
	s.change()
	reply(w, http.StatusOK, i.original.response())
}

func (s *Server) getOriginal(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, why := s.answered(r.PathValue("token"))
	if why == nil && (i.original == nil || i.original.Deleted) {
		why = refuse(404, 10008, "Unknown Message")
	}
	if why != nil {
		reply(w, why.status, why.body())
		return
	}
	reply(w, http.StatusOK, i.original.response())
}

func (s *Server) deleteOriginal(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, why := s.answered(r.PathValue("token"))
	if why == nil && i.original == nil {
		why = refuse(404, 10008, "Unknown Message")
	}
	if why != nil {
		reply(w, why.status, why.body())
		return
	}
	i.original.Deleted, i.original.Loading = true, false
	s.change()
	reply(w, http.StatusNoContent, nil)
}

package discord

// This file remembers channels that Discord does not let the bot write in, so that each costs one line in the log and
// few requests: those that Discord refuses count towards a ban of the address.

import (
	"cmp"
	"errors"
	"net/http"
	"sync"
	"time"
)

const (
	// retryAfterRefusal is how long a channel is left alone. Somebody may give the permission any moment.
	retryAfterRefusal = time.Minute
	// maxShortages bounds the memory.
	maxShortages = 1024
)

// shortages are the channels that refused the bot. The zero value is ready.
type shortages struct {
	// lasts is how long each is left alone, 0 meaning retryAfterRefusal.
	lasts    time.Duration
	mu       sync.Mutex
	channels map[string]time.Time // until when each is left alone
}

// shut says whether the channel is to be left alone now.
func (s *shortages) shut(channel string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Now().Before(s.channels[channel])
}

// note remembers a refusal, and says whether it is the channel's first since the bot last wrote there.
func (s *shortages) note(channel string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.channels == nil {
		s.channels = make(map[string]time.Time)
	}
	_, known := s.channels[channel]
	if !known && len(s.channels) >= maxShortages {
		for c := range s.channels {
			delete(s.channels, c)
			break
		}
	}
	s.channels[channel] = time.Now().Add(cmp.Or(s.lasts, retryAfterRefusal))
	return !known
}

// over forgets a channel in which the bot has written.
func (s *shortages) over(channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.channels, channel)
}

// Discord's errors that say that the bot cannot write in a channel at all.
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes
const (
	codeUnknownChannel = 10003
	codeMissingAccess  = 50001
	codeNoDirect       = 50007
	codeMayNot         = 50013
	codeArchived       = 50083
)

// lasting says whether a refusal is about the channel, and so will be repeated.
func lasting(err error) bool {
	switch errorCode(err) {
	case codeUnknownChannel, codeMissingAccess, codeNoDirect, codeMayNot, codeArchived:
		return true
	}
	return false
}

// refusedHere says that Discord understood the message and does not want it in this place: it lacks a permission, AutoMod
// blocked it, the thread is locked. Another place may do.
func refusedHere(err error) bool {
	status := errorStatus(err)
	return errors.Is(err, errShut) ||
		(status == http.StatusBadRequest || status == http.StatusForbidden || status == http.StatusNotFound) && errorCode(err) != 0
}

var errShut = errors.New("the channel refused the bot a moment ago")

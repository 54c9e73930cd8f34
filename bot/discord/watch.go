package discord

// This file knows which channels are under watch: there the core also sees what is not meant for the bot, and answers
// emergencies alone. A thread is watched when its channel is; a post of a forum is a thread.

import (
	"slices"
	"sync"

	"github.com/redpin/redpin/bot"
)

// maxThreads bounds the memory: the oldest is forgotten first. Discord allows 1,000 active threads in a server.
const maxThreads = 10_000

// watch is the channels that are looked at. Its zero value looks at none.
type watch struct {
	channels []string

	mu      sync.Mutex
	threads map[string]bool
	order   []string // of threads, the oldest first
}

// A thread, as far as it matters here.
type thread struct {
	ID     string
	Parent string `json:"parent_id"`
}

// learn remembers those of threads that are in a watched channel. Discord tells of threads when the bot connects, when one
// is made, and when one is opened again.
func (w *watch) learn(threads ...thread) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, t := range threads {
		if t.ID == "" || w.threads[t.ID] || !slices.Contains(w.channels, t.Parent) {
			continue
		}
		if w.threads == nil {
			w.threads = make(map[string]bool)
		}
		if len(w.order) == maxThreads {
			delete(w.threads, w.order[0])
			w.order = w.order[1:]
		}
		w.threads[t.ID] = true
		w.order = append(w.order, t.ID)
	}
}

// covers says whether what is written in a channel or thread is looked at.
func (w *watch) covers(channel string) bool {
	if len(w.channels) == 0 {
		return false
	}
	if slices.Contains(w.channels, channel) {
		return true
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.threads[channel]
}

// bystander is what the core is asked about a message that is not meant for the bot.
func (w *written) bystander() bot.Message {
	return bot.Message{Text: plain(w.Content), Public: true, Watched: true, Person: w.Author.ID}
}

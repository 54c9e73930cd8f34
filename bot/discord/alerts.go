package discord

// This file tells moderators that an emergency flag fired: which, and where, but neither the words nor whose they are.

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/knowledge"
)

// waitingAlerts bounds the memory when alerts come faster than their one channel takes them.
const waitingAlerts = 1024

// An alert waits to be sent.
type alert struct {
	id    string // of the message or interaction
	flags []string
	where string
}

func (a *alert) String() string {
	what := "An emergency flag fired"
	if len(a.flags) > 1 {
		what = "Emergency flags fired"
	}
	return fmt.Sprintf("%s: %s, %s", what, strings.Join(a.flags, ", "), a.where)
}

// ask asks the core, and alerts moderators where that is wanted. where says where the asker was.
func (r *run) ask(ctx context.Context, m bot.Message, id, where string) bot.Reply {
	reply := r.safely(ctx, m)
	if r.options.Alerts == "" {
		return reply
	}
	a := &alert{id: id, where: where}
	for _, f := range reply.Flags {
		if f.Level == knowledge.Emergency && !slices.Contains(a.flags, f.ID) {
			a.flags = append(a.flags, f.ID)
		}
	}
	if len(a.flags) > 0 && !r.alerts.offer(a) {
		r.log.Error("too many alerts wait to be sent; left one out", "channel", r.options.Alerts)
	}
	return reply
}

// alert sends an alert. Its reply does not wait for it.
func (r *run) alert(ctx context.Context, a *alert) {
	ctx, cancel := context.WithTimeout(ctx, r.pace.urgent)
	defer cancel()
	// The nonce must differ from the reply's.
	err := r.send(ctx, r.options.Alerts, "a"+a.id, []part{{content: a.String()}}, nil, true)
	if err == nil {
		return
	}
	if !lasting(err) || r.shortages.note(r.options.Alerts) {
		r.log.Error("could not tell moderators of an emergency flag", "channel", r.options.Alerts, "error", err)
	}
	r.refused(err)
}

// The places that an alert does not link to.
const (
	whereDirect  = "in a direct message"
	wherePrivate = "in a private answer"
)

// where names the message by a link that only those can follow who may read the channel.
func (w *written) where() string {
	if w.GuildID == "" {
		return whereDirect
	}
	return fmt.Sprintf("in <#%s>: https://discord.com/channels/%s/%s/%s", w.ChannelID, w.GuildID, w.ChannelID, w.ID)
}

// where says where an interaction happened whose answer is hidden, or not.
func (i *interaction) where(hidden bool) string {
	switch {
	case i.place() == inDirect:
		return whereDirect
	case hidden:
		return wherePrivate
	}
	return fmt.Sprintf("in <#%s>", i.ChannelID)
}

package discord

// This file offers answers while somebody still types a question: Discord asks with every few letters, and gives 3 s.
// https://discord.com/developers/docs/interactions/application-commands#autocomplete

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Discord's limits on what it offers, the latter in characters.
const (
	maxOffers = 25
	maxOffer  = 100
)

// askCommand is the command whose argument is completed.
const askCommand = "ask"

// An offer is one row below what is being typed. Picked, its value is what the person asks.
type offer struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// offers are left out of the answer where there are none: then Discord's client says that nothing fits.
type offers struct {
	Choices []offer `json:"choices,omitempty"`
}

// complete answers what is typed so far. Nobody misses an answer that fails, because the person types on.
func (r *run) complete(ctx context.Context, i *interaction) {
	ctx, cancel := context.WithDeadline(ctx, i.received.Add(r.pace.first))
	defer cancel()
	var found offers
	if r.options.Complete != nil && i.Data.Name == askCommand {
		found = offersOf(r.options.Complete(ctx, i.typed(), maxOffers))
	}
	if ctx.Err() != nil {
		return
	}
	err := r.rest.do(ctx, request{
		method: http.MethodPost, route: "/interactions/{}/{}/callback", args: []string{i.ID, i.Token},
		body: response{discordgo.InteractionApplicationCommandAutocompleteResult, found},
	}, nil)
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		r.log.Debug("could not complete a question", "error", err, "after", time.Since(i.received).Round(time.Millisecond))
		r.refused(err)
	}
}

// typed is the argument in which the person types.
func (i *interaction) typed() string {
	for _, o := range i.Data.Options {
		if value, ok := o.Value.(string); ok && o.Focused {
			return plain(value)
		}
	}
	return ""
}

// offersOf makes titles fit. One that is too long is cut: its beginning, asked as a question, still finds the entry.
func offersOf(titles []string) offers {
	var out offers
	seen := make(map[string]bool)
	for _, title := range titles {
		o := offer{Name: strings.Join(strings.Fields(strings.ToValidUTF8(title, "")), " ")}
		o.Value = o.Name
		if length(o.Name) > maxOffer {
			o.Name = cut(o.Name, maxOffer)
			o.Value = strings.TrimSuffix(o.Name, "…")
		}
		if o.Name == "" || seen[o.Name] || len(out.Choices) == maxOffers {
			continue
		}
		seen[o.Name] = true
		out.Choices = append(out.Choices, o)
	}
	return out
}

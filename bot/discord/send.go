package discord

// This file sends replies: as messages to a channel, or as answers to an interaction.

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/redpin/redpin/bot"
)

// textTrouble is what a person reads when answering broke in a way that it never should.
const textTrouble = "Something went wrong on my side. Please ask again in a moment. In an emergency, do not wait for me: call your local emergency number."

// An outgoing message, in any of the places where Discord takes one.
type outgoing struct {
	Content         string                           `json:"content"`
	Embeds          []embed                          `json:"embeds,omitempty"`
	Components      []discordgo.MessageComponent     `json:"components,omitempty"`
	Flags           discordgo.MessageFlags           `json:"flags,omitempty"`
	AllowedMentions discordgo.MessageAllowedMentions `json:"allowed_mentions"`
	Reference       *discordgo.MessageReference      `json:"message_reference,omitempty"`
	// Nonce makes sending a message safe to repeat: for some minutes Discord takes one of the same nonce, at
	// most 25 characters, for the same message.
	Nonce        string `json:"nonce,omitempty"`
	EnforceNonce bool   `json:"enforce_nonce,omitempty"`
}

// dress turns a rendered part into what Discord takes. Nobody is notified, except, where it is a reply, the
// person whose message it answers: they asked, and an escalation must not go unnoticed. Links get no previews: they
// stand in angle brackets, and where there are no embeds of ours, a flag forbids all.
func dress(p part) outgoing {
	out := outgoing{
		Content:    p.content,
		Embeds:     p.embeds,
		Components: p.buttons,
		AllowedMentions: discordgo.MessageAllowedMentions{
			Parse: []discordgo.AllowedMentionType{},
		},
	}
	if len(p.embeds) == 0 {
		out.Flags = discordgo.MessageFlagsSuppressEmbeds
	}
	return out
}

// answer serves a written message.
func (r *run) answer(ctx context.Context, w *written) {
	m := w.message(r.options.ModeratorRoles)
	if w.watched {
		m = w.bystander()
	}
	limit := r.pace.answer
	if isModerators(m.Command) {
		limit = r.pace.reload
	}
	asking, answered := context.WithTimeout(ctx, limit)
	defer answered()
	reply := r.ask(asking, m, w.ID, w.where())
	urgent := reply.Escalation != ""
	sending := asking
	if urgent {
		// No limit of Discord's rate may swallow it.
		var cancel context.CancelFunc
		sending, cancel = context.WithTimeout(ctx, r.pace.urgent)
		defer cancel()
	}
	if w.watched && !urgent {
		return
	}
	r.deliver(sending, w, reply, urgent)
}

// deliver sends the reply to a written message: to its channel, or where that is not possible to the asker directly. A
// bystander did not ask, and is answered under their message or not at all.
func (r *run) deliver(ctx context.Context, w *written, reply bot.Reply, urgent bool) {
	if w.GuildID == "" {
		r.report(w.ChannelID, r.send(ctx, w.ChannelID, w.ID, render(reply, setting{embeds: true}), nil, urgent))
		return
	}
	if reply.Private {
		if r.direct(ctx, w, reply, urgent) {
			return
		}
		reply = bot.Reply{Text: textNoDirect}
	}
	err := r.send(ctx, w.ChannelID, w.ID, render(reply, setting{embeds: true, aloud: true}), replyTo(w), urgent)
	r.report(w.ChannelID, err)
	if refusedHere(err) && !w.watched {
		// The asker may need it; an escalation must not be lost to a missing permission.
		r.direct(ctx, w, reply, urgent)
	}
}

// direct answers somebody alone, where nothing need be left unsaid, and says whether that was tried.
func (r *run) direct(ctx context.Context, w *written, reply bot.Reply, urgent bool) bool {
	channel := r.directChannel(ctx, w.Author.ID, urgent)
	if channel != "" {
		// What was sent to the channel before it refused must not be taken for the same.
		r.report(channel, r.send(ctx, channel, "d"+w.ID, render(reply, setting{embeds: true}), nil, urgent))
	}
	return channel != ""
}

// replyTo refers to the message that is answered.
func replyTo(w *written) *discordgo.MessageReference {
	mustExist := false
	return &discordgo.MessageReference{MessageID: w.ID, ChannelID: w.ChannelID, GuildID: w.GuildID, FailIfNotExists: &mustExist}
}

// send sends parts to a channel, the first as a reply to reference, which may be nil. id is of what is answered. What is
// urgent is tried even where the channel refused the bot a moment ago.
func (r *run) send(ctx context.Context, channel, id string, parts []part, reference *discordgo.MessageReference, urgent bool) error {
	if len(parts) == 0 {
		return nil
	}
	if !urgent && r.shortages.shut(channel) {
		return errShut
	}
	plain, refused := r.unembedded.shut(channel), false
	for n := 0; len(parts) > 0; {
		if plain {
			parts = plainly(parts)
		}
		out := dress(parts[0])
		// Derived from what is answered, so that even a bot that died and came back answers once.
		out.Nonce, out.EnforceNonce = id+"."+strconv.Itoa(n), true
		if n == 0 && reference != nil {
			out.Reference, out.AllowedMentions.RepliedUser = reference, true
		}
		err := r.post(ctx, channel, out)
		if len(out.Embeds) > 0 && errorCode(err) == codeMayNot {
			// Discord does not say what it is that the bot may not: embedding alone, or writing at all.
			plain, refused = true, true
			continue
		}
		if err != nil {
			return err
		}
		if refused && r.unembedded.note(channel) {
			r.log.Info("a channel does not let the bot embed links; answers there are plain text", "channel", channel)
		}
		refused = false
		parts = parts[1:]
		n++
	}
	r.shortages.over(channel)
	return nil
}

// report logs what became of sending to a channel: of those that refuse the bot one line each.
func (r *run) report(channel string, err error) {
	if err == nil || errors.Is(err, errShut) {
		return
	}
	if !lasting(err) || r.shortages.note(channel) {
		r.log.Warn("could not send a reply", "channel", channel, "error", err)
	}
	r.refused(err)
}

// textNoDirect stands in for a private reply that found no way.
const textNoDirect = "The answer to that is only for you, and I can't write to you directly. Please use the command from Discord's own menu: " +
	"type a slash and pick it."

// directChannel opens the channel to a person alone, or gives "" where Discord does not let the bot.
func (r *run) directChannel(ctx context.Context, person string, urgent bool) string {
	key := "@" + person // no channel's id
	if !urgent && r.shortages.shut(key) {
		return ""
	}
	var channel struct{ ID string }
	err := r.rest.do(ctx, request{
		method: http.MethodPost, route: "/users/@me/channels", body: map[string]string{"recipient_id": person}, repeatable: true,
	}, &channel)
	if err != nil && (!lasting(err) || r.shortages.note(key)) {
		r.log.Info("could not open a direct channel", "error", err)
	}
	return channel.ID
}

// Discord's errors for which there is another way.
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes
const (
	codeUnknownMessage = 10008
	codeAcknowledged   = 40060  // the interaction has been answered already
	codeTokenOver      = 50027  // the 15 minutes of an interaction are over
	codeMalformed      = 50035  // among much else, a reply to what is gone
	codeNoHistory      = 160002 // may not reply without Read Message History
)

// post sends one message to a channel, without its reference where that is what Discord minds: the message that is
// answered may be gone, or the bot may not read the history.
func (r *run) post(ctx context.Context, channel string, out outgoing) error {
	q := request{method: http.MethodPost, route: "/channels/{}/messages", args: []string{channel}, body: out, repeatable: true}
	err := r.rest.do(ctx, q, nil)
	if out.Reference == nil || err == nil {
		return err
	}
	code := errorCode(err)
	malformed := errorStatus(err) == http.StatusBadRequest && (code == codeMalformed || code == 0) // of a compatible server
	if malformed || code == codeNoHistory || code == codeUnknownMessage {
		out.Reference = nil
		out.AllowedMentions.RepliedUser = false
		q.body = out
		err = r.rest.do(ctx, q, nil)
	}
	return err
}

// respond serves an interaction: at once if the answer is quick, else with a word that it comes.
func (r *run) respond(ctx context.Context, i *interaction) {
	if i.stranger {
		r.turnAway(ctx, i)
		return
	}
	if i.Type == discordgo.InteractionMessageComponent && i.Data.CustomID == shareToken {
		r.report(i.ChannelID, r.share(ctx, i))
		return
	}
	if i.Type == discordgo.InteractionApplicationCommandAutocomplete {
		r.complete(ctx, i)
		return
	}
	moderators := i.Type == discordgo.InteractionApplicationCommand && isModerators(i.Data.Name)
	hidden := i.place() != inDirect && (!r.options.Public || moderators || i.place() == inPrivate)
	m := i.message(r.options.ModeratorRoles, i.place() == inServer && !hidden)
	limit := r.pace.answer
	if moderators {
		limit = r.pace.reload
	}
	work := ctx
	ctx, cancel := context.WithTimeout(work, limit)
	defer cancel()

	replies := make(chan bot.Reply, 1)
	go func() { replies <- r.ask(ctx, m, i.ID, i.where(hidden)) }()
	timer := time.NewTimer(time.Until(i.received.Add(r.pace.deferAfter)))
	defer timer.Stop()
	var left unsent
	var err error
	select {
	case reply := <-replies:
		left, err = r.respondNow(ctx, i, reply, hidden)
	case <-timer.C:
		left, err = r.respondLater(ctx, i, replies, hidden)
	}
	if len(left.parts) > 0 {
		ctx, cancel := context.WithTimeout(work, r.pace.urgent)
		defer cancel()
		if r.undelivered(ctx, i, err) {
			r.log.Info("an interaction could not be answered in its place; answering elsewhere", "channel", i.ChannelID, "error", err)
			err = r.elsewhere(ctx, i, left)
		}
	}
	if err != nil && errorCode(err) != codeAcknowledged {
		r.log.Warn("could not answer an interaction", "channel", i.ChannelID, "error", err)
		r.refused(err)
	}
}

// textStranger is for whoever uses a command in a server that the bot does not serve.
const textStranger = "I'm not set up for this server. In an emergency, do not wait for me: call your local emergency number."

// turnAway answers in a server that is not served: without a word, Discord would say that the bot is broken.
func (r *run) turnAway(ctx context.Context, i *interaction) {
	answer := response{discordgo.InteractionResponseChannelMessageWithSource, hide(dress(part{content: textStranger}), true)}
	if i.Type == discordgo.InteractionApplicationCommandAutocomplete {
		answer = response{discordgo.InteractionApplicationCommandAutocompleteResult, offers{}}
	}
	if err := r.callback(ctx, i, answer); err != nil {
		r.log.Debug("could not turn somebody away", "error", err)
		r.refused(err)
	}
}

// response is an interaction's callback.
type response struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`
}

// unsent is what is left to send of a reply, and whether only the one who did the interaction may see it.
type unsent struct {
	parts  []part
	hidden bool
}

// dressed renders a reply to an interaction that is acknowledged hidden, or not.
func (i *interaction) dressed(reply bot.Reply, hidden bool) unsent {
	u := unsent{hidden: hidden || reply.Private && i.place() != inDirect}
	u.parts = render(reply, setting{embeds: i.mayEmbed(), aloud: !u.hidden && i.place() == inServer, share: u.hidden && i.place() == inServer})
	return u
}

// respondNow gives what was not sent, if there is an error.
func (r *run) respondNow(ctx context.Context, i *interaction, reply bot.Reply, hidden bool) (unsent, error) {
	u := i.dressed(reply, hidden)
	if len(u.parts) == 0 {
		return u, r.respondNothing(ctx, i)
	}
	err := r.callback(ctx, i, response{discordgo.InteractionResponseChannelMessageWithSource, hide(dress(u.parts[0]), u.hidden)})
	if err != nil {
		return u, err
	}
	return r.followUp(ctx, i, unsent{u.parts[1:], u.hidden})
}

func (r *run) respondLater(ctx context.Context, i *interaction, replies <-chan bot.Reply, hidden bool) (unsent, error) {
	later := response{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}
	if hidden {
		later.Data = map[string]any{"flags": discordgo.MessageFlagsEphemeral}
	}
	err := r.callback(ctx, i, later)
	if errorCode(err) == codeAcknowledged {
		return unsent{}, err
	}
	reply := <-replies
	u := i.dressed(reply, hidden)
	original := request{route: "/webhooks/{}/{}/messages/@original", args: []string{i.ApplicationID, i.Token}, repeatable: true}
	if err == nil && (len(u.parts) == 0 || u.hidden != hidden) {
		// Who sees the first message was fixed when it was announced. What only the asker may see follows in its place.
		original.method = http.MethodDelete
		if err := r.rest.do(ctx, original, nil); err != nil {
			return u, err
		}
		return r.followUp(ctx, i, u)
	}
	if err == nil {
		original.method, original.body = http.MethodPatch, hide(dress(u.parts[0]), u.hidden)
		err = r.rest.do(ctx, original, nil)
	}
	switch {
	case err == nil:
		return r.followUp(ctx, i, unsent{u.parts[1:], u.hidden})
	case errorStatus(err) == http.StatusNotFound:
		// A compatible server may not know deferring: there the answer itself may still be the first word.
		return r.respondNow(ctx, i, reply, hidden)
	}
	return u, err
}

// respondNothing acknowledges without a word. Discord would tell the person that the bot did not respond.
func (r *run) respondNothing(ctx context.Context, i *interaction) error {
	if i.Type == discordgo.InteractionMessageComponent {
		return r.callback(ctx, i, response{Type: discordgo.InteractionResponseDeferredMessageUpdate})
	}
	err := r.callback(ctx, i, response{discordgo.InteractionResponseDeferredChannelMessageWithSource, map[string]any{"flags": discordgo.MessageFlagsEphemeral}})
	if err != nil {
		return err
	}
	return r.rest.do(ctx, request{
		method: http.MethodDelete, route: "/webhooks/{}/{}/messages/@original", args: []string{i.ApplicationID, i.Token}, repeatable: true,
	}, nil)
}

// callback gives an interaction its first word. Discord takes it within 3 s; what comes later is tried once.
func (r *run) callback(ctx context.Context, i *interaction, body response) error {
	const late = time.Second
	limit := i.received.Add(r.pace.first)
	if least := time.Now().Add(late); limit.Before(least) {
		limit = least
	}
	ctx, cancel := context.WithDeadline(ctx, limit)
	defer cancel()
	err := r.rest.do(ctx, request{
		method: http.MethodPost, route: "/interactions/{}/{}/callback", args: []string{i.ID, i.Token}, body: body, repeatable: true,
	}, nil)
	var refused *restError
	if errors.As(err, &refused) && refused.code == codeAcknowledged && refused.repeated {
		return nil // by the attempt before
	}
	return err
}

// followUp sends what did not fit the first message, and gives what it could not send.
func (r *run) followUp(ctx context.Context, i *interaction, u unsent) (unsent, error) {
	for ; len(u.parts) > 0; u.parts = u.parts[1:] {
		err := r.rest.do(ctx, request{
			method: http.MethodPost, route: "/webhooks/{}/{}", args: []string{i.ApplicationID, i.Token}, query: "wait=true", body: hide(dress(u.parts[0]), u.hidden),
		}, nil)
		if err != nil {
			return u, err
		}
	}
	return u, nil
}

// undelivered says whether an answer that failed with err did not arrive. Where the network failed, Discord is asked what
// it has.
func (r *run) undelivered(ctx context.Context, i *interaction, err error) bool {
	switch status := errorStatus(err); {
	case status == http.StatusNotFound, status == http.StatusTooManyRequests, errorCode(err) == codeTokenOver:
		return true
	case status == 0, status >= http.StatusInternalServerError:
		there := r.rest.do(ctx, request{
			method: http.MethodGet, route: "/webhooks/{}/{}/messages/@original", args: []string{i.ApplicationID, i.Token}, repeatable: true,
		}, nil)
		return errorStatus(there) == http.StatusNotFound
	}
	return false
}

// elsewhere delivers what an interaction no longer takes: in its channel, or where only the asker may read it,
// in the channel with them alone. An escalation must not be lost to a slow network.
func (r *run) elsewhere(ctx context.Context, i *interaction, u unsent) error {
	channel := i.ChannelID
	if u.hidden {
		if channel = r.directChannel(ctx, i.person().ID, true); channel == "" {
			return errors.New("the person takes no direct messages from the bot")
		}
	}
	return r.send(ctx, channel, i.ID, u.parts, nil, true)
}

// hide shows a message to the one alone who did the interaction.
func hide(o outgoing, hidden bool) outgoing {
	if hidden {
		o.Flags |= discordgo.MessageFlagsEphemeral
	}
	return o
}

// safely asks the core, which promises not to panic; if it does, the person still reads something.
func (r *run) safely(ctx context.Context, m bot.Message) (reply bot.Reply) {
	defer func() {
		if p := recover(); p != nil {
			r.log.Error("answering failed in a way that it never should", "panic", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
			reply = bot.Reply{Text: textTrouble}
		}
	}()
	return r.handle(ctx, m)
}

// refused ends the run when Discord no longer takes the token: every further request would count towards a ban. An
// interaction's token that ran out has a code of its own.
func (r *run) refused(err error) {
	if errorStatus(err) == http.StatusUnauthorized && errorCode(err) == 0 {
		r.fail(errToken)
	}
}

func isModerators(command string) bool {
	for _, c := range bot.Commands() {
		if c.Name == command {
			return c.Moderator
		}
	}
	return false
}

package discord

// This file lets somebody who got a private answer post it to the channel: the answer, never the question.

import (
	"context"
	"errors"
	"net/http"

	"github.com/bwmarrin/discordgo"

	"github.com/redpin/redpin/bot"
)

// shareToken is the id of the button. The core's tokens begin with a number, so it is none of theirs. It needs no state:
// Discord sends the message along under which the button was pressed.
const shareToken = "share.1"

const shareLabel = "Share in this channel"

// sharable adds the button to an answer that is shown to the asker alone. What a red flag made of the reply is about
// the asker, and not to be passed on by a slip of the thumb.
func sharable(parts []part, reply bot.Reply, hidden bool) []part {
	if !hidden || reply.Private || reply.Outcome != bot.Answered || len(reply.Flags) > 0 || reply.Escalation != "" || len(parts) != 1 ||
		len(parts[0].buttons) == maxRows {
		return parts
	}
	button := discordgo.Button{Label: shareLabel, Style: discordgo.SecondaryButton, CustomID: shareToken}
	parts[0].buttons = append(parts[0].buttons, discordgo.ActionsRow{Components: []discordgo.MessageComponent{button}})
	return parts
}

// share posts the answer under which the button was pressed.
func (r *run) share(ctx context.Context, i *interaction) error {
	ctx, cancel := context.WithTimeout(ctx, r.pace.answer)
	defer cancel()
	if i.Message == nil || i.Message.Content == "" {
		return r.respondNothing(ctx, i)
	}
	err := r.callback(ctx, i, response{discordgo.InteractionResponseChannelMessageWithSource, dress(part{content: i.Message.Content})})
	if errorStatus(err) == http.StatusNotFound || errorCode(err) == codeAcknowledged {
		return nil // too late, or twice: they can press again
	}
	if err != nil {
		return errors.Join(errors.New("sharing an answer failed"), err)
	}
	return nil
}

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

// sharable says whether a reply may be posted. What a red flag made of it is about the asker, and not to be passed on by
// a slip of the thumb.
func sharable(reply bot.Reply) bool {
	return !reply.Private && reply.Outcome == bot.Answered && len(reply.Flags) == 0 && reply.Escalation == ""
}

// textNotShared is for who may not have it posted because the bot may not.
const textNotShared = "I'm not allowed to post that in this channel."

// share posts the answer under which the button was pressed.
func (r *run) share(ctx context.Context, i *interaction) error {
	ctx, cancel := context.WithTimeout(ctx, r.pace.answer)
	defer cancel()
	if i.Message == nil || i.Message.Content == "" && len(i.Message.Embeds) == 0 {
		return r.respondNothing(ctx, i)
	}
	answer := dress(part{content: i.Message.Content, embeds: i.Message.Embeds})
	err := r.callback(ctx, i, response{discordgo.InteractionResponseChannelMessageWithSource, answer})
	if errorCode(err) == codeMayNot {
		err = r.callback(ctx, i, response{discordgo.InteractionResponseChannelMessageWithSource, hide(dress(part{content: textNotShared}), true)})
	}
	if errorStatus(err) == http.StatusNotFound || errorCode(err) == codeAcknowledged {
		return nil // too late, or twice: they can press again
	}
	if err != nil {
		return errors.Join(errors.New("sharing an answer failed"), err)
	}
	return nil
}

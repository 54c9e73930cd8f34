package discord

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/redpin/redpin/bot"
	"github.com/redpin/redpin/bot/discord/discordtest"
	"github.com/redpin/redpin/knowledge"
)

// flagged answers with the flags that the text names.
func flagged(_ context.Context, m bot.Message) bot.Reply {
	reply := bot.Reply{Outcome: bot.Answered, Text: "the answer"}
	for id, level := range map[string]knowledge.Level{"fever": knowledge.Emergency, "rash": knowledge.Specialist} {
		if strings.Contains(m.Text, id) {
			reply.Flags = append(reply.Flags, bot.Flag{ID: id, Level: level})
			if level == knowledge.Emergency {
				reply.Escalation = "Call 112."
			}
		}
	}
	return reply
}

// TestAlerts tells moderators which flag fired and where, and neither the words nor whose they are.
func TestAlerts(t *testing.T) {
	t.Parallel()
	ask := map[string]any{"question": "fever secret"}
	for _, c := range []struct {
		name    string
		public  bool
		written *discordtest.Written
		used    *discordtest.Used
		// want is the alert, with % for the message's id, or empty.
		want string
	}{
		{name: "in a channel", written: &discordtest.Written{Text: mention + " fever and rash secret"}, want: "An emergency flag fired: fever, in <#" + discordtest.Channel +
			">: https://discord.com/channels/" + discordtest.Guild + "/" + discordtest.Channel + "/%"},
		{name: "direct", written: &discordtest.Written{Direct: true, Text: "fever secret"}, want: "An emergency flag fired: fever, in a direct message"},
		{name: "bystander", written: &discordtest.Written{Text: "fever secret"}, want: "An emergency flag fired: fever, in <#" + discordtest.Channel +
			">: https://discord.com/channels/" + discordtest.Guild + "/" + discordtest.Channel + "/%"},
		{name: "command", used: &discordtest.Used{Command: "ask", Options: ask}, want: "An emergency flag fired: fever, in a private answer"},
		{name: "command among people", used: &discordtest.Used{Command: "ask", Options: ask, Private: true}, want: "An emergency flag fired: fever, in a private answer"},
		{name: "command, direct", used: &discordtest.Used{Command: "ask", Options: ask, Direct: true}, want: "An emergency flag fired: fever, in a direct message"},
		{name: "command, public", public: true, used: &discordtest.Used{Command: "ask", Options: ask}, want: "An emergency flag fired: fever, in <#" + discordtest.Channel + ">"},
		{name: "message command", used: &discordtest.Used{Command: answerThis, Target: "fever secret"}, want: "An emergency flag fired: fever, in a private answer"},
		{name: "specialist", written: &discordtest.Written{Text: mention + " rash secret"}},
		{name: "calm", written: &discordtest.Written{Text: mention + " secret"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := Options{Alerts: moderators, Watch: []string{discordtest.Channel}, Public: c.public}
			s := serve(t, discordtest.Config{MessageContent: true}, o, flagged)
			id := ""
			if c.written != nil {
				id = s.Write(*c.written)
				c.written.ID = id
				s.Write(*c.written) // delivered twice
			} else {
				c.used.Times = 2
				s.Use(*c.used)
			}
			want := 1
			if c.want != "" {
				want = 2
			}
			if !s.WaitMessages(want, patience) {
				t.Fatalf("%d of %d messages; the log:\n%s", len(s.Messages()), want, s.log)
			}
			time.Sleep(glimpse)
			alert := ""
			for _, m := range s.Messages() {
				if m.Channel == moderators {
					alert += m.Content
					if len(m.Notifies) > 0 || m.ReplyTo != "" {
						t.Errorf("the alert notifies: %+v", m)
					}
				}
			}
			if n := len(s.Messages()); n != want || alert != strings.Replace(c.want, "%", id, 1) {
				t.Errorf("%d messages, and moderators read %q", n, alert)
			}
			if log := s.log.String(); strings.Contains(log, "secret") {
				t.Errorf("the log holds what was asked:\n%s", log)
			}
		})
	}
}

// TestAlertsFail answers all the same, and at once, when moderators cannot be told.
func TestAlertsFail(t *testing.T) {
	t.Parallel()
	const on = "POST /channels/" + moderators
	for _, c := range []struct {
		name  string
		fault discordtest.Fault
		lines int // for three alerts
	}{
		{"may not write", discordtest.Fault{On: on, Status: http.StatusForbidden, Code: 50013, Times: -1}, 1},
		{"not as it should be", discordtest.Fault{On: on, Status: http.StatusBadRequest, Code: 50035, Times: -1}, 3},
		{"hangs", discordtest.Fault{On: on, Delay: patience, Status: http.StatusInternalServerError, Times: -1}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, discordtest.Config{}, Options{Alerts: moderators}, flagged)
			s.Add(c.fault)
			for n := range 3 {
				s.Write(discordtest.Written{Text: fmt.Sprint(mention, " fever secret ", n)})
				if m, ok := s.Next(patience); !ok || !strings.HasPrefix(m.Content, "Call 112.") {
					t.Fatalf("got %q; the log:\n%s", m.Content, s.log)
				}
			}
			if c.lines > 0 {
				s.WaitRequests(on, 3, patience)
			}
			time.Sleep(glimpse)
			if n := s.log.lines("could not tell moderators", c.lines); n != c.lines {
				t.Errorf("%d lines in the log, want %d:\n%s", n, c.lines, s.log)
			}
			if log := s.log.String(); strings.Contains(log, "secret") {
				t.Errorf("the log holds what was asked:\n%s", log)
			}
		})
	}
}

// TestAlertsEnd sends the alert of a reply that is under way at the end.
func TestAlertsEnd(t *testing.T) {
	t.Parallel()
	asked, release := make(chan struct{}), make(chan struct{})
	s := serve(t, discordtest.Config{}, Options{Alerts: moderators}, func(ctx context.Context, m bot.Message) bot.Reply {
		close(asked)
		<-release
		return flagged(ctx, m)
	}, func(d *Discord) { d.pace.drain = patience })
	s.Write(discordtest.Written{Direct: true, Text: "fever"})
	<-asked
	s.cancel()
	close(release)
	if err := s.stop(); err != nil {
		t.Error(err)
	}
	if n := len(s.Messages()); n != 2 {
		t.Errorf("%d messages, want the reply and the alert; the log:\n%s", n, s.log)
	}
}

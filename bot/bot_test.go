package bot

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/redpin/redpin/knowledge"
)

// harbour is a small pack with a red flag.
func harbour() fstest.MapFS {
	return fstest.MapFS{
		"pack.yaml": {Data: []byte("title: Harbour\nsafety: \"**If somebody is in the water, call 112.**\"\n")},
		"boats.md": {Data: []byte("# Boats\n\n## Where can I moor? {#moor}\n\nAt the east pier.\n\n" +
			"## When does the ferry leave? {#ferry}\n\nAt noon.\n\n**Related:** [Moor](#moor)\n")},
		"red-flags/water.md": {Data: []byte("# Somebody in the water {#overboard}\n\nCall 112 now.\n\n" +
			"**Level:** emergency\n\n**Signs:**\n\n- `fell overboard`\n")},
	}
}

// newBot is a bot over files, which the test may change before a reload, and its log.
func newBot(t *testing.T, files fstest.MapFS) (*Bot, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	b, err := New(t.Context(), Options{
		Load: func() (*knowledge.Base, error) { return knowledge.Load(files) },
		Log:  slog.New(slog.NewTextHandler(&log, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b, &log
}

func TestBrokenSearchStillEscalates(t *testing.T) {
	b, log := newBot(t, harbour())
	whole := b.edition.Load()
	defer b.edition.Store(whole)
	broken := *whole
	broken.index = nil // every search panics
	b.edition.Store(&broken)
	r := b.Handle(t.Context(), Message{Text: "my brother fell overboard, where can I moor?"})
	if r.Escalation != "Call 112 now." {
		t.Errorf("escalation = %q", r.Escalation)
	}
	if r = b.Handle(t.Context(), Message{Text: "where can I moor?"}); r.Text != textTrouble {
		t.Errorf("text = %q, want %q", r.Text, textTrouble)
	}
	if strings.Contains(log.String(), "moor") {
		t.Errorf("the asker's words are in the log: %s", log)
	}
}

// TestUnknownCommandStillEscalates checks that what looks like a command hides no sign.
func TestUnknownCommandStillEscalates(t *testing.T) {
	b, _ := newBot(t, harbour())
	for _, m := range []Message{
		{Command: "fell", Text: "overboard"},
		{Command: "ask", Text: "he fell overboard"},
		{Command: "help", Text: "she fell overboard"},
	} {
		if r := b.Handle(t.Context(), m); r.Escalation == "" {
			t.Errorf("/%s %s: no escalation", m.Command, m.Text)
		}
	}
}

func TestBrokenTriageSendsSafetyText(t *testing.T) {
	b, log := newBot(t, harbour())
	broken := *b.edition.Load()
	broken.matcher = nil // every look for red flags panics
	b.edition.Store(&broken)
	r := b.Handle(t.Context(), Message{Text: "where can I moor?"})
	if want := "**If somebody is in the water, call 112.**"; r.Escalation != want {
		t.Errorf("escalation = %q, want %q", r.Escalation, want)
	}
	if len(r.Answers) != 1 {
		t.Errorf("%d answers, want the answer under the safety text", len(r.Answers))
	}
	if !strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("no error in the log: %s", log)
	}
}

func TestReload(t *testing.T) {
	files := harbour()
	b, _ := newBot(t, files)
	before := b.Edition()

	files["boats.md"] = &fstest.MapFile{Data: []byte("# Boats\n\n## Where can I moor? {#moor}\n\nAt the west pier.\n\n## What does it cost? {#cost}\n\nFive a night.\n")}
	c, err := b.Reload(t.Context(), true)
	if err != nil || b.Edition() != before {
		t.Fatalf("a dry run changed the edition (%v)", err)
	}
	dry := c.Entries
	if c, err = b.Reload(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	want := Difference{Added: []string{"pack/cost"}, Changed: []string{"pack/moor"}, Removed: []string{"pack/ferry"}}
	for _, got := range []Difference{dry, c.Entries} {
		if !slices.Equal(got.Added, want.Added) || !slices.Equal(got.Changed, want.Changed) || !slices.Equal(got.Removed, want.Removed) {
			t.Errorf("entries = %+v, want %+v", got, want)
		}
	}
	if r := b.Handle(t.Context(), Message{Text: "where can I moor?"}); len(r.Answers) != 1 || r.Answers[0].Body != "At the west pier." {
		t.Errorf("after the reload: %+v", r.Answers)
	}
	if n := len(c.RedFlags.Added) + len(c.RedFlags.Changed) + len(c.RedFlags.Removed); n != 0 {
		t.Errorf("red flags changed: %+v", c.RedFlags)
	}

	// A broken pack is never served, and the moderator reads where it is broken: in its articles and in its signs, in one go.
	serving := b.Edition()
	files["red-flags/water.md"] = &fstest.MapFile{Data: []byte("# Somebody in the water {#overboard}\n\nCall 112 now.\n\n" +
		"**Level:** emergency\n\n**Signs:**\n\n- `(overboard`\n- `<boat> sinks`\n")}
	files["boats.md"] = &fstest.MapFile{Data: []byte("# Boats\n\n## Where can I moor? {#moor}\n\n**Related:** [gone](#gone)\n")}
	r := b.Handle(t.Context(), Message{Command: "reload", Moderator: true})
	if b.Edition() != serving {
		t.Error("a broken pack is served")
	}
	for _, want := range []string{"4 problems", "boats.md:3:", "boats.md:5:", "water.md:9:", "water.md:10:"} {
		if !strings.Contains(strings.ReplaceAll(r.Text, "\\", ""), want) || !r.Private {
			t.Errorf("report = %q (private %v), want %s", r.Text, r.Private, want)
		}
	}
}

// TestReloadSummary checks that whatever a reload changes is in the moderator's summary, and nothing else.
func TestReloadSummary(t *testing.T) {
	const entries, flags = "- Entries: no change", "- Red flags: no change"
	const learned = "signs x\nexamples 1 x\nflags overboard *\nbias -31 -40\nw boat\t51\t-3\t84\n"
	for _, tt := range []struct {
		name, file, before, after string
		want                      []string
	}{
		{"nothing", "boats.md", "# Boats\n\nAll of them.\n", "\n\n# Boats\n\nAll of them.\n", []string{entries, flags}},
		{"words of a sign", "red-flags/concepts.yaml", "sea: [sea]\nwater: [<sea>]\nrock: [rock]\n", "sea: [sea, ocean]\nwater: [<sea>]\nrock: [rock]\n",
			[]string{entries, "- Red flags: 0 added, 1 changed, 0 removed", "  - changed: pack/swept"}},
		{"words of no sign", "red-flags/concepts.yaml", "water: [sea]\nrock: [rock]\n", "water: [sea]\nrock: [stone]\n", []string{entries, flags}},
		{"synonyms", "pack.yaml", "title: A\nsafety: Call.\n", "title: A\nsafety: Call.\nsynonyms:\n  - [boat, ship]\n",
			[]string{entries, flags, "- Settings of packs (pack.yaml): 0 added, 1 changed, 0 removed", "  - changed: pack"}},
		{"learned", "red-flags/learned.txt", learned, strings.Replace(learned, "84", "85", 1),
			[]string{entries, flags, "- Learned from examples, which may decide about any red flag of the pack: 0 added, 1 changed, 0 removed", "  - changed: pack"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := harbour()
			files["red-flags/concepts.yaml"] = &fstest.MapFile{Data: []byte("water: [sea]\n")}
			files["red-flags/swept.md"] = &fstest.MapFile{Data: []byte("# Swept away {#swept}\n\nCall.\n\n**Level:** emergency\n\n**Signs:**\n\n- `swept ... <water>`\n")}
			files[tt.file] = &fstest.MapFile{Data: []byte(tt.before)}
			b, _ := newBot(t, files)
			files[tt.file] = &fstest.MapFile{Data: []byte(tt.after)}
			r := b.Handle(t.Context(), Message{Command: "reload", Moderator: true})
			_, summary, _ := strings.Cut(r.Text, "\n\n")
			if want := strings.Join(tt.want, "\n"); summary != want {
				t.Errorf("got\n%s\nwant\n%s", r.Text, want)
			}
		})
	}
}

func TestReloadAlone(t *testing.T) {
	files := harbour()
	inLoad, goOn := make(chan bool), make(chan bool)
	first := true
	b, err := New(t.Context(), Options{Load: func() (*knowledge.Base, error) {
		if !first {
			inLoad <- true
			<-goOn
		}
		first = false
		return knowledge.Load(files)
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	done := make(chan error)
	go func() {
		_, err := b.Reload(context.Background(), false)
		done <- err
	}()
	<-inLoad
	if r := b.Handle(t.Context(), Message{Command: "reload", Moderator: true}); r.Text != textReloading {
		t.Errorf("a second reload says %q", r.Text)
	}
	if _, err := b.Reload(t.Context(), true); !errors.Is(err, ErrReloading) {
		t.Errorf("a second reload returns %v", err)
	}
	close(goOn)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestReloadUnderLoad asks while editions change: every question gets its answer.
func TestReloadUnderLoad(t *testing.T) {
	b, _ := newBot(t, harbour())
	stop := make(chan bool)
	var asking sync.WaitGroup
	for range 4 {
		asking.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if r := b.Handle(context.Background(), Message{Text: "when does the ferry leave?"}); r.Outcome != Answered {
					t.Errorf("a question was lost: %+v", r)
					return
				}
			}
		})
	}
	for range 50 {
		if _, err := b.Reload(t.Context(), false); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	asking.Wait()
}

func TestHandle(t *testing.T) {
	b, _ := newBot(t, harbour())
	for _, tt := range []struct {
		name    string
		message Message
		outcome Outcome
		text    string
	}{
		{"nothing", Message{}, Commanded, textAsk},
		{"blanks that do not show", Message{Text: "\u200b\u2060\u3000"}, Commanded, textAsk},
		{"emoji", Message{Text: "🙏🏽"}, Commanded, textAsk},
		{"unknown command", Message{Command: "dance"}, Commanded, textNoCommand},
		{"reload by anybody", Message{Command: "reload"}, Commanded, textNotAllowed},
		{"forged choice", Message{Choice: "1.e.'; DROP TABLE.1"}, Commanded, textGoneChoice},
		{"choice of another version", Message{Choice: "0.e.x.1"}, Commanded, textGoneChoice},
		{"choice without a page", Message{Choice: "1.e.x.0"}, Commanded, textGoneChoice},
		{"question", Message{Text: "where can I moor?"}, Answered, ""},
		{"question by command", Message{Command: "ask", Text: "where can I moor?"}, Answered, ""},
		{"greeting", Message{Text: "Hellooo there!"}, Commanded, textGreeting},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := b.Handle(t.Context(), tt.message)
			if r.Outcome != tt.outcome || r.Text != tt.text {
				t.Errorf("got %q %q, want %q %q", r.Outcome, r.Text, tt.outcome, tt.text)
			}
		})
	}
}

func TestWatched(t *testing.T) {
	b, _ := newBot(t, harbour())
	now := time.Now()
	b.quiet.now = func() time.Time { return now }
	const urgent = "look, he fell overboard"
	for _, tt := range []struct {
		name    string
		after   time.Duration
		message Message
		pinned  bool
	}{
		{"a question is not answered", 0, Message{Text: "where can I moor?", Person: "1", Watched: true}, false},
		{"an emergency is", 0, Message{Text: urgent, Person: "1", Watched: true}, true},
		{"once", time.Minute, Message{Text: urgent, Person: "1", Watched: true}, false},
		{"for each person", 0, Message{Text: urgent, Person: "2", Watched: true}, true},
		{"a direct question always is", 0, Message{Text: urgent, Person: "1"}, true},
		{"again after the quiet time", QuietTime, Message{Text: urgent, Person: "1", Watched: true}, true},
	} {
		now = now.Add(tt.after)
		r := b.Handle(t.Context(), tt.message)
		if got := r.Escalation != ""; got != tt.pinned {
			t.Errorf("%s: escalation %v, want %v", tt.name, got, tt.pinned)
		}
		if tt.message.Watched && (r.Text != "" || len(r.Answers) > 0 || len(r.Choices) > 0) {
			t.Errorf("%s: more than the pin: %+v", tt.name, r)
		}
	}
}

func TestComplete(t *testing.T) {
	b, _ := newBot(t, harbour())
	for _, tt := range []struct {
		typed string
		want  []string
	}{
		{"", []string{"Where can I moor?", "When does the ferry leave?"}},
		{"fer", []string{"When does the ferry leave?"}},
		{"where can i mo", []string{"Where can I moor?"}},
		{"zebra", nil},
	} {
		if got := b.Complete(t.Context(), tt.typed, 25); !slices.Equal(got, tt.want) {
			t.Errorf("Complete(%q) = %q, want %q", tt.typed, got, tt.want)
		}
	}
}

func TestSmallTalk(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"hi", textGreeting},
		{"Heyyyy all 👋", textGreeting},
		{"good morning everyone!", textGreeting},
		{"thanks, that helped a lot 🙏", textThanks},
		{"ok thank you so much!!!", textThanks},
		{"hello, are you a bot?", textWho},
		{"who’s there", ""},
		{"What can you do?", textAsk},
		{"is this private?", textKeeps},
		{"who am I talking to??", textWho},
		{"are you a real person or a robot", textWho},
		{"do you save what i type here", textKeeps},
		{"thanks so much thats really helpful xx", textThanks},
		{"that was really helpful, cheers mate", textThanks},
		{"you're not helpful at all", ""},
		{"can I ask you something", textAsk},
		{"can you help me with my back", ""},
		{"what can you do for a sore back", ""},
		{"is this position good", ""},
		{"how do you use a wedge", ""},
		{"good position", ""},
		{"should i see a doctor", ""},
		{"help with spasms", ""},
		{"hi, which pillow helps?", ""},
		{"thanks but it still hurts", ""},
		{"how are you supposed to sleep with this", ""},
		{"", ""},
	} {
		if got := smallTalk(tt.text); got != tt.want {
			t.Errorf("smallTalk(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestMerge(t *testing.T) {
	got := merge([]string{"A.\n\nCall.\n\nWait not.", "B.\n\nCall.\n\nWait not.", "C."})
	if want := "A.\n\nB.\n\nCall.\n\nWait not.\n\nC."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestBrief checks the way from an escalation that others read along with to the whole of it.
func TestBrief(t *testing.T) {
	files := harbour()
	files["red-flags/fire.md"] = &fstest.MapFile{Data: []byte("# Fire\n\nThere is a fire. Get out.\n\n**Level:** emergency\n\n" +
		"**In public:** Call 112 now.\n\n**Signs:**\n\n- `on fire`\n")}
	b, _ := newBot(t, files)

	r := b.Handle(t.Context(), Message{Text: "my boat is on fire", Public: true})
	if r.Brief != "Call 112 now." || r.Escalation != "There is a fire. Get out." {
		t.Fatalf("brief = %q, escalation = %q", r.Brief, r.Escalation)
	}
	whole := b.Handle(t.Context(), Message{Choice: r.Whole.Token})
	if whole.Escalation != r.Escalation || !whole.Private || whole.Brief != "" || len(whole.Flags) > 0 {
		t.Errorf("the whole text = %+v", whole)
	}
	if len(r.Whole.Token) > 64 {
		t.Errorf("the token has %d bytes", len(r.Whole.Token))
	}

	// A flag without a brief text is never shortened by the one beside it.
	if r = b.Handle(t.Context(), Message{Text: "my boat is on fire and my brother fell overboard"}); r.Brief != "" {
		t.Errorf("brief = %q", r.Brief)
	}

	// Who presses a button of a flag that a reload took away still reads what to do.
	if r = b.Handle(t.Context(), Message{Choice: "1.f.aaaa.1"}); !strings.Contains(r.Escalation, "call 112") {
		t.Errorf("a gone flag's text = %q", r.Escalation)
	}
}

// TestFeedback checks that a person's word on an entry counts once, and that moderators alone see the counts.
func TestFeedback(t *testing.T) {
	b, log := newBot(t, harbour())
	r := b.Handle(t.Context(), Message{Text: "where can I moor?"})
	if len(r.Feedback) != 2 {
		t.Fatalf("feedback = %v", r.Feedback)
	}
	yes, no := r.Feedback[0].Token, r.Feedback[1].Token
	for _, m := range []Message{{Choice: yes, Person: "1"}, {Choice: yes, Person: "1"}, {Choice: no, Person: "1"}, {Choice: no, Person: "2"}} {
		if said := b.Handle(t.Context(), m); said.Text == "" || !said.Private {
			t.Errorf("pressing said %+v", said)
		}
	}
	if n := strings.Count(log.String(), "entry=pack/moor"); n != 2 {
		t.Errorf("%d lines of feedback in the log, want 2:\n%s", n, log)
	}
	b.Handle(t.Context(), Message{Text: "he fell overboard"})
	const counts = "- Called helpful: pack/moor 1 of 2"
	theirs := b.Handle(t.Context(), Message{Command: "status", Moderator: true})
	if !strings.Contains(theirs.Text, counts) || !strings.Contains(theirs.Text, "- Red flags raised: overboard 1") || !theirs.Private {
		t.Errorf("moderators read: %s", theirs.Text)
	}
	if all := b.Handle(t.Context(), Message{Command: "status"}); strings.Contains(all.Text, "overboard") || strings.Contains(all.Text, "helpful") {
		t.Errorf("everybody reads: %s", all.Text)
	}
	if r := b.Handle(t.Context(), Message{Text: "he fell overboard, where can I moor?"}); len(r.Answers) != 1 || r.Feedback != nil {
		t.Errorf("under an emergency: %d answers, feedback %v", len(r.Answers), r.Feedback)
	}
}

// TestLocal holds the commands' other languages to Discord's limits on names and descriptions, in which no name may
// stand twice: https://discord.com/developers/docs/interactions/application-commands#application-command-object
func TestLocal(t *testing.T) {
	taken := make(map[string]string)
	for _, c := range Commands() {
		for language, l := range c.Local {
			if !regexp.MustCompile(`^[-\p{Ll}\p{N}]{1,32}$`).MatchString(l.Name) || l.Summary == "" || len([]rune(l.Summary)) > 100 {
				t.Errorf("/%s in %s: %+v", c.Name, language, l)
			}
			if other := taken[language+l.Name]; other != "" {
				t.Errorf("/%s and /%s have the same name in %s", c.Name, other, language)
			}
			taken[language+l.Name] = c.Name
		}
		if len(c.Local) == 0 {
			t.Errorf("/%s has no other languages", c.Name)
		}
	}
}

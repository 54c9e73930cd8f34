package telegram

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"
)

// TestConflict is told in a quiet line at once, in a loud one after a minute, and anew after a pause.
func TestConflict(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	trouble := newTrouble(&session{log: slog.New(slog.NewTextHandler(&log, nil))})
	begun := time.Now()
	for _, step := range []struct {
		after        time.Duration
		quiet, alarm int // lines so far
	}{
		{0, 1, 0}, {4 * time.Second, 1, 0}, {59 * time.Second, 1, 0}, {62 * time.Second, 1, 1}, {90 * time.Second, 1, 1},
		{10 * time.Minute, 2, 1}, {10*time.Minute + 30*time.Second, 2, 1}, {11*time.Minute + 5*time.Second, 2, 2},
	} {
		if pause := trouble.conflict(begun.Add(step.after)); pause != conflictPause {
			t.Errorf("after %v: a pause of %v", step.after, pause)
		}
		quiet, alarm := strings.Count(log.String(), "that is normal for a moment"), strings.Count(log.String(), "level=ERROR")
		if quiet != step.quiet || alarm != step.alarm {
			t.Errorf("after %v: %d quiet lines and %d alarms, want %d and %d", step.after, quiet, alarm, step.quiet, step.alarm)
		}
	}
}

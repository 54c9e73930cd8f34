package console

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// TestEditor types single keys, Tab among them, and reads the lines that come of it.
func TestEditor(t *testing.T) {
	titles := func(_ context.Context, typed string, _ int) []string {
		if typed == "wat" {
			return []string{"When should I water?", "What is a water butt?"}
		}
		return nil
	}
	for _, test := range []struct{ name, keys, want string }{
		{"the first", "wat\t\r", "When should I water?"},
		{"the next", "wat\t\t\r", "What is a water butt?"},
		{"and back to what was typed", "wat\t\t\t\r", "wat"},
		{"nothing fits", "xyz\t\r", "xyz"},
		{"typed on", "wat\t today\r", "When should I water? today"},
		{"a command", "/st\t\r", "/status"},
		{"a correction", "wet\x7f\x7fat\t\r", "When should I water?"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var screen bytes.Buffer
			editor := newEditor(t.Context(), strings.NewReader(test.keys), Options{Out: &screen, Complete: titles})
			line, err := editor.ReadLine()
			if err != nil || line != test.want {
				t.Errorf("%q gave %q (%v), want %q", test.keys, line, err, test.want)
			}
		})
	}
}

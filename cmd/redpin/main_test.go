package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the scripts' goldens should hold")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"redpin": main})
}

// TestScripts runs the whole program as people do, in the shell.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// exits runs a program and fails unless it ends with the status: exits 2 redpin ask
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits status program [argument ...]")
	}
	got := "0"
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = strconv.Itoa(exit.ExitCode())
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != args[0] {
		ts.Fatalf("%s exits with %s, want %s", args[1], got, args[0])
	}
}

// TestTokens checks what is forgiven of a pasted token, and that an error never shows it.
func TestTokens(t *testing.T) {
	file := t.TempDir() + "/token"
	if err := os.WriteFile(file, []byte("from-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, value, file, want string
		fails                   bool
	}{
		{name: "none"},
		{name: "plain", value: "abc.def", want: "abc.def"},
		{name: "Bot before it", value: "Bot abc.def", want: "abc.def"},
		{name: "quotes and blanks", value: ` "abc.def" `, want: "abc.def"},
		{name: "file", file: file, want: "from-file"},
		{name: "value before file", value: "abc", file: file, want: "abc"},
		{name: "no file", file: file + "x", fails: true},
		{name: "two words", value: "abc def", fails: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := token("Discord token", tt.value, tt.file)
			if got != tt.want || (err != nil) != tt.fails {
				t.Errorf("token = %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

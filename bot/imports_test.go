package bot_test

import (
	"errors"
	"go/build"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// layers are the packages that each folder may import, beside the standard library and other modules. Arrows
// go down only; a folder that is not listed may not exist.
var layers = map[string][]string{
	"knowledge":                 {},
	"search":                    {"knowledge"},
	"search/internal/sample":    {"knowledge"}, // data for tests and benchmarks
	"bot/triage":                {"knowledge"},
	"bot":                       {"bot/triage", "search", "knowledge"},
	"bot/bottest":               {"bot", "knowledge"},
	"bot/console":               {"bot", "knowledge"},
	"bot/discord":               {"bot", "knowledge"},
	"bot/discord/discordtest":   {},
	"bot/telegram":              {"bot", "knowledge"},
	"bot/telegram/telegramtest": {},
	"cmd/redpin":                {"bot", "bot/console", "bot/discord", "bot/telegram", "bot/triage", "search", "knowledge"},
}

// clients are the libraries of the platforms, which nobody else may know.
var clients = map[string]string{
	"github.com/bwmarrin/discordgo":                      "bot/discord",
	"github.com/go-telegram-bot-api/telegram-bot-api/v5": "bot/telegram",
	"github.com/blevesearch/bleve/v2":                    "search",
}

func TestImports(t *testing.T) {
	const module = "github.com/redpin/redpin/"
	root := ".."
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if !d.IsDir() {
			return nil
		}
		if _, err := fs.Stat(os.DirFS(path), "go.mod"); err == nil && path != root {
			return filepath.SkipDir // a module of its own, such as a comparison with another engine
		}
		if path != root && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "packs") {
			return filepath.SkipDir
		}
		pkg, err := build.ImportDir(path, 0)
		var empty *build.NoGoError
		if errors.As(err, &empty) {
			return nil
		}
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		folder = filepath.ToSlash(folder)
		allowed, known := layers[folder]
		if !known {
			t.Errorf("%s is not in the plan of the house; add it to layers", folder)
		}
		for _, imported := range pkg.Imports {
			if to, ours := strings.CutPrefix(imported, module); ours && !slices.Contains(allowed, to) {
				t.Errorf("%s imports %s, against the arrows", folder, to)
			}
			for library, home := range clients {
				if strings.HasPrefix(imported, library) && folder != home {
					t.Errorf("%s imports %s, which only %s may", folder, imported, home)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

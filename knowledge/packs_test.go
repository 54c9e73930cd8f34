package knowledge_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/redpin/redpin/knowledge"
)

// TestShippedIsWhole checks that the program holds every file of its packs but their examples.
func TestShippedIsWhole(t *testing.T) {
	err := fs.WalkDir(os.DirFS("packs"), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(path, "/examples/") {
			return err
		}
		if _, err := fs.Stat(knowledge.Shipped(), path); err != nil {
			t.Errorf("%s is not embedded: see packs.go", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

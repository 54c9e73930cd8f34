package knowledge

import (
	"embed"
	"io/fs"
	"slices"
)

// The examples stay out: serving needs only what was learned from them.
//
//go:embed packs/*/*.md packs/*/pack.yaml packs/*/red-flags packs/*/tests
var shipped embed.FS

// Shipped holds the packs that are part of the program, one in each folder: Load(Shipped()) loads them all.
func Shipped() fs.FS {
	packs, err := fs.Sub(shipped, "packs")
	if err != nil {
		panic("knowledge: the name of an embedded folder is no path: " + err.Error()) // a fault of the line above
	}
	return packs
}

// Served is Shipped without the packs' own tests. To read those takes a tenth of a start, and what ships has passed them.
func Served() fs.FS { return served{Shipped()} }

type served struct{ fs.FS }

// ReadDir lists a folder.
func (s served) ReadDir(name string) ([]fs.DirEntry, error) {
	all, err := fs.ReadDir(s.FS, name)
	return slices.DeleteFunc(all, func(e fs.DirEntry) bool { return e.Name() == "tests" }), err
}

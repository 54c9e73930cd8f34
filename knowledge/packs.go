package knowledge

import (
	"embed"
	"io/fs"
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

package knowledge

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// Load reads all packs in fsys: the pack in its root (a folder with pack.yaml), or one in each folder of the
// root that has a pack.yaml. It checks everything first and either returns a base without a fault or an error
// that is a Problems, with all that is wrong in one go. Beside problems, the base holds what could be read all the same,
// for those who look for more: Pack.Missing says what is not in it. It must not be served.
//
// A pack in the root has the id "pack", because an fs.FS does not know its own name: LoadDir does.
func Load(fsys fs.FS) (*Base, error) { return load(fsys, "pack", "this folder", false) }

// LoadDir is Load for a folder on disk. A pack in the folder itself is named after the folder. Links that lead
// out of the folder are not followed.
func LoadDir(dir string) (*Base, error) { return loadDir(dir, false) }

// LoadWithExamples is LoadDir, and reads the examples of the packs as well. They are many, and serving needs only what
// was learned from them.
func LoadWithExamples(dir string) (*Base, error) { return loadDir(dir, true) }

func loadDir(dir string, examples bool) (*Base, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		what := fmt.Sprintf("the folder %s cannot be opened", dir)
		if errors.Is(err, fs.ErrNotExist) {
			what = fmt.Sprintf("there is no folder %s", dir)
		} else if info, statErr := os.Stat(dir); statErr == nil && !info.IsDir() {
			what = fmt.Sprintf("%s is a file, not a folder", dir)
		}
		return nil, Problems{{What: what, Remedy: howToBegin}}
	}
	defer root.Close() // read only: nothing can be lost
	id := "pack"
	if abs, err := filepath.Abs(dir); err == nil {
		id = packID(filepath.Base(abs))
	}
	return load(root.FS(), id, dir, examples)
}

const (
	packFile = "pack.yaml"

	maxFile    = 8 << 20 // bytes in a file; a book has about 1 MiB
	maxEntries = 200_000 // in all packs together: twice what redpin is measured with

	howToBegin = "a pack is a folder that holds a file pack.yaml with one line, such as \"title: My pack\", and " +
		"Markdown files beside it; name that folder, or one that holds such folders"
)

func load(fsys fs.FS, rootID, rootName string, examples bool) (*Base, error) {
	l := &loader{fsys: fsys, withExamples: examples}
	base := &Base{}
	for _, p := range l.find(rootID, rootName) {
		base.Packs = append(base.Packs, l.pack(p))
	}
	if n := base.Entries(); n > maxEntries {
		l.problem(Place{}, fmt.Sprintf("there are %d entries; redpin serves at most %d", n, maxEntries),
			"leave some out, or run two bots")
	}
	slices.SortFunc(base.Packs, func(a, b *Pack) int { return cmp.Compare(a.ID, b.ID) })
	base.Warnings = l.warnings.Sorted()
	if len(l.problems) > 0 {
		return base, l.problems.Sorted()
	}
	return base, nil
}

type loader struct {
	fsys         fs.FS
	withExamples bool
	reports
}

// A packDir is a folder that is a pack. settings is the name of its pack.yaml, which may be a wrong one.
type packDir struct{ id, dir, settings string }

// misnamed are the names that people give to pack.yaml.
var misnamed = []string{"pack.yml", "Pack.yaml", "pack.YAML", "package.yaml", "packs.yaml", "pack.yaml.txt"}

// settingsOf finds the pack.yaml of a folder. Under a wrong name it is a problem, and read all the same.
func (l *loader) settingsOf(dir string) (name string, found bool) {
	if l.exists(path.Join(dir, packFile)) {
		return packFile, true
	}
	for _, wrong := range misnamed {
		if l.exists(path.Join(dir, wrong)) {
			l.problem(Place{File: path.Join(dir, wrong)}, "redpin does not look for a file of this name", "rename it to "+packFile)
			return wrong, true
		}
	}
	return "", false
}

// find lists the folders that are packs.
func (l *loader) find(rootID, rootName string) []packDir {
	files, err := fs.ReadDir(l.fsys, ".")
	if err != nil {
		l.problem(Place{}, rootName+" cannot be read: "+reason(err), howToBegin)
		return nil
	}
	if l.exists(packFile) {
		return []packDir{{rootID, ".", packFile}}
	}
	if len(files) == 0 {
		l.problem(Place{}, rootName+" is empty", howToBegin)
		return nil
	}
	var found []packDir
	var stray []Place
	for _, f := range files {
		name := f.Name()
		if hidden(name) {
			continue
		}
		settings, isPack := l.settingsOf(name)
		switch {
		case isPack:
			if !validPackID(name) {
				l.problem(Place{File: path.Join(name, settings)}, fmt.Sprintf("%q cannot be the name of a pack", name),
					fmt.Sprintf("rename the folder with small letters, digits and hyphens, at most %d, such as %q", maxPackID, packID(name)))
			}
			found = append(found, packDir{name, name, settings})
		case f.IsDir(), isMarkdown(name) && !isReadme(name), isYAML(name):
			stray = append(stray, Place{File: name})
		}
	}
	if len(found) == 0 {
		if settings, isPack := l.settingsOf("."); isPack {
			return []packDir{{rootID, ".", settings}}
		}
		l.problem(Place{}, rootName+" has no "+packFile+", and neither has a folder in it", howToBegin)
		return nil
	}
	for _, s := range stray {
		l.warning(s, "this stands beside the packs and is not served", "move it into a pack, give it a "+packFile+
			" if it is a pack, or put an underscore in front of its name")
	}
	return found
}

func (l *loader) exists(name string) bool {
	info, err := fs.Stat(l.fsys, name)
	return err == nil && !info.IsDir()
}

// A packReader holds what is known of a pack while it is read.
type packReader struct {
	*loader
	packDir
	pack *Pack
	said *settings // by pack.yaml

	articles, flags, concepts, tests, examples []string // paths of files

	entries map[string]*Entry
	groups  map[string]Place // headings without text, by id

	// What has been told already, so that what refers to it is not called wrong as well.
	partial                      map[string]bool // files that could not be read whole
	doubtEntries, doubtFlags     map[string]bool // ids of headings that have a problem of their own
	entriesMissing, flagsMissing bool            // some stand in files that could not be read whole
}

func (l *loader) pack(dir packDir) *Pack {
	r := &packReader{loader: l, packDir: dir, pack: &Pack{ID: dir.id},
		partial: make(map[string]bool), doubtEntries: make(map[string]bool), doubtFlags: make(map[string]bool)}
	r.listFiles()
	r.readSettings()
	r.readArticles()
	r.readFlags()
	r.readConcepts()
	r.readTests(r.tests, &r.pack.Tests)
	if r.withExamples {
		r.readExamples()
	}
	r.add(r.said.unused(r.flagsMissing))
	if len(r.articles) == 0 && len(r.flags) == 0 && !r.said.broken {
		l.problem(Place{File: r.said.name}, "the pack has no Markdown file, so it can answer nothing",
			"add a file such as answers.md with \"## A question?\", an empty line and the answer")
	}
	return r.pack
}

package knowledge

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

// Load reads all packs in fsys: the pack in its root (a folder with pack.yaml), or one in each folder of the
// root that has a pack.yaml. It checks everything first and either returns a base without a fault or an error
// that is a Problems, with all that is wrong in one go.
//
// A pack in the root has the id "pack", because an fs.FS does not know its own name: LoadDir does.
func Load(fsys fs.FS) (*Base, error) { return load(fsys, "pack", "this folder") }

// LoadDir is Load for a folder on disk. A pack in the folder itself is named after the folder. Links that lead
// out of the folder are not followed.
func LoadDir(dir string) (*Base, error) {
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
	return load(root.FS(), id, dir)
}

const (
	packFile = "pack.yaml"

	maxFile    = 8 << 20 // bytes in a file; a book has about 1 MiB
	maxEntries = 200_000 // in all packs together: twice what redpin is measured with

	howToBegin = "a pack is a folder that holds a file pack.yaml with one line, such as \"title: My pack\", and " +
		"Markdown files beside it; name that folder, or one that holds such folders"
)

func load(fsys fs.FS, rootID, rootName string) (*Base, error) {
	l := &loader{fsys: fsys}
	base := &Base{}
	for _, p := range l.find(rootID, rootName) {
		base.Packs = append(base.Packs, l.pack(p.id, p.dir))
	}
	if n := base.Entries(); n > maxEntries {
		l.problem(Place{}, fmt.Sprintf("there are %d entries; redpin serves at most %d", n, maxEntries),
			"leave some out, or run two bots")
	}
	l.sort()
	if len(l.problems) > 0 {
		return nil, l.problems
	}
	slices.SortFunc(base.Packs, func(a, b *Pack) int { return cmp.Compare(a.ID, b.ID) })
	base.Warnings = l.warnings
	return base, nil
}

type loader struct {
	fsys fs.FS
	reports
}

type packDir struct{ id, dir string }

// find lists the folders that are packs.
func (l *loader) find(rootID, rootName string) []packDir {
	files, err := fs.ReadDir(l.fsys, ".")
	if err != nil {
		l.problem(Place{}, rootName+" cannot be read: "+reason(err), howToBegin)
		return nil
	}
	if l.exists(packFile) {
		return []packDir{{rootID, "."}}
	}
	if len(files) == 0 {
		l.problem(Place{}, rootName+" is empty", howToBegin)
		return nil
	}
	var found []packDir
	var stray []Place
	for _, f := range files {
		name := f.Name()
		switch {
		case hidden(name):
		case l.exists(path.Join(name, packFile)):
			if !validPackID(name) {
				l.problem(Place{File: path.Join(name, packFile)}, fmt.Sprintf("%q cannot be the name of a pack", name),
					fmt.Sprintf("rename the folder with small letters, digits and hyphens, at most %d, such as %q", maxPackID, packID(name)))
			}
			found = append(found, packDir{name, name})
		case f.IsDir():
			for _, wrong := range []string{"pack.yml", "Pack.yaml", "pack.YAML", "package.yaml", "packs.yaml", "pack.yaml.txt"} {
				if l.exists(path.Join(name, wrong)) {
					l.problem(Place{File: path.Join(name, wrong)}, "redpin does not look for a file of this name", "rename it to "+packFile)
				}
			}
			stray = append(stray, Place{File: name})
		case strings.EqualFold(name, "pack.yml"):
			l.problem(Place{File: name}, "redpin does not look for a file of this name", "rename it to "+packFile)
		case isMarkdown(name) && !isReadme(name), isYAML(name):
			stray = append(stray, Place{File: name})
		}
	}
	if len(found) == 0 {
		if len(l.problems) == 0 {
			l.problem(Place{}, rootName+" has no "+packFile+", and neither has a folder in it", howToBegin)
		}
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
	dir      string
	pack     *Pack
	settings *settings

	articles, flags, concepts, tests []string // paths of files

	entries map[string]*Entry
	groups  map[string]Place // headings without text, by id
}

func (l *loader) pack(id, dir string) *Pack {
	r := &packReader{loader: l, dir: dir, pack: &Pack{ID: id}}
	r.listFiles()
	r.readSettings()
	r.readArticles()
	r.readFlags()
	r.readConcepts()
	r.readTests()
	r.add(r.settings.unused())
	if len(r.articles) == 0 && len(r.flags) == 0 && !r.settings.broken {
		l.problem(Place{File: path.Join(dir, packFile)}, "the pack has no Markdown file, so it can answer nothing",
			"add a file such as answers.md with \"## A question?\", an empty line and the answer")
	}
	return r.pack
}

// listFiles sorts the files of the pack by what they are for.
func (r *packReader) listFiles() {
	var walk func(dir, within string)
	walk = func(dir, within string) {
		files, err := fs.ReadDir(r.fsys, dir)
		if err != nil {
			r.problem(Place{File: dir}, "this folder cannot be read: "+reason(err), "check that it may be read")
			return
		}
		for _, f := range files {
			name, full := f.Name(), path.Join(dir, f.Name())
			inner := path.Join(within, name) // the path inside the pack
			if hidden(name) {
				continue
			}
			if f.Type()&fs.ModeSymlink != 0 {
				if info, err := fs.Stat(r.fsys, full); err == nil && info.IsDir() {
					r.problem(Place{File: full}, "this is a link to a folder, and such links are not followed", "copy the folder here, or delete the link")
					continue
				}
			}
			if f.IsDir() {
				walk(full, inner)
				continue
			}
			top, _, _ := strings.Cut(inner, "/")
			switch {
			case inner == packFile, isReadme(name):
			case isMarkdown(name) && within == "red-flags":
				r.flags = append(r.flags, full)
			case isMarkdown(name) && top == "red-flags":
				r.problem(Place{File: full}, "red flags stand in the folder red-flags itself, not in a folder below it", "move the file up")
			case isMarkdown(name) && top == "tests":
				r.problem(Place{File: full}, "the folder tests holds YAML files only", "move the article out of the folder, or rename it README.md if it is for people")
			case isMarkdown(name):
				r.articles = append(r.articles, full)
			case inner == "red-flags/concepts.yaml":
				r.concepts = append(r.concepts, full)
			case within == "tests" && path.Ext(name) == ".yaml":
				r.tests = append(r.tests, full)
			case isYAML(name):
				r.problem(Place{File: full}, "redpin does not know what this file is for", yamlRemedy(inner, name))
			}
		}
	}
	walk(r.dir, "")
}

func yamlRemedy(inner, name string) string {
	base := strings.TrimSuffix(strings.ToLower(name), path.Ext(name))
	switch {
	case strings.EqualFold(name, packFile) && strings.Contains(inner, "/"):
		return "several packs stand side by side, each in its own folder, with no pack.yaml in the folder above them; a pack cannot hold a pack"
	case base == "pack":
		return "rename it to pack.yaml"
	case base == "concept" || base == "concepts":
		return "rename it to concepts.yaml, in the folder red-flags"
	case base == "test" || base == "tests" || strings.HasPrefix(inner, "tests/"):
		return "test questions are files in the folder tests whose names end in .yaml"
	}
	return "the YAML files of a pack are pack.yaml, red-flags/concepts.yaml and tests/*.yaml: move or rename it, or put an underscore in front of its name"
}

// readAll reads files at the same time and hands their parts to add in the order of names.
func readAll[T any](r *packReader, names []string, read func(*file) T, add func(T)) {
	type result struct {
		file  *file
		value T
	}
	results := make([]result, len(names))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		group.Go(func() error {
			f := openFile(r.fsys, name)
			results[i].file = f
			if f.ok {
				results[i].value = read(f)
			}
			return nil
		})
	}
	_ = group.Wait() // no function of the group returns an error: mistakes go to the file's reports
	for _, res := range results {
		r.add(res.file.reports)
		if res.file.ok {
			add(res.value)
		}
	}
}

const maxPackID = 64

func validPackID(id string) bool {
	if id == "" || len(id) > maxPackID || id[0] == '-' {
		return false
	}
	return wordName(id)
}

// packID makes an id of any folder's name.
func packID(name string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(name) {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() == maxPackID {
			break
		}
	}
	id := strings.Trim(b.String(), "-")
	if id == "" {
		return "pack"
	}
	return id
}

func hidden(name string) bool     { return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") }
func isReadme(name string) bool   { return strings.EqualFold(name, "README.md") }
func isMarkdown(name string) bool { return strings.EqualFold(path.Ext(name), ".md") }
func isYAML(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".yaml" || ext == ".yml"
}

// reason says in plain words why a file cannot be read.
func reason(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it does not exist"
	case errors.Is(err, fs.ErrPermission):
		return "this program may not read it"
	}
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		return pathErr.Err.Error()
	}
	return err.Error()
}

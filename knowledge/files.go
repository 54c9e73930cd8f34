package knowledge

import (
	"errors"
	"io/fs"
	"path"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"
)

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
			case inner == r.settings, isReadme(name):
			case isMarkdown(name) && within == "red-flags":
				r.flags = append(r.flags, full)
			case isMarkdown(name) && top == "red-flags":
				r.problem(Place{File: full}, "red flags stand in the folder red-flags itself, not in a folder below it", "move the file up")
			case inner == LearnedFile:
				r.readLearned(full)
			case isMarkdown(name) && (top == "tests" || top == "examples"):
				r.problem(Place{File: full}, "the folder "+top+" holds YAML files only", "move the article out of the folder, or rename it README.md if it is for people")
			case isMarkdown(name):
				r.articles = append(r.articles, full)
			case inner == "red-flags/concepts.yaml":
				r.concepts = append(r.concepts, full)
			case within == "tests" && path.Ext(name) == ".yaml":
				r.tests = append(r.tests, full)
			case within == "examples" && path.Ext(name) == ".yaml":
				r.examples = append(r.examples, full)
			case isYAML(name):
				r.problem(Place{File: full}, "redpin does not know what this file is for", yamlRemedy(inner, name))
			}
		}
	}
	walk(r.dir, "")
}

// LearnedFile is where in a pack "redpin learn" writes.
const LearnedFile = "red-flags/learned.txt"

func (r *packReader) readLearned(name string) {
	f := openFile(r.fsys, name)
	r.add(f.reports)
	if f.ok && !f.partial {
		r.pack.Learned, r.pack.LearnedFile = f.text, name
	}
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
	return "the YAML files of a pack are pack.yaml, red-flags/concepts.yaml, tests/*.yaml and examples/*.yaml: move or rename it, or put an underscore in front of its name"
}

// readAll reads files at the same time and hands their parts to add in the order of names. It says whether all of them could be
// read whole.
func readAll[T any](r *packReader, names []string, read func(*file) T, add func(T)) (whole bool) {
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
	whole = true
	for _, res := range results {
		r.add(res.file.reports)
		if !res.file.ok || res.file.partial {
			whole, r.partial[res.file.name] = false, true
		}
		if res.file.ok {
			add(res.value)
		}
	}
	return whole
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") }

func isReadme(name string) bool { return strings.EqualFold(name, "README.md") }

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

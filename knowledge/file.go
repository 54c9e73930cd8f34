package knowledge

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sort"
	"unicode/utf8"
)

// A file is the text of one file of a pack and what is wrong with it.
type file struct {
	name  string
	text  []byte
	lines []int // offsets at which lines begin
	ok    bool  // whether text is there to be read
	// partial says that some of it could not be made out, so that what seems to be missing may be there.
	partial bool
	reports
}

// openFile reads a file. Windows line ends become newlines and a byte order mark is dropped, so that the same
// pack reads the same whatever editor saved it.
func openFile(fsys fs.FS, name string) *file {
	f := &file{name: name}
	data, err := readFile(fsys, name)
	if err != nil {
		f.problem(Place{File: name}, "this file cannot be read: "+reason(err), "check that it is a plain file in the pack's folder and may be read")
		return f
	}
	if len(data) > maxFile {
		f.problem(Place{File: name}, fmt.Sprintf("this file has more than %d MiB", maxFile>>20), "split it into several files")
		return f
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	f.setText(data)
	if i := firstInvalid(data); i >= 0 {
		f.problem(f.at(i), "this line holds characters that are not UTF-8", "save the file as UTF-8 (editors offer it under \"Save with encoding\")")
		f.partial = true
	} else if i := bytes.IndexByte(data, 0); i >= 0 {
		f.problem(f.at(i), "this line holds a zero byte, which no text has", "save the file as plain UTF-8 text, or type the line again")
		f.partial = true
	}
	f.ok = bytes.Count(data, []byte{0}) <= len(data)/10 // more are the second halves of UTF-16, of which nothing can be read
	if f.partial && f.ok {
		f.setText(bytes.ReplaceAll(bytes.ToValidUTF8(data, []byte("\ufffd")), []byte{0}, []byte("\ufffd")))
	}
	return f
}

func (f *file) setText(text []byte) {
	f.text = text
	f.lines = append(make([]int, 0, 1+bytes.Count(text, []byte("\n"))), 0)
	for i, c := range text {
		if c == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
}

// at is the place of a byte.
func (f *file) at(offset int) Place {
	return Place{f.name, sort.SearchInts(f.lines, offset+1)}
}

// line is the place of a line, counted from 1.
func (f *file) line(n int) Place { return Place{f.name, max(n, 1)} }

// lineStart is the offset at which the line of a byte begins.
func (f *file) lineStart(offset int) int {
	i, found := slices.BinarySearch(f.lines, offset)
	if found {
		return offset
	}
	return f.lines[i-1]
}

// lineEnd is the offset behind the newline of the line of a byte.
func (f *file) lineEnd(offset int) int {
	if i := bytes.IndexByte(f.text[min(offset, len(f.text)):], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(f.text)
}

// readFile reads a little more than maxFile at most, so that a device or an endless file does no harm.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // read only: nothing can be lost
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("it is no plain file")
	}
	var b bytes.Buffer
	b.Grow(int(min(max(info.Size(), 0), maxFile)) + bytes.MinRead)
	_, err = b.ReadFrom(io.LimitReader(f, maxFile+1))
	return b.Bytes(), err
}

func firstInvalid(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

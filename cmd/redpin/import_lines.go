package main

// The lines of an input, and what else the input may be.

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

var errLongLine = fmt.Errorf("it has more than %d MiB", maxRecord>>20)

// A lineReader reads lines of any length and counts them. A line that is too long is skipped.
type lineReader struct {
	in     *bufio.Reader
	number int   // of the line that was read last, from 1
	bytes  int64 // read so far
	buffer []byte
}

func newReader(in io.Reader) *bufio.Reader { return bufio.NewReaderSize(in, 64<<10) }

// next returns the next line, which is overwritten by the one after it.
func (r *lineReader) next() ([]byte, error) {
	r.buffer = r.buffer[:0]
	r.number++
	long := false
	for {
		part, err := r.in.ReadSlice('\n')
		r.bytes += int64(len(part))
		if long = long || len(r.buffer)+len(part) > maxRecord; !long {
			r.buffer = append(r.buffer, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(r.buffer) == 0 && !long:
			return nil, io.EOF
		case err != nil && !errors.Is(err, io.EOF):
			return nil, err
		case long:
			return nil, errLongLine
		}
		line := r.buffer
		if r.number == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		return line, nil
	}
}

// notJSONLines says what a file is that people take for JSON Lines and that would make a report of as many lines as it has, and
// what is wanted; or nothing. It looks at the lines that are read at once.
func notJSONLines(in *bufio.Reader) string {
	_, _ = in.Peek(1) // an error comes again when the lines are read
	start, _ := in.Peek(in.Buffered())
	if zeros := bytes.Count(start, []byte{0}); bytes.HasPrefix(start, []byte("\xff\xfe")) || bytes.HasPrefix(start, []byte("\xfe\xff")) || zeros > len(start)/4 {
		return "the input is UTF-16, as some Windows programs save text; save it as UTF-8, one object such as " + recordForm + " in each line"
	}
	if bytes.HasPrefix(start, []byte("PK\x03\x04")) {
		return "the input is a workbook or another zip file; write its rows as JSON Lines, one object such as " + recordForm + " in each line"
	}
	first := true
	for line := range bytes.Lines(bytes.TrimPrefix(start, []byte("\ufeff"))) {
		switch line = bytes.TrimSpace(line); {
		case len(line) == 0:
		case line[0] == '{' || line[0] == '[' || first && !bytes.ContainsAny(line, ",;\t"):
			return ""
		default:
			first = false
		}
	}
	if first {
		return ""
	}
	return "the input looks like a table (CSV), not JSON Lines; write each row as an object in a line of its own: " + recordForm
}

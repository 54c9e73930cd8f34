package discord

// This file follows the frames that come from the gateway, only as far as to know the opcodes of the small ones.

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
)

// Opcodes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-opcodes
const (
	opReconnect      = 7
	opInvalidSession = 9
	opHeartbeatAck   = 11
)

// smallFrame is the longest payload, in bytes, that is looked into. Everything but dispatched events is shorter.
const smallFrame = 256

// frames follows a connection from its first byte, which begins the answer to the websocket's handshake. The zero
// value is ready.
type frames struct {
	upgraded bool
	pending  []byte // of a header, or of a small payload, that is not there in full
	skip     uint64 // bytes of a long payload still to come
}

// A control is a small frame of text.
type control struct {
	op int
	// resumable is what the gateway says with opInvalidSession: that the session may be resumed all the same.
	resumable bool
	// at is where the frame begins in the bytes just read, or 0 where it began before them.
	at int
}

// read takes the next bytes and gives the small frames of text that end in them.
func (f *frames) read(p []byte) []control {
	var found []control
	f.pending = append(f.pending, p...)
	for {
		if f.skip > 0 {
			n := min(f.skip, uint64(len(f.pending)))
			f.pending, f.skip = f.pending[n:], f.skip-n
		}
		if f.skip > 0 || len(f.pending) == 0 {
			f.pending = bytes.Clone(f.pending) // lets go of what was read
			return found
		}
		if !f.upgraded {
			end := bytes.Index(f.pending, []byte("\r\n\r\n"))
			if end < 0 {
				return found
			}
			f.pending, f.upgraded = f.pending[end+4:], true
			continue
		}
		header, length, ok := frameHeader(f.pending)
		if !ok {
			return found
		}
		if length > smallFrame {
			f.pending, f.skip = f.pending[header:], length
			continue
		}
		end := header + int(length)
		if len(f.pending) < end {
			return found
		}
		const finalText = 0x81
		if f.pending[0] == finalText {
			if c, ok := readControl(f.pending[header:end]); ok {
				c.at = max(0, len(p)-len(f.pending))
				found = append(found, c)
			}
		}
		f.pending = f.pending[end:]
	}
}

// frameHeader gives the lengths of a frame's header and payload, if the header is all there. A server does not
// mask: RFC 6455, section 5.2.
func frameHeader(p []byte) (header int, payload uint64, ok bool) {
	if len(p) < 2 {
		return 0, 0, false
	}
	switch length := p[1] & 0x7F; {
	case length < 126:
		return 2, uint64(length), true
	case length == 126 && len(p) >= 4:
		return 4, uint64(binary.BigEndian.Uint16(p[2:])), true
	case length == 127 && len(p) >= 10:
		return 10, binary.BigEndian.Uint64(p[2:]), true
	}
	return 0, 0, false
}

func readControl(payload []byte) (control, bool) {
	var frame struct {
		Op *int
		D  json.RawMessage
	}
	if json.Unmarshal(payload, &frame) != nil || frame.Op == nil {
		return control{}, false
	}
	return control{op: *frame.Op, resumable: string(frame.D) == "true"}, true
}

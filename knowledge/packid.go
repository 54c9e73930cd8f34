package knowledge

import (
	"strings"
)

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

package telegramtest

// The Bot API document as a check: which methods exist, which fields each takes, of what type and length.

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

// SpecFile reads a file of $REDPIN_SPECS (by default ../shared/specs beside the repository's root). It skips the
// test, and says so, where there is none: the files stay outside the project.
func SpecFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := readSpec(name)
	if err != nil {
		t.Skipf("%v; set REDPIN_SPECS to the folder that holds it", err)
	}
	return data
}

func readSpec(name string) ([]byte, error) {
	dir := os.Getenv("REDPIN_SPECS")
	if dir == "" {
		root, err := os.Getwd()
		if err != nil {
			return nil, err
		}
		for !exists(filepath.Join(root, "go.mod")) {
			if root == filepath.Dir(root) {
				return nil, fmt.Errorf("no go.mod above the test's folder")
			}
			root = filepath.Dir(root)
		}
		dir = filepath.Join(root, "..", "shared", "specs")
	}
	return os.ReadFile(filepath.Join(dir, name))
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// A Spec is the Bot API document. The nil Spec finds no fault.
type Spec struct {
	Methods map[string]specType `json:"methods"`
	Types   map[string]specType `json:"types"`
}

type specType struct {
	Fields   []specField `json:"fields"`
	Returns  []string    `json:"returns"`
	Subtypes []string    `json:"subtypes"`
}

type specField struct {
	Name        string   `json:"name"`
	Types       []string `json:"types"`
	Required    bool     `json:"required"`
	Description string   `json:"description"`
}

// LoadSpec reads telegram-api.json, once for all servers, or returns nil where it is absent.
func LoadSpec() (*Spec, error) { return loadSpec() }

var loadSpec = sync.OnceValues(func() (*Spec, error) {
	data, err := readSpec("telegram-api.json")
	if err != nil {
		return nil, nil
	}
	var s Spec
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, fmt.Errorf("telegram-api.json: %w", err)
	}
	return &s, nil
})

// CheckRequest says what is wrong with a call whose parameters came as a form: objects in it are JSON.
func (s *Spec) CheckRequest(method string, params map[string]string) error {
	if s == nil {
		return nil
	}
	m, known := s.Methods[method]
	if !known {
		return fmt.Errorf("%s: no such method", method)
	}
	given := map[string]json.RawMessage{}
	for name, value := range params {
		i := slices.IndexFunc(m.Fields, func(f specField) bool { return f.Name == name })
		if i < 0 {
			return fmt.Errorf("%s.%s: no such field", method, name)
		}
		given[name] = json.RawMessage(value)
		if isText(m.Fields[i].Types) && !json.Valid([]byte(value)) || slices.Contains(m.Fields[i].Types, "String") && !slices.Contains(m.Fields[i].Types, "Integer") {
			given[name], _ = json.Marshal(value)
		}
	}
	return s.checkFields(method, m.Fields, given, true)
}

// CheckResult says what is wrong with a method's result.
func (s *Spec) CheckResult(method string, result json.RawMessage) error {
	if s == nil {
		return nil
	}
	return s.checkAny(method+" returns", s.Methods[method].Returns, result)
}

// CheckValue says what is wrong with a value of a type such as "Update".
func (s *Spec) CheckValue(kind string, value json.RawMessage) error {
	if s == nil {
		return nil
	}
	return s.check(kind, kind, value)
}

func isText(types []string) bool { return slices.Contains(types, "String") }

func (s *Spec) checkFields(path string, fields []specField, given map[string]json.RawMessage, strict bool) error {
	for _, f := range fields {
		value, ok := given[f.Name]
		if !ok {
			if f.Required {
				return fmt.Errorf("%s.%s: missing", path, f.Name)
			}
			continue
		}
		if err := s.checkAny(path+"."+f.Name, f.Types, value); err != nil {
			return err
		}
		if err := checkLength(path+"."+f.Name, f, value); err != nil {
			return err
		}
	}
	for name := range given {
		if strict && !slices.ContainsFunc(fields, func(f specField) bool { return f.Name == name }) {
			return fmt.Errorf("%s.%s: no such field", path, name)
		}
	}
	return nil
}

// checkAny accepts a value of any of the types, and returns the first type's complaint.
func (s *Spec) checkAny(path string, types []string, value json.RawMessage) error {
	var first error
	for _, kind := range types {
		err := s.check(path, kind, value)
		if err == nil {
			return nil
		}
		if first == nil {
			first = err
		}
	}
	return first
}

func (s *Spec) check(path, kind string, value json.RawMessage) error {
	if item, isArray := strings.CutPrefix(kind, "Array of "); isArray {
		var list []json.RawMessage
		if err := json.Unmarshal(value, &list); err != nil || list == nil {
			return fmt.Errorf("%s: want a list", path)
		}
		for i, v := range list {
			if err := s.checkAny(fmt.Sprintf("%s[%d]", path, i), strings.Split(item, " and "), v); err != nil {
				return err
			}
		}
		return nil
	}
	var err error
	switch kind {
	case "Integer":
		var v int64
		err = json.Unmarshal(value, &v)
	case "Float":
		var v float64
		err = json.Unmarshal(value, &v)
	case "Boolean":
		var v bool
		err = json.Unmarshal(value, &v)
	case "String":
		var v string
		err = json.Unmarshal(value, &v)
	default:
		t, known := s.Types[kind]
		if !known {
			return fmt.Errorf("%s: unknown type %s", path, kind)
		}
		if len(t.Subtypes) > 0 {
			return s.checkAny(path, t.Subtypes, value)
		}
		var object map[string]json.RawMessage
		if err := json.Unmarshal(value, &object); err != nil || object == nil {
			return fmt.Errorf("%s: want an object of type %s", path, kind)
		}
		return s.checkFields(path, t.Fields, object, true)
	}
	if err != nil || string(value) == "null" {
		return fmt.Errorf("%s: want %s", path, kind)
	}
	return nil
}

var lengthPattern = regexp.MustCompile(`(\d+)-(\d+) (characters|bytes)`)

// checkLength holds a text against "1-4096 characters" in the document's words. Lengths "after entities parsing"
// are the server's own business.
func checkLength(path string, f specField, value json.RawMessage) error {
	var text string
	limits := lengthPattern.FindStringSubmatch(f.Description)
	if limits == nil || strings.Contains(f.Description, "after entities parsing") || json.Unmarshal(value, &text) != nil {
		return nil
	}
	low, _ := strconv.Atoi(limits[1])
	high, _ := strconv.Atoi(limits[2])
	n := utf8.RuneCountInString(text)
	if limits[3] == "bytes" {
		n = len(text)
	}
	if n < low || n > high {
		return fmt.Errorf("%s: %d %s, want %d to %d", path, n, limits[3], low, high)
	}
	return nil
}

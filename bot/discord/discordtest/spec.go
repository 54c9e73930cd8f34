package discordtest

import (
	"bytes"
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

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// A Spec is Discord's own OpenAPI document. A nil Spec checks nothing.
// https://github.com/discord/discord-api-spec
type Spec struct {
	paths map[string]map[string]operation

	mu       sync.Mutex
	compiler *jsonschema.Compiler
}

type operation struct {
	request  string            // the schema's address, or empty
	answers  map[string]string // by status
	template *regexp.Regexp
	name     string
}

const specURL = "file:///discord-openapi.json"

// LoadSpec reads discord-openapi.json from $REDPIN_SPECS, or where that is empty from shared/specs beside the repository; root is
// the way to the repository. It gives nil, and says so in the test's log, where there is none: the document is not
// part of redpin.
func LoadSpec(t testing.TB, root string) *Spec {
	t.Helper()
	folder := os.Getenv("REDPIN_SPECS")
	if folder == "" {
		folder = filepath.Join(root, "..", "shared", "specs")
	}
	file := filepath.Join(folder, "discord-openapi.json")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Logf("requests are not held against Discord's OpenAPI document: %v (set REDPIN_SPECS to the folder that has it)", err)
		return nil
	}
	spec, err := newSpec(data)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return spec
}

func newSpec(data []byte) (*Spec, error) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	s := &Spec{paths: make(map[string]map[string]operation), compiler: jsonschema.NewCompiler()}
	s.compiler.DefaultDraft(jsonschema.Draft2020)
	if err := s.compiler.AddResource(specURL, document); err != nil {
		return nil, err
	}
	var outline struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(data, &outline); err != nil {
		return nil, err
	}
	type content map[string]json.RawMessage
	for path, methods := range outline.Paths {
		for method, raw := range methods {
			var o struct {
				RequestBody struct{ Content content }
				Responses   map[string]struct{ Content content }
			}
			if json.Unmarshal(raw, &o) != nil {
				continue // "parameters" stand beside the methods
			}
			at := specURL + "#/paths/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(path) + "/" + method
			op := operation{answers: make(map[string]string), name: strings.ToUpper(method) + " " + path}
			if _, ok := o.RequestBody.Content["application/json"]; ok {
				op.request = at + "/requestBody/content/application~1json/schema"
			}
			for status, answer := range o.Responses {
				if _, ok := answer.Content["application/json"]; ok {
					op.answers[status] = at + "/responses/" + status + "/content/application~1json/schema"
				}
			}
			op.template = regexp.MustCompile("^" + regexp.MustCompile(`\\\{[a-z_]+\\\}`).ReplaceAllString(regexp.QuoteMeta(path), "[^/]+") + "$")
			key := strings.ToUpper(method)
			if s.paths[key] == nil {
				s.paths[key] = make(map[string]operation)
			}
			s.paths[key][path] = op
		}
	}
	return s, nil
}

// find gives the operation whose path has the fewest placeholders: "@original" is no message's id.
func (s *Spec) find(method, path string) (operation, bool) {
	var best operation
	found := false
	for _, op := range s.paths[method] {
		if op.template.MatchString(path) && (!found || strings.Count(op.name, "{") < strings.Count(best.name, "{")) {
			best, found = op, true
		}
	}
	return best, found
}

func (s *Spec) checkRequest(method, path string, body []byte) error {
	if s == nil {
		return nil
	}
	op, ok := s.find(method, path)
	if !ok {
		return fmt.Errorf("%s %s is no request of Discord's", method, path)
	}
	if op.request == "" {
		return nil
	}
	return s.check(op.name+", the request", op.request, body)
}

func (s *Spec) checkAnswer(method, path string, status int, body []byte) error {
	if s == nil {
		return nil
	}
	op, ok := s.find(method, path)
	if !ok {
		return nil
	}
	schema, ok := op.answers[strconv.Itoa(status)]
	if !ok {
		return nil
	}
	return s.check(op.name+", the answer", schema, body)
}

func (s *Spec) check(what, schema string, body []byte) error {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("%s is no JSON: %w", what, err)
	}
	s.mu.Lock()
	compiled, err := s.compiler.Compile(schema)
	s.mu.Unlock()
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if err := compiled.Validate(numeric(value)); err != nil {
		return fmt.Errorf("%s is not what Discord's OpenAPI document says: %w\n%s", what, err, body)
	}
	if fields := unknown(value, compiled); len(fields) > 0 {
		return fmt.Errorf("%s has the fields %v, which Discord's OpenAPI document does not know\n%s", what, fields, body)
	}
	return nil
}

// unknown gives the fields of a value that no schema names: the document forbids none, and Discord passes over those
// that are misspelt. What is null says nothing.
func unknown(value any, schemas ...*jsonschema.Schema) []string {
	var out []string
	all := alternatives(schemas)
	switch value := value.(type) {
	case map[string]any:
		named := false
		for _, s := range all {
			named = named || len(s.Properties) > 0
		}
		for name, v := range value {
			var of []*jsonschema.Schema
			for _, s := range all {
				if p := s.Properties[name]; p != nil {
					of = append(of, p)
				} else if p, ok := s.AdditionalProperties.(*jsonschema.Schema); ok {
					of = append(of, p)
				}
			}
			if named && len(of) == 0 && v != nil {
				out = append(out, name)
			}
			out = append(out, unknown(v, of...)...)
		}
	case []any:
		var of []*jsonschema.Schema
		for _, s := range all {
			if s.Items2020 != nil {
				of = append(of, s.Items2020)
			}
		}
		for _, v := range value {
			out = append(out, unknown(v, of...)...)
		}
	}
	return out
}

// alternatives are schemas and all that they refer to for the same value.
func alternatives(schemas []*jsonschema.Schema) []*jsonschema.Schema {
	var out []*jsonschema.Schema
	for _, s := range schemas {
		out = append(out, s)
		next := slices.Concat(s.AllOf, s.AnyOf, s.OneOf)
		if s.Ref != nil {
			next = append(next, s.Ref)
		}
		out = append(out, alternatives(next)...)
	}
	return out
}

// numeric makes a number of the one field for which Discord takes a numeric string and its document does not say so.
func numeric(value any) any {
	const field = "default_member_permissions"
	commands, ok := value.([]any)
	if !ok {
		return value
	}
	for _, c := range commands {
		if command, ok := c.(map[string]any); ok {
			// An answer has an id, and there the document asks for the string.
			if text, ok := command[field].(string); ok && command["id"] == nil {
				command[field] = json.Number(text)
			}
		}
	}
	return value
}

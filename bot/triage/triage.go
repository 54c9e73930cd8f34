// Package triage finds red flags in a message.
package triage

import "github.com/redpin/redpin/knowledge"

// A Matcher finds the red flags of packs in messages. It does not change once it is made and is safe for
// concurrent use.
type Matcher struct{ packs []*knowledge.Pack }

// New compiles the signs of packs. Its error is a knowledge.Problems with file and line of every bad sign.
func New(packs []*knowledge.Pack) (*Matcher, error) { return &Matcher{packs}, nil }

// Find returns the red flags that text raises: emergencies before specialist, then in the order of the packs,
// no id twice. Its time is bounded whatever the text.
func (m *Matcher) Find(text string) []*knowledge.RedFlag { return nil }

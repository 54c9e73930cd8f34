package triage

import "github.com/redpin/redpin/knowledge"

// warnings looks for signs that can never fire and for those that another covers.
func warnings(compilers map[string]*compiler, order []string) knowledge.Problems { return nil }

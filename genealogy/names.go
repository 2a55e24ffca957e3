package genealogy

import "strings"

// names gives each text a small number, from 1 on; 0 is the empty text.
type names struct {
	no   map[string]int32
	text []string
}

func newNames() names { return names{no: map[string]int32{}, text: []string{""}} }

func (n *names) add(s string) int32 {
	if s == "" {
		return 0
	}
	if i, ok := n.no[s]; ok {
		return i
	}
	s = strings.Clone(s) // not a window on a whole document
	i := int32(len(n.text))
	n.text = append(n.text, s)
	n.no[s] = i
	return i
}

package genealogy

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"lodestone/record"
)

// Dump writes everything the graph derives, as text in a fixed order: for each lot its profile, its own facts, its
// arrows, what it holds; then the contradictions among the statements. Two graphs of the same entries write the same
// bytes, whatever the order in which they took them.
func (g *Graph) Dump(w io.Writer) error {
	b := bufio.NewWriter(w)
	register := g.Register()
	g.read()
	lots := g.order().list
	for _, l := range lots {
		if !g.mentioned(l) {
			continue
		}
		g.write(b, l)
	}
	g.mu.RUnlock()
	for _, c := range register.Clashes() {
		fmt.Fprintf(b, "discord %s: %s %s\n", c.Subject, c.What, shortIDs(c.Entries))
	}
	return b.Flush()
}

// Fingerprint is the SHA-256 of the Dump, in hex.
func (g *Graph) Fingerprint() string {
	h := sha256.New()
	if err := g.Dump(h); err != nil { // a hash takes everything
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (g *Graph) write(b *bufio.Writer, l int32) {
	row := &g.lots.rows[l]
	s := g.summary(l)
	_, drawn, _ := g.amounts(l)
	fmt.Fprintf(b, "lot %s\n", s.ID)
	if words := g.words(l); len(words) > 0 {
		for _, w := range words {
			fmt.Fprintf(b, "  of %s\n", g.names.text(w.material))
		}
	}
	if !row.elems.Empty() {
		fmt.Fprintf(b, "  elements %s\n", row.elems)
	}
	fmt.Fprintf(b, "  made %q drawn %q left %q\n", s.Made, drawn, s.Left)
	b.WriteString(indent(g.profile(l, forever-1).String()))
	for _, m := range g.makingsOf(l) {
		for _, f := range g.drawnInto(m) {
			via := ""
			if f.via >= 0 {
				via = " in " + g.lots.id(f.via)
			}
			fmt.Fprintf(b, "  from %s%s %q %s\n", g.lots.id(f.lot), via, f.amount, shortIDs(g.entriesOfEvents(m.events)))
		}
	}
	for _, x := range g.stays(l) {
		fmt.Fprintf(b, "  holds %s from %d until %d %q\n", g.lots.id(x.child), x.from, x.until, x.amount)
	}
	if c := row.comp; c >= 0 {
		fmt.Fprintf(b, "  on the cycle of %s\n", g.lots.id(g.comps[c].members[0]))
	}
	for _, n := range g.allEvents(l) {
		h := g.happening(n, l)
		fmt.Fprintf(b, "  event %s %s %v %s %v void=%v %q\n", h.Role, h.Phase, h.Date, h.Facility, h.Authors, h.Void, h.Corrections)
	}
}

func indent(s string) string {
	if s == "" {
		return ""
	}
	return "  " + strings.ReplaceAll(strings.TrimSuffix(s, "\n"), "\n", "\n  ") + "\n"
}

func shortIDs(ids []record.ID) string {
	short := make([]string, len(ids))
	for i, id := range ids {
		short[i] = id.String()[:12]
	}
	return strings.Join(short, " ")
}

// String is the profile as text, one step, hole or flag a line:
//
//	separated CA urn:lodestone:facility:CA-SRC {Nd, Pr} statement
//	hole Dy before melted at urn:lodestone:lot:7
//	flag over-issue at urn:lodestone:lot:7: 12 kg was drawn of 10 kg that was made
func (p Profile) String() string {
	var b strings.Builder
	for _, s := range p.Steps {
		country, facility, elems := string(s.Country), string(s.Facility), "whole"
		if country == "" {
			country = "??"
		}
		if facility == "" {
			facility = "?"
		}
		if !s.Elements.Empty() {
			elems = "{" + s.Elements.String() + "}"
		}
		fmt.Fprintf(&b, "%s %s %s %s %s", s.Phase, country, facility, elems, s.Evidence)
		if s.Recycled {
			b.WriteString(" earlier-life")
		}
		if s.Planned {
			b.WriteString(" planned")
		}
		if s.Dispute != "" {
			fmt.Fprintf(&b, " disputed[%s]", s.Dispute)
		}
		b.WriteByte('\n')
	}
	for _, h := range p.Holes {
		elem, before := "everything", "anything"
		if h.Element != 0 {
			elem = h.Element.Symbol()
		}
		if h.Before != 0 {
			before = h.Before.String()
		}
		fmt.Fprintf(&b, "hole %s before %s at %s", elem, before, h.Lot)
		if h.Recycled {
			b.WriteString(" earlier-life")
		}
		b.WriteByte('\n')
	}
	for _, f := range p.Flags {
		fmt.Fprintf(&b, "flag %s at %s: %s %s\n", f.Kind, f.Lot, f.Cause, shortIDs(f.Entries))
	}
	if p.More {
		b.WriteString("and more of some of these\n")
	}
	return b.String()
}

// Equal tells whether two profiles say the same.
func (p Profile) Equal(q Profile) bool {
	return p.More == q.More && slices.Equal(p.Steps, q.Steps) && slices.Equal(p.Holes, q.Holes) && slices.EqualFunc(p.Flags, q.Flags, func(a, b Flag) bool {
		return a.Kind == b.Kind && a.Lot == b.Lot && a.Cause == b.Cause && slices.Equal(a.Entries, b.Entries)
	})
}

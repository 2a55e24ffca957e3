package disclosure

import (
	"strings"

	"lodestone/rules"
)

// effects is what a book that is no prohibition requires, gives and asks to be told, what of it is not in force, and on
// which legal facts that are not quoted an answer rests.
func (e *explainer) effects(b *rules.BookAnswer) []Reason {
	out := []Reason{}
	value := func(kind, text, cite, source string, sure rules.Sure, from, until string) {
		if source == "" {
			source = b.Book + ", " + b.Digest
		}
		out = append(out, Reason{Kind: KindFact, Text: text, Under: []Reason{{Kind: KindValue, Text: kind, Cite: cite, Sure: string(sure), Source: source, On: e.on, From: from, Until: until}}})
	}
	for _, g := range b.Gives {
		text := g.What
		if g.Material != "" {
			text += " for " + g.Material
		}
		if g.Value != "" {
			text += ": " + strings.TrimSpace(g.Value+" "+g.Unit)
		}
		if !g.Certain {
			text += " (it hangs on what is not known)"
		}
		value("as the book has it", text, g.Cite, g.Source, g.Sure, g.From, g.Until)
	}
	for _, d := range b.Discloses {
		text := strings.TrimSpace(strings.Join([]string{"to be told:", d.What, d.Phase, d.Elements, d.Material}, " ")) + ": " + strings.Join(d.Values, ", ")
		out = append(out, Reason{Kind: KindFact, Text: strings.Join(strings.Fields(text), " "), Under: e.ground("materials[" + d.Material + "].")})
	}
	for _, u := range b.NotInForce {
		text := u.Cite + " is not in force: " + u.State + " " + u.By
		if u.If != "" {
			text += " (where " + u.If + ")"
		}
		value("as the book has it", text, u.Cite, u.Source, u.Sure, u.From, u.Until)
	}
	for _, x := range b.RestsOn {
		value("less than quoted", "rests on: "+x.What, "", x.Source, x.Sure, "", "")
	}
	return out
}

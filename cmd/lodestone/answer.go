package main

import (
	"fmt"
	"io"
	"strings"

	"lodestone/rules"
)

// printAnswer writes a judgement for a person: the verdict first, then each book's reason, words, grounds and what is open.
func printAnswer(w io.Writer, a *rules.Answer) {
	fmt.Fprintf(w, "%s   delivered %s%s\n", a.Overall(), a.Delivery, asIf(a.AsIf))
	for i := range a.Books {
		fmt.Fprintln(w)
		printBook(w, &a.Books[i])
	}
	for _, c := range a.Unjudged {
		fmt.Fprintf(w, "\nnot judged: %s is in the contract, and there is no book for it here\n", c)
	}
	printFoot(w, a.LogPosition, a.Advice)
}

// printFoot ends a judgement: the position of the log that it rests on, where it rests on one, and what it is not.
func printFoot(w io.Writer, position int64, advice string) {
	fmt.Fprintln(w)
	if position > 0 {
		fmt.Fprintln(w, asOfEntry(position))
	}
	fmt.Fprintln(w, advice)
}

func printCourse(w io.Writer, c *rules.Course) {
	fmt.Fprintf(w, "%s at worst   delivered %s to %s%s\n", c.Overall(), c.From, c.Until, asIf(c.AsIf))
	for _, s := range c.Changes {
		fmt.Fprintf(w, "\nfrom %s%s\n", s.From, map[bool]string{true: ": " + string(s.Verdict)}[s.Verdict != ""])
		for i := range s.Books {
			printBook(w, &s.Books[i])
		}
	}
	printFoot(w, c.LogPosition, c.Advice)
}

// asIf says, on the line of a verdict, under which pending acts it stands.
func asIf(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "   as if enacted: " + strings.Join(names, "; ")
}

func printBook(w io.Writer, b *rules.BookAnswer) {
	head := b.Book
	if b.Version != "" {
		head += " (" + b.Version + ")"
	}
	fmt.Fprintf(w, "%s: %s%s\n", head, b.Verdict, asIf(b.AsIf))
	if b.Own != b.Verdict {
		fmt.Fprintf(w, "  on its own   %s\n", b.Own)
	}
	wrapped(w, "  because      ", b.Because)
	if len(b.DecidedBy) > 0 {
		wrapped(w, "  decided by   ", strings.Join(b.DecidedBy, ", "))
	}
	printFound(w, b)
	shown := map[string]bool{}
	for _, g := range b.Grounds {
		printGround(w, &g, "  ", shown)
	}
	if b.WeakestEvidence != "" {
		fmt.Fprintf(w, "  evidence     %s at the weakest\n", b.WeakestEvidence)
	}
	for _, m := range b.Missing {
		wrapped(w, "  missing      ", m.Fact+", ask "+m.Ask)
	}
	for _, d := range b.Doubts {
		wrapped(w, "  doubt        ", fmt.Sprintf("%s (%s%s): %s", d.ID, d.Class, chosen(d), d.Question))
		for _, r := range d.Readings {
			wrapped(w, "               - ", fmt.Sprintf("%s=%s: %s (%s)", d.Key, r.Value, r.Verdict, r.Says))
		}
	}
	for _, c := range b.Conflicts {
		wrapped(w, "  conflict     ", c.Doubt+": "+c.Says)
	}
	for _, n := range b.Notes {
		wrapped(w, "  note         ", n.ID+": "+n.Question)
	}
	for _, s := range b.Assumed {
		wrapped(w, "  assumed      ", s)
	}
	fmt.Fprintf(w, "  book digest  %s\n", b.Digest)
}

// printFound writes what a book that is no prohibition requires, gives and asks to be told, and which words are not in
// force or less than quoted.
func printFound(w io.Writer, b *rules.BookAnswer) {
	if len(b.Materials) > 1 {
		for _, m := range b.Materials {
			wrapped(w, "  material     ", m.Material+": "+string(m.Verdict))
		}
	}
	for _, g := range b.Gives {
		text := g.What
		if g.Material != "" {
			text += " (" + g.Material + ")"
		}
		if g.Value != "" {
			text += ": " + g.Value + " " + g.Unit
		}
		label := "  " + map[bool]string{true: "required", false: "perhaps "}[g.Certain] + "     "
		if b.Kind == rules.Credit {
			label = "  credit       "
		}
		wrapped(w, label, fmt.Sprintf("%s [%s, %s]", text, g.Sure, g.Cite))
	}
	for _, d := range b.Discloses {
		text := d.What
		if d.Material != "" {
			text += ", " + strings.TrimSpace(d.Elements+" of "+d.Material)
		}
		if len(d.Values) == 0 {
			d.Values = []string{"not known"}
		}
		wrapped(w, "  disclose     ", text+": "+strings.Join(d.Values, ", "))
	}
	var idle, rests grouped
	for _, u := range b.NotInForce {
		text := u.State + " " + u.By
		if u.From != "" && u.State == "suspended" {
			text += fmt.Sprintf(", %s to %s", u.From, u.Until)
		}
		if u.If != "" {
			text += ", open: " + u.If
		}
		idle.add(text, u.Cite)
	}
	for _, g := range idle {
		wrapped(w, "  not in force ", strings.Join(g.of, "; ")+": "+g.text)
	}
	for _, r := range b.RestsOn {
		rests.add(fmt.Sprintf(" [%s: %s]", sureWord[r.Sure], r.Source), strings.TrimPrefix(r.What, b.Book+" "))
	}
	for _, g := range rests {
		wrapped(w, "  rests on     ", strings.Join(g.of, "; ")+g.text)
	}
}

// grouped is what is said of several things alike, in the order of the first of each.
type grouped []struct {
	text string
	of   []string
}

func (g *grouped) add(text, of string) {
	for i := range *g {
		if (*g)[i].text == text {
			(*g)[i].of = append((*g)[i].of, of)
			return
		}
	}
	*g = append(*g, struct {
		text string
		of   []string
	}{text, []string{of}})
}

var sureWord = map[rules.Sure]string{"S": "secondary source", "M": "from memory", "C": "sources conflict, or the text is ambiguous"}

func chosen(d rules.Shown) string {
	if d.Chosen == "" {
		return ""
	}
	return ", read as " + d.Chosen
}

// printGround writes a clause with its words and, under it, the values, facts and sources; each text once.
func printGround(w io.Writer, g *rules.Ground, indent string, shown map[string]bool) {
	label := map[string]string{"clause": "words        ", "value": "value        ", "fact": "fact         ", "source": "source       "}[g.Kind]
	text := g.Text
	switch g.Kind {
	case "clause":
		text = g.Cite + ": " + short(g.Text)
	case "value":
		text = fmt.Sprintf("%s [%s, %s]", g.Text, g.Sure, g.Source)
	case "fact":
		if g.Source != "" {
			text += " at " + g.Source
		}
	}
	if text != "" && !shown[text] {
		shown[text] = true
		wrapped(w, indent+label, text)
	}
	for i := range g.Under {
		printGround(w, &g.Under[i], indent, shown)
	}
}

// short is the beginning of a long quotation; the whole stands in law show and in --json.
func short(s string) string {
	const most = 240
	if len(s) <= most {
		return s
	}
	cut := strings.LastIndexByte(s[:most], ' ')
	return s[:cut] + " …"
}

// wrapped writes text after a label, in lines of at most about 118 characters, later lines set under the first.
func wrapped(w io.Writer, label, text string) {
	const width = 118
	pad := strings.Repeat(" ", len(label))
	line, first := label, true
	for _, word := range strings.Fields(text) {
		if !first && len(line)+1+len(word) > width {
			fmt.Fprintln(w, line)
			line, first = pad, true
		}
		if !first {
			line += " "
		}
		line += word
		first = false
	}
	fmt.Fprintln(w, line)
}

package plan

import (
	"fmt"
	"slices"
	"strings"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"
)

// Colour is the set of rules that a delivery of some material would break: a bit a rule. 0 is clean for all.
type Colour uint32

// Ban is one rule of delivery, in force for deliveries on some days: a bit of a colour. A book of law has a ban for each
// stretch of days over which its words are the same.
type Ban struct {
	Rule        string // as a demand names it
	From, Until quantity.Date
	Kind        string   // of a book: the kind of material it is asked about
	Digest      string   // of a book
	AsIf        []string // pending acts that the book is read with, as if enacted
	Lawful      string   // what may be delivered, in the rule's own words: from outside covered countries (CN, RU, IR, KP)
}

// String is the ban's name in the names of rows: 252.225-7052@2027-01-01.
func (b Ban) String() string {
	name := b.Rule[strings.LastIndexByte(b.Rule, '/')+1:]
	if b.From != 0 {
		name += "@" + b.From.String()
	}
	return name
}

// Deed is one thing that happened to a material: a phase, to some of its elements, in a country.
type Deed struct {
	Phase    supply.Phase
	Elements element.Set // empty: to all of it
	Country  supply.Country
}

// Finding is what a judge says of a history under a ban.
type Finding struct {
	Barred  bool
	Because string
	Doubts  []string // keys of open readings on which it hangs: it counts as barred while they are not answered
	AsIf    []string // pending acts that were taken as enacted
}

// Judge says what the books of law say. Package plan has one for the books that come with the program; a network with
// rules of its own alone needs none.
type Judge interface {
	// Bans gives the bans of a book for a material over a stretch of days; an error where there is no such book, or where
	// it does not let even a clean history pass.
	Bans(book string, made Made, from, until quantity.Date) ([]Ban, error)
	// Hear judges a material, otherwise made in the open in the United States, with these deeds in its history. Where
	// complete is false, what else happened to the deeds' elements is not known.
	Hear(ban Ban, made Made, deeds []Deed, complete bool) (Finding, error)
}

// Made is a material that a book is asked about: its kind in the law's words, and what it holds.
type Made struct {
	Kind     string
	Contents []Content
}

// colours knows the bans of a network and which of them a deed breaks.
type colours struct {
	net   *Network
	judge Judge
	bans  []Ban
	made  []Made // by ban: the material judged
	heard map[string]Finding
	notes []ColourNote
}

// ColourNote says why a process, a purchase or a stock has its colour.
type ColourNote struct {
	What    string // process SRC-SX, purchase CN-oxide
	Ban     string
	Because string
	Doubts  []string
}

// newColours gathers the bans that demands name: at most 32, one for each rule or book and stretch of days.
func newColours(n *Network, judge Judge, from, until quantity.Date) (*colours, error) {
	c := &colours{net: n, judge: judge, heard: map[string]Finding{}}
	var faults Faults
	type asked struct{ rule, kind string }
	done := map[asked]bool{}
	for _, d := range n.Demands {
		if d.Book == "" {
			continue
		}
		own := false
		for _, r := range n.Rules {
			own = own || r.ID == d.Book
		}
		a := asked{rule: d.Book}
		if !own {
			a.kind = n.material(d.Material).Kind
		}
		if done[a] {
			continue
		}
		done[a] = true
		if own {
			for _, p := range n.ruleSpans(d.Book, from, until) {
				c.add(Ban{Rule: d.Book, From: p.From, Until: p.Until, Lawful: n.lawful(d.Book, p)}, Made{})
			}
			continue
		}
		hint := "a book as lodestone law list shows it, or a rule of the table rules"
		made := n.madeOf(d.Book, a.kind)
		switch {
		case judge == nil:
			faults = append(faults, Fault{"demands", d.Row, "book", "there is no rule " + quoted(d.Book), hint})
		case a.kind == "":
			faults = append(faults, Fault{"demands", d.Row, "book", fmt.Sprintf("the material %s has no kind, so no book can be asked about it", d.Material), "give it one in the table materials, as in NdFeB magnet"})
		case len(n.contentsOf(d.Material)) == 0:
			faults = append(faults, Fault{"demands", d.Row, "book", fmt.Sprintf("nothing is said of the elements in %s, so no book can be asked about it", d.Material), "give them in the table contents"})
		default:
			bans, err := judge.Bans(d.Book, made, from, until)
			if err != nil {
				faults = append(faults, Fault{"demands", d.Row, "book", err.Error(), hint})
				continue
			}
			for _, b := range bans {
				c.add(b, made)
			}
		}
	}
	if len(c.bans) > 32 {
		faults = append(faults, Fault{"demands", 0, "book", fmt.Sprintf("%d rules and stretches of days are asked for, and a plan can tell 32 apart", len(c.bans)), "plan for fewer books at a time"})
	}
	return c, faults.Err()
}

// madeOf is what a book is asked about for a kind: every element of every material of that kind which is wanted under it,
// so that what happened to the dysprosium of one magnet counts though another magnet holds none. What holds none is never
// made of any, so that nothing is barred for it. Shares are the greatest of each, brought down where they sum to more than
// one.
func (n *Network) madeOf(book, kind string) Made {
	made := Made{Kind: kind}
	sum := 0.0
	for _, d := range n.Demands {
		if d.Book != book || n.material(d.Material).Kind != kind {
			continue
		}
		for _, c := range n.contentsOf(d.Material) {
			i := slices.IndexFunc(made.Contents, func(x Content) bool { return x.Element == c.Element })
			if i < 0 {
				i = len(made.Contents)
				made.Contents = append(made.Contents, Content{Element: c.Element})
			}
			if more := c.Share - made.Contents[i].Share; more > 0 {
				made.Contents[i].Share += more
				sum += more
			}
		}
	}
	for i := range made.Contents {
		made.Contents[i].Share /= max(1, sum)
	}
	return made
}

func (c *colours) add(b Ban, made Made) {
	c.bans = append(c.bans, b)
	c.made = append(c.made, made)
}

// ruleSpans cuts the days at which a rule of the network's own changes.
func (n *Network) ruleSpans(id string, from, until quantity.Date) []quantity.Period {
	cuts := []quantity.Date{from}
	for _, r := range n.Rules {
		if r.ID != id {
			continue
		}
		if r.From > from && r.From <= until {
			cuts = append(cuts, r.From)
		}
		if r.Until != 0 && r.Until >= from && r.Until < until {
			cuts = append(cuts, r.Until+1)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	out := make([]quantity.Period, len(cuts))
	for i, cut := range cuts {
		out[i] = quantity.Period{From: cut, Until: until}
		if i > 0 {
			out[i-1].Until = cut - 1
		}
	}
	return out
}

// lawful is what a rule of the network's own lets pass in some days: not melted or separated in CN.
func (n *Network) lawful(id string, in quantity.Period) string {
	var out []string
	for _, r := range n.Rules {
		if r.ID == id && r.From <= in.Until && (r.Until == 0 || r.Until >= in.From) {
			out = append(out, words(r.Phases, " or ")+" in "+words(r.Countries, " or "))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "not " + strings.Join(out, ", nor ")
}

// words joins the names of things.
func words[T any](of []T, sep string) string {
	out := make([]string, len(of))
	for i, x := range of {
		out[i] = fmt.Sprint(x)
	}
	return strings.Join(out, sep)
}

// lawful is what a colour's bans let pass, each said once.
func (c *colours) lawful(k Colour) string {
	var out []string
	for i, b := range c.bans {
		if k&(1<<i) != 0 && b.Lawful != "" && !slices.Contains(out, b.Lawful) {
			out = append(out, b.Lawful)
		}
	}
	return strings.Join(out, " and ")
}

// barring is the colour of the bans that a rule sets for deliveries in a period: all that are in force on some day of it.
func (c *colours) barring(rule, kind string, p Period) Colour {
	var out Colour
	for i, b := range c.bans {
		if b.Rule == rule && (b.Kind == "" || b.Kind == kind) && b.From <= p.Until && (b.Until == 0 || b.Until >= p.From) {
			out |= 1 << i
		}
	}
	return out
}

// ofDeeds is the colour that deeds give: each ban they break on their own. complete is false where more may have happened
// to their elements than is told.
func (c *colours) ofDeeds(what string, deeds []Deed, complete bool) (Colour, error) {
	var out Colour
	for i, b := range c.bans {
		f, err := c.hear(i, deeds, complete)
		if err != nil {
			return 0, fmt.Errorf("%s under %s: %w", what, b, err)
		}
		if f.Barred {
			out |= 1 << i
			c.notes = append(c.notes, ColourNote{What: what, Ban: b.String(), Because: f.Because, Doubts: f.Doubts})
		}
	}
	return out, nil
}

func (c *colours) hear(ban int, deeds []Deed, complete bool) (Finding, error) {
	b := c.bans[ban]
	if b.Kind == "" {
		return c.net.hear(b, deeds), nil
	}
	key := fmt.Sprint(ban, deeds, complete)
	if f, ok := c.heard[key]; ok {
		return f, nil
	}
	f, err := c.judge.Hear(b, c.made[ban], deeds, complete)
	if err == nil {
		c.heard[key] = f
	}
	return f, err
}

// hear judges deeds by the network's own rules.
func (n *Network) hear(b Ban, deeds []Deed) Finding {
	for _, r := range n.Rules {
		if r.ID != b.Rule || r.From > b.From || r.Until != 0 && b.Until != 0 && r.Until < b.Until {
			continue
		}
		for _, d := range deeds {
			if slices.Contains(r.Phases, d.Phase) && slices.Contains(r.Countries, d.Country) {
				return Finding{Barred: true, Because: fmt.Sprintf("%s in %s", d.Phase, d.Country)}
			}
		}
	}
	return Finding{}
}

// ofProcess is the colour that a process adds to what it makes.
func (c *colours) ofProcess(p *Process) (Colour, error) {
	site := c.net.site(p.Site)
	var elements element.Set
	for _, r := range c.net.Recipes {
		if r.Process == p.ID && r.Amount > 0 {
			elements = elements.Union(c.net.elementsOf(r.Material))
		}
	}
	var deeds []Deed
	for _, phase := range p.Phases {
		deeds = append(deeds, Deed{phase, elements, site.Country})
	}
	if len(deeds) == 0 {
		return 0, nil
	}
	return c.ofDeeds("process "+p.ID, deeds, true)
}

// ofHistory is the colour of something that comes from outside. A blank history breaks every ban: unknown is never clean.
func (c *colours) ofHistory(what, material, history string) (Colour, error) {
	if strings.TrimSpace(history) == "clean" {
		return 0, nil
	}
	deeds, err := ParseHistory(history, c.net.elementsOf(material))
	if err != nil {
		return 0, err
	}
	if len(deeds) == 0 {
		if len(c.bans) == 0 {
			return 0, nil
		}
		c.notes = append(c.notes, ColourNote{What: what, Ban: "every rule", Because: "nothing is known of its history"})
		return 1<<len(c.bans) - 1, nil
	}
	return c.ofDeeds(what, deeds, false)
}

// ParseHistory reads "mined AU; separated MY": deeds to the elements of a material.
func ParseHistory(history string, elements element.Set) ([]Deed, error) {
	var out []Deed
	for _, part := range strings.Split(history, ";") {
		words := strings.Fields(part)
		if len(words) == 0 {
			continue
		}
		if len(words) != 2 {
			return nil, fmt.Errorf("%s is no step of a history: it is a phase and a country, as in mined AU; separated MY", quoted(strings.TrimSpace(part)))
		}
		phase, err := supply.ParsePhase(words[0])
		if err != nil {
			return nil, err
		}
		country, err := supply.ParseCountry(words[1])
		if err != nil {
			return nil, err
		}
		out = append(out, Deed{phase, elements, country})
	}
	return out, nil
}

// name is a colour for the names of rows: "" when clean, else the bans it breaks, those of one rule by their days:
// dfars-252.225-7052@2026-12-01+2027-01-01.
func (c *colours) name(k Colour) string {
	var out []string
	last := ""
	for i, b := range c.bans {
		if k&(1<<i) == 0 {
			continue
		}
		if b.Rule == last && b.From != 0 {
			out = append(out, b.From.String())
			continue
		}
		last = b.Rule
		out = append(out, b.String())
	}
	return strings.Join(out, "+")
}

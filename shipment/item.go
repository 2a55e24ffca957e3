package shipment

import (
	"fmt"
	"slices"
	"strings"

	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/supply"
	"lodestone/whatif"
)

// mostPlaces is how many places of parts an item may have, each part counted once for every assembly it is in.
const mostPlaces = 100_000

// item is the question about one item, and what its answer is shown with.
type item struct {
	facts      *rules.Facts
	makers     []string          // by material: who supplied it as the bill says, "" not said
	suppliers  map[string]string // of assemblies, by their name in the question
	unrecorded []string          // parts that no record holds and whose kind nobody states
	dated      bool              // what the record holds of it may differ from day to day
	lots       []supply.LotID    // lots of the record that were asked

	places int
	seen   map[[2]string]bool // materials by name and assembly, assemblies by name and ""
	masses struct {
		covered, tungsten quantity.Mass
		known             bool // every part's kind and mass are known
		clean             bool // and none holds tungsten
	}
}

// ask puts the question about an item: what the record holds of it, what the bill says is in it, and what the contract says.
func (d *Desk) ask(r *Row) (*item, error) {
	said, err := d.contract(r.Contract)
	if err != nil {
		return nil, err
	}
	it := &item{suppliers: map[string]string{}, seen: map[[2]string]bool{}}
	it.masses.known, it.masses.clean = true, true
	if r.lot != "" {
		if it.facts, err = rules.FromRecord(d.record, r.lot, said, r.On); err != nil {
			return nil, err
		}
		it.lots, it.dated = append(it.lots, r.lot), !r.class.ok
	} else {
		it.facts = rules.Unrecorded(d.record, r.Item, said, r.On)
		it.facts.EndItem.IsMaterial = false
	}
	f := it.facts
	f.EndItem.Name = r.Item
	f.Books, f.Accepted = d.books, r.Accepted
	f.Materials = slices.Clip(f.Materials)
	f.Components = slices.Clone(f.Components)
	for i := range f.Materials {
		it.makers = append(it.makers, "")
		it.seen[[2]string{f.Materials[i].Name, f.Materials[i].In}] = true
	}
	switch p := r.part; {
	case p == nil && r.lot == "":
		it.add(rules.Material{Name: r.Item, In: "end_item", Kind: "other", Incorporated: rules.Unknown}, "")
		it.unrecorded = append(it.unrecorded, slot(0))
	case p == nil:
	case len(p.holds) == 0 && r.lot != "":
		if err := it.describe(p, said != nil); err != nil {
			return nil, err
		}
		for i := range it.makers {
			it.makers[i] = p.Supplier
		}
	case len(p.holds) == 0:
		if err := it.single(p, said != nil); err != nil {
			return nil, err
		}
	default:
		if err := d.assembly(it, p, said); err != nil {
			return nil, err
		}
	}
	if len(d.assume) > 0 {
		d.suppose(it)
	}
	return it, nil
}

// suppose takes what is assumed to be so.
func (d *Desk) suppose(it *item) {
	makers := map[string]string{}
	for i := range it.facts.Materials {
		makers[it.facts.Materials[i].Name] = it.makers[i]
	}
	f, applied := whatif.Apply(it.facts, d.assume)
	for i, a := range applied {
		d.used[i] = d.used[i] || len(a.Sets) > 0
	}
	it.facts, it.makers = f, nil
	for i := range f.Materials { // an assumption may have taken one out
		it.makers = append(it.makers, makers[f.Materials[i].Name])
	}
}

func (it *item) add(m rules.Material, maker string) {
	it.facts.Materials = append(it.facts.Materials, m)
	it.makers = append(it.makers, maker)
}

// single is a delivered part that the bill describes without saying what is in it.
func (it *item) single(p *part, contract bool) error {
	f := it.facts
	if err := it.describe(p, contract); err != nil {
		return err
	}
	switch {
	case p.Kind == NoMaterial:
		f.MaterialsComplete = true
	case slices.Contains(rules.Kinds, p.Kind):
		f.EndItem.IsMaterial = true
		it.add(rules.Material{Name: p.name, In: "end_item", Kind: p.Kind, Form: p.Form, Incorporated: rules.No}, p.Supplier)
	default:
		it.unrecorded = append(it.unrecorded, p.name)
		it.add(rules.Material{Name: p.name, In: "end_item", Kind: "other", Form: p.Form, Incorporated: rules.Unknown}, p.Supplier)
	}
	return nil
}

// assembly adds what the bill says is in an item.
func (d *Desk) assembly(it *item, p *part, said *rules.Facts) error {
	f := it.facts
	if said != nil && len(said.Components) > 0 {
		return fmt.Errorf("the contract file names components, and the bill says what is in %q: say how a component was made in the bill's columns, and take components out of the contract file", p.name)
	}
	if err := it.describe(p, said != nil); err != nil {
		return err
	}
	f.EndItem.IsMaterial = false
	for i := range f.Materials {
		f.Materials[i].Incorporated = rules.Yes
	}
	complete := p.Complete == rules.Yes
	under, err := d.inside(it, p, "end_item", 1)
	if err != nil {
		return err
	}
	f.MaterialsComplete = f.MaterialsComplete || complete && under
	it.share(p)
	return nil
}

// describe lays what the bill says of the delivered thing over the common assumptions, or over what the contract file says
// of end items. A bill and a contract file that differ are refused, for neither is more true than the other; where the
// record knows where the thing was made, the record stands.
func (it *item) describe(p *part, contract bool) error {
	e := &it.facts.EndItem
	if len(it.lots) > 0 && e.MadeIn != "" && p.MadeIn != "" && e.MadeIn != p.MadeIn {
		it.facts.Assumed = append(it.facts.Assumed, fmt.Sprintf("the record places the making of %s in %s, whatever the bill of materials says (%s)", p.name, e.MadeIn, p.MadeIn))
	} else if p.MadeIn != "" {
		if e.MadeIn != "" && e.MadeIn != p.MadeIn {
			return disagree(p, "manufactured_in")
		}
		e.MadeIn = p.MadeIn
	}
	for _, x := range []struct {
		field string
		given *rules.Tri
		said  rules.Tri
	}{{"cots", &e.COTS, p.COTS}, {"modified", &e.Modified, p.Modified}, {"electronic_device", &e.ElectronicDevice, p.Device}} {
		if x.said == rules.Unknown || x.said == *x.given {
			continue
		}
		if contract && *x.given != rules.Unknown {
			return disagree(p, x.field)
		}
		*x.given = x.said
		if !contract {
			it.facts.Assumed = append(it.facts.Assumed, fmt.Sprintf("%s of %s: %s, as the bill of materials says", x.field, p.name, yesNo(x.said)))
		}
	}
	return nil
}

func disagree(p *part, field string) error {
	return fmt.Errorf("the bill of materials (row %d) and the contract file say different things of the %s of %q: correct one of them, or leave it out of the contract file's end_item", p.Row, field, p.name)
}

// inside adds the parts of an assembly, and tells whether the rows of it and of all in it name every covered material.
func (d *Desk) inside(it *item, p *part, in string, pieces int64) (complete bool, err error) {
	complete = true
	for _, u := range p.holds {
		c := u.part
		if it.places++; it.places > mostPlaces {
			return false, fmt.Errorf("more than %d places of parts in one item: judge its assemblies one by one", mostPlaces)
		}
		n := pieces * u.quantity // 0 where one is not known
		if u.quantity != 0 && n/u.quantity != pieces {
			return false, fmt.Errorf("more pieces of %q in one item than can be counted: correct the quantities", c.name)
		}
		maker := supplierOf(it, c, in)
		lot := d.lotOf(c)
		if len(c.holds) == 0 && lot == "" {
			it.leaf(c, in, n, maker)
			continue
		}
		name, made := in, supply.Country("")
		var found []rules.Material
		bare := false
		if lot != "" {
			f, err := rules.FromRecord(d.record, lot, d.plain, it.facts.Delivery)
			if err != nil {
				return false, err
			}
			found, bare, made = f.Materials, f.EndItem.IsMaterial, f.EndItem.MadeIn
			it.lots = append(it.lots, lot)
			if _, classed := d.record.Class(lot); !classed {
				it.dated = true
			}
			for _, text := range f.Assumed {
				if !slices.Contains(it.facts.Assumed, text) {
					it.facts.Assumed = append(it.facts.Assumed, text)
				}
			}
		}
		if len(c.holds) > 0 || !bare {
			name = it.component(c, in, made, maker)
		}
		for _, m := range found {
			m.In, m.Incorporated = name, rules.Yes
			if bare {
				m.Name = c.name
			} else {
				m.Name = c.name + "/" + m.Name
			}
			it.addOnce(m, maker)
			it.weigh(c, m.Kind, n, bare && len(c.holds) == 0)
		}
		if len(c.holds) == 0 {
			complete = complete && (bare || c.Complete == rules.Yes)
			continue
		}
		under, err := d.inside(it, c, name, n)
		if err != nil {
			return false, err
		}
		complete = complete && under && c.Complete == rules.Yes
	}
	return complete, nil
}

// addOnce adds a material unless the same is in the same assembly already.
func (it *item) addOnce(m rules.Material, maker string) {
	if key := [2]string{m.Name, m.In}; !it.seen[key] {
		it.seen[key] = true
		it.add(m, maker)
	}
}

// leaf adds a part that no record holds.
func (it *item) leaf(c *part, in string, n int64, maker string) {
	m := rules.Material{Name: c.name, In: in, Kind: c.Kind, Form: c.Form, Incorporated: rules.Yes}
	switch {
	case c.Kind == NoMaterial:
		return
	case !slices.Contains(rules.Kinds, c.Kind):
		it.unrecorded = append(it.unrecorded, c.name)
		m.Kind = "other"
	}
	it.weigh(c, m.Kind, n, true)
	it.addOnce(m, maker)
}

// component adds an assembly to the question and gives its name there. A part in two assemblies is two components.
func (it *item) component(c *part, in string, made supply.Country, maker string) string {
	if made == "" {
		made = c.MadeIn
	}
	name := c.name
	for name == "end_item" || it.seen[[2]string{name}] {
		name += " in " + in
	}
	it.seen[[2]string{name}] = true
	cots := c.COTS
	if c.Modified == rules.Yes {
		cots = rules.No // what is modified is no commercial item
	}
	it.facts.Components = append(it.facts.Components, rules.Component{Name: name, In: in, MadeIn: made, COTS: cots, ElectronicDevice: c.Device})
	it.suppliers[name] = maker
	return name
}

// supplierOf is whom a part was bought from: as the bill says of it, else of the nearest assembly it is in.
func supplierOf(it *item, c *part, in string) string {
	if c.Supplier != "" {
		return c.Supplier
	}
	return it.suppliers[in]
}

// lastPlace is where a material was last worked on, as far as its steps say: the facility, or facilities, of its latest phase.
func lastPlace(m *rules.Material) string {
	last, names := supply.NoPhase, []string(nil)
	for i := range m.Steps {
		s := &m.Steps[i]
		if s.Phase < last || s.Phase >= supply.Assembled || s.EarlierLife == rules.Yes || s.Facility == "" {
			continue
		}
		if s.Phase > last {
			last, names = s.Phase, nil
		}
		if !slices.Contains(names, s.Facility) {
			names = append(names, s.Facility)
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

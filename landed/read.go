package landed

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"lodestone/quantity"
	"lodestone/tariff"
	"lodestone/yamlread"
)

// Read reads a sheet: CSV where the name ends in .csv, else YAML or JSON. Faults of content are yamlread.Faults, with place
// and hint, all at once.
func Read(name string, data []byte) (*Sheet, error) {
	tree := yamlread.Document
	if strings.HasSuffix(strings.ToLower(name), ".csv") {
		tree = csvTree
	}
	root, err := tree(name, data)
	if err != nil {
		return nil, err
	}
	r := &reader{Reader: yamlread.Reader{File: name}, s: &Sheet{Product: -1, Digest: fmt.Sprintf("sha256:%x", sha256.Sum256(data))}}
	r.sheet(root)
	if len(r.Faults) > 0 {
		return nil, r.Faults
	}
	return r.s, nil
}

type reader struct {
	yamlread.Reader
	s *Sheet
}

func (r *reader) sheet(root *yaml.Node) {
	s := r.s
	product := root
	r.Mapping(root, "", []string{"sheet", "title", "delivered", "on", "product", "rates", "items"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "sheet":
			s.ID = r.Text(n, at)
		case "title":
			s.Title = r.Text(n, at)
		case "delivered":
			s.Delivered = r.Text(n, at)
		case "on":
			s.On = r.Date(n, at)
		case "product":
			product = n
		case "rates":
			r.List(n, at, func(at string, n *yaml.Node) { s.Rates = append(s.Rates, r.rate(n, at)) })
		case "items":
		}
	})
	r.Pairs(root, "", func(key, at string, n *yaml.Node) {
		if key == "items" {
			r.List(n, at, func(at string, n *yaml.Node) { r.item(n, at) })
		}
	})
	r.missing(root, "", "sheet", s.ID != "", "a short name for it, such as magnet-a")
	r.missing(root, "", "delivered", s.Delivered != "", "the place and terms of delivery, such as DDP Euclid, Ohio")
	r.missing(root, "", "on", s.On != 0, "the day of entry, such as 2026-11-23")
	r.missing(root, "", "items", len(s.Items) > 0, "what is bought and made; lodestone landed --template writes a sheet with notes")
	if len(s.Items) == 0 {
		return
	}
	s.Product = len(s.Items) - 1
	if product != root {
		if s.Product = s.item(r.Text(product, "product")); s.Product < 0 {
			r.Wrong(product, "product", fmt.Sprintf("there is no item %q", product.Value), "the name of an item")
			return
		}
	}
	r.used(root)
}

// used refuses items that do not go into the product: their cost would be silently left out.
func (r *reader) used(root *yaml.Node) {
	needed := make([]bool, len(r.s.Items))
	needed[r.s.Product] = true
	for i := len(needed) - 1; i >= 0; i-- {
		if m := r.s.Items[i].Make; m != nil && needed[i] {
			for _, in := range m.Inputs {
				needed[in.Item] = true
			}
		}
	}
	for i, ok := range needed {
		if !ok {
			at := fmt.Sprintf("items[%d]", i)
			r.Wrong(r.Place(at, root), at, fmt.Sprintf("%s does not go into %s", r.s.Items[i].Name, r.s.Items[r.s.Product].Name), "name it as an input, or leave it out")
		}
	}
}

// missing notes a field that must be there.
func (r *reader) missing(n *yaml.Node, at, field string, there bool, hint string) {
	if at = yamlread.Join(at, field); !there && !r.Failed(at) {
		r.Wrong(n, at, "is missing", hint)
	}
}

// proof are the fields that every figure may have beside its value.
var proof = []string{"low", "high", "sure", "source"}

var sures = []string{string(Given), string(Found), string(Mixed), string(Computed), string(Memory), string(Assumption)}

// figure reads a mapping that holds a figure: its value under one of the keys in value, its range and proof, and other fields
// by do. It gives the key under which the value stood.
func (r *reader) figure(n *yaml.Node, at string, f *Figure, value, other []string, do func(key, at string, n *yaml.Node)) string {
	var low, high *quantity.Decimal
	found, where := "", n
	r.Mapping(n, at, slices.Concat(value, proof, other), func(key, at string, n *yaml.Node) {
		switch {
		case slices.Contains(value, key) && found != "":
			r.Wrong(n, at, "is given beside "+found, "keep one")
		case slices.Contains(value, key):
			found, where = key, n
			f.Base = r.number(n, at)
		case key == "low":
			d := r.number(n, at)
			low = &d
		case key == "high":
			d := r.number(n, at)
			high = &d
		case key == "sure":
			f.Sure = Sure(r.OneOf(n, at, sures))
		case key == "source":
			f.Source = r.Text(n, at)
		default:
			do(key, at, n)
		}
	})
	if f.Sure == "" {
		f.Sure = Given
	}
	r.ranged(where, at, f, low, high, found != "")
	return found
}

// ranged sets the range of a figure and checks it.
func (r *reader) ranged(n *yaml.Node, at string, f *Figure, low, high *quantity.Decimal, known bool) {
	f.Low, f.High = f.Base, f.Base
	if f.Sure == Assumption && (low == nil || high == nil) {
		r.Wrong(n, at, "is an assumption without a range", "give low and high")
	}
	if !known {
		return
	}
	if low != nil {
		f.Low = *low
	}
	if high != nil {
		f.High = *high
	}
	if f.Base.Less(f.Low) || f.High.Less(f.Base) {
		r.Wrong(n, at, fmt.Sprintf("%s does not lie between low %s and high %s", f.Base, f.Low, f.High), "low ≤ value ≤ high")
	}
}

// number is a decimal that is not negative.
func (r *reader) number(n *yaml.Node, at string) quantity.Decimal {
	d, ok := r.Decimal(n, at)
	if ok && d.Sign() < 0 {
		r.Wrong(n, at, d.String()+" is negative", "a credit is written as a positive number with kind: credit")
	}
	return d
}

// positive refuses nought for what is divided by.
func (r *reader) positive(n *yaml.Node, at string, f *Figure) {
	wrong := slices.ContainsFunc(r.Faults, func(f yamlread.Fault) bool { return strings.HasPrefix(f.Field, at) })
	if f.Low.Sign() <= 0 && !wrong {
		r.Wrong(n, at, "must be above 0 over its whole range", "")
	}
}

func (r *reader) item(n *yaml.Node, at string) {
	var it Item
	r.Mapping(n, at, []string{"name", "buy", "make", "import", "freight", "premium"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "name":
			it.Name = r.Text(n, at)
		case "buy":
			it.Buy = r.price(n, at)
		case "make":
			it.Make = r.make(n, at)
		case "import":
			it.Import = r.border(n, at)
		case "freight":
			it.Freight = r.costs(n, at, Freight)
		case "premium":
			it.Premium = r.costs(n, at, Premium)
		}
	})
	r.missing(n, at, "name", it.Name != "", "")
	switch {
	case it.Name != "" && r.s.item(it.Name) >= 0:
		r.Wrong(n, at, fmt.Sprintf("%s is there already", it.Name), "each item has a name of its own")
	case strings.ContainsAny(it.Name, ":/"):
		r.Wrong(n, at, "its name has a colon or a slash", "they part names on the command line")
	case (it.Buy == nil) == (it.Make == nil):
		r.Wrong(n, at, "must be bought or made", "give either buy or make")
	}
	if it.Buy != nil && it.Import != nil && it.Import.Value == nil {
		r.dutiable(n, at, it.Buy)
	}
	r.s.Items = append(r.s.Items, it)
}

func (r *reader) make(n *yaml.Node, at string) *Make {
	m := &Make{}
	yielded := false
	r.Mapping(n, at, []string{"inputs", "yield", "costs"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "inputs":
			r.List(n, at, func(at string, n *yaml.Node) { m.Inputs = append(m.Inputs, r.input(n, at)) })
		case "yield":
			yielded = true
			r.figure(n, at, &m.Yield, []string{"value"}, nil, nil)
			r.positive(n, at, &m.Yield)
			if quantity.DecimalOf(1).Less(m.Yield.High) {
				r.Wrong(n, at, "a yield above 1", "a yield is a fraction of one; what the chemistry gives stands in the input's gives")
			}
		case "costs":
			m.Costs = r.costs(n, at, Conversion, Margin, Credit)
		}
	})
	r.missing(n, at, "inputs", len(m.Inputs) > 0, "what it is made from: [{item: oxide, gives: 0.85}]")
	r.missing(n, at, "yield", yielded, "write 1 where nothing is lost: {value: 1}")
	return m
}

func (r *reader) input(n *yaml.Node, at string) Input {
	in := Input{Item: -1}
	key := r.figure(n, at, &in.Figure, []string{"kg", "gives"}, []string{"item"}, func(_, at string, n *yaml.Node) {
		if in.Item = r.s.item(r.Text(n, at)); in.Item < 0 {
			r.Wrong(n, at, fmt.Sprintf("there is no item %q above", n.Value), "an item stands below what it is made from")
			in.Item = 0
		}
	})
	in.Gives = key == "gives"
	r.missing(n, at, "item", in.Item >= 0, "the name of an item above")
	in.Item = max(in.Item, 0)
	r.missing(n, at, "kg", key != "", "the kilograms in one of output before losses; or gives: the kilograms that one of it gives")
	if key != "" {
		r.positive(n, at, &in.Figure)
	}
	return in
}

// costs reads a list of costs; the first kind is the one of a row that names none.
func (r *reader) costs(n *yaml.Node, at string, kinds ...Kind) []Cost {
	var cs []Cost
	r.List(n, at, func(at string, n *yaml.Node) {
		c := Cost{Kind: kinds[0]}
		other := []string{"name"}
		if len(kinds) > 1 {
			other = append(other, "kind")
		}
		words := make([]string, len(kinds))
		for i, k := range kinds {
			words[i] = string(k)
		}
		key := r.figure(n, at, &c.Figure, []string{"usd", "percent"}, other, func(key, at string, n *yaml.Node) {
			if key == "name" {
				c.Name = r.Text(n, at)
				return
			}
			c.Kind = Kind(r.OneOf(n, at, words))
		})
		c.Percent = key == "percent"
		r.missing(n, at, "name", c.Name != "", "")
		r.missing(n, at, "usd", key != "", "US dollars for each kilogram; or percent, of what stands above")
		cs = append(cs, c)
	})
	return cs
}

func (r *reader) border(n *yaml.Node, at string) *Import {
	im := &Import{}
	r.Mapping(n, at, []string{"hts", "origin", "claims", "sea", "value", "entry_kg", "fees"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "hts":
			h, err := tariff.ParseHTS(r.Text(n, at))
			if err != nil {
				r.Wrong(n, at, err.Error(), "")
			}
			im.Code = h
		case "origin":
			im.Origin = r.Country(n, at)
		case "claims":
			r.List(n, at, func(at string, n *yaml.Node) { im.Claims = append(im.Claims, r.Text(n, at)) })
		case "sea":
			im.Sea = r.Flag(n, at)
		case "value":
			im.Value = &Figure{}
			key := r.figure(n, at, im.Value, []string{"usd"}, nil, nil)
			r.missing(n, at, "usd", key != "", "the customs value in US dollars a kilogram")
		case "entry_kg":
			d := r.number(n, at)
			if d.Sign() == 0 && !r.Failed(at) {
				r.Wrong(n, at, "must be above 0", "")
			}
			im.EntryKg = &d
		case "fees":
			im.Fees = r.costs(n, at, Fee)
		}
	})
	r.missing(n, at, "hts", im.Code != "", "ten digits, as in 8505.11.0070")
	r.missing(n, at, "origin", im.Origin != "", "the country of the last substantial transformation")
	return im
}

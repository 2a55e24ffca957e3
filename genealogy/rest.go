package genealogy

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"unsafe"

	"lodestone/element"
	"lodestone/epcis"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
)

// coder writes what is no array: numbers as varints, texts after their lengths.
type coder struct{ b []byte }

func (c *coder) num(v int64)   { c.b = binary.AppendVarint(c.b, v) }
func (c *coder) text(s string) { c.num(int64(len(s))); c.b = append(c.b, s...) }
func (c *coder) bit(v bool)    { c.num(int64(b2i(v))) }
func (c *coder) list(l []int32) {
	c.num(int64(len(l)))
	for _, n := range l {
		c.num(int64(n))
	}
}

// decoder reads it again. It remembers that something was wrong, and reads noughts from there on.
type decoder struct {
	b   []byte
	bad bool
}

func (d *decoder) num() int64 {
	v, n := binary.Varint(d.b)
	if n <= 0 {
		d.bad, d.b = true, nil
		return 0
	}
	d.b = d.b[n:]
	return v
}

func (d *decoder) bytes(n int64) []byte {
	if n < 0 || n > int64(len(d.b)) {
		d.bad, d.b = true, nil
		return nil
	}
	out := d.b[:n:n]
	d.b = d.b[n:]
	return out
}

// text is a window on what is read, which is never written again.
func (d *decoder) text() string {
	b := d.bytes(d.num())
	return unsafe.String(unsafe.SliceData(b), len(b))
}

func (d *decoder) bit() bool { return d.num() != 0 }

// count is a number of things of at least one byte each that follow.
func (d *decoder) count() int {
	n := d.num()
	if n < 0 || n > int64(len(d.b)) {
		d.bad, d.b = true, nil
		return 0
	}
	return int(n)
}

func (d *decoder) list() []int32 {
	list := make([]int32, d.count())
	for i := range list {
		list[i] = int32(d.num())
	}
	return list
}

func (d *decoder) id() (id [32]byte) {
	copy(id[:], d.bytes(32))
	return id
}

// sortedKeys is the keys of a map in order, so that equal graphs are coded alike.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// codeRest codes all of a settled graph that is no array. What is worked out again with little trouble is left out: the
// memory of unions, the facts of materials, the order of the ids.
func (g *Graph) codeRest() ([]byte, error) {
	c := &coder{}
	for _, n := range []int{int(g.minRank), int(g.maxRank), g.fresh, g.up.gone, g.down.gone, g.names.index.used, g.lots.index.used, g.byIdentity.used, g.byTxn.used, g.byEntry.used} {
		c.num(int64(n))
	}
	c.num(int64(len(g.vias)))
	for _, v := range g.vias {
		c.items(v)
	}
	for _, m := range []map[int32]int32{g.atPlace, g.ofMaterial} {
		c.num(int64(len(m)))
		for _, k := range sortedKeys(m) {
			c.num(int64(k))
			c.num(int64(m[k]))
		}
	}
	for _, m := range []map[int32][]int32{g.ofCert, g.certs} {
		c.num(int64(len(m)))
		for _, k := range sortedKeys(m) {
			c.num(int64(k))
			c.list(m[k])
		}
	}
	c.num(int64(len(g.voids)))
	for _, v := range g.voids {
		c.num(int64(v.entry))
		c.b = append(c.b, v.target[:]...)
		c.list(v.corrective)
		c.num(v.at)
		c.num(int64(v.reason))
	}
	c.num(int64(len(g.flags)))
	for _, l := range sortedKeys(g.flags) {
		c.num(int64(l))
		c.findings(g.flags[l])
	}
	c.num(int64(len(g.comps)))
	for _, x := range g.comps {
		c.list(x.members)
		c.findings(x.flags)
	}
	c.num(int64(len(g.sets.atoms)))
	for i := range g.sets.atoms {
		c.atom(&g.sets.atoms[i])
	}
	c.num(int64(len(g.register.claims)))
	for i := range g.register.claims {
		if err := c.claim(&g.register.claims[i]); err != nil {
			return nil, err
		}
	}
	return c.b, nil
}

func (c *coder) items(list []item) {
	c.num(int64(len(list)))
	for _, it := range list {
		c.num(int64(it.lot))
		c.bit(it.serial)
		c.num(it.amount.Value)
		c.num(int64(it.amount.Unit))
		c.num(int64(it.amount.Kind))
	}
}

func (c *coder) findings(flags []Flag) {
	c.num(int64(len(flags)))
	for _, f := range flags {
		c.num(int64(f.Kind))
		c.text(string(f.Lot))
		c.text(f.Cause)
		c.num(int64(len(f.Entries)))
		for _, e := range f.Entries {
			c.b = append(c.b, e[:]...)
		}
	}
}

func (c *coder) atom(a *atom) {
	c.num(int64(a.kind))
	c.num(int64(a.step.Phase))
	c.text(string(a.step.Facility))
	c.text(string(a.step.Country))
	c.num(int64(a.step.Elements))
	c.text(string(a.step.Evidence))
	c.text(a.step.Dispute)
	c.bit(a.step.Recycled)
	c.bit(a.step.Planned)
	c.num(int64(a.elem))
	c.num(int64(a.phase))
	c.bit(a.again)
	c.num(int64(a.flag))
	c.num(int64(a.lot))
}

func (c *coder) claim(x *claim) error {
	c.num(int64(x.entry))
	c.num(x.issued)
	c.num(int64(x.valid.From))
	c.num(int64(x.valid.Until))
	c.num(int64(x.lot))
	c.num(int64(x.material))
	c.num(int64(x.next))
	c.bit(x.st != nil)
	if x.st != nil {
		said, err := supply.Encode(x.st)
		if err != nil {
			return err
		}
		c.text(string(said))
	}
	return nil
}

var errRest = errors.New("what is not in its arrays cannot be read")

// decodeRest puts back what codeRest coded, and works out what it left out. The arrays are there already.
func (g *Graph) decodeRest(b []byte) error {
	d := &decoder{b: b}
	g.minRank, g.maxRank, g.fresh = int32(d.num()), int32(d.num()), int(d.num())
	g.up.gone, g.down.gone = int(d.num()), int(d.num())
	for _, x := range []*index{&g.names.index, &g.lots.index, &g.byIdentity, &g.byTxn, &g.byEntry} {
		x.used = int(d.num())
	}
	g.vias = make([][]item, d.count())
	for i := range g.vias {
		g.vias[i] = d.items()
	}
	for _, m := range []map[int32]int32{g.atPlace, g.ofMaterial} {
		for range d.count() {
			k := int32(d.num())
			m[k] = int32(d.num())
		}
	}
	for _, m := range []map[int32][]int32{g.ofCert, g.certs} {
		for range d.count() {
			k := int32(d.num())
			m[k] = d.list()
		}
	}
	for n := range int32(d.count()) {
		v := declaration{entry: int32(d.num()), target: epcis.Hash(d.id()), corrective: d.list(), at: d.num(), reason: int32(d.num())}
		if v.entry < 0 || int(v.entry) >= len(g.entries) {
			return errRest
		}
		g.voids = append(g.voids, v)
		g.voidHash[v.target] = append(g.voidHash[v.target], n)
		if id := g.entries[v.entry].ident; id != 0 {
			g.voidsOf[id] = append(g.voidsOf[id], n)
		}
	}
	for range d.count() {
		l := int32(d.num())
		g.flags[l] = d.findings()
	}
	for range d.count() {
		g.comps = append(g.comps, comp{d.list(), d.findings()})
	}
	for range d.count() {
		g.sets.atom(d.atom())
	}
	for n := range int32(g.sets.count()) {
		if n > 0 {
			g.sets.byList.put(n, func(n int32) uint64 { return hashList(g.sets.of(setID(n))) })
		}
	}
	for range d.count() {
		x, err := d.claim()
		if err != nil {
			return err
		}
		g.file(x)
	}
	if d.bad || len(d.b) != 0 {
		return errRest
	}
	for _, materials := range []map[int32][]int32{g.register.materials, g.register.lotsOf} {
		for m := range materials {
			g.materialOf(m)
		}
	}
	for m := range g.ofMaterial {
		g.materialOf(m)
	}
	return nil
}

func (d *decoder) items() []item {
	n := d.count()
	if n == 0 {
		return nil
	}
	list := make([]item, n)
	for i := range list {
		list[i] = item{lot: int32(d.num()), serial: d.bit(), amount: Amount{Value: d.num(), Unit: quantity.Unit(d.num()), Kind: AmountKind(d.num())}}
	}
	return list
}

func (d *decoder) findings() []Flag {
	flags := make([]Flag, d.count())
	for i := range flags {
		flags[i] = Flag{Kind: FlagKind(d.num()), Lot: supply.LotID(d.text()), Cause: d.text()}
		for range d.count() {
			flags[i].Entries = append(flags[i].Entries, record.ID(d.id()))
		}
	}
	return flags
}

func (d *decoder) atom() atom {
	return atom{
		kind: atomKind(d.num()),
		step: Step{Phase: supply.Phase(d.num()), Facility: supply.FacilityID(d.text()), Country: supply.Country(d.text()), Elements: element.Set(d.num()),
			Evidence: Grades(d.text()), Dispute: d.text(), Recycled: d.bit(), Planned: d.bit()},
		elem: element.Element(d.num()), phase: supply.Phase(d.num()), again: d.bit(), flag: FlagKind(d.num()), lot: int32(d.num()),
	}
}

func (d *decoder) claim() (claim, error) {
	x := claim{entry: int32(d.num()), issued: d.num(), valid: quantity.Period{From: quantity.Date(d.num()), Until: quantity.Date(d.num())},
		lot: int32(d.num()), material: int32(d.num()), next: int32(d.num())}
	if d.bit() {
		st, err := supply.DecodeStatement([]byte(d.text()))
		if err != nil {
			return x, fmt.Errorf("statement: %w", err)
		}
		x.st = st
	}
	return x, nil
}

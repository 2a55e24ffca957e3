package rules

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// An answer takes the worst of its materials, or the sum of them in "or" or "and", so that one more material exactly like
// two others changes no verdict. Where facts are tried, at most two differ from all the rest, each in one material or in
// one assembly: of any number of assemblies or materials that differ in their names alone, three answer for all.
//
//	actuator 1 … actuator 20, each with magnets 1 … 15 of which nothing is known
//	→ actuator 1, 2, 3, each with its magnets 1, 2, 3; what is missing of actuator 7's magnet 9 is what is missing of
//	  actuator 3's magnet 3

// enough is how many of what is alike are asked.
const enough = 3

// fewer is a question with no more than enough of what is alike.
type fewer struct {
	*question
	tries   tries
	standIn map[string]string // "materials[dropped]." or "components[dropped]." → the same of one that is kept and like it
}

// fewer is the question without what is alike beyond enough.
func (q *question) fewer() (*fewer, error) {
	if q.few != nil {
		return q.few, nil
	}
	q.few = &fewer{question: q}
	k, err := kinOf(q.f)
	if err != nil || k == nil {
		return q.few, err
	}
	q.few.tries = triesOf(q.f)
	k.keep("")
	if len(k.standIn) == 0 {
		return q.few, nil
	}
	f := *q.f
	f.Components, f.Materials = nil, nil
	for i, c := range q.f.Components {
		if !k.dropped[kid{component: i + 1}] {
			f.Components = append(f.Components, c)
		}
	}
	for i := range q.f.Materials {
		if !k.dropped[kid{material: i + 1}] {
			f.Materials = append(f.Materials, q.f.Materials[i])
		}
	}
	small := *q
	small.f, small.few, small.first = &f, nil, nil
	if small.first, err = small.hear(nil); err != nil {
		return nil, err
	}
	q.few = &fewer{&small, triesOf(&f), k.standIn}
	return q.few, nil
}

// of is the fact of the smaller question that stands for a fact.
func (s *fewer) of(fact string) string {
	if owner, field, ok := strings.Cut(fact, "]."); ok {
		if other, ok := s.standIn[owner+"]."]; ok {
			return other + field
		}
	}
	return fact
}

// kid is a component or a material by its place in the question, plus one.
type kid struct{ component, material int }

// kin is the tree of a question's assemblies, and which of them are alike.
type kin struct {
	f       *Facts
	kids    map[string][]kid // by the name of the component they are in; "" of the end item
	sort    map[kid]int      // two that have the same number differ in names alone
	numbers map[string]int
	dropped map[kid]bool
	standIn map[string]string
}

// kinOf is the tree of a question; nil where names do not tell its parts apart, or there is too little to leave out.
func kinOf(f *Facts) (*kin, error) {
	if len(f.Materials)+len(f.Components) <= enough {
		return nil, nil
	}
	k := &kin{f: f, kids: map[string][]kid{}, sort: map[kid]int{}, numbers: map[string]int{}, dropped: map[kid]bool{}, standIn: map[string]string{}}
	assemblies, times := map[string]bool{}, map[string]int{}
	for i := range f.Components {
		name := f.Components[i].Name
		if assemblies[name] || name == "" || strings.Contains(name, "]") {
			return nil, nil
		}
		assemblies[name] = true
	}
	in := func(name string) string {
		if assemblies[name] {
			return name
		}
		return ""
	}
	for i := range f.Components {
		k.kids[in(f.Components[i].In)] = append(k.kids[in(f.Components[i].In)], kid{component: i + 1})
	}
	for i := range f.Materials {
		m := &f.Materials[i]
		if strings.Contains(m.Name, "]") {
			return nil, nil
		}
		times[m.Name]++
		k.kids[in(m.In)] = append(k.kids[in(m.In)], kid{material: i + 1})
	}
	for i := range f.Materials {
		m := f.Materials[i]
		if times[m.Name] == 1 && !f.determines(m.Name) {
			m.Name = "" // else its facts are another's too, or an act names it
		}
		m.In, m.Lot, m.Remarks = "", "", nil
		m.Steps = slices.Clone(m.Steps)
		for j := range m.Steps {
			m.Steps[j].Sources = nil
		}
		if err := k.number(kid{material: i + 1}, m); err != nil {
			return nil, err
		}
	}
	return k, k.numberComponents("")
}

// determines tells whether a determination names the material.
func (f *Facts) determines(name string) bool {
	return slices.ContainsFunc(f.Determinations, func(d Determination) bool { return strings.EqualFold(d.Material, name) })
}

// number gives a kid the number of all that are described alike.
func (k *kin) number(of kid, described any) error {
	text, err := json.Marshal(described)
	if err != nil {
		return fmt.Errorf("compare the materials of a question: %w", err)
	}
	n, ok := k.numbers[string(text)]
	if !ok {
		n = len(k.numbers) + 1
		k.numbers[string(text)] = n
	}
	k.sort[of] = n
	return nil
}

// numberComponents numbers the components in one (""; in the end item), from the innermost out.
func (k *kin) numberComponents(in string) error {
	for _, x := range k.kids[in] {
		if x.component == 0 {
			continue
		}
		c := k.f.Components[x.component-1]
		if err := k.numberComponents(c.Name); err != nil {
			return err
		}
		var holds []int
		for n, alike := range k.groups(c.Name) {
			for range min(len(alike), enough) {
				holds = append(holds, n)
			}
		}
		slices.Sort(holds)
		c.Name, c.In = "", ""
		if err := k.number(x, struct {
			Component
			Holds []int
		}{c, holds}); err != nil {
			return err
		}
	}
	return nil
}

// groups are the kids of a component that are alike, in their order, by their number.
func (k *kin) groups(in string) map[int][]kid {
	g := map[int][]kid{}
	for _, x := range k.kids[in] {
		g[k.sort[x]] = append(g[k.sort[x]], x)
	}
	return g
}

// keep drops what is beyond enough of its like in a component, and in those that it keeps.
func (k *kin) keep(in string) {
	for _, alike := range k.groups(in) {
		for i, x := range alike {
			switch {
			case i >= enough:
				k.stand(alike[enough-1], x)
			case x.component > 0:
				k.keep(k.f.Components[x.component-1].Name)
			}
		}
	}
}

// stand has one kid stand for another that is like it, and all in the one for all in the other.
func (k *kin) stand(kept, gone kid) {
	k.dropped[gone] = true
	if gone.material > 0 {
		k.standIn["materials["+k.f.Materials[gone.material-1].Name+"]."] = "materials[" + k.f.Materials[kept.material-1].Name + "]."
		return
	}
	a, b := k.f.Components[kept.component-1].Name, k.f.Components[gone.component-1].Name
	k.standIn["components["+b+"]."] = "components[" + a + "]."
	mine := k.groups(a)
	for n, alike := range k.groups(b) {
		for i, x := range alike {
			k.stand(mine[n][min(i, enough-1)], x)
		}
	}
}

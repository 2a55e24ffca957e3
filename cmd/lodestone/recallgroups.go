package main

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/supply"
)

// part is some lots of a recall that have a line of their own: of one phase, of one group, or of those not listed.
type part struct {
	line     string
	lots     int
	made     quantity.Mass
	pieces   int64
	unstated int
	sums     []bound
}

func (p *part) add(x *genealogy.Group, sums []bound) {
	if p.sums == nil {
		p.sums = slices.Clone(sums)
	} else {
		for k := range sums {
			p.sums[k].add(sums[k])
		}
	}
	p.lots, p.made, p.pieces, p.unstated = p.lots+x.Lots, p.made+x.Made, p.pieces+x.Pieces, p.unstated+x.Unstated
}

// row is a part as cells of a table, its masses rounded.
func (p *part) row() []string {
	sums := slices.Clone(p.sums)
	for k := range sums {
		sums[k].round()
	}
	return append([]string{p.line, group3(int64(p.lots)), amountWords(nearest(p.made), p.pieces, p.unstated, p.lots)}, cells(sums)...)
}

// round rounds masses outwards to four figures, so that they can be read; one that is known stays as it is.
func (b *bound) round() {
	if b.low != 1 && b.least != b.most {
		b.least, b.most = coarse(b.least, false), coarse(b.most, true)
	}
	if b.leftLeast != b.leftMost {
		b.leftLeast, b.leftMost = coarse(b.leftLeast, false), coarse(b.leftMost, true)
	}
}

// coarse is a mass in four figures, rounded up or down.
func coarse(m quantity.Mass, up bool) quantity.Mass {
	unit := quantity.Mass(1)
	for m/unit >= 10_000 {
		unit *= 10
	}
	if rest := m % unit; rest > 0 && up {
		m += unit
	}
	return m - m%unit
}

// nearest is a mass in four figures.
func nearest(m quantity.Mass) quantity.Mass {
	if down, up := coarse(m, false), coarse(m, true); m-down < up-m {
		return down
	} else {
		return up
	}
}

// printGroups writes a recall gathered: the lot; then phase by phase in the order of the chain what its lots hold, the groups
// that hold most of it, as many as most (0 all), the rest of them in one line. The lots of open groups follow them, a line each.
func (r *recall) printGroups(out io.Writer, g *genealogy.Graph, open []bool, most int) error {
	sums := r.groups()
	var phases [supply.PhaseCount][]int
	for i := range r.fold.Groups {
		x := &r.fold.Groups[i]
		if x.Lot == "" {
			phases[x.Phase] = append(phases[x.Phase], i)
		}
	}
	members := map[int][]int{}
	for i := range r.lots {
		if at := r.fold.In[r.lots[i].ID]; open[at] {
			members[at] = append(members[at], i)
		}
	}
	rows := func(yield func([]string) bool) {
		source := part{line: string(r.source)}
		source.add(&r.fold.Groups[0], sums[0])
		if !yield(source.row()) {
			return
		}
		for n := range phases {
			phase := (supply.Phase(n) + 1) % supply.PhaseCount // what has no phase comes last
			if groups := phases[phase]; len(groups) > 0 && !r.phaseRows(groups, sums, members, most, yield) {
				return
			}
		}
	}
	if err := streamTable(out, r.heads("where and when", "lots", "made", "hold of it", "of that left"), rows); err != nil {
		return err
	}
	return r.close(out, g, ", in "+count(len(r.fold.Groups), "group")+" by "+foldedBy(r.fold.By),
		"--unfold TEXT writes out the lots of the groups whose line has it, --all those of every group; --most 0 lists all groups")
}

// phaseRows yields the rows of the groups of one phase.
func (r *recall) phaseRows(groups []int, sums [][]bound, members map[int][]int, most int, yield func([]string) bool) bool {
	var all, rest part
	var of []string
	left := 0
	slices.SortStableFunc(groups, func(a, b int) int {
		return cmp.Or(cmp.Compare(sums[b][0].most, sums[a][0].most), cmp.Compare(r.fold.Groups[b].Lots, r.fold.Groups[a].Lots))
	})
	if most == 0 || len(groups) == most+1 { // a line for the one more is as long as its own
		most = len(groups)
	}
	for n, i := range groups {
		x := &r.fold.Groups[i]
		all.add(x, sums[i])
		if of = append(of, x.Materials...); x.MoreOf {
			of = append(of, "others")
		}
		if n >= most && members[i] == nil {
			rest.add(x, sums[i])
			left++
		}
	}
	all.line = joined(": ", cmp.Or(r.fold.Groups[groups[0]].Phase.String(), "no phase recorded"), materialsInShort(of))
	if !yield(all.row()) {
		return false
	}
	for n, i := range groups {
		if n >= most && members[i] == nil {
			continue
		}
		x := &r.fold.Groups[i]
		p := part{line: "  " + joined(" ", groupSite(x), x.Period)}
		p.add(x, sums[i])
		if !yield(p.row()) {
			return false
		}
		for _, m := range members[i] {
			h := &r.lots[m]
			if !yield(append([]string{"    " + joined("  ", string(h.ID), h.Date.String()), "", h.Made.String()}, cells(r.sums(h))...)) {
				return false
			}
		}
	}
	if left > 0 {
		rest.line = "  " + group3(int64(left)) + " more"
		return yield(rest.row())
	}
	return true
}

// groupSite is where the lots of a group were made.
func groupSite(x *genealogy.Group) string {
	if x.Facility == "" && x.Period == "" {
		return "no making recorded"
	}
	return place(x.Facility, x.FacilityName, x.Country)
}

// materialsInShort is the first of some materials, and that there are others.
func materialsInShort(of []string) string {
	slices.Sort(of)
	if of = slices.Compact(of); len(of) > 2 {
		return of[0] + " and others"
	}
	return strings.Join(of, ", ")
}

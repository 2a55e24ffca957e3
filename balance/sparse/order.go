package sparse

import "slices"

// Order is an order of elimination that keeps the factor of a symmetric matrix small: at each step a row of about the
// least number of neighbours (Amestoy, Davis and Duff, SIAM Journal on Matrix Analysis 17, 1996). The matrix is given by
// cliques: sets of rows all pairs of which have an entry. The neighbours of a row that is eliminated become a clique, which
// takes the place of those that met in the row, so the work grows with the cliques and not with the fill.
func Order(n int, cliques [][]int32) []int32 {
	o := &ordering{of: make([][]int32, n), cliques: make([][]int32, len(cliques)), seen: make([]int32, n), done: make([]bool, n), degree: make([]int, n)}
	for k, c := range cliques {
		if len(c) < 2 {
			continue
		}
		o.cliques[k] = slices.Clone(c)
		for _, i := range c {
			o.of[i] = append(o.of[i], int32(k))
		}
	}
	o.outside, o.stamp = make([]int, len(cliques), len(cliques)+n), make([]int32, len(cliques), len(cliques)+n)
	for i := range n {
		for _, k := range o.of[i] {
			o.degree[i] += len(o.cliques[k]) - 1
		}
		o.degree[i] = min(o.degree[i], n-1)
		o.file(int32(i))
	}
	order := make([]int32, 0, n)
	for len(order) < n {
		order = o.eliminate(o.least(), order)
	}
	return order
}

// ordering is the rows not yet eliminated, as cliques.
type ordering struct {
	of      [][]int32 // cliques of a row
	cliques [][]int32 // rows of a clique; nil: it is part of a later one
	degree  []int     // at least the number of neighbours
	done    []bool
	filed   [][]int32 // rows by degree; a row stands in more than one when its degree has changed
	from    int       // no row not yet eliminated has a lesser degree
	seen    []int32   // the step in which a row was last met
	step    int32
	outside []int   // rows of a clique that are not in the newest
	stamp   []int32 // the step for which outside holds
}

func (o *ordering) file(i int32) {
	d := o.degree[i]
	for len(o.filed) <= d {
		o.filed = append(o.filed, nil)
	}
	o.filed[d] = append(o.filed[d], i)
	o.from = min(o.from, d)
}

// least takes a row of the least degree.
func (o *ordering) least() int32 {
	for {
		list := o.filed[o.from]
		if len(list) == 0 {
			o.from++
			continue
		}
		i := list[len(list)-1]
		o.filed[o.from] = list[:len(list)-1]
		if !o.done[i] && o.degree[i] == o.from {
			return i
		}
	}
}

// eliminate takes out a row, and those that then have no neighbour but the new clique.
func (o *ordering) eliminate(p int32, order []int32) []int32 {
	o.step++
	o.done[p] = true
	order = append(order, p)
	var front []int32
	for _, k := range o.of[p] {
		for _, i := range o.cliques[k] {
			if !o.done[i] && o.seen[i] != o.step {
				o.seen[i] = o.step
				front = append(front, i)
			}
		}
		o.cliques[k] = nil
	}
	o.of[p] = nil
	if len(front) == 0 {
		return order
	}
	for _, i := range front {
		o.of[i] = slices.DeleteFunc(o.of[i], func(k int32) bool { return o.cliques[k] == nil })
		for _, k := range o.of[i] {
			if o.stamp[k] != o.step {
				o.stamp[k], o.outside[k] = o.step, o.alive(k)
			}
			o.outside[k]--
		}
	}
	newest := int32(len(o.cliques))
	o.outside, o.stamp = append(o.outside, 0), append(o.stamp, 0)
	left := front[:0:0]
	for _, i := range front {
		o.of[i] = slices.DeleteFunc(o.of[i], func(k int32) bool { return o.outside[k] == 0 })
		if len(o.of[i]) == 0 {
			o.done[i] = true
			order = append(order, i)
			continue
		}
		left = append(left, i)
	}
	o.cliques = append(o.cliques, left)
	for _, i := range left {
		d := len(left) - 1
		for _, k := range o.of[i] {
			d += o.outside[k]
		}
		o.degree[i] = d
		if len(left) > 1 {
			o.of[i] = append(o.of[i], newest)
		}
		o.file(i)
	}
	return order
}

// alive is how many rows of a clique are left; those eliminated are taken out of it.
func (o *ordering) alive(k int32) int {
	o.cliques[k] = slices.DeleteFunc(o.cliques[k], func(i int32) bool { return o.done[i] })
	return len(o.cliques[k])
}

package balance

// groups puts numbers together: each begins alone, and a group goes by the least of its numbers.
type groups []int

func newGroups(n int) groups {
	g := make(groups, n)
	for i := range g {
		g[i] = i
	}
	return g
}

// of is the group of a number.
func (g groups) of(i int) int {
	for g[i] != i {
		g[i] = g[g[i]]
		i = g[i]
	}
	return i
}

// join makes the groups of two numbers one.
func (g groups) join(i, j int) {
	a, b := g.of(i), g.of(j)
	g[max(a, b)] = min(a, b)
}

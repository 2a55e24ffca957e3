package balance

// span is the share of one origin.
type span struct {
	lo, mid, hi float64
	known       bool // mid
}

// bounds is the shares of the origins; one that is not there is none.
type bounds map[Origin]span

// portion is some material with what it holds.
type portion struct {
	kg    float64
	known bool // kg
	held  bounds
}

func whole(o Origin) bounds { return bounds{o: {1, 1, 1, true}} }

// surplus is how much more was taken than there was, when that is beyond chance.
func surplus(taken, was float64) float64 {
	if d := taken - was; d > Sigmas*WeighingSD*(taken+was) {
		return d
	}
	return 0
}

// taken is the bounds of d kg taken from m kg of which extra kg are of no recorded origin and held tells of the rest.
func taken(held bounds, m, d, extra float64) bounds {
	out := bounds{}
	rest := (m - extra) / m
	put := func(o Origin, x span) {
		lo, hi := x.lo*rest*m, x.hi*rest*m
		if !o.Known {
			lo, hi = lo+extra, hi+extra
			x.mid = x.mid*rest + extra/m
		} else {
			x.mid *= rest
		}
		out[o] = span{lo: clamp((d - (m - lo)) / d), mid: x.mid, hi: clamp(hi / d), known: x.known}
	}
	for o, x := range held {
		put(o, x)
	}
	if _, ok := held[Origin{}]; !ok && extra > 0 {
		put(Origin{}, span{known: true})
	}
	return out
}

// nearly takes up what rounding leaves of sums that are one or nought.
const nearly = 1e-9

func clamp(x float64) float64 {
	switch {
	case x < nearly:
		return 0
	case x > 1-nearly:
		return 1
	}
	return x
}

// widest is the bounds of an unknown part of what is held: anything there is, unless it is all of one origin.
func widest(held bounds) bounds {
	out := bounds{}
	for o, x := range held {
		if x.lo >= 1-nearly {
			return bounds{o: {1, 1, 1, true}}
		}
		out[o] = span{lo: 0, mid: x.mid, hi: 1, known: false}
	}
	return out
}

// blended is portions put together. Without all their masses the share lies between the least and the greatest.
func blended(list []portion) portion {
	sum := portion{known: true, held: bounds{}}
	for _, p := range list {
		sum.known = sum.known && p.known
		sum.kg += p.kg
	}
	if sum.kg <= 0 {
		sum.known = false
	}
	for _, p := range list {
		for o := range p.held {
			if _, done := sum.held[o]; !done {
				sum.held[o] = sum.share(list, o)
			}
		}
	}
	return sum
}

func (sum *portion) share(list []portion, o Origin) span {
	out := span{lo: 1, known: true}
	if sum.known {
		out.lo = 0
		for _, p := range list {
			x, ok := p.held[o]
			part := p.kg / sum.kg
			out.lo += part * x.lo
			out.mid += part * x.mid
			out.hi += part * x.hi
			out.known = out.known && (x.known || !ok || p.kg == 0)
		}
		out.lo, out.hi = clamp(out.lo), clamp(out.hi)
		return out
	}
	for i, p := range list {
		x, ok := p.held[o]
		out.lo, out.hi = min(out.lo, x.lo), max(out.hi, x.hi)
		if i == 0 {
			out.mid = x.mid
		}
		out.known = out.known && (x.known || !ok) && x.mid == out.mid
	}
	return out
}

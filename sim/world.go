package sim

import (
	"encoding/json"
	"iter"
	"math/rand/v2"
	"strconv"
	"time"

	"lodestone/atlas"
	"lodestone/epcis"
	"lodestone/quantity"
	"lodestone/supply"
)

// World is a small world and all it knows. One goroutine uses it.
type World struct {
	cfg Config
	// Sources of chance, each for one purpose, so that telling late or wrongly does not change what happens.
	rng, noise, late, wrong, theft, double, missing, losses, pieces *rand.Rand

	sites  [places]site
	sorts  [stuffs]sort
	routes [programs]route
	yields map[string][2]int64 // by stage code, in millionths: least and greatest

	stock  [programs][stuffs]pool
	ready  [programs][]Truth // magnets to be built in
	built  [programs][]Truth // motors to be built in
	old    [programs]string  // a serial that was given before
	loot   []*lot            // stolen, and not yet in a stock
	books  struct{ in, lost, sold, delivered load }
	losing load // by the making in hand
	acts   []act

	now, end time.Time
	tick     time.Duration
	made     int // lots
	events   int // told or waiting
	serial   int // of the last id

	context json.RawMessage
	waiting []waiting
	yield   func(Occurrence) bool
	stopped bool
}

// New is a world at its first day. The same configuration and state of r make the same world on every machine; the world
// keeps no hold of r. It refuses a configuration that cannot be.
func New(cfg Config, r *rand.Rand) (*World, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	w := &World{cfg: cfg, yields: map[string][2]int64{}, now: cfg.Start, end: cfg.Start.Add(Span),
		context: json.RawMessage(strconv.Quote(epcis.StandardContext))}
	for _, s := range []**rand.Rand{&w.rng, &w.noise, &w.late, &w.wrong, &w.theft, &w.double, &w.missing, &w.losses, &w.pieces} {
		*s = rand.New(rand.NewPCG(r.Uint64(), r.Uint64()))
	}
	w.tick = min(4*time.Hour, Span/time.Duration(cfg.Lots+20_000)).Truncate(time.Millisecond)
	w.tick = max(w.tick, time.Millisecond)
	for p := range places {
		w.sites[p] = p.site()
	}
	for s := range stuffs {
		w.sorts[s] = s.sort()
	}
	for p := range programs {
		w.routes[p] = p.route()
	}
	for _, s := range atlas.Stages() {
		low, high := s.YieldLow, s.YieldHigh
		w.yields[s.Code] = [2]int64{millionths(low), millionths(high)}
	}
	return w, nil
}

// millionths reads a decimal of the atlas.
func millionths(s string) int64 {
	d := quantity.MustDecimal(s)
	m, err := d.Mul(quantity.DecimalOf(million))
	n, whole := m.Int64()
	if err != nil || !whole {
		panic("sim: a yield of the atlas with more than six places: " + s)
	}
	return n
}

// Run lets the world happen and gives what is told of it, in the order in which it is handed in. It may be called once.
func (w *World) Run() iter.Seq[Occurrence] {
	return func(yield func(Occurrence) bool) {
		w.yield = yield
		for !w.stopped && w.made < w.cfg.Lots {
			w.order()
		}
		w.flush()
	}
}

// chance is whether something of the given probability comes to pass; at rate 0 nothing is drawn from the source.
func chance(r *rand.Rand, rate float64) bool { return rate > 0 && r.Float64() < rate }

// pick is one of a list.
func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// yield is a yield of a stage, drawn evenly between the bounds of the atlas, in millionths.
func (w *World) yieldOf(stage string) int64 {
	y := w.yields[stage]
	return y[0] + w.rng.Int64N(y[1]-y[0]+1)
}

// both is the yield of two stages one after the other.
func (w *World) both(a, b string) int64 { return scale(w.yieldOf(a), w.yieldOf(b), million) }

// between is a mass drawn evenly between two.
func (w *World) between(low, high quantity.Mass) quantity.Mass {
	return low + quantity.Mass(w.rng.Int64N(int64(high-low)+1))
}

// name is a new id of a noun.
func (w *World) name(noun, label string) string {
	w.serial++
	return "urn:lodestone:" + noun + ":sim:" + w.cfg.Name + ":" + label + strconv.Itoa(w.serial)
}

// newLot opens a lot of what is in hand.
func (w *World) newLot(s stuff, at place, b batch) *lot {
	l := &lot{id: w.name("lot", w.sorts[s].label+"-"), of: s, at: at, left: b.left, past: b.past}
	l.made = l.left.mass()
	if !w.sorts[s].pieces {
		l.heel = quantity.Mass(scale(int64(l.made), 2_000+w.rng.Int64N(2_000), million))
	}
	l.past.keep(&l.left)
	return l
}

// truth is what a new lot truly is.
func (w *World) truth(l *lot) Truth {
	return Truth{supply.LotID(l.id), w.sorts[l.of].id(), &content{w, l.of, l.left, l.past, 1}, 0}
}

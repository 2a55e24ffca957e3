package balance

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"

	"pgregory.net/rapid"
)

// world is a plant that knows which kilogram came from which mine: a lot is a heap of kilograms, each of one origin.
type world struct {
	books *Books
	heap  map[supply.LotID][]string
	left  map[supply.LotID][]string
	order []supply.LotID
}

func newWorld() *world {
	return &world{
		books: &Books{Lots: map[supply.LotID]*Lot{}, makes: map[supply.LotID][]int{}, draws: map[supply.LotID][]int{}},
		heap:  map[supply.LotID][]string{}, left: map[supply.LotID][]string{},
	}
}

func (w *world) lot(heap []string) supply.LotID {
	id := supply.LotID(fmt.Sprintf("l%03d", len(w.order)))
	w.order = append(w.order, id)
	w.heap[id], w.left[id] = heap, heap
	w.books.Lots[id] = &Lot{ID: id}
	return id
}

func flow(id supply.LotID, kg int) Flow {
	return Flow{Lot: id, Mass: quantity.Mass(kg) * quantity.Kilogram, Known: true, SD: 0.001 * float64(kg)}
}

func (w *world) mine(mine string, kg int) {
	heap := make([]string, kg)
	for i := range heap {
		heap[i] = mine
	}
	id := w.lot(heap)
	w.books.Lots[id].Begun = []Begin{{Flow: flow(id, kg), Phase: supply.Mined, Place: mine, Country: "US"}}
}

// draw takes kg from a lot: the way the rng says, off one end (segregated) or shuffled.
func (w *world) draw(rng *rand.Rand, id supply.LotID, kg int) []string {
	heap := w.left[id]
	if rng.IntN(2) == 0 {
		heap = append([]string(nil), heap...)
		rng.Shuffle(len(heap), func(i, j int) { heap[i], heap[j] = heap[j], heap[i] })
	}
	w.left[id] = heap[kg:]
	return heap[:kg]
}

// Whatever way lots are mixed, parted and drawn, the true share of an origin lies within its bounds, and so does the
// point of perfect mixing.
func TestOriginBoundsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		w := newWorld()
		for i := range rapid.IntRange(2, 4).Draw(t, "mines") {
			w.mine(fmt.Sprintf("mine %d", i%3), 1+rng.IntN(60))
		}
		for range rapid.IntRange(1, 12).Draw(t, "makings") {
			m := Making{Phase: supply.Melted, Phases: []supply.Phase{supply.Melted}}
			var pool []string
			for _, k := range rng.Perm(len(w.order))[:1+rng.IntN(min(3, len(w.order)))] {
				id := w.order[k]
				if n := len(w.left[id]); n > 0 {
					kg := 1 + rng.IntN(n)
					pool = append(pool, w.draw(rng, id, kg)...)
					m.In = append(m.In, flow(id, kg))
					w.books.draws[id] = append(w.books.draws[id], len(w.books.Makings))
				}
			}
			pool = append([]string(nil), pool...)
			if rng.IntN(2) == 0 {
				rng.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
			}
			for range 2 {
				if len(pool) == 0 {
					break
				}
				kg := 1 + rng.IntN(len(pool)) // what is left over is lost
				id := w.lot(pool[:kg])
				pool = pool[kg:]
				m.Out = append(m.Out, flow(id, kg))
				w.books.makes[id] = append(w.books.makes[id], len(w.books.Makings))
			}
			w.books.Makings = append(w.books.Makings, m)
		}
		for _, id := range w.order {
			o := w.books.OriginsOf(id, element.None)
			truth := map[string]float64{}
			for _, mine := range w.heap[id] {
				truth[mine] += 1 / float64(len(w.heap[id]))
			}
			point := 0.0
			for _, s := range o.Shares {
				x := truth[s.Origin.Place]
				if x < s.Low-1e-9 || x > s.High+1e-9 {
					t.Fatalf("%s holds %.4f of %s, outside %.4f to %.4f", id, x, s.Origin.Place, s.Low, s.High)
				}
				if !s.PointKnown || s.Point < s.Low-1e-9 || s.Point > s.High+1e-9 {
					t.Fatalf("%s: the point %.4f of %s (known %v) is outside %.4f to %.4f", id, s.Point, s.Origin.Place, s.PointKnown, s.Low, s.High)
				}
				point += s.Point
				delete(truth, s.Origin.Place)
			}
			if len(truth) > 0 {
				t.Fatalf("%s holds %v, of which nothing is said", id, truth)
			}
			if point < 1-1e-9 || point > 1+1e-9 {
				t.Fatalf("%s: the points sum to %v", id, point)
			}
		}
	})
}

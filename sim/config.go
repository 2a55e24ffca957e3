package sim

import (
	"fmt"
	"regexp"
	"time"
)

// Config is what a world is to be. Rates are probabilities, 0 to 1.
type Config struct {
	Lots  int       // how many lots are to be made; the world ends with the order in which that number is reached
	Name  string    // part of every id, so that two worlds can stand in one record: letters, digits, dots and hyphens; "world" when empty
	Start time.Time // first day; DefaultStart when zero. The world ends at the latest Span later

	Theft   float64 // of each shipment by mass: that part of it is stolen on the way, and sold on without its history
	Wrong   float64 // of each making's record: a gross error in a weight, an assay or the place; half are put right, or contradicted
	Late    float64 // of each event: that it is handed in after later ones; a quarter as often, that it is handed in twice
	Double  float64 // of each lot used up and each batch of serials: that its id is issued again, for other material
	Missing float64 // of each making before the sintered block: that nobody records it

	Haul   float64 // the part of a shipment that a thief takes; 0: a twentieth to two fifths
	Losses float64 // of each making: that its clerk declares what was lost, element by element, weighed and analysed
}

// Span is the longest time a world takes. More lots make it busier, not longer.
const Span = 5 * 365 * 24 * time.Hour

// DefaultStart is the first day of a world that says nothing else: it has ended before 2026 begins.
func DefaultStart() time.Time { return time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC) }

// MostHaul is the greatest part of a shipment that a thief may take: some must come, or nothing is ever made of it.
const MostHaul = 0.5

// MostLots is the most lots a world may have.
const MostLots = 1_000_000_000

var nameForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$`)

// check refuses what cannot be, and fills in what was left out.
func (c *Config) check() error {
	if c.Lots < 1 || c.Lots > MostLots {
		return fmt.Errorf("simulate %d lots: want 1 to %d", c.Lots, MostLots)
	}
	if c.Name == "" {
		c.Name = "world"
	}
	if !nameForm.MatchString(c.Name) {
		return fmt.Errorf("simulate a world named %q: want at most 64 letters, digits, dots and hyphens, a letter or digit first", c.Name)
	}
	for _, r := range []struct {
		name string
		rate float64
	}{{"theft", c.Theft}, {"wrong", c.Wrong}, {"late", c.Late}, {"double", c.Double}, {"missing", c.Missing}, {"losses", c.Losses}} {
		if !(r.rate >= 0 && r.rate <= 1) {
			return fmt.Errorf("rate of %s is %v: want a probability, 0 to 1", r.name, r.rate)
		}
	}
	if !(c.Haul >= 0 && c.Haul <= MostHaul) {
		return fmt.Errorf("a thief's haul is %v: want a part of a shipment, 0 to %v", c.Haul, MostHaul)
	}
	if c.Start.IsZero() {
		c.Start = DefaultStart()
	}
	c.Start = c.Start.UTC().Truncate(time.Second)
	if y := c.Start.Year(); y < 1950 || y > 9000 {
		return fmt.Errorf("the world begins in the year %d: want 1950 to 9000", y)
	}
	return nil
}

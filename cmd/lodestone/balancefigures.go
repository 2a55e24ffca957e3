package main

import (
	"math"
	"strconv"

	"lodestone/balance"
	"lodestone/quantity"
)

// massUnits is the units in which masses are printed, by the least of each in kg.
var massUnits = [...]struct {
	kg   float64
	name string
}{{1000, "t"}, {1, "kg"}, {1e-3, "g"}, {0, "mg"}}

// massText is a mass with its standard uncertainty to two figures, as in 12.34 ± 0.12 kg.
func massText(f balance.Figure) string {
	if !f.Known {
		return "?"
	}
	if f.SD <= 0 {
		return f.Mass.String()
	}
	value, sd, unit := scaled(f)
	places := figures(sd, 2)
	return strconv.FormatFloat(value, 'f', places, 64) + " ± " + strconv.FormatFloat(sd, 'f', places, 64) + " " + unit
}

// massShort is a mass to as many places as its uncertainty makes sense of.
func massShort(f balance.Figure) string {
	switch {
	case !f.Known:
		return "?"
	case f.Mass == 0:
		return "-"
	case f.SD <= 0:
		return f.Mass.String()
	}
	value, sd, unit := scaled(f)
	return strconv.FormatFloat(value, 'f', figures(sd, 2), 64) + " " + unit
}

func scaled(f balance.Figure) (value, sd float64, unit string) {
	kg := f.Mass.Float()
	size := math.Max(math.Abs(kg), f.SD)
	for _, u := range massUnits {
		if size >= u.kg {
			per := u.kg
			if per == 0 {
				per = float64(quantity.Milligram) / float64(quantity.Kilogram)
			}
			return kg / per, f.SD / per, u.name
		}
	}
	return kg, f.SD, "kg"
}

// figures is how many places give sd n figures.
func figures(sd float64, n int) int {
	return min(max(n-1-int(math.Floor(math.Log10(sd))), 0), 6)
}

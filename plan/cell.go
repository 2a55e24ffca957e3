package plan

import (
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"lodestone/quantity"
	"lodestone/supply"
)

// cell sets a field from the text of a cell.
func (d *decoder) cell(table string, row int, c *Column, text string, factor float64, into reflect.Value) {
	wrong := func(message, hint string) { d.fault(table, row, c.Name, message, hint) }
	if len(c.Words) > 0 && text != "" && !slices.Contains(c.Words, text) {
		wrong(quoted(text)+" is none of its words", didYouMean(text, c.Words, strings.Join(c.Words, ", ")))
		return
	}
	switch into.Interface().(type) {
	case string:
		if strings.ContainsAny(text, ",[]") && (c.Key || c.Refers != "") {
			wrong(quoted(text)+" holds a comma or a square bracket", "ids stand in the names of rows, as in balance[SRC,Nd2O3,2027-03]")
		}
		if c.Key || c.Refers != "" {
			text = strings.ReplaceAll(text, " ", "_")
		}
		into.SetString(text)
	case float64:
		into.SetFloat(d.number(table, row, c, text, factor))
	case bool:
		switch strings.ToLower(text) {
		case "yes", "y", "true", "1":
			into.SetBool(true)
		case "no", "n", "false", "0", "":
		default:
			wrong(quoted(text)+" is neither yes nor no", "")
		}
	case quantity.Date:
		if text == "" {
			return
		}
		day, err := dayOf(text)
		if err != nil {
			wrong(err.Error(), "dates are written YYYY-MM-DD")
			return
		}
		into.Set(reflect.ValueOf(day))
	case supply.Country:
		if text != "" {
			if country, ok := d.country(table, row, c, text); ok {
				into.Set(reflect.ValueOf(country))
			}
		}
	case []supply.Country:
		var list []supply.Country
		for _, word := range strings.Fields(strings.ReplaceAll(text, ";", " ")) {
			if country, ok := d.country(table, row, c, word); ok {
				list = append(list, country)
			}
		}
		into.Set(reflect.ValueOf(list))
	case []supply.Phase:
		var list []supply.Phase
		for _, word := range strings.Fields(strings.ReplaceAll(text, ";", " ")) {
			phase, err := supply.ParsePhase(word)
			if err != nil {
				wrong(err.Error(), "")
				continue
			}
			list = append(list, phase)
		}
		into.Set(reflect.ValueOf(list))
	}
}

// dayOf reads a day as it is written, or as a spreadsheet counts it: from 1899-12-30 on, the time of day behind the point.
// Days so counted lie in this century or the next.
func dayOf(text string) (quantity.Date, error) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n < 36526 || n >= 109575 {
		return quantity.ParseDate(text)
	}
	return quantity.DateOf(1899, 12, 30) + quantity.Date(n), nil
}

func (d *decoder) country(table string, row int, c *Column, text string) (supply.Country, bool) {
	country, err := supply.ParseCountry(text)
	if err != nil {
		d.fault(table, row, c.Name, err.Error(), "")
		return "", false
	}
	return country, true
}

// number reads a number; a blank one without default is NaN, which says that nothing was said.
func (d *decoder) number(table string, row int, c *Column, text string, factor float64) float64 {
	switch text {
	case "":
		return math.NaN()
	case "inf":
		if c.Default != "inf" {
			d.fault(table, row, c.Name, "inf is no amount here", "an amount that is not known is an assumption to be named, and a cost is a number, however great")
		}
		return math.Inf(1)
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		d.fault(table, row, c.Name, quoted(text)+" is no number", "digits and a point as decimal mark; no thousands separator, no unit (that stands in the column's name, as in amount [kg])")
		return math.NaN()
	}
	return v * factor
}

// splitUnit takes "amount [kg]" apart.
func splitUnit(header string) (name, unit string) {
	name, unit, ok := strings.Cut(header, "[")
	if !ok {
		return header, ""
	}
	return strings.TrimSpace(name), strings.TrimSpace(strings.TrimSuffix(unit, "]"))
}

// inTonnes are the masses a column may be in.
var inTonnes = map[string]float64{"t": 1, "kg": 1e-3, "g": 1e-6, "kt": 1e3, "short-t": 0.90718474}

// convert is the factor from one unit to another: a mass, or something a mass, or a mass a year.
func convert(from, to string) (float64, bool) {
	if from == to {
		return 1, true
	}
	fromTop, fromUnder, _ := strings.Cut(from, "/")
	toTop, toUnder, _ := strings.Cut(to, "/")
	if fromUnder == toUnder && inTonnes[fromTop] > 0 && toTop == "t" {
		return inTonnes[fromTop], true
	}
	if fromTop == toTop && inTonnes[fromUnder] > 0 && toUnder == "t" {
		return 1 / inTonnes[fromUnder], true
	}
	return 0, false
}

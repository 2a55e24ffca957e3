package plan

import (
	"fmt"
	"strconv"

	"lodestone/quantity"
	"lodestone/supply"
	"lodestone/tariff"
)

// USDuties asks the program's own schedule of US duties, for entries into the United States alone. A rate that the schedule
// does not hold is an error, never nought.
type USDuties struct{ Schedule *tariff.Schedule }

var _ DutySource = USDuties{}

// Rate is the total of all layers on goods that make no claim for relief, the mean over the days of the period. For days
// after the schedule was last read it is the rate as known then.
func (u USDuties) Rate(hts string, origin, into supply.Country, over quantity.Period) (float64, string, error) {
	if into != "US" {
		return 0, "", fmt.Errorf("there is no schedule of duty into %s here", into)
	}
	code, err := tariff.ParseHTS(hts)
	if err != nil {
		return 0, "", err
	}
	stretches, err := u.Schedule.Over(tariff.Query{Code: code, Origin: origin}, over.From, over.Until)
	if err != nil {
		return 0, "", err
	}
	mean, read := 0.0, quantity.Date(0)
	for _, s := range stretches {
		if s.Answer == nil {
			return 0, "", &tariff.Unknown{Code: code, Origin: origin, On: s.From, Gaps: s.Unknown}
		}
		percent, err := strconv.ParseFloat(s.Answer.Rate.String(), 64)
		if err != nil {
			return 0, "", fmt.Errorf("duty on %s: %w", hts, err)
		}
		mean += percent / 100 * float64(s.Until-s.From+1) / float64(over.Until-over.From+1)
		read = s.Answer.Checked
	}
	return mean, fmt.Sprintf("lodestone duty, tables read on %s", read), nil
}

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

// Rate is the total of all layers on goods that make no claim for relief. For days after the schedule was last read it is
// the rate as known then.
func (u USDuties) Rate(hts string, origin, into supply.Country, on quantity.Date) (float64, string, error) {
	if into != "US" {
		return 0, "", fmt.Errorf("there is no schedule of duty into %s here", into)
	}
	code, err := tariff.ParseHTS(hts)
	if err != nil {
		return 0, "", err
	}
	a, err := u.Schedule.Duty(tariff.Query{Code: code, Origin: origin, On: on})
	if err != nil {
		return 0, "", err
	}
	percent, err := strconv.ParseFloat(a.Rate.String(), 64)
	if err != nil {
		return 0, "", fmt.Errorf("duty on %s: %w", hts, err)
	}
	return percent / 100, fmt.Sprintf("lodestone duty, tables read on %s", a.Checked), nil
}

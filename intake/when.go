package intake

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	_ "time/tzdata" // the same zones on every machine

	"lodestone/quantity"
)

// when is an instant as a sheet gives it.
type when struct {
	time.Time      // in the zone it was given in
	day       bool // a date alone was given: the instant is the edge of that day
}

// ok tells whether there is an instant.
func (w when) ok() bool { return !w.IsZero() }

// text is the instant as an event carries it, with its offset and with milliseconds only when it has some.
func (w when) text() string { return w.Format("2006-01-02T15:04:05.999Z07:00") }

// offset is the zone as eventTimeZoneOffset carries it.
func (w when) offset() string { return w.Format("-07:00") }

var (
	timeShape   = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(?:[T ] ?(\d{2}:\d{2})(:\d{2})?(\.\d{1,3})?)? ?(Z|z|UTC|[+-]\d{2}:\d{2})?$`)
	offsetShape = regexp.MustCompile(`^(?:UTC)?([+-])(\d{2}):(\d{2})$`)
)

// parseZone reads an IANA name, UTC or an offset. "Local" and the empty name mean the reader's machine and are refused.
func parseZone(text string) (*time.Location, error) {
	switch {
	case text == "Z" || text == "UTC":
		return time.UTC, nil
	case offsetShape.MatchString(text):
		m := offsetShape.FindStringSubmatch(text)
		d, err := time.ParseDuration(m[1] + m[2] + "h" + m[3] + "m")
		if err != nil || m[2] > "14" || m[3] > "59" {
			return nil, fmt.Errorf("offset %s does not exist", quote(text))
		}
		return time.FixedZone(text, int(d/time.Second)), nil
	case !strings.Contains(text, "/") || strings.HasPrefix(text, "/") || strings.Contains(text, "..") || strings.Contains(text, "\\"):
		return nil, fmt.Errorf("unknown time zone %s", quote(text))
	}
	zone, err := time.LoadLocation(text)
	if err != nil {
		return nil, fmt.Errorf("unknown time zone %s", quote(text))
	}
	return zone, nil
}

// parseWhen reads a time. Without an offset it takes the zone, and refuses when there is none or when the clock there
// showed that time twice or never. A date alone is the first moment of the day, or with last its last second.
func parseWhen(text string, zone *time.Location, last bool) (w when, message, hint string) {
	m := timeShape.FindStringSubmatch(text)
	if m == nil {
		return w, "cannot read the time " + quote(text), "write YYYY-MM-DD HH:MM, as in 2026-03-04 18:30 or 2026-03-04T18:30-07:00"
	}
	clock, seconds := m[2], m[3]
	w.day = clock == ""
	if w.day {
		clock, seconds = "00:00", ":00"
		if last {
			clock, seconds = "23:59", ":59"
		}
	}
	if seconds == "" {
		seconds = ":00"
	}
	local, err := time.Parse("2006-01-02T15:04:05", m[1]+"T"+clock+seconds+m[4])
	if err != nil {
		return when{}, "the time " + quote(text) + " does not exist", "write YYYY-MM-DD HH:MM, as in 2026-03-04 18:30"
	}
	if y := local.Year(); y < firstYear || y > lastYear {
		return when{}, fmt.Sprintf("the year of %s is not between %d and %d", quote(text), firstYear, lastYear), ""
	}
	if m[5] != "" {
		if zone, err = parseZone(strings.ToUpper(m[5])); err != nil {
			return when{}, err.Error(), "offsets lie between -14:00 and +14:00"
		}
	}
	if zone == nil {
		return when{}, "the time " + quote(text) + " has no zone", "add the offset, as in 2026-03-04T18:30-07:00, or give the facility a time zone in facilities.csv"
	}
	instants := readings(local, zone)
	switch {
	case len(instants) == 1, len(instants) == 2 && w.day && !last:
		w.Time = instants[0]
	case len(instants) == 2 && w.day:
		w.Time = instants[1]
	case len(instants) == 0 && w.day:
		w.Time = local.Add(-time.Duration(offsetAt(local.Add(-24*time.Hour), zone)) * time.Second).In(zone)
	case len(instants) == 0:
		return when{}, "the clocks in " + zone.String() + " skipped " + quote(text), "write the time with its offset"
	default:
		return when{}, "the clocks in " + zone.String() + " showed " + quote(text) + " twice", "write the time with its offset, as in " + text + instants[0].Format("-07:00") + " or " + instants[1].Format("-07:00")
	}
	return w, "", ""
}

// readings are the instants, in order, at which clocks in zone show what local shows in UTC: one, none or two.
func readings(local time.Time, zone *time.Location) []time.Time {
	var found []time.Time
	before, after := offsetAt(local.Add(-24*time.Hour), zone), offsetAt(local.Add(24*time.Hour), zone)
	for _, offset := range []int{max(before, after), min(before, after)} {
		t := local.Add(-time.Duration(offset) * time.Second)
		if offsetAt(t, zone) == offset && (len(found) == 0 || !found[0].Equal(t)) {
			found = append(found, t.In(zone))
		}
	}
	return found
}

func offsetAt(t time.Time, zone *time.Location) int {
	_, offset := t.In(zone).Zone()
	return offset
}

const firstYear, lastYear = 1950, 2099

// parseDay reads a date of a plausible year.
func parseDay(text string) (d quantity.Date, message, hint string) {
	d, err := quantity.ParseDate(text)
	if err != nil {
		return 0, "cannot read the date " + quote(text), "write YYYY-MM-DD, as in 2026-03-04"
	}
	if y := d.Time().Year(); y < firstYear || y > lastYear {
		return 0, fmt.Sprintf("the year of %s is not between %d and %d", quote(text), firstYear, lastYear), ""
	}
	return d, "", ""
}

package epcis

import (
	"fmt"

	"lodestone/quantity"
)

func (m *meaning) sensor(pointer string, s *SensorElement) {
	if md := s.Metadata; md != nil {
		at := pointer + "/sensorMetadata/"
		m.notAfter(at+"time", md.Time)
		m.year(at+"startTime", md.StartTime)
		m.year(at+"endTime", md.EndTime)
		if !md.StartTime.IsZero() && !md.EndTime.IsZero() && md.StartTime.After(md.EndTime.Time) {
			m.fault(at+"startTime", "time-order", quote(md.StartTime.Text)+" lies after endTime "+quote(md.EndTime.Text), "swap them, or correct the wrong one")
		}
	}
	for i := range s.Reports {
		at := fmt.Sprintf("%s/sensorReport/%d/", pointer, i)
		r := &s.Reports[i]
		m.notAfter(at+"time", r.Time)
		if s.Metadata != nil {
			m.saidTwice(at, s.Metadata, r)
		}
		m.report(at, r)
	}
}

// notAfter refuses a reading from after the event, which cannot have been part of it.
func (m *meaning) notAfter(pointer string, t Time) {
	m.year(pointer, t)
	if !t.IsZero() && t.After(m.e.Time.Time) {
		m.fault(pointer, "sensor-after-event", quote(t.Text)+" lies after eventTime "+quote(m.e.Time.Text), "eventTime is that of the last reading, or later")
	}
}

func (m *meaning) saidTwice(at string, md *SensorMetadata, r *SensorReport) {
	for _, both := range [...]struct {
		name         string
		above, below bool
	}{
		{"time", !md.Time.IsZero(), !r.Time.IsZero()},
		{"deviceID", md.DeviceID != "", r.DeviceID != ""},
		{"deviceMetadata", md.DeviceMetadata != "", r.DeviceMetadata != ""},
		{"rawData", md.RawData != "", r.RawData != ""},
		{"dataProcessingMethod", md.DataProcessingMethod != "", r.DataProcessingMethod != ""},
		{"bizRules", md.BizRules != "", r.BizRules != ""},
	} {
		if both.above && both.below {
			m.fault(at+both.name, "said-twice", both.name+" stands in sensorMetadata too", "keep it in sensorMetadata if it holds for all reports, else in the reports only")
		}
	}
}

func (m *meaning) report(at string, r *SensorReport) {
	for _, n := range [...]struct {
		name  string
		value Number
	}{{"value", r.Value}, {"percValue", r.PercValue}} {
		if n.value != "" {
			m.number(at+n.name, n.value)
		}
	}
	if r.SDev != "" {
		if d, ok := m.number(at+"sDev", r.SDev); ok && d.Sign() < 0 {
			m.fault(at+"sDev", "negative", string(r.SDev)+" is negative", "a standard deviation is at least 0")
		}
	}
	if r.PercRank != "" {
		if d, ok := m.number(at+"percRank", r.PercRank); ok && (d.Sign() < 0 || quantity.DecimalOf(100).Less(d)) {
			m.fault(at+"percRank", "percentile", string(r.PercRank)+" is no percentile", "write a number from 0 to 100")
		}
	}
	m.inOrder(at, "minValue", r.MinValue, "meanValue", r.MeanValue)
	m.inOrder(at, "meanValue", r.MeanValue, "maxValue", r.MaxValue)
	if r.MeanValue == "" {
		m.inOrder(at, "minValue", r.MinValue, "maxValue", r.MaxValue)
	}
	if r.ChemicalSubstance != "" && r.Unit != "" {
		m.unit(at+"uom", r.Unit)
	}
}

// inOrder refuses a lower value that lies above the higher one, or a number that is too long to tell.
func (m *meaning) inOrder(at, lowName string, low Number, highName string, high Number) {
	if low == "" || high == "" {
		return
	}
	l, ok1 := m.number(at+lowName, low)
	h, ok2 := m.number(at+highName, high)
	if ok1 && ok2 && h.Less(l) {
		m.fault(at+lowName, "value-order", fmt.Sprintf("%s %s lies above %s %s", lowName, low, highName, high), "swap them, or correct the wrong one")
	}
}

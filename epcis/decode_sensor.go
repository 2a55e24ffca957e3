package epcis

func (c *cursor) sensors() []SensorElement {
	if !c.begin('[', "a list of sensor elements") {
		return nil
	}
	out := []SensorElement{}
	for c.more() {
		if !c.begin('{', "an object, the sensor element") {
			continue
		}
		var s SensorElement
		reported := false
		for c.more() {
			switch name := c.name(); name {
			case "sensorMetadata":
				s.Metadata = c.sensorMetadata()
			case "sensorReport":
				s.Reports, reported = c.sensorReports(), true
			default:
				c.extra(&s.Extra, name)
			}
		}
		c.end()
		c.need(reported, "sensorReport")
		out = append(out, s)
	}
	c.end()
	return out
}

func (c *cursor) sensorMetadata() *SensorMetadata {
	if !c.begin('{', "an object, the sensor metadata") {
		return nil
	}
	m := new(SensorMetadata)
	for c.more() {
		switch name := c.name(); name {
		case "time":
			m.Time = c.time()
		case "startTime":
			m.StartTime = c.time()
		case "endTime":
			m.EndTime = c.time()
		case "deviceID":
			m.DeviceID = c.uri()
		case "deviceMetadata":
			m.DeviceMetadata = c.uri()
		case "rawData":
			m.RawData = c.uri()
		case "dataProcessingMethod":
			m.DataProcessingMethod = c.uri()
		case "bizRules":
			m.BizRules = c.uri()
		default:
			c.extra(&m.Extra, name)
		}
	}
	c.end()
	return m
}

func (c *cursor) sensorReports() []SensorReport {
	if !c.begin('[', "a list of sensor reports") {
		return nil
	}
	out := make([]SensorReport, 0, 1)
	for c.more() {
		if !c.begin('{', "an object, the sensor report") {
			continue
		}
		out = append(out, SensorReport{})
		c.sensorReport(&out[len(out)-1])
	}
	c.end()
	if !c.broken && len(out) == 0 {
		c.fault("empty-list", "holds no sensor report", "give one, or leave the sensor element out")
	}
	return out
}

func (c *cursor) sensorReport(r *SensorReport) {
	typed := false
	for c.more() {
		switch name := c.name(); name {
		case "type":
			r.Type, typed = c.word(&measurements), true
		case "exception":
			r.Exception = c.word(&alerts)
		case "deviceID":
			r.DeviceID = c.uri()
		case "deviceMetadata":
			r.DeviceMetadata = c.uri()
		case "rawData":
			r.RawData = c.uri()
		case "dataProcessingMethod":
			r.DataProcessingMethod = c.uri()
		case "bizRules":
			r.BizRules = c.uri()
		case "time":
			r.Time = c.time()
		case "microorganism":
			r.Microorganism = c.uri()
		case "chemicalSubstance":
			r.ChemicalSubstance = c.uri()
		case "coordinateReferenceSystem":
			r.CoordinateReferenceSystem = c.uri()
		case "component":
			r.Component = c.word(&components)
		case "value":
			r.Value = c.num()
		case "minValue":
			r.MinValue = c.num()
		case "maxValue":
			r.MaxValue = c.num()
		case "meanValue":
			r.MeanValue = c.num()
		case "sDev":
			r.SDev = c.num()
		case "percRank":
			r.PercRank = c.num()
		case "percValue":
			r.PercValue = c.num()
		case "stringValue":
			if s, ok := c.str("text"); ok {
				r.StringValue = &s
			}
		case "booleanValue":
			r.BooleanValue = c.boolean()
		case "hexBinaryValue":
			s, ok := c.str("hexadecimal digits as text")
			if ok && !isHex(s) {
				c.fault("hex", quote(s)+" is not all hexadecimal digits", "")
			}
			r.HexBinaryValue = s
		case "uriValue":
			r.URIValue = c.uri()
		case "uom":
			s, ok := c.str("a unit code as text")
			if ok && s == "" {
				c.fault("empty-text", "the unit is empty", "leave uom out or give a code of UN/ECE Recommendation 20")
			}
			r.Unit = s
		default:
			c.extra(&r.Extra, name)
		}
	}
	c.end()
	c.need(typed, "type")
}

func (c *cursor) boolean() *bool {
	if c.broken {
		return nil
	}
	k := c.dec.PeekKind()
	if k != 't' && k != 'f' {
		c.skipAs("true or false")
		return nil
	}
	if _, err := c.dec.ReadToken(); err != nil {
		c.fail(err)
		return nil
	}
	b := k == 't'
	return &b
}

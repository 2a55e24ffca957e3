package epcis

// sensors appends the sensor elements, sorted. Their list has no key of its own in CBV 2.0.
func (h *prehasher) sensors(dst []byte, list []SensorElement) []byte {
	p := beginPieces(dst)
	for i := range list {
		mark := len(dst)
		dst = append(dst, "sensorElement"...)
		start := len(dst)
		if list[i].Metadata != nil {
			dst = h.sensorMetadata(dst, list[i].Metadata)
		}
		if dst = h.sensorReports(dst, list[i].Reports); len(dst) == start {
			dst = dst[:mark]
		}
		p.end(dst)
	}
	p.sort(dst)
	return dst
}

func (h *prehasher) sensorMetadata(dst []byte, m *SensorMetadata) []byte {
	mark := len(dst)
	dst = append(dst, "sensorMetadata"...)
	start := len(dst)
	dst = appendTime(dst, "time", m.Time)
	dst = appendTime(dst, "startTime", m.StartTime)
	dst = appendTime(dst, "endTime", m.EndTime)
	dst = h.value(dst, "deviceID", m.DeviceID)
	dst = h.value(dst, "deviceMetadata", m.DeviceMetadata)
	dst = h.value(dst, "rawData", m.RawData)
	dst = h.value(dst, "dataProcessingMethod", m.DataProcessingMethod)
	dst = h.value(dst, "bizRules", m.BizRules)
	if len(dst) == start {
		return dst[:mark]
	}
	return dst
}

func (h *prehasher) sensorReports(dst []byte, list []SensorReport) []byte {
	p := beginPieces(dst)
	for i := range list {
		mark := len(dst)
		dst = append(dst, "sensorReport"...)
		start := len(dst)
		if dst = h.sensorReport(dst, &list[i]); len(dst) == start {
			dst = dst[:mark]
		}
		p.end(dst)
	}
	p.sort(dst)
	return dst
}

func (h *prehasher) sensorReport(dst []byte, r *SensorReport) []byte {
	dst = h.word(dst, "type", r.Type, &measurements)
	dst = h.word(dst, "exception", r.Exception, &alerts)
	dst = h.value(dst, "deviceID", r.DeviceID)
	dst = h.value(dst, "deviceMetadata", r.DeviceMetadata)
	dst = h.value(dst, "rawData", r.RawData)
	dst = h.value(dst, "dataProcessingMethod", r.DataProcessingMethod)
	dst = h.value(dst, "bizRules", r.BizRules) // without a place in the published order: it stands as in sensorMetadata
	dst = appendTime(dst, "time", r.Time)
	dst = h.value(dst, "microorganism", r.Microorganism)
	dst = h.value(dst, "chemicalSubstance", r.ChemicalSubstance)
	dst = h.value(dst, "value", string(r.Value))
	dst = h.word(dst, "component", r.Component, &components)
	if r.StringValue != nil {
		dst = h.value(dst, "stringValue", *r.StringValue)
	}
	if r.BooleanValue != nil {
		if *r.BooleanValue {
			dst = append(dst, "booleanValue=true"...)
		} else {
			dst = append(dst, "booleanValue=false"...)
		}
	}
	dst = h.value(dst, "hexBinaryValue", r.HexBinaryValue)
	dst = h.value(dst, "uriValue", r.URIValue)
	dst = h.value(dst, "minValue", string(r.MinValue))
	dst = h.value(dst, "maxValue", string(r.MaxValue))
	dst = h.value(dst, "meanValue", string(r.MeanValue))
	dst = h.value(dst, "sDev", string(r.SDev))
	dst = h.value(dst, "percRank", string(r.PercRank))
	dst = h.value(dst, "percValue", string(r.PercValue))
	dst = h.value(dst, "uom", r.Unit)
	return h.value(dst, "coordinateReferenceSystem", r.CoordinateReferenceSystem)
}

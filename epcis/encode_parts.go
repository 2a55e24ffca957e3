package epcis

func (w *writer) quantities(name string, list []Quantity) {
	if list == nil {
		return
	}
	w.name(name)
	w.open('[')
	for i := range list {
		w.open('{')
		w.text("epcClass", list[i].Class, "")
		w.number("quantity", list[i].Value)
		w.text("uom", list[i].Unit, "")
		w.close('}')
	}
	w.close(']')
}

func (w *writer) location(name string, l *Location) {
	if l == nil {
		return
	}
	w.name(name)
	w.open('{')
	w.text("id", l.ID, "")
	w.fields(l.Extra)
	w.close('}')
}

func (w *writer) bizTransactions(list []BizTransaction) {
	if list == nil {
		return
	}
	w.name("bizTransactionList")
	w.open('[')
	for i := range list {
		w.open('{')
		w.text("type", list[i].Type, "")
		w.text("bizTransaction", list[i].ID, "")
		w.close('}')
	}
	w.close(']')
}

func (w *writer) sourceDests(name, key string, list []SourceDest) {
	if list == nil {
		return
	}
	w.name(name)
	w.open('[')
	for i := range list {
		w.open('{')
		w.text("type", list[i].Type, "")
		w.text(key, list[i].ID, "")
		w.close('}')
	}
	w.close(']')
}

func (w *writer) sensors(list []SensorElement) {
	if list == nil {
		return
	}
	w.name("sensorElementList")
	w.open('[')
	for i := range list {
		w.open('{')
		if m := list[i].Metadata; m != nil {
			w.name("sensorMetadata")
			w.sensorMetadata(m)
		}
		if list[i].Reports != nil {
			w.name("sensorReport")
			w.open('[')
			for j := range list[i].Reports {
				w.sensorReport(&list[i].Reports[j])
			}
			w.close(']')
		}
		w.fields(list[i].Extra)
		w.close('}')
	}
	w.close(']')
}

func (w *writer) sensorMetadata(m *SensorMetadata) {
	w.open('{')
	w.time("time", m.Time)
	w.time("startTime", m.StartTime)
	w.time("endTime", m.EndTime)
	w.text("deviceID", m.DeviceID, "")
	w.text("deviceMetadata", m.DeviceMetadata, "")
	w.text("rawData", m.RawData, "")
	w.text("dataProcessingMethod", m.DataProcessingMethod, "")
	w.text("bizRules", m.BizRules, "")
	w.fields(m.Extra)
	w.close('}')
}

func (w *writer) sensorReport(r *SensorReport) {
	w.open('{')
	w.text("type", r.Type, "")
	w.text("exception", r.Exception, "")
	w.text("deviceID", r.DeviceID, "")
	w.text("deviceMetadata", r.DeviceMetadata, "")
	w.text("rawData", r.RawData, "")
	w.text("dataProcessingMethod", r.DataProcessingMethod, "")
	w.text("bizRules", r.BizRules, "")
	w.time("time", r.Time)
	w.text("microorganism", r.Microorganism, "")
	w.text("chemicalSubstance", r.ChemicalSubstance, "")
	w.number("value", r.Value)
	w.text("component", r.Component, "")
	if r.StringValue != nil {
		w.name("stringValue")
		w.quote(*r.StringValue)
	}
	if r.BooleanValue != nil {
		w.name("booleanValue")
		if *r.BooleanValue {
			w.dst = append(w.dst, "true"...)
		} else {
			w.dst = append(w.dst, "false"...)
		}
	}
	w.text("hexBinaryValue", r.HexBinaryValue, "")
	w.text("uriValue", r.URIValue, "")
	w.number("minValue", r.MinValue)
	w.number("maxValue", r.MaxValue)
	w.number("meanValue", r.MeanValue)
	w.number("sDev", r.SDev)
	w.number("percRank", r.PercRank)
	w.number("percValue", r.PercValue)
	w.text("uom", r.Unit, "")
	w.text("coordinateReferenceSystem", r.CoordinateReferenceSystem, "")
	w.fields(r.Extra)
	w.close('}')
}

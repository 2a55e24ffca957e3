package landed

// named is a figure of a sheet with words for it.
type named struct {
	*Figure
	name, unit string
}

// figures is every figure of the sheet, in its order.
func (s *Sheet) figures() []named {
	var out []named
	put := func(f *Figure, name, unit string) { out = append(out, named{f, name, unit}) }
	costs := func(cs []Cost, of string) {
		for i := range cs {
			unit := "USD/kg"
			if cs[i].Percent {
				unit = "%"
			}
			put(&cs[i].Figure, of+": "+cs[i].Name, unit)
		}
	}
	for i := range s.Rates {
		put(&s.Rates[i].Figure, s.Rates[i].Name, s.Rates[i].unit())
	}
	for i := range s.Items {
		it := &s.Items[i]
		if it.Buy != nil {
			put(&it.Buy.Figure, it.Name+": price", it.Buy.unit())
			if it.Buy.Floor != nil {
				put(it.Buy.Floor, it.Name+": price floor", "USD/kg")
			}
		} else {
			for j := range it.Make.Inputs {
				in := &it.Make.Inputs[j]
				put(&in.Figure, it.Name+": "+map[bool]string{true: "what it gives of ", false: "kilograms of "}[in.Gives]+s.Items[in.Item].Name, "kg/kg")
			}
			put(&it.Make.Yield, it.Name+": yield", "kg/kg")
			costs(it.Make.Costs, it.Name)
		}
		if it.Import != nil {
			if it.Import.Value != nil {
				put(it.Import.Value, it.Name+": customs value", "USD/kg")
			}
			costs(it.Import.Fees, it.Name)
		}
		costs(it.Freight, it.Name)
		costs(it.Premium, it.Name)
	}
	return out
}

// unit of a rate: a tax is in percent.
func (r *Rate) unit() string {
	if r.exchange() {
		return "to 1 USD"
	}
	return "%"
}

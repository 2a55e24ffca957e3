package intake

import (
	"bytes"
	"fmt"
	"strings"

	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/shipment"
	"lodestone/supply"
)

// ShipmentSheet describes the file of things to be delivered, one a row.
func ShipmentSheet() Sheet {
	return Sheet{File: "shipment.csv", What: "One thing that is to be delivered: a numbered item, a lot, or a part of the bill of materials.", Columns: []Column{
		{Name: "item", Also: []string{"lot", "serial", "serial number", "item id"}, Required: true, Help: "The lot or serial as the record has it, whole or the part after its last colon or slash; or a part of the bill of materials; or, with a part beside it, any name. What neither knows is judged as unknown.", Example: "MAGNET-7"},
		{Name: "delivery", Also: []string{"delivered", "delivery date", "date", "on"}, Help: "Day of delivery to the Government, YYYY-MM-DD. Empty: the day given with --on.", Example: "2027-01-15"},
		{Name: "accepted", Also: []string{"acceptance", "accepted on"}, Help: "Day of acceptance, where it is another."},
		{Name: "part", Also: []string{"part number", "assembly"}, Help: "The part of the bill of materials that the item is one of. Empty: none, or the item itself.", Example: "ACT-100"},
		{Name: "supplier", Also: []string{"vendor", "bought from"}, Help: "Whom it was bought from: what is missing is summed up by it."},
		{Name: "contract", Also: []string{"contract file"}, Help: "The contract file of this row, beside the shipment file. Empty: the one given with --contract."},
		{Name: "reference", Also: []string{"line", "ref", "order line"}, Help: "Your own; it is only repeated.", Example: "CLIN 0001"},
	}}
}

// BillSheet describes the bill of materials: what is in what.
func BillSheet() Sheet {
	return Sheet{File: "bom.csv", What: "So many pieces of a child in one piece of its parent, and what is known of the child. A row without a parent says what is known of a thing that is delivered. Parts in parts to any depth.", Columns: []Column{
		{Name: "parent", Also: []string{"assembly", "in"}, Help: "The assembly, as it is called where it is a child or in the shipment. Empty: a row about a delivered thing.", Example: "ACT-100"},
		{Name: "child", Also: []string{"part", "component", "item"}, Required: true, Help: "What is in it: a lot or serial of the record (whole or the part after its last colon or slash), another assembly, or any name. A part that no record holds is judged as unknown.", Example: "MAGNET-7"},
		{Name: "quantity", Also: []string{"qty", "pieces", "amount"}, Help: "Whole number of pieces of the child in one parent. Empty: not known; so written for lots of which any may be in it.", Example: "4"},
		{Name: "mass", Also: []string{"mass kg", "piece mass", "weight", "weight kg"}, Help: "Kilograms of one child. With every mass known and everything complete, the shares by weight on which an exception hangs are worked out.", Example: "0.012"},
		{Name: "kind", Help: "What the child is of, where no record says: " + strings.Join(rules.Kinds, ", ") + "; or " + shipment.NoMaterial + ": no magnet, tantalum, tungsten or molybdenum in it."},
		{Name: "form", Help: "Its form, such as finished or block."},
		{Name: "manufactured in", Also: []string{"made in", "country"}, Help: "Country where the child was made: ISO code or English name. Asked of assemblies."},
		{Name: "cots", Help: "yes or no: commercially available off the shelf, unmodified unless modified says yes."},
		{Name: "modified", Help: "yes or no: modified from the form in which it is sold commercially."},
		{Name: "electronic device", Help: "yes or no."},
		{Name: "complete", Help: "yes: the child's own rows name every magnet, tantalum and tungsten part in it, and so for all in it. Without it there may be others."},
		{Name: "supplier", Also: []string{"vendor"}, Help: "Whom the child is bought from: what is missing is summed up by it.", Example: "Acme Magnetics"},
	}}
}

// SheetTemplate is the bytes of an empty sheet: its header, notes on every column, and an example.
func SheetTemplate(s Sheet) []byte { return template(s) }

// ReadShipment reads a shipment's rows. on is the day of rows that name none, 0 for none. There are no rows where there
// is a fault.
func ReadShipment(name string, data []byte, on quantity.Date) ([]shipment.Row, Faults) {
	spec := ShipmentSheet()
	rows := make([]shipment.Row, 0, bytes.Count(data, []byte("\n"))+1)
	r := newReader("", nil)
	days := map[string]quantity.Date{}
	r.each(&spec, name, data, func(w row) {
		s := shipment.Row{Line: w.n, Item: w.get("item"), Part: w.get("part"), Supplier: w.get("supplier"), Contract: w.get("contract"), Reference: w.get("reference")}
		s.On, s.Accepted = r.dayCell(w, "delivery", days), r.dayCell(w, "accepted", days)
		if w.get("delivery") == "" {
			if s.On = on; on == 0 {
				r.faultAt(w, "delivery", "required", "is empty", "write the day of delivery, or give one for all with --on DATE")
			}
		}
		if s.Accepted != 0 && s.Accepted < s.On {
			r.faultAt(w, "accepted", "order", "lies before the delivery on "+s.On.String(), "")
		}
		rows = append(rows, s)
	})
	if len(rows) == 0 && len(r.faults) == 0 {
		r.fault(name, 0, "", "required", "holds no items", "an empty sheet with notes is written by: lodestone judge --shipment "+name+" --template")
	}
	if len(r.faults) > 0 {
		return nil, r.faults
	}
	return rows, nil
}

// dayCell reads a date once for all rows that have it.
func (r *reader) dayCell(w row, column string, days map[string]quantity.Date) quantity.Date {
	text := w.get(column)
	if text == "" {
		return 0
	}
	if d, ok := days[text]; ok {
		return d
	}
	d, message, hint := parseDay(text)
	if message != "" {
		r.faultAt(w, column, "date", message, hint)
		return 0
	}
	days[text] = d
	return d
}

// ReadBill reads a bill of materials. There is none where there is a fault.
func ReadBill(name string, data []byte) (*shipment.Bill, Faults) {
	spec := BillSheet()
	r := newReader("", nil)
	var lines []shipment.Line
	r.each(&spec, name, data, func(w row) { lines = append(lines, r.billLine(w)) })
	if len(lines) == 0 && len(r.faults) == 0 {
		r.fault(name, 0, "", "required", "holds no parts", "an empty sheet with notes is written by: lodestone judge --bom "+name+" --template")
	}
	if len(r.faults) > 0 {
		return nil, r.faults
	}
	bill, wrong := shipment.NewBill(lines)
	return bill, FaultsOf(name, wrong)
}

// FaultsOf puts the name of the file to problems found in its rows.
func FaultsOf(name string, wrong []shipment.Problem) (faults Faults) {
	for _, p := range wrong {
		faults = append(faults, Fault{File: name, Row: p.Row, Column: p.Column, Rule: p.Rule, Message: p.Message, Hint: p.Hint})
	}
	return faults
}

func (r *reader) billLine(w row) shipment.Line {
	l := shipment.Line{Row: w.n, Parent: w.get("parent"), Child: w.get("child"), Form: strings.ToLower(w.get("form")), Supplier: w.get("supplier"), Kind: r.partKind(w)}
	if text := w.get("quantity"); text != "" {
		d, err := quantity.ParseDecimal(text)
		n, whole := d.Int64()
		if err != nil || !whole || n < 1 {
			r.faultAt(w, "quantity", "number", quote(text)+" is no number of pieces", "write a whole number from 1 on, or leave it empty")
		}
		l.Quantity = n
	}
	if text := w.get("mass"); text != "" {
		if value := r.number(w, "mass", text); value != "" {
			q, err := quantity.ParseQuantity(value, "KGM")
			m, ok := q.Mass()
			if err != nil || !ok || m <= 0 {
				r.faultAt(w, "mass", "number", quote(text)+" kg is no mass that can be kept", "kilograms of one piece, down to a milligram, as in 0.012")
			}
			l.Mass = m
		}
	}
	if text := w.get("manufactured in"); text != "" {
		c, err := supply.ParseCountry(text)
		if err != nil {
			r.faultAt(w, "manufactured in", "country", err.Error(), "")
		}
		l.MadeIn = c
	}
	l.COTS, l.Modified, l.Device, l.Complete = r.tri(w, "cots"), r.tri(w, "modified"), r.tri(w, "electronic device"), r.tri(w, "complete")
	if l.Parent == l.Child && l.Child != "" {
		r.faultAt(w, "child", "agree", fmt.Sprintf("%q is in itself", l.Child), "a part is in another part")
	}
	return l
}

// partKind is what a part is of: a kind of material that the law speaks of, none, or a word for an assembly.
func (r *reader) partKind(w row) string {
	text := w.get("kind")
	if text == "" || strings.EqualFold(text, shipment.NoMaterial) {
		return strings.ToLower(text)
	}
	for _, k := range supply.Kinds() {
		if strings.EqualFold(k.Name, text) {
			return k.Name
		}
	}
	_, err := supply.ParseKind(text)
	r.faultAt(w, "kind", "word", err.Error(), "or "+shipment.NoMaterial+" where no magnet, tantalum, tungsten or molybdenum is in it")
	return ""
}

func (r *reader) tri(w row, column string) rules.Tri {
	switch strings.ToLower(w.get(column)) {
	case "":
	case "yes", "y", "true", "1":
		return rules.Yes
	case "no", "n", "false", "0":
		return rules.No
	default:
		r.faultAt(w, column, "word", "cannot read "+quote(w.get(column)), "write yes or no, or leave it empty where it is not known")
	}
	return rules.Unknown
}

package shipment

import (
	"lodestone/quantity"
	"lodestone/supply"
)

// Row is one item of a shipment as its file states it.
type Row struct {
	Line      int    // row of the file, from 1
	Item      string // a lot or serial of the record, whole or its last part; or any name when Part says what it is
	Part      string // the part of the bill of materials that the item is one of; "" none, or the item itself
	Reference string // the user's own
	Supplier  string // whom it was bought from, "" not said
	Contract  string // name of the contract it is delivered under, "" the shipment's
	On        quantity.Date
	Accepted  quantity.Date // 0: the day of delivery

	lot   supply.LotID // the record's id, "" none: set by Check
	part  *part        // set by Check
	class classed      // set by Check
}

// Problem is one thing that keeps a file from being used.
type Problem struct {
	Row     int    // of the file, from 1
	Column  string // "" when the row as a whole is meant
	Rule    string // reference, agree, required: see intake's rules
	Message string
	Hint    string
}

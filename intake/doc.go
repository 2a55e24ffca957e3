// Package intake reads a producer's spreadsheets: a folder of CSV files becomes EPCIS events and statements.
//
// # The folder
//
// The sheets are parties, facilities, materials, lots, runs, run_inputs, run_outputs, assays, shipments, contents,
// documents and corrections, each a file of that name with .csv. All are optional, but what one names must stand in
// another or be a URI. Sheets describes every column; the empty sheets of WriteTemplate and the page of Guide are made
// from that description.
//
// # What comes of it
//
//	runs without inputs            ObjectEvent ADD, bizStep the phase
//	runs with inputs and outputs   TransformationEvent, bizStep the phase, transformationID the campaign
//	runs whose outputs are inputs  ObjectEvent OBSERVE, bizStep the phase
//	assays                         ObjectEvent OBSERVE sensor_reporting with sensor elements
//	shipments                      ObjectEvent OBSERVE shipping and receiving
//	contents                       AggregationEvent or AssociationEvent, ADD or DELETE
//	corrections                    the events of a record again, with an error declaration
//	the others                     statements
//
// So these three files, read as what urn:lodestone:party:acme says,
//
//	lots.csv          lot
//	                  ORE-1
//	runs.csv          run,phase,facility,end
//	                  R1,mined,urn:lodestone:facility:US-BROOK,2026-03-02 16:00-07:00
//	run_outputs.csv   run,lot,amount,unit
//	                  R1,ORE-1,40,t
//
// are one event:
//
//	{"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"lode": "urn:lodestone:voc:"}],
//	 "type": "ObjectEvent", "eventID": "urn:lodestone:run:acme:R1",
//	 "eventTime": "2026-03-02T16:00:00-07:00", "eventTimeZoneOffset": "-07:00",
//	 "quantityList": [{"epcClass": "urn:lodestone:lot:acme:ORE-1", "quantity": 40, "uom": "TNE"}],
//	 "action": "ADD", "bizStep": "urn:lodestone:phase:mined",
//	 "readPoint": {"id": "urn:lodestone:facility:US-BROOK"}, "bizLocation": {"id": "urn:lodestone:facility:US-BROOK"}}
//
// # Ids
//
// A plain id becomes urn:lodestone:<noun>:<slug>:<id>. Noun is party, facility, material, lot, serial, container, run,
// assay, shipment, packing, campaign, transformation or waybill. Slug is what follows urn:lodestone:party: in the
// author's id, or the whole id when it begins otherwise. In slug and id every byte but ASCII letters, digits and . _ ~ -
// is written %XX, so no two ids of any two authors meet. URIs pass through.
//
// # Same files, same bytes
//
// Reading looks at no clock and draws no ids, so importing a folder twice adds nothing. An eventID is made from the id
// of its record: a row that is changed after it was imported gives two contents under one eventID, which the ledger
// keeps and flags. The lawful way is corrections.csv: the wrong record stays, its events are repeated with an error
// declaration (so that they name their target by eventID and by content alike), and the right record has an id of its
// own. A statement is corrected by a later issued.
//
// # Faults
//
// Everything wrong is named at once, by file, row and column, with the rule that was broken (see Rules) and the
// remedy; while one fault stands nothing is imported. What is odd but may be meant (a lot that two runs make, more
// drawn than made, a run without a facility) is a Note, and is imported.
package intake

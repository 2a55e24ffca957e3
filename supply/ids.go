// Package supply holds the nouns of the chain: parties, facilities, materials, lots, phases, evidence, agreements,
// documents and determinations, and the statements by which they enter the log.
//
// # Statements
//
// A statement is one claim of one author about one noun. Its stored form is RFC 8785 JSON, so that equal statements are
// equal bytes and one hash:
//
//	{"facility":{"country":"CA","id":"urn:lodestone:facility:CA-SRC-SXU","name":"SRC"},"valid":{"from":"2027-01-01"}}
//
// Encode writes it, DecodeStatement reads it and refuses names that are unknown or twice there, Check tells all that is
// wrong with it by itself: not one subject, ids that are no URIs, countries, kinds, forms, elements and grades that are
// not of their closed sets, decimals out of range, a validity that ends before it begins.
//
// # Unknown
//
// What is not stated is empty, and empty is never a value: a facility without a country has none, a material without
// constituents may hold any element. Where text can be read in two ways it is refused: ParseCountry refuses Korea,
// Congo and NA; FromMasterData leaves out what has no place here and names it; an assay with one unreadable line is left
// out whole.
//
// # Inside events
//
// Phases are business steps, urn:lodestone:phase:separated. Assays are sensor elements, read by AssaysOf and written by
// AssaySensor; the material of a lot, the elements of a step and its losses are extensions, read by MaterialsOf,
// ElementsOf and LossesOf. doc/vocabulary.md, made of this package's tables, documents every term.
package supply

// The identifiers are URIs (a GS1 Digital Link, an EPC URN, a web address or any other URI); each noun has its own type.
type (
	PartyID     string
	FacilityID  string
	MaterialID  string
	LotID       string // a lot, a serial, a container: whatever an event's epc or epcClass names
	DocumentID  string
	AgreementID string
)

// Unattributed is the author of an entry that nobody signed for: neither the capturing party nor the document's sender is known.
const Unattributed PartyID = ""

// Country is an ISO 3166-1 alpha-2 code in capitals; "" is unknown.
type Country string

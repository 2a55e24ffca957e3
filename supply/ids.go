// Package supply holds the nouns of the chain: parties, facilities, materials, lots, phases, evidence, agreements,
// documents and determinations, and the statements by which they enter the log.
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

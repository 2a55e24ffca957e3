package epcis

// Pass is one of the three passes of validation.
type Pass string

const (
	Text      Pass = "text"      // is it JSON that has one meaning
	Structure Pass = "structure" // is it what GS1's JSON Schema of EPCIS 2.0 admits, neither more nor less
	Meaning   Pass = "meaning"   // can it be meant
)

// Rule is one rule of validation.
type Rule struct {
	Name string
	Pass Pass
	Says string // one sentence
}

// Rules is the table of all rules, in the order of the passes.
func Rules() []Rule { return append([]Rule(nil), ruleTable[:]...) }

var ruleTable = [...]Rule{
	{"json", Text, "the text is JSON in UTF-8, and nothing follows its end"},
	{"duplicate-name", Text, "no object of a document around its events has two members of one name"},
	{"too-large", Text, "what must be held in memory at once stays under the reader's limit"},

	{"type", Structure, "a value is of the JSON type its place asks for"},
	{"required", Structure, "a required member is there"},
	{"unknown-name", Structure, "a member is one of the standard at this place, or an extension whose name is a URI or has a prefix"},
	{"uri", Structure, "identifiers are absolute URIs"},
	{"time", Structure, "times are RFC 3339 with date, time and zone"},
	{"zone-offset", Structure, "eventTimeZoneOffset is a sign and hh:mm, at most 14:00"},
	{"word", Structure, "a vocabulary value is a word of the Core Business Vocabulary or a URI outside GS1's own space"},
	{"version", Structure, "schemaVersion is digits parted by dots"},
	{"unit-form", Structure, "the uom of a quantity is 2 or 3 capitals or digits"},
	{"hex", Structure, "hexBinaryValue is hexadecimal digits"},
	{"empty-list", Structure, "a list that must hold something does"},
	{"unique", Structure, "a list without repetition has none"},
	{"context", Structure, "@context is a URI, an object, or an array of these without repetition, and there for an event alone"},
	{"no-objects", Structure, "an event says what it is about: objects, quantities, or what stands for them in its type"},
	{"ilmd-action", Structure, "ilmd stands in an ObjectEvent only with action ADD"},
	{"disposition-sets", Structure, "persistentDisposition has set or unset"},

	{"empty-text", Meaning, "no unit, sender, receiver or instance identifier is the empty text"},
	{"year", Meaning, "no time lies before the year 1900"},
	{"future", Meaning, "eventTime is at most 24 hours after the receipt"},
	{"record-before-event", Meaning, "recordTime does not lie before eventTime by more than 24 hours"},
	{"time-order", Meaning, "startTime is not after endTime"},
	{"sensor-after-event", Meaning, "no sensor time lies after eventTime"},
	{"said-twice", Meaning, "time, deviceID, deviceMetadata, rawData, dataProcessingMethod and bizRules stand in sensorMetadata or in sensorReport, not in both (GS1 TCR-53)"},
	{"negative", Meaning, "quantities and standard deviations are not negative"},
	{"repeated-name", Meaning, "no object of an event has two members of one name"},
	{"too-much", Meaning, "a mass is at most 9 × 10⁹ tonnes, what 64 bits of milligrams count"},
	{"unit", Meaning, "the unit of a quantity, and of a reading of a chemical substance, is a code of UN/ECE Recommendation 20 that package quantity knows"},
	{"number-size", Meaning, "a number has at most 38 digits and 38 places"},
	{"percentile", Meaning, "percRank lies between 0 and 100"},
	{"value-order", Meaning, "minValue is at most meanValue, and meanValue at most maxValue"},
	{"single-as-class", Meaning, "epcClass names a class or a lot, not a single thing such as a serial or an SSCC"},
	{"class-as-single", Meaning, "an epcList names single things, not lots or classes"},
	{"own-child", Meaning, "a parent is not its own child"},
	{"parent-needed", Meaning, "an aggregation with action ADD or DELETE names its parent"},
	{"set-and-unset", Meaning, "no disposition is set and unset at once"},
	{"self-correction", Meaning, "an error declaration does not name the event itself as its correction"},
	{"check-digit", Meaning, "the check digit of a GS1 key is right in a link under https://id.gs1.org/, which can be nothing else"},
}

func passOf(rule string) Pass {
	for i := range ruleTable {
		if ruleTable[i].Name == rule {
			return ruleTable[i].Pass
		}
	}
	return ""
}

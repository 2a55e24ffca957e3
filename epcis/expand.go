package epcis

import "strings"

// Expand resolves a name of the event to a full URI: a bare word of the Core Business Vocabulary or of GS1's measurement types, a
// prefixed name of the context in force, or a term that the context defines. A name that needs no resolving, or that nothing resolves,
// comes back as it is. Contexts behind a URI other than GS1's own are not fetched.
func (e *Event) Expand(name string) string {
	if uri := wordURI(name); uri != "" {
		return uri
	}
	if uri, ok := webVocabulary(name); ok {
		return uri
	}
	head, tail, prefixed := strings.Cut(name, ":")
	if prefixed && (head == "urn" || strings.HasPrefix(tail, "//")) {
		return name
	}
	prefixes := prefixesOf(e.Context)
	if !prefixed {
		if start, ok := startOf(prefixes, name); ok && isURI(start) {
			return start
		}
		return name
	}
	start, ok := startOf(prefixes, head)
	if !ok {
		return name
	}
	if start == "urn:epcglobal:cbv:mda" {
		start += ":"
	}
	return start + tail
}

// BizStepURI is the event's business step as a full URI, "" when it has none.
func (e *Event) BizStepURI() string { return e.full(e.BizStep, &bizSteps) }

// DispositionURI is the event's disposition as a full URI, "" when it has none.
func (e *Event) DispositionURI() string { return e.full(e.Disposition, &dispositions) }

func (e *Event) full(name string, v *vocabulary) string {
	switch {
	case name == "":
		return ""
	case v.words[name]:
		return v.start + name
	}
	return e.Expand(name)
}

// wordURI is the URI of a bare word, "" for any other text. No word stands in two vocabularies.
func wordURI(word string) string {
	for _, v := range [...]*vocabulary{&bizSteps, &dispositions, &transactionTypes, &sourceDestTypes, &errorReasons, &components, &measurements, &alerts} {
		if v.words[word] {
			return v.start + word
		}
	}
	return ""
}

// webVocabulary is the web form of a word written as a URN of the older CBV.
func webVocabulary(name string) (string, bool) {
	rest, ok := strings.CutPrefix(name, "urn:epcglobal:cbv:")
	if !ok {
		return name, false
	}
	kind, word, ok := strings.Cut(rest, ":")
	if !ok {
		return name, false
	}
	switch kind {
	case "bizstep":
		return bizSteps.start + word, true
	case "disp":
		return dispositions.start + word, true
	case "btt":
		return transactionTypes.start + word, true
	case "sdt":
		return sourceDestTypes.start + word, true
	case "er":
		return errorReasons.start + word, true
	}
	return name, false
}

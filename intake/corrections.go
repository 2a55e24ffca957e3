package intake

import (
	"slices"
	"strings"
	"time"

	"lodestone/epcis"
)

// readCorrections makes an error declaration of every event of a record that is corrected: the event as it was, with
// the declaration added, so that it names its target by eventID and by content alike.
func (r *reader) readCorrections() {
	for _, w := range r.rows("corrections.csv") {
		kind := r.word(w, "record", "run", "shipment", "packing", "assay")
		declared := r.when(w, "declared", "", true)
		reason := r.word(w, "reason", "incorrect data", "did not occur")
		if kind == "" || w.get("id") == "" {
			continue
		}
		c := r.records[recordKey{kind, w.get("id")}]
		if c == nil {
			r.faultAt(w, "id", "correction", "unknown "+kind+" "+quote(w.get("id")), r.didYouMean(w.get("id"), r.ids(kind), "the wrong record stays in its sheet as it was imported"))
			continue
		}
		if c.voidedBy != "" {
			r.faultAt(w, "id", "correction", kind+" "+quote(c.id)+" is corrected twice", "correct the record that replaced it")
			continue
		}
		c.voidedBy = w.file
		var corrective []string
		for _, id := range list(w.get("replaced by")) {
			right := r.records[recordKey{kind, id}]
			switch {
			case right == nil:
				r.faultAt(w, "replaced by", "correction", "unknown "+kind+" "+quote(id), r.didYouMean(id, r.ids(kind), "add the right record under an id of its own"))
			case right == c:
				r.faultAt(w, "replaced by", "correction", kind+" "+quote(id)+" replaces itself", "the right record has an id of its own")
			default:
				for _, e := range right.events {
					corrective = append(corrective, e.ID)
				}
			}
		}
		if reason == "did not occur" && len(corrective) > 0 {
			r.faultAt(w, "replaced by", "correction", "what did not occur is replaced by nothing", "write incorrect data, or leave the cell empty")
		}
		if !declared.ok() || reason == "" {
			continue
		}
		for _, e := range slices.Clone(c.events) {
			if declared.Before(e.Time.Add(-24 * time.Hour)) { // a record known to the day may be found wrong on that day
				r.faultAt(w, "declared", "order", "declared "+declared.text()+", before the "+kind+" itself, "+e.Time.Text, "say when you found it wrong")
				break
			}
			wrong := *e
			wrong.Error = &epcis.ErrorDeclaration{Time: epcis.Time{Time: declared.Time, Text: declared.text()}, Reason: strings.ReplaceAll(reason, " ", "_"), Corrective: corrective}
			r.events = append(r.events, &wrong)
			r.at[&wrong] = w
		}
	}
}

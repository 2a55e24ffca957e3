package intake

import (
	"lodestone/epcis"
	"lodestone/supply"
)

// readAssays makes of every assay an event of its own: it comes days after the run, and a run that was imported does
// not change any more.
func (r *reader) readAssays() {
	s := r.sheets["assays.csv"]
	for _, w := range r.rows("assays.csv") {
		c, again := r.record("assay", w)
		if c == nil {
			continue
		}
		if again {
			r.faultAt(w, "assay", "unique", "assay "+quote(c.id)+" stands twice", "a report on several lots gives each an id of its own, such as "+quote(c.id+"-2"))
			continue
		}
		place := r.refer(w, "facility", r.facilities)
		c.at = r.when(w, "time", "facility", true)
		x, ok := r.line(w, "", false)
		papers := r.papers(w)
		if w.get("basis") != "" && heading(w.get("basis")) == "dry" {
			r.faultAt(w, "basis", "fraction", "figures of a dried sample", "recalculate them to the lot as its amount is stated: dry figure times (1 - moisture)")
			ok = false
		}
		basis := ""
		if ok {
			basis = r.word(w, "basis", "as stated", "as received")
		}
		method := w.get("method")
		if method != "" && (!isURI(method) || checkURI(method) != nil) {
			r.faultAt(w, "method", "id", quote(method)+" is no URI", errNotURI.Error())
		}
		found, good := r.figures(s, w)
		if good && len(found) == 0 {
			r.faultAt(w, "assay", "required", "the assay has no figures", "name columns such as Nd % and Nd sd %")
		}
		if !ok || !good || len(found) == 0 || !c.at.ok() {
			continue
		}
		e := r.object(c, epcis.Observe, "", "sensor_reporting", c.at, place, []line{x})
		e.Certification, e.CertificationIsList = papers, len(papers) > 1
		for _, a := range assays(found, basis == "as received") {
			if _, err := a.Elements(); err != nil {
				r.faultAt(w, "", "fraction", err.Error(), "")
				continue
			}
			sensor := supply.AssaySensor(supply.LotID(x.lot.uri), a)
			if method != "" {
				if sensor.Metadata == nil {
					sensor.Metadata = &epcis.SensorMetadata{}
				}
				sensor.Metadata.DataProcessingMethod = method
			}
			e.Sensors = append(e.Sensors, sensor)
		}
	}
}

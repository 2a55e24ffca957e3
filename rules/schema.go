package rules

import (
	"encoding/json"

	"lodestone/supply"
)

type object = map[string]any

// Schema is the JSON Schema (draft 2020-12) of a fact file, built from the same lists of fields and words that the
// reader uses.
func Schema() []byte {
	text := object{"type": "string", "minLength": 1}
	flag := object{"type": "boolean"}
	date := object{"type": "string", "format": "date", "pattern": `^\d{4}-\d{2}-\d{2}$`}
	country := object{"type": "string", "pattern": "^[A-Z]{2}$", "description": "ISO 3166-1 alpha-2 code; leave it out where it is unknown"}
	share := object{"type": "number", "minimum": 0, "maximum": 1, "description": "mass fraction of one"}
	money := object{"type": "number", "minimum": 0, "description": "US dollars"}
	words := func(ws []string) object { return object{"enum": ws} }
	list := func(of object) object { return object{"type": "array", "items": of} }
	symbols := list(object{"type": "string", "description": "chemical symbol"})
	var grades []string
	for e := supply.NoEvidence; e <= supply.Measured; e++ {
		grades = append(grades, e.String())
	}
	phases := words(phaseWords())
	of := func(fields []string, types object, required ...string) object {
		props := object{}
		for _, f := range fields {
			props[f] = types[f]
		}
		o := object{"type": "object", "additionalProperties": false, "properties": props}
		if len(required) > 0 {
			o["required"] = required
		}
		return o
	}
	weight := object{"type": "string", "pattern": `^\s*[0-9.eE+]+ +(kg|g|mg|t)\s*$`, "description": `a mass with its unit, as in "0.25 kg"`}
	shares := object{"type": "object", "additionalProperties": share}
	party := object{"anyOf": []object{text, of(partyFields, object{"name": text, "country": country, "owner": country, "military": flag,
		"lists": list(words(partyLists)), "forced_labour": flag, "listed_owner_share": share})}}
	licence := of(licenceFields, object{"kind": words(licenceKinds), "code": text, "number": text, "from": date, "until": date}, "kind")
	shipment := of(shipmentFields, object{"from": country, "to": country, "date": date, "end_use": words(endUses), "end_user": party,
		"cn_value_share": share, "cn_technology": flag, "technology": list(phases), "codes": list(text), "licences": list(licence)})
	product := of(productFields, object{"class": words(productClasses), "magnet_mass": weight, "post_consumer": shares})
	claim := of(claimFields, object{"related_buyer": flag, "credit_48c": flag, "prohibited_foreign_entity": flag, "material_assistance": share,
		"costs_usd": money, "produced_in": country})
	company := of(companyFields, object{"sec_issuer": flag, "manufactures": flag, "inquiry": flag})
	contract := of(contractFields, object{
		"clauses": list(object{"type": "string", "pattern": `^\s*(([Dd][Ff][Aa][Rr][Ss]|[Ff][Aa][Rr])\s+)?\d{2,3}\.\d{3}-\d{1,4}(\s+\(?[A-Za-z]{3,9} \d{4}\)?)?\s*$`, "description": `number and version, as in "252.225-7052 MAY 2024"`}), "number": text,
		"awarded": date, "value_usd": money, "subcontract_value_usd": money, "bought_in": country, "used_in": country,
		"electronic_devices_covered": flag, "contingency_operations": flag, "circumstances": list(words(circumstances))})
	item := of(endItemFields, object{"name": text, "is_material": flag, "manufactured_in": country, "cots": flag, "modified": flag,
		"electronic_device": flag, "system": words(systems), "covered_material_share": share, "tungsten_share": share,
		"noncompliant_metal_share": share})
	component := of(componentFields, object{"name": text, "in": text, "manufactured_in": country, "cots": flag, "electronic_device": flag,
		"subsystem": flag}, "name")
	recycled := of(recycledFields, object{"feed": text, "route": words(routes), "milled_in": country, "sintered_in": country, "produced_in": country, "blend": flag})
	step := of(stepFields, object{"phase": phases, "elements": symbols, "country": country, "claims": list(country), "facility": text,
		"evidence": words(grades), "sources": list(text), "earlier_life": flag, "planned": flag, "region": text, "date": date, "operator": party, "evidence_until": date, "known_from": date}, "phase")
	gap := of(gapFields, object{"elements": symbols, "before": phases, "after": list(phases), "where": text, "feed": flag})
	material := of(materialFields, object{"name": text, "in": text, "kind": words(Kinds), "form": text, "incorporated": flag, "cots": flag,
		"elements": object{"type": "object", "additionalProperties": share}, "box": text, "recycled": recycled, "steps": list(step),
		"complete": flag, "gaps": list(gap), "findings": list(text), "purity": share, "mass": weight}, "kind")
	determination := of(determinationFields, object{"kind": words(determinationKinds), "level": words(levels), "contract": text, "material": text,
		"by": text, "from": date, "until": date, "known_from": date}, "kind", "material")
	root := of(topFields, object{"book": object{"anyOf": []object{text, list(text)}}, "delivery": date, "delivery_accepted": date, "contract": contract,
		"end_item": item, "components": list(component), "materials_complete": flag, "materials": list(material),
		"determinations": list(determination), "shipment": shipment, "product": product, "claim": claim, "company": company, "minimum_evidence": words(grades),
		"answers": object{"type": "object", "additionalProperties": text}})
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "Lodestone fact file: one delivery question"
	b, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic("rules: schema: " + err.Error()) // only plain maps go in
	}
	return append(b, '\n')
}

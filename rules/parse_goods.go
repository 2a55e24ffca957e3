package rules

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"
)

func (r *reader) shipment(n *yaml.Node, at string, s *Shipment) {
	r.Mapping(n, at, shipmentFields, func(key, at string, n *yaml.Node) {
		switch key {
		case "from":
			s.From = r.Country(n, at)
		case "to":
			s.To = r.Country(n, at)
		case "date":
			s.Date = r.Date(n, at)
		case "end_use":
			s.EndUse = r.OneOf(n, at, endUses)
		case "end_user":
			s.EndUser = r.party(n, at)
		case "cn_value_share":
			s.CNValueShare = r.share(n, at)
		case "cn_technology":
			s.CNTechnology = r.tri(n, at)
		case "technology":
			r.List(n, at, func(at string, n *yaml.Node) { s.Technology = append(s.Technology, r.phase(n, at)) })
		case "codes":
			r.List(n, at, func(at string, n *yaml.Node) { s.Codes = append(s.Codes, r.Text(n, at)) })
		case "licences":
			r.List(n, at, func(at string, n *yaml.Node) { s.Licences = append(s.Licences, r.licence(n, at)) })
		}
	})
}

func (r *reader) licence(n *yaml.Node, at string) HeldLicence {
	var l HeldLicence
	r.Mapping(n, at, licenceFields, func(key, at string, n *yaml.Node) {
		switch key {
		case "kind":
			l.Kind = r.OneOf(n, at, licenceKinds)
		case "code":
			l.Code = r.Text(n, at)
		case "number":
			l.Number = r.Text(n, at)
		default:
			r.Period(key, at, n, &l.Valid)
		}
	})
	if l.Kind == "" && n.Kind == yaml.MappingNode && !r.Failed(at+".kind") {
		r.Wrong(n, at+".kind", "is missing", "one of "+strings.Join(licenceKinds, ", "))
	}
	return l
}

// party reads a party: its name, or a mapping.
func (r *reader) party(n *yaml.Node, at string) Party {
	if n.Kind == yaml.ScalarNode {
		return Party{Name: r.Text(n, at)}
	}
	var p Party
	r.Mapping(n, at, partyFields, func(key, at string, n *yaml.Node) {
		switch key {
		case "name":
			p.Name = r.Text(n, at)
		case "country":
			p.Country = r.Country(n, at)
		case "owner":
			p.Owner = r.Country(n, at)
		case "military":
			p.Military = r.tri(n, at)
		case "lists":
			p.ListsGiven = true
			r.List(n, at, func(at string, n *yaml.Node) { p.Lists = append(p.Lists, r.OneOf(n, at, partyLists)) })
		case "forced_labour":
			p.ForcedLabour = r.tri(n, at)
		case "listed_owner_share":
			p.ListedOwnerShare = r.share(n, at)
		}
	})
	return p
}

func (r *reader) product(n *yaml.Node, at string, p *Product) {
	r.Mapping(n, at, productFields, func(key, at string, n *yaml.Node) {
		switch key {
		case "class":
			p.Class = r.OneOf(n, at, productClasses)
		case "magnet_mass":
			p.MagnetMass = r.weight(n, at)
		case "post_consumer":
			r.Pairs(n, at, func(key, at string, n *yaml.Node) {
				e, err := element.Parse(key)
				if err != nil {
					r.Wrong(n, at, err.Error(), "a chemical symbol such as Nd")
					return
				}
				if s := r.share(n, at); s.Known {
					p.PostConsumer = append(p.PostConsumer, ElementShare{Element: e, Share: s.Value})
				}
			})
		}
	})
}

func (r *reader) claim(n *yaml.Node, at string, c *Claim) {
	r.Mapping(n, at, claimFields, func(key, at string, n *yaml.Node) {
		switch key {
		case "related_buyer":
			c.RelatedBuyer = r.tri(n, at)
		case "credit_48c":
			c.Credit48C = r.tri(n, at)
		case "prohibited_foreign_entity":
			c.ProhibitedForeignEntity = r.tri(n, at)
		case "material_assistance":
			c.MaterialAssistance = r.share(n, at)
		case "costs_usd":
			c.Costs = r.amount(n, at)
		case "produced_in":
			c.ProducedIn = r.Country(n, at)
		}
	})
}

func (r *reader) company(n *yaml.Node, at string, c *Company) {
	r.Mapping(n, at, companyFields, func(key, at string, n *yaml.Node) {
		switch key {
		case "sec_issuer":
			c.SECIssuer = r.tri(n, at)
		case "manufactures":
			c.Manufactures = r.tri(n, at)
		case "inquiry":
			c.Inquiry = r.tri(n, at)
		}
	})
}

var massUnits = map[string]string{"kg": "KGM", "g": "GRM", "mg": "MGM", "t": "TNE"}

// weight is a mass with its unit, such as "0.25 kg".
func (r *reader) weight(n *yaml.Node, at string) Weight {
	text := r.Text(n, at)
	if text == "" {
		return Weight{}
	}
	const hint = `a number and kg, g, mg or t, as in "0.25 kg"`
	number, unit, _ := strings.Cut(strings.TrimSpace(text), " ")
	code, ok := massUnits[strings.TrimSpace(unit)]
	if !ok {
		r.Wrong(n, at, fmt.Sprintf("%q is no mass with its unit", text), hint)
		return Weight{}
	}
	q, err := quantity.ParseQuantity(number, code)
	if err != nil {
		r.Wrong(n, at, err.Error(), hint)
		return Weight{}
	}
	m, _ := q.Mass()
	return Weight{Known: true, Value: m}
}

// cnRegions are the provinces of China by ISO 3166-2 code, with their names: a region of China outside the list is
// refused, so that a slip of spelling never reads as another place.
var cnRegions = map[string]string{
	"CN-AH": "Anhui", "CN-BJ": "Beijing", "CN-CQ": "Chongqing", "CN-FJ": "Fujian", "CN-GD": "Guangdong", "CN-GS": "Gansu",
	"CN-GX": "Guangxi", "CN-GZ": "Guizhou", "CN-HA": "Henan", "CN-HB": "Hubei", "CN-HE": "Hebei", "CN-HI": "Hainan",
	"CN-HK": "Hong Kong", "CN-HL": "Heilongjiang", "CN-HN": "Hunan", "CN-JL": "Jilin", "CN-JS": "Jiangsu", "CN-JX": "Jiangxi",
	"CN-LN": "Liaoning", "CN-MO": "Macau", "CN-NM": "Inner Mongolia", "CN-NX": "Ningxia", "CN-QH": "Qinghai", "CN-SC": "Sichuan",
	"CN-SD": "Shandong", "CN-SH": "Shanghai", "CN-SN": "Shaanxi", "CN-SX": "Shanxi", "CN-TJ": "Tianjin", "CN-TW": "Taiwan",
	"CN-XJ": "Xinjiang", "CN-XZ": "Tibet", "CN-YN": "Yunnan", "CN-ZJ": "Zhejiang",
}

// region is part of a country: of China its ISO 3166-2 code by code or name, elsewhere as it is given.
func (r *reader) region(n *yaml.Node, at string) string { return regionOf(r.Text(n, at)) }

func regionOf(text string) string {
	text = strings.TrimSpace(text)
	for code, name := range cnRegions {
		if strings.EqualFold(text, code) || strings.EqualFold(text, name) {
			return code
		}
	}
	if strings.EqualFold(text, "XUAR") || strings.EqualFold(text, "Xinjiang Uyghur Autonomous Region") {
		return "CN-XJ"
	}
	return text
}

// placed holds a step's region against its country.
func (r *reader) placed(n *yaml.Node, at string, s *Step) {
	_, chinese := cnRegions[s.Region]
	switch {
	case s.Region == "":
	case s.Country == "" && len(s.Claims) == 0:
		r.Wrong(n, at+".region", "stands without a country", "give the country too")
	case s.Country == "CN" && !chinese:
		var names []string
		for _, name := range cnRegions {
			names = append(names, name)
		}
		slices.Sort(names)
		r.Wrong(n, at+".region", fmt.Sprintf("%q is no region of China", s.Region), "its ISO 3166-2 code such as CN-XJ, or one of "+strings.Join(names, ", "))
	case chinese && !slices.Contains([]supply.Country{"CN", "HK", "MO", "TW"}, s.Country):
		r.Wrong(n, at+".region", fmt.Sprintf("%s is not in %s", s.Region, s.Country), "")
	}
}

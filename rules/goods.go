package rules

import (
	"slices"
	"strings"

	"lodestone/quantity"
	"lodestone/supply"
)

// What books beside the prohibitions ask: of a shipment over a border, of a product on a market, of a claim for a credit,
// of the company that asks, of the parties behind a step. All of it may be left out, and is then unknown; a list of
// things that happened (technology, codes, licences) is then empty.

// Shipment is goods or technology on their way over a border.
type Shipment struct {
	From, To     supply.Country
	Date         quantity.Date // 0: the day of delivery
	EndUse       string        // one of endUses
	EndUser      Party
	CNValueShare Share          // share of the value that is controlled items of Chinese origin
	CNTechnology Tri            // made abroad with Chinese technology of mining, separation, metal or magnet making, recycling
	Technology   []supply.Phase // phases whose technology is itself handed over
	Codes        []string       // tariff or control codes that the shipper states
	Licences     []HeldLicence
}

// HeldLicence is an export licence that the shipper holds.
type HeldLicence struct {
	Kind   string // general, individual
	Code   string // control code or name; "" any
	Number string
	Valid  quantity.Period
}

// Party is a company that did a step or will use the goods.
type Party struct {
	Name             string
	Country          supply.Country
	Owner            supply.Country // of the party that owns half of it or more
	Military         Tri
	ListsGiven       bool     // Lists names every official list it is on
	Lists            []string // some of partyLists
	ForcedLabour     Tri      // uses forced labour, or labour from or transferred from the region the book names
	ListedOwnerShare Share    // share of it that parties on such a list own
}

// Product is a thing placed on a market.
type Product struct {
	Class        string // one of productClasses
	MagnetMass   Weight // of all permanent magnets in it together
	PostConsumer []ElementShare
}

// Weight is a mass, or unknown.
type Weight struct {
	Known bool
	Value quantity.Mass
}

// Claim is what a producer states for a tax credit.
type Claim struct {
	RelatedBuyer            Tri // sold to a related person
	Credit48C               Tri // basis of the same facility was taken into account for the credit of section 48C
	ProhibitedForeignEntity Tri
	MaterialAssistance      Share // material assistance cost ratio
	Costs                   Share // US dollars incurred in the production
	ProducedIn              supply.Country
}

// Company is what a book asks of the party whose question it is.
type Company struct {
	SECIssuer    Tri // files reports with the Securities and Exchange Commission
	Manufactures Tri // makes the product, or contracts for its making
	Inquiry      Tri // a commercially reasonable inquiry was made
}

var (
	shipmentFields = []string{"from", "to", "date", "end_use", "end_user", "cn_value_share", "cn_technology", "technology", "codes", "licences"}
	licenceFields  = []string{"kind", "code", "number", "from", "until"}
	partyFields    = []string{"name", "country", "owner", "military", "lists", "forced_labour", "listed_owner_share"}
	productFields  = []string{"class", "magnet_mass", "post_consumer"}
	claimFields    = []string{"related_buyer", "credit_48c", "prohibited_foreign_entity", "material_assistance", "costs_usd", "produced_in"}
	companyFields  = []string{"sec_issuer", "manufactures", "inquiry"}

	endUses        = []string{"civil", "military", "military_ai", "advanced_logic", "advanced_memory"}
	licenceKinds   = []string{"general", "individual"}
	partyLists     = []string{"uflpa_entity_list", "section_1260h", "cn_control_list", "cn_unreliable_entity_list", "bis_entity_list"}
	productClasses = []string{"MRI device", "wind generator", "industrial robot", "motor vehicle", "light means of transport", "cooling generator",
		"heat pump", "electric motor", "washing machine", "tumble dryer", "microwave", "vacuum cleaner", "dishwasher", "other"}
)

// tellable are the facts that a disclosure may name beside product.post_consumer.SYMBOL.
var tellable = []string{"product.class", "product.magnet_mass", "materials.kinds", "end_item.name"}

// told is the value of a fact that a disclosure names, "" where it is not known or the fact has no name here.
func (f *Facts) told(fact string) string {
	if symbol, ok := strings.CutPrefix(fact, "product.post_consumer."); ok {
		for _, s := range f.Product.PostConsumer {
			if s.Element.Symbol() == symbol {
				return s.Share.String()
			}
		}
		return ""
	}
	switch fact {
	case "product.class":
		return f.Product.Class
	case "product.magnet_mass":
		if f.Product.MagnetMass.Known {
			return f.Product.MagnetMass.Value.String()
		}
	case "materials.kinds":
		var kinds []string
		for _, m := range f.Materials {
			if !slices.Contains(kinds, m.Kind) {
				kinds = append(kinds, m.Kind)
			}
		}
		return strings.Join(kinds, ", ")
	case "end_item.name":
		return f.EndItem.Name
	}
	return ""
}

package sim

import (
	"lodestone/quantity"
	"lodestone/supply"
)

// stuff is a material by its number in the table.
type stuff uint8

const (
	ore stuff = iota
	concentrate
	carbonate
	oxideNdPr
	oxideDy
	oxideTb
	oxideSm
	oxideLaCe
	metalNdPr
	metalDy
	metalTb
	metalSm
	ironOre
	iron
	borate
	boron
	cobaltOre
	cobalt
	alloyN // N: neodymium-iron-boron
	alloyH // H: the same with dysprosium and cobalt
	alloyS // S: samarium-cobalt
	coarseN
	coarseH
	coarseS
	powderN
	powderH
	powderS
	blockN
	blockH
	blockS
	bareN
	bareH
	bareS
	diffusedT // T: N with terbium diffused into it
	coatedN
	coatedH
	coatedS
	coatedT
	magnetN
	magnetH
	magnetS
	magnetT
	swarfN
	swarfH
	swarfS
	scrapN
	scrapH
	scrapS
	recoveredN
	recoveredH
	recoveredS
	motor
	missile
	stuffs
)

// grade is a composition of magnet; materials of one form stand in the table in this order.
type grade uint8

const (
	gradeN grade = iota
	gradeH
	gradeS
	gradeT
)

func (s stuff) of(g grade) stuff { return s + stuff(g) }

// PieceMass is the mass of every magnet of a world before it is diffused or coated.
const PieceMass = 50 * quantity.Gram

// sort is what is to be said of a material.
type sort struct {
	slug, label, name, kind, form string // label begins its lots' ids
	holds                         []matter
	basis                         quantity.Basis // of its assays; NoBasis: it is not assayed
	pieces                        bool           // lots are counted
}

func (s stuff) sort() sort {
	earths := []matter{la, ce, pr, nd, sm, tb, dy}
	n, h, t, sc := []matter{nd, pr, fe, bo}, []matter{nd, pr, dy, fe, bo, co}, []matter{nd, pr, tb, fe, bo}, []matter{sm, co}
	const ox, el, no = quantity.BasisOxide, quantity.BasisElement, quantity.NoBasis
	const ndfeb, smco = "NdFeB magnet", "SmCo magnet"
	return [stuffs]sort{
		ore:         {"ore", "ORE", "rare earth ore", "ore", "", earths, ox, false},
		concentrate: {"concentrate", "CONC", "rare earth mineral concentrate", "concentrate", "", earths, ox, false},
		carbonate:   {"carbonate", "CARB", "mixed rare earth carbonate", "mixed rare earth carbonate", "", earths, ox, false},
		oxideNdPr:   {"ndpr-oxide", "NDPRO", "NdPr oxide", "oxide", "powder", []matter{nd, pr}, ox, false},
		oxideDy:     {"dy-oxide", "DYO", "dysprosium oxide", "oxide", "powder", []matter{dy}, ox, false},
		oxideTb:     {"tb-oxide", "TBO", "terbium oxide", "oxide", "powder", []matter{tb}, ox, false},
		oxideSm:     {"sm-oxide", "SMO", "samarium oxide", "oxide", "powder", []matter{sm}, ox, false},
		oxideLaCe:   {"lace-oxide", "LACEO", "LaCe oxide", "oxide", "powder", []matter{la, ce}, ox, false},
		metalNdPr:   {"ndpr-metal", "NDPR", "NdPr metal", "metal", "ingot", []matter{nd, pr}, el, false},
		metalDy:     {"dy-metal", "DY", "dysprosium metal", "metal", "ingot", []matter{dy}, el, false},
		metalTb:     {"tb-metal", "TB", "terbium metal", "metal", "ingot", []matter{tb}, el, false},
		metalSm:     {"sm-metal", "SM", "samarium metal", "metal", "ingot", []matter{sm}, el, false},
		ironOre:     {"iron-ore", "FEORE", "iron ore", "ore", "", []matter{fe}, no, false},
		iron:        {"iron", "FE", "pure iron", "metal", "ingot", []matter{fe}, el, false},
		borate:      {"borate", "BORATE", "borate", "ore", "", []matter{bo}, no, false},
		boron:       {"boron", "BO", "boron", "metal", "lump", []matter{bo}, el, false},
		cobaltOre:   {"cobalt-ore", "COORE", "cobalt ore", "ore", "", []matter{co}, no, false},
		cobalt:      {"cobalt", "CO", "cobalt metal", "metal", "plate", []matter{co}, el, false},
		alloyN:      {"alloy-n", "ALN", "NdFeB alloy flakes", "alloy", "flake", n, el, false},
		alloyH:      {"alloy-h", "ALH", "NdFeB alloy flakes with dysprosium", "alloy", "flake", h, el, false},
		alloyS:      {"alloy-s", "ALS", "SmCo alloy ingot", "alloy", "ingot", sc, el, false},
		coarseN:     {"coarse-n", "CPN", "coarse NdFeB powder", "powder", "powder", n, no, false},
		coarseH:     {"coarse-h", "CPH", "coarse NdFeB powder with dysprosium", "powder", "powder", h, no, false},
		coarseS:     {"coarse-s", "CPS", "coarse SmCo powder", "powder", "powder", sc, no, false},
		powderN:     {"powder-n", "FPN", "fine NdFeB powder", "powder", "powder", n, el, false},
		powderH:     {"powder-h", "FPH", "fine NdFeB powder with dysprosium", "powder", "powder", h, el, false},
		powderS:     {"powder-s", "FPS", "fine SmCo powder", "powder", "powder", sc, el, false},
		blockN:      {"block-n", "BLN", "sintered NdFeB blocks", ndfeb, "block", n, no, false},
		blockH:      {"block-h", "BLH", "sintered NdFeB blocks with dysprosium", ndfeb, "block", h, no, false},
		blockS:      {"block-s", "BLS", "sintered SmCo blocks", smco, "block", sc, no, false},
		bareN:       {"bare-n", "BAN", "NdFeB magnets, bare", ndfeb, "finished", n, no, true},
		bareH:       {"bare-h", "BAH", "NdFeB magnets with dysprosium, bare", ndfeb, "finished", h, no, true},
		bareS:       {"bare-s", "BAS", "SmCo magnets, bare", smco, "finished", sc, no, true},
		diffusedT:   {"diffused-t", "DIT", "NdFeB magnets with diffused terbium", ndfeb, "finished", t, no, true},
		coatedN:     {"coated-n", "CON", "NdFeB magnets, coated", ndfeb, "finished", n, no, true},
		coatedH:     {"coated-h", "COH", "NdFeB magnets with dysprosium, coated", ndfeb, "finished", h, no, true},
		coatedS:     {"coated-s", "COS", "SmCo magnets, coated", smco, "finished", sc, no, true},
		coatedT:     {"coated-t", "COT", "NdFeB magnets with terbium, coated", ndfeb, "finished", t, no, true},
		magnetN:     {"magnet-n", "MAGN", "NdFeB magnet", ndfeb, "finished", n, no, true},
		magnetH:     {"magnet-h", "MAGH", "NdFeB magnet with dysprosium", ndfeb, "finished", h, no, true},
		magnetS:     {"magnet-s", "MAGS", "SmCo magnet", smco, "finished", sc, no, true},
		magnetT:     {"magnet-t", "MAGT", "NdFeB magnet with diffused terbium", ndfeb, "finished", t, no, true},
		swarfN:      {"swarf-n", "SWN", "NdFeB swarf", "swarf", "", n, no, false},
		swarfH:      {"swarf-h", "SWH", "NdFeB swarf with dysprosium", "swarf", "", h, no, false},
		swarfS:      {"swarf-s", "SWS", "SmCo swarf", "swarf", "", sc, no, false},
		scrapN:      {"scrap-n", "SCN", "NdFeB magnet scrap", "scrap", "", n, el, false},
		scrapH:      {"scrap-h", "SCH", "NdFeB magnet scrap with dysprosium", "scrap", "", h, el, false},
		scrapS:      {"scrap-s", "SCS", "SmCo magnet scrap", "scrap", "", sc, el, false},
		recoveredN:  {"recovered-n", "RCN", "rare earths recovered from NdFeB", "concentrate", "", []matter{nd, pr}, ox, false},
		recoveredH:  {"recovered-h", "RCH", "rare earths recovered from NdFeB with dysprosium", "concentrate", "", []matter{nd, pr, dy}, ox, false},
		recoveredS:  {"recovered-s", "RCS", "samarium recovered from SmCo", "concentrate", "", []matter{sm}, ox, false},
		motor:       {"motor", "MOTOR", "motor", "assembly", "", nil, no, true},
		missile:     {"missile", "MISSILE", "missile", "end item", "", nil, no, true},
	}[s]
}

const materialPrefix = "urn:lodestone:material:sim:"

func (s sort) id() supply.MaterialID { return supply.MaterialID(materialPrefix + s.slug) }

// statement is the material as master data: one statement for all worlds.
func (s sort) statement() supply.Statement {
	m := &supply.Material{ID: s.id(), Name: s.name, Kind: s.kind, Form: s.form}
	for _, x := range s.holds {
		m.Constituents = append(m.Constituents, x.element().Symbol())
	}
	if s.pieces && s.holds != nil {
		m.PieceMass = PieceMass.Kilograms().String()
	}
	return supply.Statement{Material: m}
}

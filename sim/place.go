package sim

import (
	"strings"

	"lodestone/atlas"
	"lodestone/supply"
)

// place is a facility by its number in the table of places.
type place uint8

// The places. The first are real ones of the atlas: what happens there in a world is invented, so nothing untrue is ever
// recorded there. The others say synthetic in their name; trouble is planted only at these, and on the road.
const (
	mountainPass place = iota
	mtWeld
	kalgoorlie
	gebeng
	silmet
	baotou
	saskatoon
	lcm
	vac
	narva
	wyomingMine
	texasSeparator
	nevadaMetal
	ohioAlloy
	carolinaMagnet
	arizonaMotor
	alabamaMissile
	jiangxiMine
	jiangxiSeparator
	jiangxiMetal
	jiangxiMagnet
	vietnamMetal
	pilbaraIron
	ohioIron
	hebeiIron
	californiaBorate
	nevadaBoron
	ontarioCobalt
	katangaCobalt
	finlandCobalt
	zhejiangCobalt
	texasRecycler
	saxonyRecycler
	singaporeTrader
	places
)

// site is what is to be said of a place.
type site struct {
	atlas     string // id in the atlas, "" of a synthetic place
	slug      string // of a synthetic place
	name      string
	country   supply.Country
	offset    string // eventTimeZoneOffset; one for the whole year
	unit      string // in which its scales read
	synthetic bool
}

func (p place) site() site {
	s := [places]site{
		mountainPass: {atlas: "US-MP-MP", offset: "-08:00"},
		mtWeld:       {atlas: "AU-MTWELD", offset: "+08:00"},
		kalgoorlie:   {atlas: "AU-KALG", offset: "+08:00"},
		gebeng:       {atlas: "MY-LAMP", offset: "+08:00"},
		silmet:       {atlas: "EE-SILMET", offset: "+02:00"},
		baotou:       {atlas: "CN-BAYAN", offset: "+08:00"},
		saskatoon:    {atlas: "CA-SRC-MET", offset: "-06:00"},
		lcm:          {atlas: "GB-LCM", offset: "+00:00"},
		vac:          {atlas: "DE-VAC", offset: "+01:00"},
		narva:        {atlas: "EE-NARVA", offset: "+02:00"},

		wyomingMine:      {slug: "wyoming-mine", name: "synthetic mine, Wyoming", country: "US", offset: "-07:00", unit: "LBR"},
		texasSeparator:   {slug: "texas-separator", name: "synthetic separation plant, Texas", country: "US", offset: "-06:00"},
		nevadaMetal:      {slug: "nevada-metal", name: "synthetic metal plant, Nevada", country: "US", offset: "-08:00", unit: "LBR"},
		ohioAlloy:        {slug: "ohio-alloy", name: "synthetic alloy plant, Ohio", country: "US", offset: "-05:00", unit: "LBR"},
		carolinaMagnet:   {slug: "carolina-magnet", name: "synthetic magnet plant, South Carolina", country: "US", offset: "-05:00"},
		arizonaMotor:     {slug: "arizona-motor", name: "synthetic motor plant, Arizona", country: "US", offset: "-07:00"},
		alabamaMissile:   {slug: "alabama-missile", name: "synthetic missile plant, Alabama", country: "US", offset: "-06:00"},
		jiangxiMine:      {slug: "jiangxi-mine", name: "synthetic mine, Jiangxi", country: "CN", offset: "+08:00"},
		jiangxiSeparator: {slug: "jiangxi-separator", name: "synthetic separation plant, Jiangxi", country: "CN", offset: "+08:00"},
		jiangxiMetal:     {slug: "jiangxi-metal", name: "synthetic metal plant, Jiangxi", country: "CN", offset: "+08:00"},
		jiangxiMagnet:    {slug: "jiangxi-magnet", name: "synthetic alloy and magnet plant, Jiangxi", country: "CN", offset: "+08:00"},
		vietnamMetal:     {slug: "vietnam-metal", name: "synthetic metal plant, Viet Nam", country: "VN", offset: "+07:00"},
		pilbaraIron:      {slug: "pilbara-iron", name: "synthetic iron mine, Western Australia", country: "AU", offset: "+08:00", unit: "TNE"},
		ohioIron:         {slug: "ohio-iron", name: "synthetic iron works, Ohio", country: "US", offset: "-05:00"},
		hebeiIron:        {slug: "hebei-iron", name: "synthetic iron mine and works, Hebei", country: "CN", offset: "+08:00", unit: "TNE"},
		californiaBorate: {slug: "california-borate", name: "synthetic borate mine, California", country: "US", offset: "-08:00", unit: "LBR"},
		nevadaBoron:      {slug: "nevada-boron", name: "synthetic boron plant, Nevada", country: "US", offset: "-08:00"},
		ontarioCobalt:    {slug: "ontario-cobalt", name: "synthetic cobalt mine, Ontario", country: "CA", offset: "-05:00"},
		katangaCobalt:    {slug: "katanga-cobalt", name: "synthetic cobalt mine, Katanga", country: "CD", offset: "+02:00"},
		finlandCobalt:    {slug: "finland-cobalt", name: "synthetic cobalt refinery, Finland", country: "FI", offset: "+02:00"},
		zhejiangCobalt:   {slug: "zhejiang-cobalt", name: "synthetic cobalt refinery, Zhejiang", country: "CN", offset: "+08:00"},
		texasRecycler:    {slug: "texas-recycler", name: "synthetic recycler, Texas", country: "US", offset: "-06:00", unit: "LBR"},
		saxonyRecycler:   {slug: "saxony-recycler", name: "synthetic recycler, Saxony", country: "DE", offset: "+01:00"},
		singaporeTrader:  {slug: "singapore-trader", name: "synthetic trading house, Singapore", country: "SG", offset: "+08:00"},
	}[p]
	if s.synthetic = s.atlas == ""; !s.synthetic {
		if f, ok := atlas.FacilityOf(s.atlas); ok {
			s.name, s.country = f.Name, f.Country
		}
	}
	if s.unit == "" {
		s.unit = "KGM"
	}
	return s
}

const simFacility = supply.FacilityPrefix + "sim:"

// id is the facility's id in events and statements.
func (s site) id() supply.FacilityID {
	if s.synthetic {
		return supply.FacilityID(simFacility + s.slug)
	}
	return supply.FacilityID(supply.FacilityPrefix + s.atlas)
}

// clerk is the party that states what happened there.
func (s site) clerk() supply.PartyID {
	if s.synthetic {
		return supply.PartyID(Prefix + s.slug)
	}
	return supply.PartyID(Prefix + strings.ToLower(s.atlas))
}

// Prefix begins the ids of the parties that state a world's events when these are told with their authors: a simulated
// clerk for each facility, and Inspector. No real party ever states one.
const Prefix = supply.PartyPrefix + "sim:"

// Inspector is the party that contradicts a clerk who named the wrong place.
const Inspector supply.PartyID = Prefix + "inspector"

// Synthetic tells whether a facility is one that exists only in worlds of this package.
func Synthetic(id supply.FacilityID) bool { return strings.HasPrefix(string(id), simFacility) }

// origin is where matter came into the world: a mine, or scrap from outside, or a reagent.
type origin uint8

const (
	fromMountainPass origin = iota
	fromMtWeld
	fromWyoming
	fromBaotou
	fromJiangxi
	fromPilbara
	fromHebei
	fromCalifornia
	fromOntario
	fromKatanga
	fromScrap   // magnets at the end of a life outside the world: where that began nobody knows
	fromReagent // oxygen, carbonate, water and gangue
	origins
)

func (o origin) place() (place, bool) {
	if o >= fromScrap {
		return 0, false
	}
	return [fromScrap]place{mountainPass, mtWeld, wyomingMine, baotou, jiangxiMine, pilbaraIron, hebeiIron, californiaBorate, ontarioCobalt, katangaCobalt}[o], true
}

// program is a way of buying. Each has stocks of its own, so that the programs stay apart until trouble joins them.
type program uint8

const (
	allied   program = iota // nothing from a covered country
	market                  // whatever is for sale
	circular                // rare earths from swarf and scrap
	programs
)

// route is where a program has each stage done.
type route struct {
	mines, crackers, separators, lights, heavies, alloyers, magnets []place
	iron, ironWorks, cobalt, cobaltWorks                            []place
}

func (p program) route() route {
	r := route{
		mines: []place{mountainPass, mtWeld, wyomingMine}, crackers: []place{kalgoorlie, texasSeparator},
		separators: []place{gebeng, silmet, texasSeparator}, lights: []place{saskatoon, lcm, nevadaMetal}, heavies: []place{lcm, nevadaMetal},
		alloyers: []place{ohioAlloy, lcm, vac}, magnets: []place{carolinaMagnet, vac, narva},
		iron: []place{pilbaraIron}, ironWorks: []place{ohioIron}, cobalt: []place{ontarioCobalt}, cobaltWorks: []place{finlandCobalt},
	}
	switch p {
	case market:
		r.mines = append(r.mines, baotou, jiangxiMine)
		r.crackers = append(r.crackers, jiangxiSeparator)
		r.separators = append(r.separators, jiangxiSeparator)
		r.lights = append(r.lights, jiangxiMetal, vietnamMetal)
		r.heavies = append(r.heavies, jiangxiMetal)
		r.alloyers = append(r.alloyers, jiangxiMagnet)
		r.magnets = append(r.magnets, jiangxiMagnet)
		r.iron, r.ironWorks = append(r.iron, hebeiIron), append(r.ironWorks, hebeiIron)
		r.cobalt, r.cobaltWorks = append(r.cobalt, katangaCobalt), append(r.cobaltWorks, zhejiangCobalt)
	case circular:
		r.alloyers, r.magnets = []place{ohioAlloy}, []place{carolinaMagnet, narva}
	}
	return r
}

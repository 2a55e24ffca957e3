package element

// row is one element. Its atomic mass is in the text as the source prints it, in atomic mass units.
type row struct {
	symbol, name string
	number       uint8
	mass         string
	oxide        Oxide
}

// table is in the order of the constants. Atomic masses: see the package comment.
var table = [Count]row{
	Sc: {"Sc", "scandium", 21, "44.955907", Oxide{"Sc2O3", 2, 3}},
	Y:  {"Y", "yttrium", 39, "88.905838", Oxide{"Y2O3", 2, 3}},
	La: {"La", "lanthanum", 57, "138.90547", Oxide{"La2O3", 2, 3}},
	Ce: {"Ce", "cerium", 58, "140.116", Oxide{"CeO2", 1, 2}},
	Pr: {"Pr", "praseodymium", 59, "140.90766", Oxide{"Pr6O11", 6, 11}},
	Nd: {"Nd", "neodymium", 60, "144.242", Oxide{"Nd2O3", 2, 3}},
	Pm: {"Pm", "promethium", 61, "145", Oxide{"Pm2O3", 2, 3}},
	Sm: {"Sm", "samarium", 62, "150.36", Oxide{"Sm2O3", 2, 3}},
	Eu: {"Eu", "europium", 63, "151.964", Oxide{"Eu2O3", 2, 3}},
	Gd: {"Gd", "gadolinium", 64, "157.25", Oxide{"Gd2O3", 2, 3}},
	Tb: {"Tb", "terbium", 65, "158.925354", Oxide{"Tb4O7", 4, 7}},
	Dy: {"Dy", "dysprosium", 66, "162.5", Oxide{"Dy2O3", 2, 3}},
	Ho: {"Ho", "holmium", 67, "164.930329", Oxide{"Ho2O3", 2, 3}},
	Er: {"Er", "erbium", 68, "167.259", Oxide{"Er2O3", 2, 3}},
	Tm: {"Tm", "thulium", 69, "168.934219", Oxide{"Tm2O3", 2, 3}},
	Yb: {"Yb", "ytterbium", 70, "173.045", Oxide{"Yb2O3", 2, 3}},
	Lu: {"Lu", "lutetium", 71, "174.9668", Oxide{"Lu2O3", 2, 3}},

	Fe: {"Fe", "iron", 26, "55.845", Oxide{"Fe2O3", 2, 3}},
	B:  {"B", "boron", 5, "10.81", Oxide{"B2O3", 2, 3}},
	Co: {"Co", "cobalt", 27, "58.933194", Oxide{"Co3O4", 3, 4}},
	Ta: {"Ta", "tantalum", 73, "180.94788", Oxide{"Ta2O5", 2, 5}},
	W:  {"W", "tungsten", 74, "183.84", Oxide{"WO3", 1, 3}},
	Mo: {"Mo", "molybdenum", 42, "95.95", Oxide{"MoO3", 1, 3}},
	Al: {"Al", "aluminium", 13, "26.981538", Oxide{"Al2O3", 2, 3}},
	Cu: {"Cu", "copper", 29, "63.546", Oxide{"CuO", 1, 1}},
	Ga: {"Ga", "gallium", 31, "69.723", Oxide{"Ga2O3", 2, 3}},
	Nb: {"Nb", "niobium", 41, "92.90637", Oxide{"Nb2O5", 2, 5}},
	Zr: {"Zr", "zirconium", 40, "91.224", Oxide{"ZrO2", 1, 2}},

	H:  {"H", "hydrogen", 1, "1.008", Oxide{"H2O", 2, 1}},
	C:  {"C", "carbon", 6, "12.011", Oxide{"CO2", 1, 2}},
	N:  {"N", "nitrogen", 7, "14.007", Oxide{}},
	O:  {"O", "oxygen", 8, "15.999", Oxide{}},
	F:  {"F", "fluorine", 9, "18.998403", Oxide{}},
	Na: {"Na", "sodium", 11, "22.989769", Oxide{"Na2O", 2, 1}},
	Mg: {"Mg", "magnesium", 12, "24.305", Oxide{"MgO", 1, 1}},
	Si: {"Si", "silicon", 14, "28.085", Oxide{"SiO2", 1, 2}},
	P:  {"P", "phosphorus", 15, "30.973762", Oxide{"P2O5", 2, 5}},
	S:  {"S", "sulfur", 16, "32.06", Oxide{"SO3", 1, 3}},
	Cl: {"Cl", "chlorine", 17, "35.45", Oxide{}},
	K:  {"K", "potassium", 19, "39.0983", Oxide{"K2O", 2, 1}},
	Ca: {"Ca", "calcium", 20, "40.078", Oxide{"CaO", 1, 1}},
	Ti: {"Ti", "titanium", 22, "47.867", Oxide{"TiO2", 1, 2}},
	V:  {"V", "vanadium", 23, "50.9415", Oxide{"V2O5", 2, 5}},
	Cr: {"Cr", "chromium", 24, "51.9961", Oxide{"Cr2O3", 2, 3}},
	Mn: {"Mn", "manganese", 25, "54.938043", Oxide{"MnO", 1, 1}},
	Ni: {"Ni", "nickel", 28, "58.6934", Oxide{"NiO", 1, 1}},
	Zn: {"Zn", "zinc", 30, "65.38", Oxide{"ZnO", 1, 1}},
	Ge: {"Ge", "germanium", 32, "72.63", Oxide{"GeO2", 1, 2}},
	As: {"As", "arsenic", 33, "74.921595", Oxide{"As2O3", 2, 3}},
	Sr: {"Sr", "strontium", 38, "87.62", Oxide{"SrO", 1, 1}},
	Ag: {"Ag", "silver", 47, "107.8682", Oxide{"Ag2O", 2, 1}},
	Cd: {"Cd", "cadmium", 48, "112.414", Oxide{"CdO", 1, 1}},
	In: {"In", "indium", 49, "114.818", Oxide{"In2O3", 2, 3}},
	Sn: {"Sn", "tin", 50, "118.71", Oxide{"SnO2", 1, 2}},
	Sb: {"Sb", "antimony", 51, "121.76", Oxide{"Sb2O3", 2, 3}},
	Ba: {"Ba", "barium", 56, "137.327", Oxide{"BaO", 1, 1}},
	Hf: {"Hf", "hafnium", 72, "178.486", Oxide{"HfO2", 1, 2}},
	Re: {"Re", "rhenium", 75, "186.207", Oxide{"Re2O7", 2, 7}},
	Pb: {"Pb", "lead", 82, "207.2", Oxide{"PbO", 1, 1}},
	Bi: {"Bi", "bismuth", 83, "208.9804", Oxide{"Bi2O3", 2, 3}},
	Th: {"Th", "thorium", 90, "232.0377", Oxide{"ThO2", 1, 2}},
	U:  {"U", "uranium", 92, "238.02891", Oxide{"U3O8", 3, 8}},
}

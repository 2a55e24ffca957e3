package supply

// Segment is a stretch of the chain.
type Segment uint8

const (
	NoSegment  Segment = iota
	Upstream           // from the ground to a mineral concentrate
	Midstream          // from the concentrate to metal
	Downstream         // from metal to a magnetized magnet
	EndUse             // what the magnet is built into
	Loop               // back from scrap
)

var segmentWords = [...]string{"", "upstream", "midstream", "downstream", "end use", "loop"}

// String is the segment's name.
func (s Segment) String() string { return segmentWords[s] }

// Segment is the stretch of the chain the phase belongs to.
func (p Phase) Segment() Segment {
	switch {
	case p == Mined, p == Beneficiated:
		return Upstream
	case p >= Cracked && p <= Reduced:
		return Midstream
	case p >= Melted && p <= Magnetized:
		return Downstream
	case p == Assembled:
		return EndUse
	case p == Recycled:
		return Loop
	}
	return NoSegment
}

// Definition is what the phase means, in one or two sentences; "" for NoPhase.
func (p Phase) Definition() string { return phaseDefinitions[p] }

var phaseDefinitions = [PhaseCount]string{
	Mined:        "Ore is taken from the ground, or metal values are dissolved out of clay in place. It can begin a lot's life.",
	Beneficiated: "Ore is crushed, ground and sorted by flotation, magnetism or gravity into a mineral concentrate. The minerals stay what they are.",
	Cracked:      "The mineral's structure is broken by acid baking, roasting or caustic digestion so that its rare earths can be dissolved.",
	Leached:      "The rare earths are brought into solution, and the liquor is freed of solids and impurities.",
	Precipitated: "A mixed solid is thrown down from the purified liquor: mixed rare earth carbonate, hydroxide, oxalate or a group concentrate.",
	Separated:    "The rare earths are parted from one another, by solvent extraction, ion exchange or chromatography, into single elements or groups such as NdPr.",
	Calcined:     "A separated carbonate, oxalate or hydroxide is heated to oxide.",
	Refined:      "An oxide, salt or metal is brought to higher purity without parting the rare earths from one another, as by redissolving, distilling or remelting.",
	Reduced:      "An oxide or halide is made into metal, by molten-salt electrolysis or by a metal reductant; also called metallization.",
	Melted:       "Metals are melted together into an alloy, and cast as strip, ingot or flake.",
	Atomized:     "Molten metal is blown or spun into powder.",
	Decrepitated: "Alloy is broken into coarse powder by taking up hydrogen.",
	Milled:       "Coarse powder is ground fine, as by jet milling.",
	Consolidated: "Powder is made into a dense solid other than by pressing and sintering a magnet, as by hot isostatic pressing of tungsten alloy.",
	Pressed:      "Powder is aligned in a magnetic field and pressed into a green compact.",
	Sintered:     "Green compacts are densified by heat, and aged, into blocks.",
	Bonded:       "Magnet powder is bound with a polymer into a part, by moulding, pressing or extruding.",
	Diffused:     "A heavy rare earth such as dysprosium or terbium is brought into the grain boundaries of a sintered magnet by heat.",
	Machined:     "A block is sliced, ground or cut to its shape. What is cut off is swarf.",
	Coated:       "The surface is plated, painted or otherwise covered against corrosion.",
	Magnetized:   "The part is magnetized, alone or within its assembly, and tested.",
	Assembled:    "Magnets are built into a component, an assembly or an end item. It is not production of the magnet.",
	Recycled:     "Material is won back from magnet scrap, swarf or products at the end of their life. It can begin a new life; the first life stands as far as it is known.",
}

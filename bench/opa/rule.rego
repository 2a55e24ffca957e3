# The restriction of DFARS 252.225-7052(b)(1)(ii) with (b)(3), on neodymium-iron-boron magnets delivered from 2027-01-01 on:
# a step counts when its phase is one of the supply chain and it touched neodymium, iron or boron, or another rare earth.
package delivery

covered := {"CN", "IR", "KP", "RU"}

named := {"Nd", "Fe", "B"}

rare_earths := {"La", "Ce", "Pr", "Nd", "Sm", "Eu", "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu", "Y", "Sc"}

phases := {"mined", "beneficiated", "cracked", "leached", "precipitated", "separated", "calcined", "refined", "reduced", "melted",
	"atomized", "decrepitated", "milled", "pressed", "sintered", "bonded", "diffused", "machined", "coated", "magnetized"}

counts(step) if {
	step.phase in phases
	count(step.elements) == 0
}

counts(step) if {
	step.phase in phases
	some e in step.elements
	e in named | rare_earths
}

bad if {
	some step in input.steps
	counts(step)
	step.country in covered
}

open if {
	some step in input.steps
	counts(step)
	step.country == ""
}

default verdict := "COMPLIANT"

verdict := "NONCOMPLIANT" if bad

verdict := "UNDETERMINED" if {
	not bad
	open
}

// Package atlas holds the world's figures that the program needs: facilities with their capacities, the stages of the
// chain, agreements, prices, magnet grades, mine production, shares of countries, the trade and use of the United
// States, how countries are governed, and the sources of all of these.
//
// The tables are embedded files under data, one row a fact, each with its source key, its year and how it was come by:
// "found" was read in a stored page of the source, "memory" was not looked up, "mixed" is both in one row, "CALC" is
// arithmetic on other rows. A source key stands in sources.csv, save the pseudo-sources that PseudoSource names.
// Rows that were read later from the source of a table stand in a file of the same name under added. W is a withheld amount.
// Nothing here was checked live, coordinates are approximate unless they say found, and a figure that is not in a
// table is not known here: an empty cell is never read as zero.
//
// A facility is at hand as a statement too, so that a chain can be recorded without typing it in again:
//
//	s, ok := atlas.Statement("US-BROOK")
//	// s.Facility.ID is urn:lodestone:facility:US-BROOK, s.Facility.Country is US, s.Facility.Planned is true
//
// Plans and contracts are kept apart: Facility.State says what exists, and an Agreement says whether it binds.
package atlas

// Package demo is the story of one magnet and five neighbours, as the EPCIS documents its parties would have sent.
//
// The facilities are those of the atlas, real ones with their sources, and a few that say synthetic in their name; the
// lots are synthetic: no such material was ever made. Brook Mine is planned, which the register says and the verdict
// heeds, and the chain is joined by a memorandum that is not binding: the story shows what the record would say, not what
// has happened.
package demo

import (
	"embed"
	"fmt"
	"io/fs"
	"path"

	"lodestone/atlas"
	"lodestone/supply"
)

//go:embed data
var files embed.FS

// Author is who states what comes from the atlas.
const Author supply.PartyID = "urn:lodestone:party:lodestone-atlas"

// Document is one EPCIS document of the story.
type Document struct {
	Name string // file name
	Data []byte
}

// Documents are the story's documents in the order of their names.
func Documents() ([]Document, error) {
	entries, err := fs.ReadDir(files, "data")
	if err != nil {
		return nil, fmt.Errorf("read the story: %w", err)
	}
	var docs []Document
	for _, e := range entries {
		data, err := fs.ReadFile(files, path.Join("data", e.Name()))
		if err != nil {
			return nil, fmt.Errorf("read the story: %w", err)
		}
		docs = append(docs, Document{Name: e.Name(), Data: data})
	}
	return docs, nil
}

// facilities are the real places of the story.
var facilities = [...]string{"US-BROOK", "CA-SRC-SXU", "CA-SRC-MET", "US-EUCLID", "US-EVAC", "US-MP-MP"}

// LotPrefix begins the id of every lot of the story.
const LotPrefix = "urn:lodestone:lot:demo:"

// Places are the real facilities of the story, in the order of the chain.
func Places() []atlas.Facility {
	var out []atlas.Facility
	for _, id := range facilities {
		if f, ok := atlas.FacilityOf(id); ok {
			out = append(out, f)
		}
	}
	return out
}

// MasterData is what the atlas says of the story's places and parties, and the memorandum that links two of them.
func MasterData() []supply.Statement {
	var out []supply.Statement
	for _, id := range facilities {
		if s, ok := atlas.Statement(id); ok {
			out = append(out, s)
		}
	}
	for _, p := range atlas.Parties() {
		switch p.ID {
		case "urn:lodestone:party:ramaco", "urn:lodestone:party:src", "urn:lodestone:party:realloys":
			out = append(out, supply.Statement{Party: &p})
		}
	}
	for _, a := range atlas.Agreements() {
		if a.Kind == "MOU" {
			out = append(out, supply.Statement{Agreement: &a})
			break
		}
	}
	return out
}

// Question is one thing the story asks of the record.
type Question struct {
	Lot   supply.LotID
	Title string
	Says  string
	Books []string
}

// Questions are the magnet of the story and its five neighbours.
func Questions() []Question {
	lot := func(name string) supply.LotID { return supply.LotID(LotPrefix + name) }
	clause := []string{"us/dfars-252.225-7052"}
	return []Question{
		{lot("MAGNET-7"), "The magnet of the chain", "Brook Mine, Saskatoon, Ohio, Sumter: every step is recorded, none in a covered country. Through 2026 the clause begins at the melting, and the magnet is lawful. From 2027 it reaches back to the mine, and the register says that Brook Mine was planned when its ore is said to have been mined. One of the two is wrong, so where the ore came from is not known: what would settle it is evidence that the mine ran.", clause},
		{lot("MAGNET-A"), "Neighbour A: oxide separated in China", "Brook carbonate went to a plant in China and came back as oxide; metal in Viet Nam, alloy and magnet in the United States.", clause},
		{lot("MAGNET-B"), "Neighbour B: Chinese dysprosium in an otherwise clean magnet", "One kilogram of dysprosium metal in sixty of alloy is Chinese; the 2027 words name neodymium, iron and boron only.", clause},
		{lot("MAGNET-C"), "Neighbour C: the F-35 pattern of 2022", "Samarium-cobalt alloy melted in China, machined and magnetized in the United States; two clauses.", []string{"us/dfars-252.225-7052", "us/dfars-252.225-7009"}},
		{lot("MAGNET-D"), "Neighbour D: metal without a recorded mine", "NdPr metal was taken from stock with no record of where it came from.", clause},
		{lot("MAGNET-E"), "Neighbour E: a mine that runs", "Ore of Mountain Pass, metal of Saskatoon, no dysprosium: every step from the mine on is recorded at a place that ran, none in a covered country.", clause},
	}
}

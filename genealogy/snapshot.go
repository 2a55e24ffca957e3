package genealogy

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"reflect"
	"strings"
	"unsafe"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"
)

// SnapshotFormat is the number of the form in which Save writes. Load reads this one and no other.
const SnapshotFormat = 6

// Mark says where a snapshot was made, and by which program.
type Mark struct {
	Position int64    // of the log: the entries 1 to Position are in it, and no others
	Root     [32]byte // of the log's Merkle tree at that position
	Latest   int64    // the latest time of receipt among these entries, Unix milliseconds
	Program  [32]byte // of the program that worked it out: another might work it out otherwise
}

// A snapshot is the graph as it is: its arrays byte for byte, and the rest coded. All numbers are little-endian.
//
//	magic      16 bytes "lodestone lots\x00\n"
//	format     4 bytes, SnapshotFormat; then 4 bytes 0
//	layout     32 bytes, SHA-256 of how this program lays its rows out in memory, and of its tables of units, elements,
//	           phases and findings, whose numbers stand in the rows
//	mark       8 bytes position, 32 root, 8 latest, 32 program
//	lengths    8 bytes for each section
//	sections   one after another
//	digests    16 bytes for each chunk of chunkSize bytes of a section, the last one shorter: its checksum, see checksum.go
//	seal       32 bytes, SHA-256 of everything before the sections and of the digests
//
// A file that is longer or shorter than its lengths say, has another number anywhere, or does not bear out its seal and its
// digests is no snapshot: Load refuses it, and whoever wanted it reads the log instead.
const (
	magic     = "lodestone lots\x00\n"
	headSize  = len(magic) + 8 + 32 + 80 + 8*sectionCount
	chunkSize = 4 << 20
	sealSize  = sha256.Size
)

// section is one array of a graph.
type section struct {
	name string
	size int                // of a row
	rows func() int         // how many there are
	data func() []byte      // all of them
	make func(n int) []byte // room for n, which becomes the graph's
}

const sectionCount = 29

// rowsOf is a section that is an array of rows without pointers.
func rowsOf[T any](name string, list *[]T) section {
	var one T
	size := int(unsafe.Sizeof(one))
	return section{name, size, func() int { return len(*list) }, func() []byte { return bytesIn(*list) }, func(n int) []byte {
		*list = make([]T, n, n+n/16+64) // room to grow without moving it all at the first entry that comes
		return bytesIn(*list)
	}}
}

// bytesIn is the memory of a list.
func bytesIn[T any](list []T) []byte {
	if len(list) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&list[0])), len(list)*int(unsafe.Sizeof(list[0])))
}

// sections is the arrays of a graph in the order of the file: its names and lots as given, each in one block, and rest,
// which is all that is no array.
func (g *Graph) sections(names, lots *texts, rest *[]byte) []section {
	return []section{
		rowsOf("names", &names.blocks[0]), rowsOf("name places", &names.at), rowsOf("name table", &names.index.slots),
		rowsOf("lot ids", &lots.blocks[0]), rowsOf("lot id places", &lots.at), rowsOf("lot table", &lots.index.slots),
		rowsOf("lots", &g.lots.rows), rowsOf("refs", &g.refs), rowsOf("places of arrows up", &g.up.at), rowsOf("arrows up", &g.up.ends),
		rowsOf("places of arrows down", &g.down.at), rowsOf("arrows down", &g.down.ends), rowsOf("events", &g.events), rowsOf("items", &g.items),
		rowsOf("moves", &g.moves), rowsOf("kinds", &g.kinds), rowsOf("assays", &g.assays), rowsOf("lines", &g.lines), rowsOf("losses", &g.losses),
		rowsOf("wide", &g.wide), rowsOf("identities", &g.byIdentity.slots), rowsOf("campaigns", &g.txns),
		rowsOf("campaign table", &g.byTxn.slots), rowsOf("entries", &g.entries), rowsOf("entry table", &g.byEntry.slots),
		rowsOf("event ids", &g.idents), rowsOf("set members", &g.sets.members), rowsOf("set ends", &g.sets.ends), rowsOf("rest", rest),
	}
}

// layoutOf describes how rows lie in memory and what the numbers in them stand for.
func layoutOf() [32]byte {
	var b strings.Builder
	order := [2]byte{1, 0}
	fmt.Fprintf(&b, "%d\n", binary.NativeEndian.Uint16(order[:]))
	for _, row := range []any{lot{}, ref{}, event{}, item{}, move{}, kindOf{}, assayRow{}, line{}, loss{}, quantity.Assayed{}, txn{}, entry{}} {
		describe(&b, reflect.TypeOf(row))
	}
	for _, u := range quantity.Units() {
		fmt.Fprintf(&b, "unit %d %s\n", u, u.Code())
	}
	for e := range element.Element(element.Count) {
		fmt.Fprintf(&b, "element %d %s\n", e, e.Symbol())
	}
	for p := range supply.PhaseCount {
		fmt.Fprintf(&b, "phase %d %s\n", p, p)
	}
	for k := range flagKinds {
		fmt.Fprintf(&b, "finding %d %s\n", k, k)
	}
	return sha256.Sum256([]byte(b.String()))
}

func describe(b *strings.Builder, t reflect.Type) {
	fmt.Fprintf(b, "%s %s %d\n", t.Name(), t.Kind(), t.Size())
	if t.Kind() != reflect.Struct {
		return
	}
	for i := range t.NumField() {
		f := t.Field(i)
		fmt.Fprintf(b, "%s at %d: ", f.Name, f.Offset)
		describe(b, f.Type)
	}
}

package fault

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
)

// disk is a folder as a power loss sees it: what is surely on the medium, and what was asked for since and may be there
// in any part. Sectors of 512 bytes are kept or lost each by itself; names (making, removing, renaming) are kept in
// their order up to some point; what was written to a file is sure when the file was synced, its name when the folder was.
// What was to be synced when a sync failed is lost for good, though the process still reads it: so Linux does it.
type disk struct {
	names map[string]*inode // as the process sees them
	sure  map[string]*inode // as the medium surely has them
	moves []move            // since the folder was synced
}

type inode struct {
	now     []byte  // as the process sees it
	sure    []byte  // as the medium surely has it
	pending []write // since it was synced
}

// write is bytes at a place, or a new length.
type write struct {
	off    int64
	data   []byte
	resize bool // to off
}

// move is names that change together.
type move map[string]*inode // nil: removed

func newDisk() *disk { return &disk{names: map[string]*inode{}, sure: map[string]*inode{}} }

// take applies a call that has ended. It fails on a call whose meaning for the disk is not known.
func (d *disk) take(c *call) error {
	if c.result < 0 && c.name == "fsync" && d.names[c.path] != nil {
		d.names[c.path].pending = nil // the system forgets what it could not write, and says so once
	}
	if c.result < 0 || c.path == "stdout" {
		return nil
	}
	switch c.name {
	case "open":
		if c.make && d.names[c.path] == nil {
			d.move(move{c.path: {}})
		}
	case "pwrite64", "write":
		return d.write(c.path, write{off: c.off, data: c.data[:c.result]})
	case "ftruncate":
		return d.write(c.path, write{off: c.off, resize: true})
	case "fsync":
		if c.path == "." {
			d.sure, d.moves = maps.Clone(d.names), nil
			return nil
		}
		f := d.names[c.path]
		if f == nil {
			return fmt.Errorf("%v: no such file", c)
		}
		f.sure = slices.Clone(f.sure) // a state that was built may share it
		for _, w := range f.pending {
			f.sure = w.to(f.sure)
		}
		f.pending = nil
	case "unlink":
		d.move(move{c.path: nil})
	case "rename":
		d.move(move{c.path: nil, c.to: d.names[c.path]})
	case "link":
		d.move(move{c.to: d.names[c.path]})
	case "unknown":
		return fmt.Errorf("%v: what it does to the disk is not known", c)
	}
	return nil
}

func (d *disk) move(m move) {
	d.moves = append(d.moves, m)
	apply(d.names, m)
}

func apply(names map[string]*inode, m move) {
	for name, f := range m {
		if f == nil {
			delete(names, name)
		} else {
			names[name] = f
		}
	}
}

func (d *disk) write(name string, w write) error {
	f := d.names[name]
	if f == nil {
		return fmt.Errorf("a write to %s, which is not there", name)
	}
	f.pending = append(f.pending, w)
	f.now = w.to(f.now)
	return nil
}

// to gives content after the write.
func (w write) to(content []byte) []byte {
	end := w.off
	if !w.resize {
		end += int64(len(w.data))
	}
	if w.resize && end < int64(len(content)) {
		return content[:end]
	}
	if grow := end - int64(len(content)); grow > 0 {
		content = append(content, make([]byte, grow)...)
	}
	copy(content[w.off:], w.data)
	return content
}

// torn is the write as far as the medium has it: each sector of size bytes by the toss of a coin.
func (w write) torn(content []byte, sector int64, rng *rand.Rand) []byte {
	if w.resize {
		if rng.IntN(2) == 0 {
			return w.to(content)
		}
		return content
	}
	for at := w.off; at < w.off+int64(len(w.data)); {
		end := min((at/sector+1)*sector, w.off+int64(len(w.data)))
		if rng.IntN(2) == 0 {
			content = write{off: at, data: w.data[at-w.off : end-w.off]}.to(content)
		}
		at = end
	}
	return content
}

// loss is one way in which a power loss may leave the disk.
type loss struct {
	name  string
	moves func(*disk) []move
	file  func(*inode) []byte
}

// losses are the ways that are tried at each boundary: nothing unsynced is there; only the names are; all of it is; and
// some of it, torn at 512 and at 4096 bytes.
func losses(rng *rand.Rand) []loss {
	none := func(*disk) []move { return nil }
	every := func(d *disk) []move { return d.moves }
	some := func(d *disk) []move { return d.moves[:rng.IntN(len(d.moves)+1)] }
	torn := func(sector int64) func(*inode) []byte {
		return func(f *inode) []byte {
			content := slices.Clone(f.sure)
			for _, w := range f.pending {
				content = w.torn(content, sector, rng)
			}
			return content
		}
	}
	sure := func(f *inode) []byte { return f.sure }
	now := func(f *inode) []byte { return f.now }
	return []loss{
		{"nothing unsynced is there", none, sure},
		{"the names are there, what was written is not", every, sure},
		{"what was written is there, the names are not", none, now},
		{"all is there", every, now},
		{"sectors of 512 bytes by chance", some, torn(512)},
		{"pages of 4096 bytes by chance", some, torn(4096)},
	}
}

// after writes the folder as the loss leaves it.
func (d *disk) after(l loss, dir string) error {
	names := maps.Clone(d.sure)
	for _, m := range l.moves(d) {
		apply(names, m)
	}
	for name, f := range names {
		if err := os.WriteFile(filepath.Join(dir, name), l.file(f), 0o600); err != nil {
			return err
		}
	}
	return nil
}

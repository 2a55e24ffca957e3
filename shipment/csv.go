package shipment

import (
	"io"
	"strconv"
	"strings"
	"sync"

	"lodestone/quantity"
	"lodestone/rules"
)

// WriteCSV writes the heads and a line for every row, in their order. Two goroutines make the lines, of which a million are
// half a gigabyte, while this one writes.
func WriteCSV(out io.Writer, rows []Judged, s Stamp) error {
	const makers, each, ahead = 2, 2048, 2
	if _, err := out.Write(AppendHeads(nil)); err != nil {
		return err
	}
	stop := make(chan struct{})
	var wait sync.WaitGroup
	defer func() { close(stop); wait.Wait() }()
	var made, used [makers]chan []byte // used: buffers that are written and may be filled again
	for m := range makers {
		made[m], used[m] = make(chan []byte, ahead), make(chan []byte, ahead)
		for range ahead {
			used[m] <- nil
		}
		wait.Go(func() {
			for at := m * each; at < len(rows); at += makers * each {
				select {
				case b := <-used[m]:
					b = b[:0]
					for _, j := range rows[at:min(at+each, len(rows))] {
						b = j.AppendCSV(b, s)
					}
					made[m] <- b // there is room: no more than ahead are about
				case <-stop:
					return
				}
			}
		})
	}
	for at, m := 0, 0; at < len(rows); at, m = at+each, (m+1)%makers {
		b := <-made[m]
		if _, err := out.Write(b); err != nil {
			return err
		}
		used[m] <- b
	}
	return nil
}

// AppendCSV appends the row as a line of RFC 4180 text that ends in a newline.
func (j Judged) AppendCSV(b []byte, s Stamp) []byte {
	r := j.Row
	for _, c := range [...]string{r.Reference, r.Item, r.Part, r.Supplier, r.Contract} {
		b = append(appendCell(b, c), ',')
	}
	b = append(appendDay(b, r.On), ',')
	b = append(appendDay(b, r.Accepted), ',')
	b = append(j.Found.csv[0].fill(b, r.Item, j.names, appendQuoted), ',')
	b = append(strconv.AppendInt(b, s.Position, 10), ',')
	b = append(j.Found.csv[1].fill(b, r.Item, j.names, appendQuoted), ',')
	b = append(strconv.AppendInt(b, rules.EngineFormat, 10), ',')
	b = append(append(b, s.Made...), ',')
	return append(appendCell(b, s.Notice), '\n')
}

// csvOf is cells side by side as they stand in a line of CSV; one with slots is in quotes, whatever comes into them.
func csvOf(cells []Text) Text {
	var b []byte
	for i := range cells {
		if i > 0 {
			b = append(b, ',')
		}
		if t := &cells[i]; len(t.slots) == 0 {
			b = appendCell(b, t.parts[0])
		} else {
			b = append(appendQuoted(append(b, '"'), t.raw()), '"')
		}
	}
	return newText(string(b))
}

// AppendHeads appends the heads as a line of CSV.
func AppendHeads(b []byte) []byte {
	for i, c := range Columns() {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendCell(b, c)
	}
	return append(b, '\n')
}

// appendCell appends a cell, in quotes where it needs them; one that a spreadsheet program would take for a formula begins
// with an apostrophe.
func appendCell(b []byte, s string) []byte {
	if s != "" && strings.IndexByte("=+-@\t\r", s[0]) >= 0 {
		s = "'" + s
	}
	if !strings.ContainsAny(s, "\",\r\n") && s != "" && s[0] != ' ' && s[len(s)-1] != ' ' || s == "" {
		return append(b, s...)
	}
	return append(appendQuoted(append(b, '"'), s), '"')
}

func appendDay(b []byte, d quantity.Date) []byte {
	if d == 0 {
		return b
	}
	return d.Time().AppendFormat(b, "2006-01-02")
}

func appendQuoted(b []byte, s string) []byte {
	for {
		i := strings.IndexByte(s, '"') + 1
		if i == 0 {
			return append(b, s...)
		}
		b = append(append(b, s[:i]...), '"')
		s = s[i:]
	}
}

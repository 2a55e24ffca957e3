package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"lodestone/paper"
	"lodestone/shipment"
)

// write writes a shipment's rows to a file, whole or not at all: a name beside it is written first, then moved there.
func (t *telling) write(path string) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("write %s: %w", path, errors.Join(err, temp.Close(), os.Remove(temp.Name())))
		}
	}()
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv":
		err = shipment.WriteCSV(temp, t.judged, t.stamp)
	case ".xlsx":
		err = paper.ShipmentExcel(temp, t.judged, t.sum, t.stamp)
	case ".json":
		err = writeRowsJSON(temp, t.json())
	}
	if err != nil {
		return err
	}
	if err = temp.Chmod(0o644); err != nil {
		return err
	}
	if err = temp.Close(); err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}

// writeRowsJSON writes the answer with a row a line.
func writeRowsJSON(out io.Writer, whole shipmentJSON) error {
	w := bufio.NewWriterSize(out, 1<<20)
	rows := whole.Rows
	whole.Rows = []shipment.Judged{}
	head, err := json.Marshal(whole)
	if err != nil {
		return err
	}
	if _, err := w.Write(head[:len(head)-len("]}")]); err != nil {
		return err
	}
	for i, j := range rows {
		text, err := j.MarshalJSON()
		if err != nil {
			return err
		}
		if i > 0 {
			w.WriteByte(',')
		}
		w.WriteByte('\n')
		if _, err := w.Write(text); err != nil {
			return err
		}
	}
	if _, err := w.WriteString("\n]}\n"); err != nil {
		return err
	}
	return w.Flush()
}

package page

import (
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"

	"lodestone/plan"
)

// flowRow is a flow as it stands in a Parquet file. The names are those of the JSON.
type flowRow struct {
	What     string  `parquet:"what,dict"`
	ID       string  `parquet:"id,dict"`
	Site     string  `parquet:"site,dict"`
	Material string  `parquet:"material,dict"`
	Breaks   string  `parquet:"breaks,dict"`
	Origin   string  `parquet:"origin,dict"`
	Period   string  `parquet:"period,dict"`
	Amount   float64 `parquet:"amount"`
	Cost     float64 `parquet:"cost"`
}

// Parquet writes a plan's flows as one table.
func Parquet(w io.Writer, r *plan.Report) error {
	rows := make([]flowRow, len(r.Flows))
	for i, f := range r.Flows {
		rows[i] = flowRow{string(f.Family), f.ID, f.Site, f.Material, f.Breaks, f.Origin, f.Period, f.Amount, f.Cost}
	}
	if err := parquet.Write(w, rows); err != nil {
		return fmt.Errorf("write the flows: %w", err)
	}
	return nil
}

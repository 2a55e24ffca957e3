package main

import (
	"encoding/csv"
	"io"
	"math/big"
	"strings"

	"lodestone/exposure"
)

// What exposure --json and --csv print: numbers as decimal text to six places, null or empty where there is none.

type exposureView struct {
	AsOf    string         `json:"as_of,omitempty"` // the year that was asked for
	Figures []figureOfView `json:"figures"`
	Trends  []trendView    `json:"trends"`
}

type figureOfView struct {
	Measure   string            `json:"measure"`
	Stage     string            `json:"stage"`
	Element   string            `json:"element,omitempty"` // "" all rare earths together
	By        string            `json:"by,omitempty"`
	Subject   string            `json:"subject"`
	Period    string            `json:"period"`
	Publisher string            `json:"publisher,omitempty"`
	Low       *string           `json:"low"` // null: not computable
	High      *string           `json:"high"`
	Unit      string            `json:"unit"`
	Published string            `json:"published,omitempty"`
	Formula   string            `json:"formula,omitempty"`
	Needs     []string          `json:"needs,omitempty"`
	Notes     []string          `json:"notes,omitempty"`
	Rows      []exposureRowView `json:"rows"`
}

type exposureRowView struct {
	Table    string   `json:"table"`
	Line     int      `json:"line"`
	What     string   `json:"what"`
	Value    string   `json:"value"`
	Unit     string   `json:"unit,omitempty"`
	Sources  []string `json:"sources"`
	Evidence string   `json:"evidence"`
}

type trendView struct {
	Measure   string   `json:"measure"`
	Stage     string   `json:"stage"`
	Subject   string   `json:"subject"`
	Publisher string   `json:"publisher,omitempty"`
	Unit      string   `json:"unit"`
	Periods   []string `json:"periods"`
	Low       []string `json:"low"`
	High      []string `json:"high"`
	Direction string   `json:"direction"`
	// The change between the first and the last, and that a year, least and most.
	Change  [2]string `json:"change"`
	Yearly  [2]string `json:"change_a_year"`
	Unknown []string  `json:"unknown"` // years that have no figure
}

func ratText(x *big.Rat) *string {
	if x == nil {
		return nil
	}
	s := x.FloatString(6)
	s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	return &s
}

func viewExposure(r *exposure.Report) exposureView {
	v := exposureView{AsOf: r.Year, Figures: []figureOfView{}, Trends: []trendView{}}
	for i := range r.Figures {
		f := &r.Figures[i]
		x := figureOfView{Measure: string(f.Measure), Stage: string(f.Stage), Element: f.Element.Symbol(), By: f.By, Subject: f.Subject, Period: f.Period,
			Publisher: f.Publisher, Low: ratText(f.Low), High: ratText(f.High), Unit: f.Unit, Published: f.Published, Formula: f.Formula,
			Needs: f.Needs, Notes: f.Notes, Rows: []exposureRowView{}}
		for _, row := range f.Rows {
			x.Rows = append(x.Rows, exposureRowView(row))
		}
		v.Figures = append(v.Figures, x)
	}
	for i := range r.Trends {
		t := &r.Trends[i]
		x := trendView{Measure: string(t.Of.Measure), Stage: string(t.Of.Stage), Subject: t.Of.Subject, Publisher: t.Of.Publisher, Unit: t.Of.Unit, Direction: t.Direction, Unknown: []string{}}
		x.Change, x.Yearly = [2]string{*ratText(t.Change[0]), *ratText(t.Change[1])}, [2]string{*ratText(t.Yearly[0]), *ratText(t.Yearly[1])}
		x.Unknown = append(x.Unknown, t.Unknown...)
		for k := range t.Points {
			p := &t.Points[k]
			x.Periods, x.Low, x.High = append(x.Periods, p.Period), append(x.Low, *ratText(p.Low)), append(x.High, *ratText(p.High))
		}
		v.Trends = append(v.Trends, x)
	}
	return v
}

// writeExposureCSV writes a line a figure.
func writeExposureCSV(out io.Writer, r *exposure.Report) error {
	w := csv.NewWriter(out)
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	lines := [][]string{{"measure", "stage", "element", "by", "subject", "period", "publisher", "low", "high", "unit", "published", "formula", "needs", "notes", "rows"}}
	for _, f := range viewExposure(r).Figures {
		var rows []string
		for _, x := range f.Rows {
			rows = append(rows, rowsText([]exposure.Row{exposure.Row(x)}))
		}
		lines = append(lines, []string{f.Measure, f.Stage, f.Element, f.By, f.Subject, f.Period, f.Publisher, text(f.Low), text(f.High), f.Unit, f.Published,
			f.Formula, strings.Join(f.Needs, "; "), strings.Join(f.Notes, "; "), strings.Join(rows, "; ")})
	}
	if err := w.WriteAll(lines); err != nil {
		return err
	}
	return w.Error()
}

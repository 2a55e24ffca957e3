package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lodestone/element"
	"lodestone/exposure"
	"lodestone/quantity"
	"lodestone/supply"
)

type exposureFlags struct {
	element, stage, stock, year string
	without                     []string
	csv                         *bool
	json                        *bool
}

// exposureCommand says how dependent the United States are, by the embedded tables.
func exposureCommand() *cobra.Command {
	var f exposureFlags
	cmd := &cobra.Command{
		Use:   "exposure",
		Short: "How dependent on others: import reliance, shares, concentration, risk, single points, cover, trends",
		Long: `Works out from the embedded tables how dependent the United States, and the world, are on others for rare earths: net
import reliance as the USGS defines it, the 80 % and the 70 % of the news with their periods, shares and concentration (HHI)
by stage, element, country and owner, single points of failure, what the tables allow of the EU's supply risk (2023) and of
GeoPolRisk, weeks of cover, and how each has moved over the years.

Every figure names the rows it rests on, by table and line, with their sources and how they were come by. Where the tables
hold a part only, it is an interval. Where they lack an input it is not computable, and says what it needs; it is never
nought, and no score is fitted to one that was published. Rows are taken as they were printed: how far they are rounded or
estimated is in no interval.`,
		Example: `  lodestone exposure
  lodestone exposure --element Dy
  lodestone exposure --stage mining
  lodestone exposure --year 2022                  as of 2022, and what the tables lack of it
  lodestone exposure --stock 1200                 weeks of cover of 1,200 t of oxides
  lodestone exposure --csv > exposure.csv`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return exposed(cmd, f) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.element, "element", "", "figures of this rare earth, as in Nd, and beside them those of all together (default: the magnets' elements)")
	fl.StringVar(&f.stage, "stage", "", "only this stage: "+stageList())
	fl.StringVar(&f.stock, "stock", "", "tonnes of rare earth oxide in compounds and metals that are in stock, for weeks of cover")
	fl.StringVar(&f.year, "year", "", "figures as of this year, with trends up to it (default: every year, and what rests on one year as of the last)")
	fl.StringSliceVar(&f.without, "without", []string{"CN", "RU", "IR", "KP"}, "countries not counted on for single points of failure (default: the covered countries of DFARS)")
	f.csv = fl.Bool("csv", false, "print CSV, a line a figure")
	f.json = jsonFlag(cmd)
	return cmd
}

func stageList() string {
	var names []string
	for _, s := range exposure.Stages() {
		names = append(names, string(s))
	}
	return strings.Join(names, ", ")
}

func exposed(cmd *cobra.Command, f exposureFlags) error {
	if *f.csv && *f.json {
		return usagef("print CSV or JSON: give one of --csv and --json")
	}
	q, err := exposureQuestion(f)
	if err != nil {
		return err
	}
	r := exposure.New(q)
	switch {
	case *f.json:
		return printJSON(cmd, viewExposure(&r))
	case *f.csv:
		return writeExposureCSV(cmd.OutOrStdout(), &r)
	}
	return printExposure(cmd.OutOrStdout(), &r, q)
}

func exposureQuestion(f exposureFlags) (q exposure.Question, err error) {
	if f.element != "" {
		if q.Element, err = element.Parse(f.element); err != nil {
			return q, usagef("--element: %w", err)
		}
		if !q.Element.RareEarth() {
			return q, usagef("--element %s: the tables are of rare earths, such as Nd, Dy, Tb, Sm", f.element)
		}
	}
	for _, s := range exposure.Stages() {
		if strings.EqualFold(f.stage, string(s)) {
			q.Stage = s
		}
	}
	if f.stage != "" && q.Stage == "" {
		return q, usagef("--stage %q: want one of %s", f.stage, stageList())
	}
	for _, name := range f.without {
		if name == "" {
			continue // --without= counts on every country
		}
		c, err := supply.ParseCountry(name)
		if err != nil {
			return q, usagef("--without: %w", err)
		}
		q.Without = append(q.Without, c)
	}
	if f.year != "" {
		if years := exposure.Years(); !slices.Contains(years, f.year) {
			return q, usagef("--year %q: the tables allow figures of %s", f.year, strings.Join(years, ", "))
		}
		q.Year = f.year
	}
	if f.stock != "" {
		d, err := quantity.ParseDecimal(f.stock)
		if err != nil || d.Sign() < 0 {
			return q, usagef("--stock %q: want tonnes, nought or more, as in 1200", f.stock)
		}
		q.Stock = f.stock
	}
	return q, nil
}

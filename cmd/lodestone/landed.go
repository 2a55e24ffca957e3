package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"lodestone/landed"
	"lodestone/quantity"
	"lodestone/tariff"
)

const exampleMark = "example:"

func landedCommand() *cobra.Command {
	var template, on string
	var asCSV, asSVG bool
	var asJSON *bool
	cmd := &cobra.Command{
		Use:   "landed SHEET[@DATE]…",
		Short: "What a kilogram costs where it is wanted: material, conversion, freight, duty, fees and premium",
		Long: `Landed works out a cost sheet, YAML or CSV: material by recipe and price, conversion, freight, duty by the tariff schedule on
the day of entry, fees and premium, as a waterfall for each kilogram of product. All of it is exact; a figure that is an
assumption is shown as one, with its range and what the range does to the total. A price in another currency or with tax is
converted only at a rate that the sheet states.

A sheet is a file, or example:brook (an N42 magnet made in Ohio from oxide of the Brook mine) or example:china (the same
grade made in China). @DATE takes another day of entry than the sheet's own; with several sheets the totals are compared. --json is a list,
a sheet an entry, with each amount as a fraction and rounded.
Decision support, not legal, customs or investment advice.`,
		Example: `  lodestone landed --template yaml > sheet.yaml
  lodestone landed sheet.yaml
  lodestone landed example:brook
  lodestone landed example:china@2025-12-31 example:china@2026-01-01 example:brook
  lodestone landed example:china --svg > china.svg`,
		RunE: func(cmd *cobra.Command, given []string) error {
			if template != "" {
				return writeTemplate(cmd, template, given)
			}
			if len(given) == 0 {
				return usagef("name a sheet, such as example:brook, or write an empty one with --template yaml")
			}
			if asCSV && asSVG || *asJSON && (asCSV || asSVG) {
				return usagef("--json, --csv and --svg are three forms: choose one")
			}
			if asSVG && len(given) > 1 {
				return usagef("--svg draws one sheet: name one")
			}
			ws, err := costSheets(given, on)
			if err != nil {
				return err
			}
			switch {
			case *asJSON:
				return printJSON(cmd, ws)
			case asSVG:
				return ws[0].SVG(cmd.OutOrStdout())
			case asCSV:
				for _, w := range ws {
					if err := w.CSV(cmd.OutOrStdout()); err != nil {
						return err
					}
				}
				return nil
			}
			return printLanded(cmd.OutOrStdout(), ws)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&template, "template", "", "write an empty sheet with notes: yaml, csv, or an example by its name (brook, china)")
	fl.StringVar(&on, "on", "", "the day of entry of every sheet that names none with @DATE, instead of the sheet's own")
	fl.BoolVar(&asCSV, "csv", false, "print the bars as CSV")
	fl.BoolVar(&asSVG, "svg", false, "print the waterfall as a picture")
	asJSON = jsonFlag(cmd)
	return cmd
}

// writeTemplate prints a sheet to begin with.
func writeTemplate(cmd *cobra.Command, name string, given []string) error {
	if len(given) > 0 {
		return usagef("--template writes a sheet to the output and reads none: leave %s out", given[0])
	}
	text := []byte(nil)
	switch name {
	case "yaml":
		text = landed.Template()
	case "csv":
		text = landed.CSVTemplate()
	default:
		var err error
		if text, err = landed.ExampleText(name); err != nil {
			return usagef("there is no template %q: there are yaml, csv, %s", name, strings.Join(landed.Examples(), ", "))
		}
	}
	_, err := cmd.OutOrStdout().Write(text)
	return err
}

// costSheets works out each sheet.
func costSheets(given []string, on string) ([]*landed.Waterfall, error) {
	schedule, err := tariff.US()
	if err != nil {
		return nil, fmt.Errorf("load the tariff schedule: %w", err)
	}
	var ws []*landed.Waterfall
	for _, name := range given {
		r, err := readRoute(name, on)
		if err != nil {
			return nil, err
		}
		w, err := r.Sheet.Cost(schedule, r.On)
		if err != nil {
			return nil, fmt.Errorf("landed cost of %s: %w", name, err)
		}
		ws = append(ws, w)
	}
	return ws, nil
}

// readRoute reads SHEET or SHEET@DATE; on is the day where the name has none.
func readRoute(name, on string) (landed.Route, error) {
	var r landed.Route
	day, err := dayFlag("--on", on)
	if err != nil {
		return r, err
	}
	r.On = day
	if i := strings.LastIndexByte(name, '@'); i >= 0 {
		if r.On, err = quantity.ParseDate(name[i+1:]); err != nil {
			return r, usagef("%s: %w: want a sheet and a day of entry, as in example:china@2026-01-01", name, err)
		}
		name = name[:i]
	}
	if example, ok := strings.CutPrefix(name, exampleMark); ok {
		if r.Sheet, err = landed.Example(example); err != nil {
			return r, exitError{code: codeUsage, err: err}
		}
		return r, nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return r, fmt.Errorf("read the cost sheet: %w", err)
	}
	if r.Sheet, err = landed.Read(name, data); err != nil {
		return r, fmt.Errorf("the cost sheet has faults, nothing was worked out:\n%w", err)
	}
	return r, nil
}

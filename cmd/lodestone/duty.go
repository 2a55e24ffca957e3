package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"lodestone/quantity"
	"lodestone/supply"
	"lodestone/tariff"
)

type dutyFlags struct {
	hts, origin, on, from, until, value string
	claims                              []string
	sea                                 bool
	json                                *bool
}

func dutyCommand() *cobra.Command {
	var f dutyFlags
	cmd := &cobra.Command{
		Use:   "duty --hts CODE --origin COUNTRY --on DATE",
		Short: "US duty by code, origin and day of entry: every layer with rate, reason, legal status and source",
		Long: `Duty works out the duty of the United States on rare earth compounds, metals, alloys and magnets, line by line: the base
rate, each layer of chapter 99 with its exclusions and floors, its legal status, its source and how sure that is (Q quoted,
D derived from the primary text, S secondary, M memory, C sources conflict). A rate that the tables do not hold is an error
that names it, never zero. Origin is the country of the last substantial transformation; it is not provenance.

The exit status is 0 where the duty is known, 1 where it is not (in a period: on any day of it), 2 for wrong usage. It is
decision support, not legal or customs advice.`,
		Example: `  lodestone duty --hts 8505.11.0070 --origin CN --on 2026-11-23 --value 1000.00
  lodestone duty --hts 8505.11.0050 --origin MX --on 2026-11-23 --claim usmca
  lodestone duty --hts 8505.11.0070 --origin CN --from 2026-01-01 --until 2026-12-31`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return duty(cmd, f) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.hts, "hts", "", "code of the tariff schedule, ten digits with the statistical suffix, as in 8505.11.0070")
	fl.StringVar(&f.origin, "origin", "", "country of the last substantial transformation, as in CN")
	fl.StringVar(&f.on, "on", "", "the day of entry for consumption, YYYY-MM-DD")
	fl.StringVar(&f.from, "from", "", "show how the duty changes from this day of entry on")
	fl.StringVar(&f.until, "until", "", "the last day of that period")
	fl.StringVar(&f.value, "value", "", "customs value in US dollars, for the amounts, as in 1000.00")
	fl.StringArrayVar(&f.claims, "claim", nil, "what the importer claims, as in usmca, japan, in-transit, donation (may be given more than once)")
	fl.BoolVar(&f.sea, "sea", false, "the goods come by sea: show the harbor maintenance fee")
	f.json = jsonFlag(cmd)
	return cmd
}

func duty(cmd *cobra.Command, f dutyFlags) error {
	q, from, until, err := dutyQuestion(f)
	if err != nil {
		return err
	}
	s, err := tariff.US()
	if err != nil {
		return fmt.Errorf("load the tariff schedule: %w", err)
	}
	if from != 0 {
		return dutyOver(cmd, s, q, from, until, *f.json)
	}
	a, err := s.Duty(q)
	switch {
	case err != nil:
		return fmt.Errorf("%w\n%s", err, tariff.Advice)
	case *f.json:
		return printJSON(cmd, a)
	}
	printDuty(cmd.OutOrStdout(), a)
	return nil
}

// dutyQuestion reads the flags: the question, and the period where one is asked.
func dutyQuestion(f dutyFlags) (q tariff.Query, from, until quantity.Date, err error) {
	if f.hts == "" || f.origin == "" {
		return q, 0, 0, usagef("give the code with --hts and the country of origin with --origin")
	}
	if q.On, err = dayFlag("--on", f.on); err != nil {
		return q, 0, 0, err
	}
	if from, err = dayFlag("--from", f.from); err != nil {
		return q, 0, 0, err
	}
	if until, err = dayFlag("--until", f.until); err != nil {
		return q, 0, 0, err
	}
	switch {
	case (from == 0) != (until == 0):
		return q, 0, 0, usagef("--from and --until go together")
	case from != 0 && q.On != 0:
		return q, 0, 0, usagef("--on asks for one day, --from and --until for a period: give one or the other")
	case from > until:
		return q, 0, 0, usagef("--from %s comes after --until %s", from, until)
	case from == 0 && q.On == 0:
		return q, 0, 0, usagef("give the day of entry with --on, or a period with --from and --until")
	}
	if q.Code, err = tariff.ParseHTS(f.hts); err != nil {
		return q, 0, 0, exitError{code: codeUsage, err: fmt.Errorf("--hts: %w", err)}
	}
	if q.Origin, err = supply.ParseCountry(f.origin); err != nil {
		return q, 0, 0, exitError{code: codeUsage, err: fmt.Errorf("--origin: %w", err)}
	}
	if f.value != "" {
		v, err := quantity.ParseDecimal(f.value)
		if err != nil {
			return q, 0, 0, exitError{code: codeUsage, err: fmt.Errorf("--value: %w: want US dollars to the cent, as in 1000.00", err)}
		}
		q.Value = &v
	}
	q.Claims, q.Sea = f.claims, f.sea
	return q, from, until, nil
}

// dutyOver shows the stretches of a period; it fails after printing where the duty of one is not known.
func dutyOver(cmd *cobra.Command, s *tariff.Schedule, q tariff.Query, from, until quantity.Date, asJSON bool) error {
	course, err := s.Over(q, from, until)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, tariff.Advice)
	}
	var exit error
	for _, st := range course {
		if st.Answer == nil {
			exit = failed()
		}
	}
	if asJSON {
		return errors.Join(printJSON(cmd, struct {
			Code      tariff.HTS       `json:"hts"`
			Origin    supply.Country   `json:"origin"`
			Stretches []tariff.Stretch `json:"stretches"`
			Advice    string           `json:"advice"`
		}{q.Code, q.Origin, course, tariff.Advice}), exit)
	}
	out := cmd.OutOrStdout()
	fmt.Fprintf(out, "%s of %s (%s), entered %s to %s", q.Code, q.Origin, q.Origin.Name(), from, until)
	if q.Value != nil {
		fmt.Fprintf(out, ", value %s USD", tariff.USD(*q.Value))
	}
	if len(q.Claims) > 0 {
		fmt.Fprintf(out, ", claims %s", strings.Join(q.Claims, ", "))
	}
	fmt.Fprintln(out)
	for _, st := range course {
		fmt.Fprintf(out, "\n%s to %s: ", st.From, st.Until)
		if st.Answer == nil {
			fmt.Fprintln(out, "not known")
			for _, g := range st.Unknown {
				wrapped(out, "  not in hand    ", fmt.Sprintf("%s: %s [%s: %s]", g.Title, g.Missing, g.Sure, g.Source))
			}
			continue
		}
		fmt.Fprintf(out, "%s %%%s\n", st.Answer.Rate, dollars(st.Answer.Amount))
		for _, l := range st.Answer.Lines {
			if l.Outcome != tariff.Outside {
				wrapped(out, fmt.Sprintf("  %s%s  ", shownRate(l), rightAmount(l.Amount)), fmt.Sprintf("%s: %s (%s)", lineTitle(l), l.Why, l.Status))
			}
		}
	}
	fmt.Fprintln(out)
	wrapped(out, "", tariff.Provenance)
	fmt.Fprintln(out, tariff.Advice)
	return exit
}

func printDuty(w io.Writer, a *tariff.Answer) {
	fmt.Fprintf(w, "%s  %s\n", a.Code, a.Says)
	fmt.Fprintf(w, "origin %s (%s), entered %s", a.Origin, a.Origin.Name(), a.On)
	if a.Value != nil {
		fmt.Fprintf(w, ", value %s USD", a.Value)
	}
	if len(a.Claims) > 0 {
		fmt.Fprintf(w, ", claims %s", strings.Join(a.Claims, ", "))
	}
	fmt.Fprint(w, "\n\n")
	for _, l := range a.Lines {
		if l.Outcome != tariff.Outside {
			printDutyLine(w, l)
		}
	}
	fmt.Fprintf(w, "%8s %%%s  total duty; the least sure source is %s\n", a.Rate, rightAmount(a.Amount), a.Weakest)
	printFees(w, a.Fees)
	printElsewhere(w, a)
	fmt.Fprintln(w)
	for _, c := range a.Cautions {
		text := c.Says
		if c.Proof != nil {
			text += fmt.Sprintf(" [%s: %s]", c.Sure, c.Source)
		}
		wrapped(w, "mind     ", text)
	}
	if a.Value != nil {
		wrapped(w, "rounding ", a.Rounding)
	}
	wrapped(w, "origin   ", a.Origins)
	fmt.Fprintf(w, "tables   read up to %s, digest %s\n", a.Checked, a.Digest)
	fmt.Fprintln(w, a.Advice)
}

func printDutyLine(w io.Writer, l tariff.Line) {
	const pad = "            "
	fmt.Fprintf(w, "%s%s  %s\n", shownRate(l), rightAmount(l.Amount), lineTitle(l))
	if l.Authority != "" {
		wrapped(w, pad+"by      ", l.Authority)
	}
	wrapped(w, pad+"why     ", l.Why)
	wrapped(w, pad+"source  ", fmt.Sprintf("[%s] %s", l.Sure, l.Source))
	status := l.Status
	if l.Layer != "base" {
		status += fmt.Sprintf(" [%s: %s]", l.Standing.Sure, l.Standing.Source)
	}
	wrapped(w, pad+"status  ", status)
	for _, s := range l.Later {
		wrapped(w, pad+"later   ", fmt.Sprintf("from %s: %s [%s: %s]", s.From, s.Says, s.Sure, s.Source))
	}
}

func lineTitle(l tariff.Line) string {
	t := l.Title
	if l.Heading != "" {
		t += ", " + l.Heading
	}
	if l.Outcome == tariff.Floor {
		t += ", floor " + l.Floor + " %"
	}
	return t
}

// shownRate is the rate of a line in its column, or that there is none.
func shownRate(l tariff.Line) string {
	switch l.Outcome {
	case tariff.Exempt, tariff.Replaced:
		return fmt.Sprintf("%10s", l.Outcome)
	}
	return fmt.Sprintf("%8s %%", l.Rate)
}

// rightAmount is the amount in its column, or nothing.
func rightAmount(u *tariff.USD) string {
	if u == nil {
		return ""
	}
	return fmt.Sprintf("%14s", u)
}

func dollars(u *tariff.USD) string {
	if u == nil {
		return ""
	}
	return ", " + u.String() + " USD"
}

func printFees(w io.Writer, fees []tariff.FeeLine) {
	if len(fees) > 0 {
		fmt.Fprintln(w, "\nfees beside the duty, not in the total")
	}
	for _, f := range fees {
		text := f.Title + dollars(f.Amount) + ": " + f.Why
		if f.Open != "" {
			text += "; amount not known: " + f.Open
		}
		wrapped(w, fmt.Sprintf("%8s %%  ", f.Rate), fmt.Sprintf("%s [%s: %s]", text, f.Sure, f.Source))
	}
}

// printElsewhere names the layers that do not touch these goods, so that none is silently missing. Their sources are in
// the JSON.
func printElsewhere(w io.Writer, a *tariff.Answer) {
	fmt.Fprintln(w, "\nlooked at, and not for these goods on this day")
	for _, l := range a.Lines {
		if l.Outcome == tariff.Outside {
			wrapped(w, "  ", l.Title+": "+l.Why)
		}
	}
	for _, d := range a.NotInForce {
		text := d.Title + ": only from " + d.Valid.From.String()
		if d.Valid.Until != 0 {
			text += " to " + d.Valid.Until.String()
		}
		if last := d.Status[len(d.Status)-1]; len(d.Status) > 1 {
			text += "; since " + last.From.String() + " " + last.Says
		}
		wrapped(w, "  ", text)
	}
}

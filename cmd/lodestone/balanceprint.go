package main

import (
	"fmt"
	"io"
	"strings"

	"lodestone/balance"
	"lodestone/supply"
)

// longList is how many rows of a list are printed without --all.
const longList = 40

// beyondThree is what lies beyond three standard deviations of the normal distribution.
const beyondThree = 0.0027

// printBalance writes a balance as text: what is wrong first, then the accounts, then what the figures say together.
func printBalance(out io.Writer, r *balanceReport) error {
	var b strings.Builder
	b.WriteString(r.heading())
	r.overIssue(&b)
	r.lostOnRoad(&b)
	r.printSites(&b)
	r.printSteps(&b)
	r.printLots(&b)
	r.printRoad(&b)
	r.printOrigins(&b)
	r.printFit(&b)
	_, err := io.WriteString(out, b.String())
	return err
}

func (r *balanceReport) heading() string {
	what := "everything recorded"
	switch {
	case r.target.lot != "":
		what = "lot " + string(r.target.lot) + ", what it was made of and what was made of it"
	case r.target.site.ID != "":
		what = "site " + siteName(r.target.site.ID, r.target.site.Name)
	}
	days := ""
	if r.period.From != 0 {
		days += " from " + r.period.From.String()
	}
	if r.period.Until != 0 {
		days += " until " + r.period.Until.String()
	}
	tally := map[balance.Finding]int{}
	for i := range r.steps {
		for k := range r.steps[i].Accounts {
			tally[r.steps[i].Accounts[k].Finding]++
		}
	}
	var found []string
	for _, f := range []balance.Finding{balance.Excess, balance.Unaccounted, balance.Covered, balance.Balanced, balance.Unchecked} {
		if n := tally[f]; n > 0 {
			found = append(found, group3(int64(n))+" "+f.String())
		}
	}
	if len(found) == 0 {
		found = []string{"no element can be followed: no assays are stated"}
	}
	text := fmt.Sprintf("Balance of %s%s: %s\nBalances of one element, or of all mass, over one step: %s\n", what, days, count(r.makings, "step"), strings.Join(found, ", "))
	if n := tally[balance.Excess] + tally[balance.Unaccounted] + tally[balance.Balanced]; n >= 20 {
		text += fmt.Sprintf("By chance alone about %.1f of those %s would lie beyond three standard uncertainties\n", beyondThree*float64(n), group3(int64(n)))
	}
	return text
}

// mayBeOne is how many pairs of makings that may be one are named at an over-issue.
const mayBeOne = 3

func (r *balanceReport) overIssue(b *strings.Builder) {
	for i := range r.stocks {
		if s := &r.stocks[i]; s.OverIssue {
			fmt.Fprintf(b, "! over-issue: %s drawn of %s, made %s: %.1f standard uncertainties too much\n", s.Drawn.Mass, s.Lot.ID, s.Made.Mass, s.Sigma)
			pairs := r.books.Alike(s.Lot.ID)
			for _, p := range pairs[:min(mayBeOne, len(pairs))] {
				fmt.Fprintf(b, "    unless %s and %s tell of one making: the same step of the same lots, in the same amounts or at the same time\n", p[0].ID, p[1].ID)
			}
			if more := len(pairs) - mayBeOne; more > 0 {
				fmt.Fprintf(b, "    and %s like them\n", count(more, "pair"))
			}
		}
	}
}

// printSites writes the accounts of the sites.
func (r *balanceReport) printSites(b *strings.Builder) {
	for i := range r.sites {
		s := &r.sites[i]
		fmt.Fprintf(b, "\nSite %s: %s\n", siteName(s.ID, s.Name), count(s.Makings, "step"))
		t := newRows(r.period.From != 0, true)
		for k := range s.Accounts {
			t.add(&s.Accounts[k])
		}
		t.write(b)
		if n := len(s.Waiting); n > 0 {
			fmt.Fprintf(b, "  made here and not yet drawn, wherever it lies: %s\n", names(s.Waiting, 8))
		}
	}
}

// siteName is a site's name and identifier.
func siteName(id supply.FacilityID, name string) string {
	switch {
	case id == "":
		return "not stated"
	case name == "" || name == string(id):
		return string(id)
	}
	return name + ", " + string(id)
}

// names is the last parts of identifiers, the first most of them.
func names(lots []supply.LotID, most int) string {
	var list []string
	for _, l := range lots[:min(most, len(lots))] {
		list = append(list, tail(string(l)))
	}
	if more := len(lots) - most; more > 0 {
		list = append(list, group3(int64(more))+" more")
	}
	return strings.Join(list, ", ")
}

// tail is the last part of an identifier, behind its last colon or slash.
func tail(id string) string { return id[strings.LastIndexAny(id, ":/")+1:] }

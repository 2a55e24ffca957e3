package intake

import (
	"fmt"
	"slices"
	"strings"

	"lodestone/disclosure"
	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"
)

// reply is one answered question, or one further step.
type reply struct {
	row      row
	answer   string // Known, NotKnown or DidNotHappen
	country  supply.Country
	phase    supply.Phase // that was done
	elements element.Set  // of another step; empty: the whole
	lot      string
	facility string
	date     quantity.Date
	remark   string
}

// answers are the questions that were answered, by key.
func (b *returned) answers(q *disclosure.Questionnaire) map[string]*reply {
	const sheet = disclosure.SheetAsks
	asks := map[string]*disclosure.Ask{}
	for i := range q.Asks {
		asks[q.Asks[i].Key] = &q.Asks[i]
	}
	out := map[string]*reply{}
	seen := map[string]int{}
	for _, w := range b.table(sheet, disclosure.AskColumns()) {
		key := w.get(disclosure.ColumnKey)
		a := asks[key]
		switch {
		case key == "":
			b.fault(sheet, w.n, disclosure.ColumnKey, "key", "the row has no key", "put steps that were not asked for on the sheet "+disclosure.SheetOthers)
			continue
		case a == nil:
			b.fault(sheet, w.n, disclosure.ColumnKey, "key", "no question has the key "+quote(key), "the hidden part was changed: ask for a new questionnaire")
			continue
		case seen[key] > 0:
			b.fault(sheet, w.n, disclosure.ColumnKey, "unique", fmt.Sprintf("the question stands twice, here and in row %d", seen[key]), "put a second place on the sheet "+disclosure.SheetOthers)
			continue
		}
		seen[key] = w.n
		for column, want := range map[string]string{disclosure.ColumnQuestion: a.Question, disclosure.ColumnLot: a.Lot, disclosure.ColumnElement: a.Element} {
			if w.get(column) != strings.TrimSpace(want) {
				b.fault(sheet, w.n, column, "key", "what is asked was changed: "+quote(w.get(column)), "leave the shaded cells as they were: "+quote(want))
			}
		}
		if r := b.reply(sheet, w, a); r != nil {
			out[key] = r
		}
	}
	for i := range q.Asks {
		if a := &q.Asks[i]; seen[a.Key] == 0 && len(b.faults) == 0 {
			b.note(sheet, 0, "the row of question "+itoa(i+1)+" is gone: it stays not known")
		}
	}
	return out
}

// reply reads the cells that were filled in, nil where none were.
func (b *returned) reply(sheet string, w row, a *disclosure.Ask) *reply {
	r := &reply{row: w, answer: w.get(disclosure.ColumnAnswer), facility: w.get(disclosure.ColumnFacility), remark: w.get(disclosure.ColumnRemark), lot: a.Lot}
	country, step, date := w.get(disclosure.ColumnCountry), w.get(disclosure.ColumnStep), w.get(disclosure.ColumnDate)
	blank := country == "" && step == "" && date == "" && r.facility == ""
	switch {
	case r.answer == "" && blank:
		if r.remark != "" {
			b.note(sheet, w.n, "there is a remark and no answer: it stays not known, and the remark is not recorded")
		}
		return nil
	case r.answer == "":
		r.answer = disclosure.Known
	case !slices.Contains([]string{disclosure.Known, disclosure.NotKnown, disclosure.DidNotHappen}, r.answer):
		b.fault(sheet, w.n, disclosure.ColumnAnswer, "word", "unknown answer "+quote(r.answer), "choose known, not known or did not happen")
		return nil
	}
	if r.answer != disclosure.Known {
		if !blank {
			b.fault(sheet, w.n, disclosure.ColumnAnswer, "agree", "says "+quote(r.answer)+" beside a place", "clear country, step, facility and date, or choose known")
		}
		return r
	}
	r.country = b.country(sheet, w)
	r.date = b.day(sheet, w, a.By)
	r.phase, _ = supply.ParsePhase(a.Phase)
	if step != "" {
		if !slices.Contains(a.Also, step) {
			b.fault(sheet, w.n, disclosure.ColumnStep, "word", quote(step)+" is no answer to this question", "choose "+strings.Join(a.Also, " or ")+", and put another step on the sheet "+disclosure.SheetOthers)
		} else {
			r.phase, _ = supply.ParsePhase(step)
		}
	}
	return r
}

// country reads the country of a row that names a place: the name or the code, or both as the drop-down has them.
func (b *returned) country(sheet string, w row) supply.Country {
	text := w.get(disclosure.ColumnCountry)
	if text == "" {
		b.fault(sheet, w.n, disclosure.ColumnCountry, "required", "is blank", "choose the country, or choose not known under Answer and clear the rest")
		return ""
	}
	if i := strings.LastIndex(text, " ("); i > 0 && strings.HasSuffix(text, ")") {
		code := text[i+2 : len(text)-1]
		c, err := supply.ParseCountry(code)
		if err == nil && len(code) == 2 {
			if named, err := supply.ParseCountry(text[:i]); err == nil && named != c {
				b.fault(sheet, w.n, disclosure.ColumnCountry, "country", quote(text)+" names two countries", "choose one from the list")
				return ""
			}
			return c
		}
	}
	c, err := supply.ParseCountry(text)
	if err != nil {
		b.fault(sheet, w.n, disclosure.ColumnCountry, "country", err.Error(), "choose from the list")
	}
	return c
}

// day reads a date that must not lie after the lot was there.
func (b *returned) day(sheet string, w row, by string) quantity.Date {
	text := w.get(disclosure.ColumnDate)
	if text == "" {
		return 0
	}
	d, message, hint := parseDay(text)
	if message != "" {
		b.fault(sheet, w.n, disclosure.ColumnDate, "date", message, hint)
		return 0
	}
	if t, ok := instant(by); ok && d > quantity.Day(t) {
		b.fault(sheet, w.n, disclosure.ColumnDate, "order", fmt.Sprintf("%s is after the lot was first on record (%s)", d, quantity.Day(t)), "give the day of the step, or leave it blank")
	}
	return d
}

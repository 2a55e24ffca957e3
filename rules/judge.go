package rules

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"lodestone/quantity"
)

// Library is the books that a question may be put to.
type Library []*Book

// Book is the book with the given id, or nil.
func (l Library) Book(id string) *Book {
	for _, b := range l {
		if b.ID == id {
			return b
		}
	}
	return nil
}

func (l Library) ids() []string {
	var ids []string
	for _, b := range l {
		ids = append(ids, b.ID)
	}
	return ids
}

// Judge answers a question. It fails where the question cannot be put: no book and no clause, an unknown book, clause
// version or answer, no delivery date.
func (l Library) Judge(f *Facts) (*Answer, error) {
	if f.Delivery == 0 {
		return nil, f.wrong("delivery", "is missing", "give the day in the fact file, or with --on DATE")
	}
	if len(f.Books) > 0 && slices.Contains(f.Books, "") {
		return nil, fmt.Errorf("a book without a name: there are %s", strings.Join(l.ids(), ", "))
	}
	if f.EndItem.IsMaterial && len(f.Materials) == 0 {
		return nil, f.wrong("end_item.is_material", "is true, and materials is empty", "list the material that is delivered")
	}
	if err := l.checkAnswers(f); err != nil {
		return nil, err
	}
	qs, unjudged, err := l.questions(f)
	if err != nil {
		return nil, err
	}
	a := &Answer{AsIf: asIfOf(qs), Delivery: day(f.Delivery), Engine: EngineFormat, Books: []BookAnswer{}, Unjudged: unjudged, Advice: Advice}
	for _, q := range qs {
		if q.book.Kind != Prohibition {
			ba, err := q.finding()
			if err != nil {
				return nil, err
			}
			a.Books = append(a.Books, *ba)
			continue
		}
		ba, err := q.answer()
		if err != nil {
			return nil, err
		}
		a.Books = append(a.Books, *ba)
		a.Verdict = worst(a.Verdict, ba.Verdict)
	}
	return a, nil
}

// Over answers a question for every delivery day from one day to another, as the days on which the answer changes. on is
// the question as it stands for a day; extra are days, beside those of the books and determinations, on which it may change.
func (l Library) Over(on func(quantity.Date) (*Facts, error), extra []quantity.Date, from, until quantity.Date) (*Course, error) {
	if until < from {
		return nil, fmt.Errorf("the period ends (%s) before it begins (%s)", until, from)
	}
	days := append([]quantity.Date{from}, extra...)
	first, err := on(from)
	if err != nil {
		return nil, err
	}
	qs, _, err := l.questions(first)
	if err != nil {
		return nil, err
	}
	for _, q := range qs {
		days = append(days, q.book.Changes()...)
		if q.statute != nil {
			days = append(days, q.statute.Changes()...)
		}
	}
	days = append(days, first.Changes()...)
	slices.Sort(days)
	c := &Course{From: day(from), Until: day(until), Engine: EngineFormat, Advice: Advice}
	for _, d := range slices.Compact(days) {
		if d < from || d > until {
			continue
		}
		f, err := on(d)
		if err != nil {
			return nil, err
		}
		q := *f
		q.Delivery, q.Accepted, q.Shipment.Date = d, 0, 0
		a, err := l.Judge(&q)
		if err != nil {
			return nil, err
		}
		c.AsIf = a.AsIf
		if a.Verdict != "" {
			c.Verdict = worst(c.Verdict, a.Verdict)
		}
		if n := len(c.Changes); n > 0 && sameAnswer(c.Changes[n-1], a) {
			continue
		}
		c.Changes = append(c.Changes, Span{From: day(d), Verdict: a.Verdict, Books: a.Books})
	}
	return c, nil
}

// sameAnswer tells whether an answer says what the span before said, but for the day in its reasons.
func sameAnswer(before Span, a *Answer) bool {
	reason := func(b *BookAnswer, d string) string { return strings.ReplaceAll(b.Because, d, "") }
	return slices.EqualFunc(before.Books, a.Books, func(x, y BookAnswer) bool {
		return x.Verdict == y.Verdict && x.Own == y.Own && reason(&x, before.From) == reason(&y, a.Delivery) && slices.Equal(x.DecidedBy, y.DecidedBy) &&
			slices.Equal(x.Gives, y.Gives) && slices.Equal(x.NotInForce, y.NotInForce) && x.WeakestEvidence == y.WeakestEvidence && slices.Equal(x.Missing, y.Missing)
	})
}

// question is one book put to the facts.
type question struct {
	f       *Facts
	book    *Book
	version string
	statute *Book    // heard beside it, or nil
	first   *hearing // with nothing tried, once heard
	few     *fewer   // in which facts and readings are tried, once made
	trial   *trial   // how the next hearing stands to others; nil: by itself
	outside bool     // the contract does not hold the book's clause
	assumed []string
}

func (l Library) questions(f *Facts) ([]question, []string, error) {
	books := f.Books
	var unjudged []string
	if len(books) == 0 {
		if !f.Contract.ClausesGiven {
			return nil, nil, f.wrong("contract.clauses", "is missing, and no book is named", "name the clauses of the contract, or a book: "+strings.Join(l.ids(), ", "))
		}
		for _, b := range l {
			if b.Kind == Prohibition && b.Clause != "" && slices.ContainsFunc(f.Contract.Clauses, func(c Clause) bool { return c.Number == b.Clause }) {
				books = append(books, b.ID)
			}
		}
		if len(books) == 0 {
			return nil, nil, f.wrong("contract.clauses", "names no clause that a book here speaks to ("+clauseList(f.Contract.Clauses)+")",
				"what is not judged is not clean: name a book to ask, "+strings.Join(l.ids(), ", "))
		}
	}
	for _, c := range f.Contract.Clauses {
		if !slices.ContainsFunc(l, func(b *Book) bool { return b.Clause == c.Number }) {
			unjudged = append(unjudged, strings.TrimSpace(c.Number+" "+c.Version))
		}
	}
	if slices.ContainsFunc(books, l.dates) {
		f = f.Dated()
	}
	var qs []question
	for _, id := range books {
		b := l.Book(id)
		if b == nil {
			return nil, nil, f.wrong("book", fmt.Sprintf("no book %q", id), "there are "+strings.Join(l.ids(), ", "))
		}
		q := question{f: f, book: b, assumed: slices.Clone(f.Assumed)}
		if err := q.chooseVersion(); err != nil {
			return nil, nil, err
		}
		if v, _ := b.Version(q.version); v.From > f.Delivery {
			q.assumed = append(q.assumed, fmt.Sprintf("the delivery lies before %s %s was issued (%s)", b.Clause, v.ID, v.From))
		}
		if b.Consults != "" {
			if q.statute = l.Book(b.Consults); q.statute == nil {
				return nil, nil, fmt.Errorf("book %s hears %s, which is not there", b.ID, b.Consults)
			}
		}
		qs = append(qs, q)
	}
	return qs, unjudged, nil
}

// dates tells whether a book, or the statute it hears, asks for the day of a step.
func (l Library) dates(id string) bool {
	b := l.Book(id)
	return b != nil && (slices.ContainsFunc(b.rules, func(r *Rule) bool { return slices.Contains(r.vars, "step.day") }) || b.Consults != "" && l.dates(b.Consults))
}

// Dates tells whether any of the books, or with none any that a contract may call for, asks for the day of a step. An
// answer then hangs on more than a lot's class, which knows no days.
func (l Library) Dates(books []string) bool {
	if len(books) == 0 {
		return slices.ContainsFunc(l, func(b *Book) bool { return b.Kind == Prohibition && l.dates(b.ID) })
	}
	return slices.ContainsFunc(books, l.dates)
}

// chooseVersion takes the version that the contract names, or the newest where no clauses are given.
func (q *question) chooseVersion() error {
	b := q.book
	if b.Clause == "" {
		return nil
	}
	if !q.f.Contract.ClausesGiven {
		q.version = b.Newest().ID
		q.assumed = append(q.assumed, fmt.Sprintf("the contract holds %s in its newest version, %s", b.Clause, q.version))
		return nil
	}
	var named []string
	for i, c := range q.f.Contract.Clauses {
		if c.Number != b.Clause {
			continue
		}
		if c.Version == "" {
			return q.f.wrong(fmt.Sprintf("contract.clauses[%d]", i), b.Clause+" is named without its version", "known are "+strings.Join(b.versionIDs(), ", "))
		}
		if _, ok := b.Version(c.Version); !ok {
			return q.f.wrong(fmt.Sprintf("contract.clauses[%d]", i), fmt.Sprintf("%s has no version %q", b.Clause, c.Version), "known are "+strings.Join(b.versionIDs(), ", "))
		}
		if !slices.Contains(named, c.Version) {
			named = append(named, c.Version)
		}
	}
	switch len(named) {
	case 0:
		q.outside = true
	case 1:
		q.version = named[0]
	default:
		return q.f.wrong("contract.clauses", fmt.Sprintf("%s stands in two versions, %s", b.Clause, strings.Join(named, " and ")), "keep the one in force")
	}
	return nil
}

func (b *Book) versionIDs() []string {
	var ids []string
	for _, v := range b.Versions {
		ids = append(ids, v.ID)
	}
	return ids
}

func (l Library) checkAnswers(f *Facts) error {
	keys := map[string][]string{}
	for _, b := range l {
		for _, d := range b.Doubts {
			for _, r := range d.Readings {
				if d.Class == Open && !slices.Contains(keys[d.Key], r.Value) {
					keys[d.Key] = append(keys[d.Key], r.Value)
				}
			}
		}
	}
	var names []string
	for k := range keys {
		names = append(names, k)
	}
	sort.Strings(names)
	for k, v := range f.Answers {
		if keys[k] == nil {
			return f.wrong("answers."+k, "there is no such open doubt", "the keys are "+strings.Join(names, ", "))
		}
		if !slices.Contains(keys[k], v) {
			return f.wrong("answers."+k, fmt.Sprintf("%q is none of its readings", v), "one of "+strings.Join(keys[k], ", "))
		}
	}
	return nil
}

// hearing is one complete evaluation of a question with some facts and readings tried.
type hearing struct {
	verdict, own Verdict
	said         map[said]truth
	result       *result // of the book on the day that decides
	statute      *result // of the statute, or nil
	date         quantity.Date
	why          causes
	asked        map[string]bool
	units        []unit // of a book that is no prohibition
}

// hear evaluates the question on every day it may be about.
func (q *question) hear(set map[string]string) (*hearing, error) {
	h := &hearing{asked: map[string]bool{}, said: map[said]truth{}}
	if q.book.Kind != Prohibition {
		return h, q.hearFinding(h, set)
	}
	if q.outside {
		h.verdict, h.own, h.date = OutOfScope, OutOfScope, q.f.Delivery
		h.result = &result{strict: OutOfScope, lenient: OutOfScope}
		return h, nil
	}
	var verdicts, owns []Verdict
	for _, d := range q.days(set, h.asked) {
		w := newWorld(q.f, d, set)
		w.asked, w.said = h.asked, h.said
		w.before, w.flipped = q.before(set)
		w.trial = q.trial
		own, err := w.evaluate(q.book, q.version, nil)
		if err != nil {
			return nil, fmt.Errorf("book %s: %w", q.book.ID, err)
		}
		strict, lenient := own.strict, own.lenient
		var statute *result
		if q.statute != nil && (strict != OutOfScope || lenient != OutOfScope) {
			if statute, err = q.consult(w); err != nil {
				return nil, err
			}
			strict, lenient = jointly(own.strict, statute.strict), jointly(own.lenient, statute.lenient)
			h.hangs(statute)
		}
		h.hangs(own)
		verdict := agree(strict, lenient)
		if h.result == nil || verdict.Worse(agree(verdicts...)) {
			h.result, h.statute, h.date = own, statute, d
		}
		verdicts, owns = append(verdicts, strict, lenient), append(owns, own.strict, own.lenient)
	}
	h.verdict, h.own = agree(verdicts...), agree(owns...)
	return h, nil
}

// before is what was said with nothing tried, and the key that is tried now, when that is one reading and no fact.
func (q *question) before(set map[string]string) (map[said]truth, string) {
	if q.first == nil || len(set) != 1 {
		return nil, ""
	}
	for name := range set {
		if key, ok := strings.CutPrefix(name, "reading."); ok {
			return q.first.said, key
		}
	}
	return nil, ""
}

func (h *hearing) hangs(r *result) {
	h.why.add(r.why.list)
}

// consult hears the statute on the materials that the clause reaches; what only the statute covers is asked of it by name.
func (q *question) consult(w *world) (*result, error) {
	s := newWorld(w.f, w.date, w.set)
	s.asked, s.said, s.before, s.flipped, s.trial = w.asked, w.said, w.before, w.flipped, w.trial
	res, err := s.evaluate(q.statute, "", func(m *Material) bool {
		w.mat = m
		t, _ := w.coverage(m)
		return t.is != No
	})
	if err != nil {
		return nil, fmt.Errorf("book %s: %w", q.statute.ID, err)
	}
	return res, nil
}

// days are the days whose words may decide: delivery, or acceptance where it differs and the reading allows it.
func (q *question) days(set map[string]string, asked map[string]bool) []quantity.Date {
	if q.book.Shipped {
		return []quantity.Date{q.clock()}
	}
	d, a := q.f.Delivery, q.f.Accepted
	if a == 0 || a == d || q.book.doubts["delivery_is"] == nil {
		return []quantity.Date{d}
	}
	asked["delivery_is"] = true
	answer := set["reading.delivery_is"]
	if answer == "" {
		answer = q.f.Answers["delivery_is"]
	}
	switch answer {
	case "tender":
		return []quantity.Date{d}
	case "acceptance":
		return []quantity.Date{a}
	}
	return []quantity.Date{d, a}
}

package rules

// Verdict is the answer of a book: in capitals that of a prohibition.
type Verdict string

const (
	Noncompliant Verdict = "NONCOMPLIANT"
	Conflicting  Verdict = "CONFLICT"
	Undetermined Verdict = "UNDETERMINED"
	Compliant    Verdict = "COMPLIANT"
	Exempt       Verdict = "EXEMPT"
	OutOfScope   Verdict = "OUT_OF_SCOPE"
)

// The answers of the books that are no prohibition.
const (
	Required    Verdict = "required"     // a licence, a duty, a disclosure
	NotRequired Verdict = "not_required" //
	Eligible    Verdict = "eligible"     // for a credit
	NotEligible Verdict = "not_eligible" //
	Unsettled   Verdict = "undetermined" // of any of these
)

// Kind is what a book does: only a prohibition's verdict enters the overall one.
type Kind string

const (
	Prohibition Kind = "prohibition"
	Licence     Kind = "licence"    // which licence a shipment needs
	DutyBook    Kind = "duty"       // what must be done or paid
	Credit      Kind = "credit"     // whether something is eligible, and at which rate
	Disclosure  Kind = "disclosure" // what must be told
)

// finding is the answer of a book that is no prohibition.
func (k Kind) finding(t Tri) Verdict {
	switch {
	case t == Unknown:
		return Unsettled
	case k == Credit && t == Yes:
		return Eligible
	case k == Credit:
		return NotEligible
	case t == Yes:
		return Required
	}
	return NotRequired
}

// open tells whether the verdict hangs on what is not known.
func (v Verdict) open() bool { return v == Undetermined || v == Unsettled }

// verdicts in the order of the worst first.
var order = []Verdict{Noncompliant, Conflicting, Undetermined, Compliant, Exempt, OutOfScope, Unsettled, Required, NotEligible, Eligible, NotRequired}

func (v Verdict) rank() int {
	for i, o := range order {
		if o == v {
			return i
		}
	}
	return len(order)
}

// Worse tells whether v stands before u in the order NONCOMPLIANT, CONFLICT, UNDETERMINED, COMPLIANT, EXEMPT, OUT_OF_SCOPE.
func (v Verdict) Worse(u Verdict) bool { return v.rank() < u.rank() }

// Clean tells whether delivery is not barred: COMPLIANT, EXEMPT or OUT_OF_SCOPE.
func (v Verdict) Clean() bool { return v == Compliant || v == Exempt || v == OutOfScope }

// worst is the worst of the verdicts, OUT_OF_SCOPE for none; "" is none.
func worst(vs ...Verdict) Verdict {
	w := OutOfScope
	if len(vs) > 0 && vs[0] == "" {
		vs = vs[1:]
	}
	for _, v := range vs {
		if v.Worse(w) {
			w = v
		}
	}
	return w
}

// agree is the one verdict of several readings: what they share; of clean ones, which do not disagree with one another,
// the first in order; UNDETERMINED where they disagree.
func agree(vs ...Verdict) Verdict {
	first := vs[0]
	for _, v := range vs[1:] {
		switch {
		case v == first:
		case v.Clean() && first.Clean():
			if v.Worse(first) {
				first = v
			}
		default:
			return Undetermined
		}
	}
	return first
}

// jointly is the verdict of a book that hears a statute beside it: CONFLICT where one bars delivery and the other does not.
func jointly(own, statute Verdict) Verdict {
	switch {
	case own == OutOfScope:
		return OutOfScope
	case own == Noncompliant && statute == Noncompliant:
		return Noncompliant
	case own == Noncompliant && (statute == Compliant || statute == Exempt):
		return Conflicting
	case own.Clean() && statute == Noncompliant:
		return Conflicting
	}
	return own
}

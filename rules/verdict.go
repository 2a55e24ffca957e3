package rules

// Verdict is the answer of a prohibition.
type Verdict string

const (
	Noncompliant Verdict = "NONCOMPLIANT"
	Conflicting  Verdict = "CONFLICT"
	Undetermined Verdict = "UNDETERMINED"
	Compliant    Verdict = "COMPLIANT"
	Exempt       Verdict = "EXEMPT"
	OutOfScope   Verdict = "OUT_OF_SCOPE"
)

// verdicts in the order of the worst first.
var order = []Verdict{Noncompliant, Conflicting, Undetermined, Compliant, Exempt, OutOfScope}

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

// worst is the worst of the verdicts, OUT_OF_SCOPE for none.
func worst(vs ...Verdict) Verdict {
	w := OutOfScope
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

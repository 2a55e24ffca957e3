package rules

// JudgePlainly is Judge with every fact and reading tried on the whole question, whatever in it is alike.
func (l Library) JudgePlainly(f *Facts) ([]BookAnswer, error) {
	qs, _, err := l.questions(f)
	if err != nil {
		return nil, err
	}
	var out []BookAnswer
	for i := range qs {
		q := &qs[i]
		q.few = &fewer{question: q}
		ask := q.answer
		if q.book.Kind != Prohibition {
			ask = q.finding
		}
		a, err := ask()
		if err != nil {
			return nil, err
		}
		out = append(out, *a)
	}
	return out, nil
}

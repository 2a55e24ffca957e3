package paper

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lodestone/disclosure"
)

// manyAsks is a questionnaire of n questions with long names.
func manyAsks(n int) *disclosure.Questionnaire {
	q := &disclosure.Questionnaire{To: "urn:lodestone:party:x", By: "urn:lodestone:party:prime", Item: "urn:lodestone:lot:x:ITEM", Standing: standing()}
	for i := range n {
		a := disclosure.Ask{Kind: disclosure.AskStep, Lot: fmt.Sprintf("urn:lodestone:lot:a-company-with-a-long-name:LOT-%05d", i), Phase: "separated", Also: []string{"separated", "refined"},
			Element: "Dy", Elements: []string{"Dy", "Nd"}, Open: true, By: "2026-01-02T03:04:05Z", Is: "dysprosium metal, as delivered by a company with a long name",
			Question: "Where was the dysprosium in this lot separated or refined?"}
		a.Key = a.Seal()
		q.Asks = append(q.Asks, a)
	}
	q.ID = q.Seal()
	return q
}

func TestQuestionnaire(t *testing.T) {
	q := manyAsks(200)
	var b, again bytes.Buffer
	if err := Questionnaire(&b, q); err != nil {
		t.Fatal(err)
	}
	if err := Questionnaire(&again, q); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("the same questionnaire gave other bytes")
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows(disclosure.SheetAsks)
	if err != nil || len(rows) != disclosure.HeadRow+200 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if got := rows[disclosure.HeadRow-1]; strings.Join(got, "|") != strings.Join(disclosure.AskColumns(), "|") {
		t.Errorf("the heads read %q", got)
	}
	for i := range q.Asks {
		if row := rows[disclosure.HeadRow+i]; row[0] != q.Asks[i].Key || row[3] != q.Asks[i].Lot {
			t.Fatalf("row %d reads %q", i, row)
		}
	}
	if shown, err := f.GetColVisible(disclosure.SheetAsks, "A"); err != nil || shown {
		t.Error("the keys are to be seen")
	}
	for _, s := range []string{disclosure.SheetLists, disclosure.SheetData} {
		if shown, err := f.GetSheetVisible(s); err != nil || shown {
			t.Errorf("sheet %s is to be seen", s)
		}
	}
	lists := map[string]bool{}
	vs, err := f.GetDataValidations(disclosure.SheetAsks)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range vs {
		lists[v.Formula1] = true
	}
	for _, want := range []string{"known,not known,did not happen", "lists!$A$1", "separated,refined"} {
		found := false
		for l := range lists {
			found = found || strings.Contains(l, want)
		}
		if !found {
			t.Errorf("no drop-down of %s among %v", want, lists)
		}
	}
	guide, err := f.GetRows(disclosure.SheetGuide)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Decision support, not legal advice", "us/some-book (MAY 2024), digest sha256:abab", "position 7", "never counts as clean"} {
		if !strings.Contains(fmt.Sprint(guide), want) {
			t.Errorf("the guide does not say %q", want)
		}
	}
}

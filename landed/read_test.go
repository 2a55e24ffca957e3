package landed

import (
	"errors"
	"strings"
	"testing"

	"lodestone/yamlread"
)

// TestFaults breaks a sheet in one place each; the fault names file, line, column, field and remedy.
func TestFaults(t *testing.T) {
	good := string(Template())
	chinese, _ := ExampleText("china")
	for name, c := range map[string]struct{ text, old, new, at, want string }{
		"no id":                       {good, "sheet: magnet-a ", "# ", "", "sheet: is missing"},
		"no place":                    {good, "delivered: Euclid, Ohio, DDP", "", "", "delivered: is missing"},
		"no day":                      {good, "on: 2026-11-23", "", "", "on: is missing"},
		"a day that is none":          {good, "on: 2026-11-23", "on: 2026-11-31", "7:5", "on:"},
		"unknown field":               {good, "    freight:", "    frieght:", "53:7", "did you mean freight?"},
		"field twice":                 {good, "      unit: CNY/t", "      unit: CNY/t\n      unit: CNY/t", "22:7", "is given twice"},
		"no rate":                     {good, "name: CNY per USD", "name: EUR per USD", "20:7", "the price is in CNY and the sheet states no rate for it (a price is converted only at a stated rate"},
		"no tax":                      {good, "tax: VAT China  ", "tax: VAT Japan  ", "28:12", `there is no tax "VAT Japan"`},
		"a tax that is a rate":        {good, "tax: VAT China  ", "tax: CNY per USD  ", "28:12", `there is no tax`},
		"a unit of none":              {good, "unit: CNY/t", "unit: CNY/lb", "", "is no currency for each kg or t"},
		"no place of a price":         {good, "      place: China\n", "", "20:7", "buy.place: is missing (where it is priced"},
		"no terms":                    {good, "      terms: domestic ", "      # ", "20:7", "buy.terms: is missing"},
		"no date":                     {good, "      date: 2025-12-31 ", "      # ", "20:7", "buy.date: is missing"},
		"a date in words":             {good, "date: 2025-12-31 ", "date: lately ", "", `"lately" is no year, month or day`},
		"a month that is none":        {good, "date: 2025-12-31 ", "date: 2025-13 ", "", "is no year, month or day"},
		"no grade":                    {good, "      grade: not stated ", "      # ", "20:7", "buy.grade: is missing"},
		"no form":                     {good, "      form: metal\n", "", "20:7", "buy.form: is missing"},
		"a text for a price":          {good, "value: 735000", "value: dear", "20:14", "plain decimal number"},
		"a negative price":            {good, "value: 735000", "value: -735000", "20:14", "is negative"},
		"a price in quotes":           {good, "value: 735000", `value: "735000"`, "20:14", "without quotation marks"},
		"an assumption without range": {good, "usd: 8, low: 5, high: 12, sure: assumption", "usd: 8, sure: assumption", "", "is an assumption without a range"},
		"outside its range":           {good, "usd: 8, low: 5, high: 12", "usd: 13, low: 5, high: 12", "", "does not lie between low 5 and high 12"},
		"a strange sureness":          {good, "sure: assumption, source: a guess", "sure: certain, source: a guess", "", `"certain" is not known here`},
		"a yield above one":           {good, "yield: {value: 0.98}", "yield: {value: 98}", "", "a yield above 1"},
		"a yield of nought":           {good, "yield: {value: 0.98}", "yield: {value: 0}", "", "must be above 0"},
		"no yield":                    {good, "      yield: {value: 0.98} ", "      # ", "", "make.yield: is missing (write 1 where nothing is lost"},
		"nothing in it":               {good, "{item: metal, kg: 0.305}", "{item: metal}", "", "inputs[0].kg: is missing"},
		"two amounts":                 {good, "{item: metal, kg: 0.305}", "{item: metal, kg: 0.305, gives: 2}", "", "is given beside kg"},
		"an input from below":         {good, "{item: metal, kg: 0.305}", "{item: alloy, kg: 0.305}", "", `there is no item "alloy" above`},
		"an input of none":            {good, "{item: metal, kg: 0.305}", "{item: gold, kg: 0.305}", "", `there is no item "gold" above`},
		"an item left over":           {good, "# product: magnet ", "product: metal ", "", "alloy does not go into metal"},
		"a product of none":           {good, "# product: magnet ", "product: magnet ", "", `there is no item "magnet"`},
		"a malformed code":            {good, "hts: 8505.11.0070", "hts: 8505.1.10070", "", "point in the wrong place"},
		"an unknown origin":           {good, "origin: CN ", "origin: China ", "", "did you mean CN?"},
		"an entry of nothing":         {good, "entry_kg: 1000", "entry_kg: 0", "", "must be above 0"},
		"a cost of no amount":         {good, "{name: strip casting, usd: 8, low: 5, high: 12,", "{name: strip casting,", "", "costs[0].usd: is missing"},
		"a kind of none":              {good, "kind: credit", "kind: rebate", "", `"rebate" is not known here`},
		"a name with a slash":         {good, "- name: alloy", "- name: alloy/1", "", "a colon or a slash"},
		"a name twice":                {good, "- name: alloy", "- name: metal", "", "metal is there already"},
		"a quote of none":             {string(chinese), `date: "2025-12-31"}`, `date: "2025-12-30"}`, "", "the atlas of prices has no such row (of that item it has"},
		"a quote beside a value":      {string(chinese), "      tax: VAT China", "      tax: VAT China\n      unit: CNY/t", "", "is given beside value, unit"},
		"a quote with VAT kept":       {string(chinese), "      tax: VAT China\n", "", "", "the quote is China domestic incl VAT (name the tax to take out"},
		"a quote without VAT":         {string(chinese), `{item: NdPr metal, basis: China domestic incl VAT, date: "2025-12-31"}`, `{item: Nd metal, basis: FOB China, date: "2026-01-15"}`, "", "leave tax out"},
		"terms against the quote":     {string(chinese), `{item: NdPr metal, basis: China domestic incl VAT, date: "2025-12-31"}`, `{item: Nd metal, basis: FOB China, date: "2026-01-15"}`, "", "the quote is FOB China and the sheet says domestic"},
		"CIF as customs value":        {workedA, "terms: FOB, date: \"2026\"}}", "terms: CIF, date: \"2026\"}, import: {hts: 2846.90.80, origin: VN}}", "", "the price is CIF, which is not the customs value (state the value"},
		"DDP across a border":         {workedA, "terms: FOB, date: \"2026\"}}", "terms: DDP, date: \"2026\"}, import: {hts: 2846.90.80, origin: VN}}", "", "which is not the customs value"},
		"empty":                       {"", "", "", "", "mapping"},
		"a list":                      {"- 1\n", "", "", "", "must be a mapping"},
		"no YAML":                     {"a: [\n", "", "", "", "one YAML"},
		"two documents":               {"a: 1\n---\nb: 1\n", "", "", "", "a second document"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.old != "" && !strings.Contains(c.text, c.old) {
				t.Fatalf("the sheet has no %q to break", c.old)
			}
			_, err := Read("s.yaml", []byte(strings.Replace(c.text, c.old, c.new, 1)))
			faulty(t, err, "s.yaml:"+c.at, c.want)
		})
	}
}

func faulty(t *testing.T, err error, at, want string) {
	t.Helper()
	var faults yamlread.Faults
	if !errors.As(err, &faults) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), at) {
		t.Errorf("got %v, want a fault at %s with %q", err, at, want)
	}
}

// TestCSVFaults: the same for the other form.
func TestCSVFaults(t *testing.T) {
	good := string(CSVTemplate())
	for name, c := range map[string]struct{ old, new, at, want string }{
		"a kind of none":        {"\ncost,alloy,margin", "\ncots,alloy,margin", "11:1", `"cots" is no kind of row (did you mean cost?)`},
		"no item":               {"\ncost,alloy,margin", "\ncost,,margin", "11:1", "names no item"},
		"two yields":            {"\nyield,alloy,,,0.98", "\nyield,alloy,,,0.97,,,,,,,,,,,,,,,,,,,,,,,,,,,\nyield,alloy,,,0.98", "9:", "is given twice"},
		"a column twice":        {"row,item,name,of", "row,item,name,name", "1:15", "a column is there twice"},
		"no column row":         {"row,item", "kind,item", "1:1", "has no column row"},
		"beyond the columns":    {"2026-11-23,\nrate", "2026-11-23,,surplus\nrate", "3:", "stands under no column"},
		"a column of no use":    {"usd,percent", "usd,per cent", "11:", "unknown field"},
		"a broken quotation":    {`"Euclid, Ohio, DDP"`, `"Euclid, Ohio`, "", `quote`},
		"a number that is none": {",0.305,", ",a third,", "7:23", "plain decimal number"},
		"a price with a comma":  {",735000,", `,"735,000",`, "6:23", "decimal"},
		"nothing":               {good, "\n\n", "1:1", "has no header"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(good, c.old) {
				t.Fatalf("the sheet has no %q to break", c.old)
			}
			_, err := Read("s.csv", []byte(strings.Replace(good, c.old, c.new, 1)))
			faulty(t, err, "s.csv:"+c.at, c.want)
		})
	}
	text := strings.Replace(good, ",8505.11.0070,CN,,true", ",8505.11.0050,CA,usmca; donation,true", 1)
	if s, err := Read("s.csv", []byte(text)); err != nil || strings.Join(s.Items[1].Import.Claims, "+") != "usmca+donation" {
		t.Errorf("claims in a cell: %v", err)
	}
	if _, err := Read("S.CSV", []byte("\xef\xbb\xbf"+good)); err != nil {
		t.Errorf("with a byte order mark: %v", err)
	}
}

// FuzzRead: no text makes the reader or the arithmetic panic.
func FuzzRead(f *testing.F) {
	f.Add("s.yaml", string(Template()))
	f.Add("s.csv", string(CSVTemplate()))
	f.Add("s.yaml", workedA)
	sch := schedule(f)
	f.Fuzz(func(t *testing.T, name, text string) {
		s, err := Read(name, []byte(text))
		if err != nil {
			return
		}
		if w, err := s.Cost(sch, 0); err == nil {
			sound(t, w)
		}
	})
}

package gs1

import (
	"bufio"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"lodestone/reading"
)

// TestAgainstDictionary holds the table of keys against GS1's Barcode Syntax Dictionary, where it is at hand: lengths, kinds of
// characters, and that what the table drops or keeps as a qualifier is one.
func TestAgainstDictionary(t *testing.T) {
	f, err := os.Open(reading.Path(t, "standards/gs1-syntax-dictionary.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows := map[string]string{}
	for scan := bufio.NewScanner(f); scan.Scan(); {
		if line := scan.Text(); line != "" && line[0] >= '0' && line[0] <= '9' {
			ai, _, _ := strings.Cut(line, " ")
			rows[ai] = line
		}
	}
	part := regexp.MustCompile(`\b([NXYZ])(\.\.)?(\d+)(,csum)?`)
	for _, k := range kinds {
		row, ok := rows[k.ai]
		if !ok || !strings.Contains(row, "dlpkey") {
			t.Errorf("(%s) is no primary key of the dictionary: %q", k.ai, row)
			continue
		}
		digits, tail, check := 0, 0, 0
		for _, m := range part.FindAllStringSubmatch(strings.Split(row, " dlpkey")[0], -1) {
			n, _ := strconv.Atoi(m[3])
			if m[1] == "N" && m[2] == "" {
				digits += n
				if m[4] != "" {
					check = digits
				}
			} else {
				tail += n
			}
		}
		if digits != k.digits || tail != k.tail || check != k.check {
			t.Errorf("(%s) has %d digits, a check digit at %d and a tail of %d; the dictionary says %q", k.ai, k.digits, k.check, k.tail, row)
		}
		_, qualifiers, _ := strings.Cut(row, "dlpkey")
		for _, q := range append(append([]string(nil), k.finest...), k.dropped...) {
			if !regexp.MustCompile(`\b` + q + `\b`).MatchString(qualifiers) {
				t.Errorf("(%s) takes no qualifier (%s) by the dictionary: %q", k.ai, q, qualifiers)
			}
		}
	}
}

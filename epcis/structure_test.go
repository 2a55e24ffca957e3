package epcis

import (
	"os"
	"strings"
	"testing"
)

// TestCases reads testdata/cases: each line is the text of a case in our words, "ok" or the faults it must have as "pointer rule"
// parted by commas, and the change made to a sound event: members set, or dropped by a minus. The structure pass is held to these
// verdicts whether GS1's schema is at hand or not.
func TestCases(t *testing.T) {
	files, err := os.ReadDir("testdata/cases")
	if err != nil {
		t.Fatal(err)
	}
	cases := 0
	for _, file := range files {
		t.Run(strings.TrimSuffix(file.Name(), ".txt"), func(t *testing.T) {
			b, err := os.ReadFile("testdata/cases/" + file.Name())
			if err != nil {
				t.Fatal(err)
			}
			head, body, ok := strings.Cut(string(b), "\n----\n")
			if !ok {
				t.Fatal("no line of dashes after the sound event")
			}
			if _, faults := DecodeEvent([]byte(head), nil); len(faults) > 0 {
				t.Fatalf("the event to begin with: %v", faults)
			}
			for _, line := range strings.Split(strings.TrimSpace(body), "\n") {
				if line == "" || strings.HasPrefix(line, "#") {
					continue
				}
				cases++
				parts := strings.SplitN(line, " | ", 3)
				if len(parts) != 3 {
					t.Fatalf("line %q has not three parts", line)
				}
				text := changed(t, head, parts[2])
				_, faults := DecodeEvent([]byte(text), nil)
				var got []string
				for _, f := range faults {
					got = append(got, strings.TrimSpace(f.Pointer+" "+f.Rule))
					if f.Message == "" || passOf(f.Rule) == "" {
						t.Errorf("%s: fault %+v", parts[0], f)
					}
				}
				want := strings.TrimSpace(parts[1])
				if verdict := strings.Join(got, ", "); want == "ok" && verdict != "" || want != "ok" && verdict != want {
					t.Errorf("%s: faults %q, want %q\n%s", parts[0], verdict, want, text)
				}
			}
		})
	}
	if cases < 100 {
		t.Errorf("%d cases", cases)
	}
}

// changed applies a change such as `action="ADD" -bizStep` to the text of an object: the values are compact JSON without spaces, in
// which ~ stands for a space.
func changed(t *testing.T, object, change string) string {
	t.Helper()
	var d Decoder
	c := newCursor([]byte(object), "", &d.dec, &d.buf)
	var names []string
	values := map[string]string{}
	if !c.begin('{', "an object") {
		t.Fatal(c.faults)
	}
	for c.more() {
		name := c.name()
		names = append(names, name)
		values[name] = string(c.raw())
	}
	for _, word := range strings.Fields(change) {
		if name, ok := strings.CutPrefix(word, "-"); ok {
			delete(values, name)
			continue
		}
		name, value, ok := strings.Cut(word, "=")
		if !ok {
			t.Fatalf("change %q", word)
		}
		if _, there := values[name]; !there {
			names = append(names, name)
		}
		values[name] = strings.ReplaceAll(value, "~", " ")
	}
	var parts []string
	for _, name := range names {
		if v, there := values[name]; there {
			parts = append(parts, `"`+name+`":`+v)
		}
	}
	return "{" + strings.Join(parts, ",") + "}"
}

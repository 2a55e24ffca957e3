package page

import (
	"reflect"
	"strings"
	"testing"
)

func TestReadBorders(t *testing.T) {
	got, err := readBorders([]byte(`{"transform": {"scale": [0.5, 0.25], "translate": [-180, -90]}, "arcs": [[[10, 20], [2, -4], [0, 8]], [[0, 0]]]}`))
	want := [][]spot{{{-175, -85}, {-174, -86}, {-174, -84}}, {{-180, -90}}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := readBorders([]byte("<html>")); err == nil {
		t.Error("what is no TopoJSON was read")
	}
}

// TestMapBorders holds the page to drawing borders where they are built in, and to saying so where they are not.
func TestMapBorders(t *testing.T) {
	p, r := solved(t)
	sites := p.Model.Network.Sites
	for i := range sites {
		sites[i].Latitude, sites[i].Longitude = 40+float64(i), -100-float64(i)
	}
	var b strings.Builder
	if err := HTML(&b, p, r); err != nil {
		t.Fatal(err)
	}
	lines, err := borders()
	if err != nil {
		t.Fatal(err)
	}
	drawn, says := strings.Contains(b.String(), `class="border"`), strings.Contains(b.String(), "built without borders")
	if drawn != (lines != nil) || says != (lines == nil) {
		t.Errorf("%d lines are built in; the page draws them: %v, says it has none: %v", len(lines), drawn, says)
	}
	if strings.Contains(b.String(), "NaN") {
		t.Error("the page has NaN in it")
	}
}

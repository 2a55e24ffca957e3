package page

import (
	"fmt"
	"regexp"
	"strconv"
	"testing"

	"lodestone/plan"
)

// TestLabels gives a crowd of points names that lie neither over one another nor over a point, nor beyond the sheet.
func TestLabels(t *testing.T) {
	d := newDrawing(960, 500, "")
	place := labels{w: 960, h: 500}
	points := [][2]float64{{950, 250}, {5, 5}, {480, 480}}
	for i := range 12 {
		points = append(points, [2]float64{300 + float64(i%4)*9, 200 + float64(i/4)*9})
	}
	for _, p := range points {
		place.keepClear(p[0], p[1], 4)
	}
	for i, p := range points {
		place.label(d, p[0], p[1], fmt.Sprintf("US-PLACE-%02d", i))
	}
	names := place.taken[len(points):]
	if len(names) != len(points) {
		t.Fatalf("%d names, want %d", len(names), len(points))
	}
	for i, a := range names {
		if a.left < 0 || a.top < 0 || a.right > 960 || a.bottom > 500 {
			t.Errorf("name %d lies beyond the sheet: %v", i, a)
		}
		for j, b := range place.taken {
			if j != i+len(points) && a.meets(b) {
				t.Errorf("name %d lies over %v", i, b)
			}
		}
	}
}

// TestCrowds finds the six that stand close together, and neither the five nor those far apart.
func TestCrowds(t *testing.T) {
	var sites []plan.Site
	add := func(n int, lon, lat, apart float64) {
		for i := range n {
			sites = append(sites, plan.Site{ID: strconv.Itoa(len(sites)), Longitude: lon + float64(i)*apart, Latitude: lat})
		}
	}
	add(6, -100, 35, 3)
	add(5, 0, 50, 1)
	add(7, 40, -30, 16)
	got := crowds(around(sites, 10, 960, 500), sites)
	if len(got) != 1 || len(got[0]) != 6 || got[0][0].ID != "0" {
		t.Errorf("crowds are %v, want the first six", got)
	}
}

// TestChart names each site once, those of a crowd on the larger sheet.
func TestChart(t *testing.T) {
	p, _ := solved(t)
	for i := range p.Model.Network.Sites {
		s := &p.Model.Network.Sites[i]
		s.Longitude, s.Latitude = -100+float64(i)/2, 35
	}
	far := p.Model.Network.Sites[0]
	far.ID, far.Longitude = "FAR", 120
	near := p.Model.Network.Sites[0]
	for i := range 6 {
		near.ID, near.Longitude = fmt.Sprint("NEAR", i), -101-float64(i)
		p.Model.Network.Sites = append(p.Model.Network.Sites, near)
	}
	p.Model.Network.Sites = append(p.Model.Network.Sites, far)
	text := string(chart(p, nil))
	for _, s := range p.Model.Network.Sites {
		if n := len(regexp.MustCompile(`place">`+regexp.QuoteMeta(s.ID)+`<`).FindAllString(text, -1)); n != 1 {
			t.Errorf("%s is named %d times", s.ID, n)
		}
	}
}

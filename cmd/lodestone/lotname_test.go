package main

import (
	"strings"
	"testing"

	"lodestone/supply"
)

func TestPickLot(t *testing.T) {
	known := []supply.LotID{
		"urn:lodestone:lot:brook:C-26",
		"urn:lodestone:lot:brook:C-261",
		"urn:lodestone:lot:euclid:C-26",
		"urn:epc:id:sgtin:0614141.107346.2017",
		"https://id.example.com/01/09506000134352/10/ALLOY7",
		"M-1",
	}
	for _, c := range []struct{ text, want, fault string }{
		{"M-1", "M-1", ""},
		{"urn:lodestone:lot:brook:C-26", "urn:lodestone:lot:brook:C-26", ""}, // whole, though another contains it
		{"brook:C-26", "urn:lodestone:lot:brook:C-26", ""},
		{"C-261", "urn:lodestone:lot:brook:C-261", ""},
		{"C-26", "", "names 2 lots"},
		{"c-261", "urn:lodestone:lot:brook:C-261", ""},
		{"107346.2017", "urn:epc:id:sgtin:0614141.107346.2017", ""},
		{"017", "urn:epc:id:sgtin:0614141.107346.2017", ""},
		{"alloy7", "https://id.example.com/01/09506000134352/10/ALLOY7", ""},
		{"lot:", "", "names 3 lots"},
		{"C-27", "", "no lot is named"},
		{"urn:lodestone:lot:brook:C-2", "", "no lot is named"}, // a whole identifier is no part of another
		{"", "", "empty"},
	} {
		got, err := pickLot(known, c.text)
		switch {
		case c.fault == "" && err != nil:
			t.Errorf("%q: %v", c.text, err)
		case c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault)):
			t.Errorf("%q: want a refusal with %q, got %q, %v", c.text, c.fault, got, err)
		case string(got) != c.want:
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

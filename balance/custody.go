package balance

import "lodestone/supply"

// custodyOf is the strictest model of ISO 22095 that the record of the lot bears out. Lots are followed here as material,
// so it is one of the first three or none; mass balance and book and claim can only be claimed (supply.CustodyOf), and
// where they are the material is of no recorded origin.
func custodyOf(o *Origins) supply.Custody {
	for _, s := range o.Shares {
		if !s.Origin.Known || s.Origin.Country == "" {
			return supply.NoCustody
		}
	}
	switch {
	case len(o.Shares) == 0:
		return supply.NoCustody
	case len(o.Shares) > 1:
		return supply.ControlledBlending
	case o.Sources > 1:
		return supply.Segregated
	}
	return supply.IdentityPreserved
}

// claim enters a model that an event claims for the lot. One that cannot be read is NoCustody, and shows no origin.
func (l *Lot) claim(c supply.Custody) {
	at := 0
	for at < len(l.Claims) && l.Claims[at] < c {
		at++
	}
	if at == len(l.Claims) || l.Claims[at] != c {
		l.Claims = append(l.Claims[:at], append([]supply.Custody{c}, l.Claims[at:]...)...)
	}
}

// booked tells whether something is claimed of the lot that says nothing of the material.
func (l *Lot) booked() bool {
	for _, c := range l.Claims {
		if !c.ShowsOrigin() {
			return true
		}
	}
	return false
}

// Exceeds is the claims of the lot that say more than its record bears out: a stricter model than the one derived.
func (o *Origins) Exceeds() (list []supply.Custody) {
	for _, c := range o.Claims {
		if c.ShowsOrigin() && (o.Model == supply.NoCustody || c < o.Model) {
			list = append(list, c)
		}
	}
	return list
}

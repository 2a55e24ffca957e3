package main

import (
	"math"

	"lodestone/balance"
	"lodestone/element"
	"lodestone/supply"
)

// What balance --json prints. Masses are exact decimal text in kilograms; uncertainties, shares and statistics numbers.

type balanceView struct {
	Position int64             `json:"log_position"`
	Lot      supply.LotID      `json:"lot,omitempty"`
	Site     supply.FacilityID `json:"site,omitempty"`
	From     string            `json:"from,omitempty"`
	Until    string            `json:"until,omitempty"`
	Makings  int               `json:"makings"`
	Sites    []siteAccounts    `json:"sites,omitempty"`
	Steps    []stepAccounts    `json:"steps"`
	Lots     []stockView       `json:"lots"`
	Road     []transitView     `json:"shipments"`
	Origins  []originsView     `json:"origins,omitempty"`
	Holds    []supply.LotID    `json:"holds,omitempty"` // of a container or assembly: its origins are theirs
	Fit      fitView           `json:"reconciliation"`
}

type figureView struct {
	Kg      string         `json:"kg,omitempty"` // "" not known
	SD      float64        `json:"sd_kg"`
	Missing []supply.LotID `json:"missing,omitempty"`
}

func viewFigure(f balance.Figure) figureView {
	v := figureView{SD: f.SD, Missing: f.Missing}
	if f.Known {
		v.Kg = f.Mass.Kilograms().String()
	}
	return v
}

type accountView struct {
	Element   string      `json:"element,omitempty"` // "" all mass
	Opening   *figureView `json:"opening,omitempty"`
	In        figureView  `json:"in"`
	Out       figureView  `json:"out"`
	Left      *figureView `json:"left,omitempty"`
	Loss      figureView  `json:"declared_loss"`
	Gap       figureView  `json:"gap"`
	Sigma     float64     `json:"gap_in_sd"`
	Finding   string      `json:"finding"`
	Unassayed *figureView `json:"unassayed,omitempty"` // what the lots without an assay should hold
}

func viewAccount(a *balance.Account, site bool) accountView {
	v := accountView{Element: a.Element.Symbol(), In: viewFigure(a.In), Out: viewFigure(a.Out), Loss: viewFigure(a.Loss),
		Gap: viewFigure(a.Gap), Sigma: a.Sigma(), Finding: a.Finding.String()}
	if site {
		o, l := viewFigure(a.Opening), viewFigure(a.Left)
		v.Opening, v.Left = &o, &l
	}
	if a.Unassayed.Known {
		u := viewFigure(a.Unassayed)
		v.Unassayed = &u
	}
	return v
}

type siteAccounts struct {
	Site     supply.FacilityID `json:"site,omitempty"`
	Name     string            `json:"name,omitempty"`
	Makings  int               `json:"makings"`
	Accounts []accountView     `json:"accounts"`
	Waiting  []supply.LotID    `json:"not_yet_drawn"`
}

type stepAccounts struct {
	Making   string            `json:"making"`
	Phase    string            `json:"phase,omitempty"`
	Site     supply.FacilityID `json:"site,omitempty"`
	Name     string            `json:"facility_name,omitempty"`
	Date     string            `json:"date,omitempty"`
	Inputs   []supply.LotID    `json:"inputs"`
	Outputs  []supply.LotID    `json:"outputs"`
	Accounts []accountView     `json:"accounts"`
	Entries  []string          `json:"entries"`
	Told     []toldView        `json:"told_again,omitempty"` // other statements of the making, left aside
}

type toldView struct {
	Event   string           `json:"event"`
	Authors []supply.PartyID `json:"authors"`
	Differs []string         `json:"differs,omitempty"`
}

type stockView struct {
	Lot       supply.LotID `json:"lot"`
	Element   string       `json:"element,omitempty"`
	Made      figureView   `json:"made"`
	Drawn     figureView   `json:"drawn"`
	Left      figureView   `json:"left"`
	OverIssue bool         `json:"over_issue,omitempty"`
	Sigma     float64      `json:"over_issue_in_sd,omitempty"`
	Contested string       `json:"in_dispute,omitempty"`
	Alike     [][2]string  `json:"may_be_one,omitempty"` // of an over-issue: pairs of makings that may be one told twice
}

type originsView struct {
	Element string         `json:"element,omitempty"`
	Shares  []shareView    `json:"shares"`
	Loop    bool           `json:"recycle_loop,omitempty"`
	Model   string         `json:"custody_model"`
	Shows   bool           `json:"model_shows_origin"`
	Claims  []string       `json:"custody_claims,omitempty"` // as events state them
	Exceeds []string       `json:"claims_beyond_record,omitempty"`
	Booked  []supply.LotID `json:"claimed_without_material,omitempty"` // under mass balance, or book and claim
}

type shareView struct {
	Origin   string            `json:"origin"`
	Recorded bool              `json:"recorded"`
	Facility supply.FacilityID `json:"facility,omitempty"`
	Country  supply.Country    `json:"country,omitempty"`
	Low      float64           `json:"low"`
	Point    *float64          `json:"perfect_mixing,omitempty"`
	High     float64           `json:"high"`
}

type fitView struct {
	Networks    int           `json:"networks"`
	Balances    int           `json:"balances"`
	DoF         int           `json:"degrees_of_freedom"`
	Largest     int           `json:"degrees_of_freedom_of_largest_network"`
	Alone       int           `json:"networks_of_one_degree_of_freedom"`
	Alpha       float64       `json:"alpha"`
	Global      float64       `json:"global"`
	GlobalLimit float64       `json:"global_limit"`
	P           float64       `json:"p"`
	Passed      bool          `json:"passed"`
	Suspects    []suspectView `json:"suspects"`
	Items       []itemView    `json:"measurements"`
	Open        int           `json:"left_open_for_losses"`
	Blind       int           `json:"not_checkable"`
	LeftOut     []leftOutView `json:"left_out,omitempty"`
}

type leftOutView struct {
	Why  string   `json:"why"`
	What []string `json:"what"`
}

type suspectView struct {
	Name     string   `json:"name"`
	Z        float64  `json:"z"`
	Estimate float64  `json:"estimate"`
	Unit     string   `json:"unit"`
	SD       float64  `json:"sd"`
	Same     []string `json:"cannot_be_told_from,omitempty"`
}

type itemView struct {
	Name       string       `json:"name"`
	Lot        supply.LotID `json:"lot,omitempty"`
	Element    string       `json:"element,omitempty"`
	Unit       string       `json:"unit"`
	Value      float64      `json:"measured"`
	SD         float64      `json:"sd"`
	Adjusted   float64      `json:"adjusted"`
	AdjustedSD float64      `json:"adjusted_sd"`
	Redundancy float64      `json:"redundancy"`
	Z          float64      `json:"z"`
	Limit      float64      `json:"z_limit,omitempty"` // none: it cannot be seen
	Least      float64      `json:"least_error_found,omitempty"`
}

func viewBalance(r *balanceReport, position int64) balanceView {
	v := balanceView{Position: position, Lot: r.target.lot, Site: r.target.site.ID, From: r.period.From.String(), Until: r.period.Until.String(),
		Makings: r.makings, Holds: r.holds, Steps: []stepAccounts{}, Lots: []stockView{}, Road: []transitView{}, Fit: viewFit(r.fit)}
	for i := range r.sites {
		s := &r.sites[i]
		x := siteAccounts{Site: s.ID, Name: s.Name, Makings: s.Makings, Accounts: []accountView{}, Waiting: s.Waiting}
		for k := range s.Accounts {
			x.Accounts = append(x.Accounts, viewAccount(&s.Accounts[k], true))
		}
		v.Sites = append(v.Sites, x)
	}
	for i := range r.steps {
		m := r.steps[i].Making
		x := stepAccounts{Making: m.ID, Phase: m.Phase.String(), Site: m.Facility, Name: m.Place, Date: m.Date.String(),
			Inputs: flowLots(m.In), Outputs: flowLots(m.Out), Accounts: []accountView{}}
		for _, e := range m.Entries {
			x.Entries = append(x.Entries, e.String())
		}
		for _, t := range m.Told {
			x.Told = append(x.Told, toldView{t.ID, t.Authors, t.Differs})
		}
		for k := range r.steps[i].Accounts {
			x.Accounts = append(x.Accounts, viewAccount(&r.steps[i].Accounts[k], false))
		}
		v.Steps = append(v.Steps, x)
	}
	for i := range r.stocks {
		s := &r.stocks[i]
		x := stockView{Lot: s.Lot.ID, Element: s.Element.Symbol(), Made: viewFigure(s.Made), Drawn: viewFigure(s.Drawn),
			Left: viewFigure(s.Left), OverIssue: s.OverIssue, Sigma: s.Sigma, Contested: s.Lot.Contested}
		if s.OverIssue {
			for _, p := range r.books.Alike(s.Lot.ID) {
				x.Alike = append(x.Alike, [2]string{p[0].ID, p[1].ID})
			}
		}
		v.Lots = append(v.Lots, x)
	}
	for i := range r.transits {
		v.Road = append(v.Road, viewTransit(&r.transits[i]))
	}
	for i := range r.origins {
		v.Origins = append(v.Origins, viewOrigins(&r.origins[i]))
	}
	return v
}

func flowLots(flows []balance.Flow) []supply.LotID {
	list := []supply.LotID{}
	for _, f := range flows {
		list = append(list, f.Lot)
	}
	return list
}

func viewOrigins(o *balance.Origins) originsView {
	v := originsView{Shares: []shareView{}, Loop: o.Loop, Model: o.Model.String(), Shows: o.Model.ShowsOrigin(), Booked: o.Booked}
	for _, c := range o.Claims {
		v.Claims = append(v.Claims, c.String())
	}
	for _, c := range o.Exceeds() {
		v.Exceeds = append(v.Exceeds, c.String())
	}
	if o.Element != element.None {
		v.Element = o.Element.Symbol()
	}
	for _, s := range o.Shares {
		x := shareView{Origin: s.Origin.String(), Recorded: s.Origin.Known, Facility: s.Origin.Facility, Country: s.Origin.Country, Low: s.Low, High: s.High}
		if s.PointKnown {
			x.Point = &s.Point
		}
		v.Shares = append(v.Shares, x)
	}
	return v
}

func viewFit(f *balance.Reconciliation) fitView {
	v := fitView{Networks: f.Networks, Balances: f.Balances, DoF: f.DoF, Alpha: f.Test.Alpha, Global: f.Test.Global, GlobalLimit: f.Test.GlobalLimit,
		P: f.Test.P, Passed: f.Passed, Suspects: []suspectView{}, Items: []itemView{}, Open: f.Open, Blind: f.Blind, Largest: f.Largest, Alone: f.Alone}
	for _, x := range f.LeftOut {
		v.LeftOut = append(v.LeftOut, leftOutView{x.Why, x.What})
	}
	for _, s := range f.Suspects {
		v.Suspects = append(v.Suspects, suspectView{s.Name, s.Z, s.Estimate, s.Unit, s.SD, s.Same})
	}
	for _, it := range f.Items {
		x := itemView{Name: it.Name, Lot: it.Lot, Element: it.Element.Symbol(), Unit: "kg", Value: it.Value, SD: it.SD, Adjusted: it.Adjusted,
			AdjustedSD: it.AdjustedSD, Redundancy: it.Redundancy, Z: it.Z, Least: it.Least}
		if !math.IsInf(it.Limit, 0) {
			x.Limit = it.Limit
		}
		if it.Assay {
			x.Unit = "fraction"
		}
		if math.IsNaN(x.AdjustedSD) {
			x.AdjustedSD = 0
		}
		v.Items = append(v.Items, x)
	}
	return v
}

package tariff

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"lodestone/rules"
	"lodestone/supply"
	"lodestone/yamlread"
)

// files of a schedule, in the order in which they are read and digested.
var files = [...]string{"schedule.yaml", "codes.yaml", "layers.yaml", "fees.yaml"}

// Load reads the schedule in folder dir of fsys. Errors of content are rules.Faults with file, line and column.
func Load(fsys fs.FS, dir string) (*Schedule, error) {
	l := &loader{s: &Schedule{}}
	sum := sha256.New()
	var faults rules.Faults
	for _, name := range files {
		file := path.Join(dir, name)
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, fmt.Errorf("read tariff schedule: %w", err)
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(data))
		sum.Write(data)
		l.reader = newReader(file)
		root, err := yamlread.Document(file, data)
		var wrong rules.Faults
		switch {
		case errors.As(err, &wrong):
			faults = append(faults, wrong...)
			continue
		case err != nil:
			return nil, err
		}
		l.top(root)
		faults = append(faults, l.Faults...)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	l.s.Digest = fmt.Sprintf("sha256:%x", sum.Sum(nil))
	return l.s, nil
}

type loader struct {
	*reader
	s *Schedule
}

func (l *loader) top(root *yaml.Node) {
	s := l.s
	fields := map[string][]string{
		"schedule.yaml": {"schedule", "title", "begins", "checked", "about", "groups", "outside", "claims"},
		"codes.yaml":    {"codes"},
		"layers.yaml":   {"layers", "notes"},
		"fees.yaml":     {"fees"},
	}[path.Base(l.File)]
	l.Mapping(root, "", fields, func(key, at string, n *yaml.Node) {
		switch key {
		case "schedule":
			s.ID = l.Text(n, at)
		case "title":
			s.Title = l.Text(n, at)
		case "about":
			s.About = l.Text(n, at)
		case "begins":
			s.Begins = l.Date(n, at)
		case "checked":
			s.Checked = l.Date(n, at)
		case "groups":
			l.List(n, at, func(at string, n *yaml.Node) { s.Groups = append(s.Groups, l.groupRow(n, at)) })
		case "outside":
			l.List(n, at, func(at string, n *yaml.Node) { s.Outside = append(s.Outside, l.abroad(n, at)) })
		case "claims":
			l.List(n, at, func(at string, n *yaml.Node) { s.Claims = append(s.Claims, l.claim(n, at)) })
		case "codes":
			l.List(n, at, func(at string, n *yaml.Node) { s.Codes = append(s.Codes, l.codeRow(n, at)) })
		case "layers":
			l.List(n, at, func(at string, n *yaml.Node) { s.Layers = append(s.Layers, l.layer(n, at)) })
		case "notes":
			l.List(n, at, func(at string, n *yaml.Node) { s.Notes = append(s.Notes, l.note(n, at)) })
		case "fees":
			l.List(n, at, func(at string, n *yaml.Node) { s.Fees = append(s.Fees, l.fee(n, at)) })
		}
	})
	for _, f := range fields {
		if f != "notes" && !slices.ContainsFunc(root.Content, func(n *yaml.Node) bool { return n.Value == f }) {
			l.Wrong(root, f, "is missing", "")
		}
	}
}

// row reads a mapping that has a source and a sureness besides its own fields.
func (l *loader) row(n *yaml.Node, at string, p *Proof, fields []string, do func(key, at string, n *yaml.Node)) {
	l.Mapping(n, at, append([]string{"sure", "source"}, fields...), func(key, at string, n *yaml.Node) {
		switch key {
		case "sure":
			p.Sure = l.sure(n, at)
		case "source":
			p.Source = l.Text(n, at)
		default:
			do(key, at, n)
		}
	})
	if p.Sure == "" || p.Source == "" {
		l.Wrong(n, at, "has no source or no sureness", "every row names both")
	}
}

// origins reads country codes and names of groups, which are in small letters.
func (l *loader) origins(n *yaml.Node, at string) []supply.Country {
	var cs []supply.Country
	l.List(n, at, func(at string, n *yaml.Node) {
		if n.Value != "" && strings.ToLower(n.Value) == n.Value {
			if g := l.s.group(n.Value); g != nil {
				cs = append(cs, g.Origins...)
				return
			}
			l.Wrong(n, at, fmt.Sprintf("there is no group %q", n.Value), "name it in schedule.yaml, or write country codes in capitals")
			return
		}
		cs = append(cs, l.Country(n, at))
	})
	return cs
}

func (l *loader) groupRow(n *yaml.Node, at string) Group {
	var g Group
	l.row(n, at, &g.Proof, []string{"name", "says", "origins"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "name":
			g.Name = l.Text(n, at)
		case "says":
			g.Says = l.Text(n, at)
		case "origins":
			g.Origins = l.origins(n, at)
		}
	})
	return g
}

func (l *loader) abroad(n *yaml.Node, at string) Abroad {
	var a Abroad
	l.Mapping(n, at, []string{"origins", "says"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "origins":
			a.Origins = l.origins(n, at)
		case "says":
			a.Says = l.Text(n, at)
		}
	})
	return a
}

func (l *loader) claim(n *yaml.Node, at string) Claim {
	var c Claim
	l.row(n, at, &c.Proof, []string{"name", "symbol", "origins", "says"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "name":
			c.Name = l.Text(n, at)
		case "symbol":
			c.Symbol = l.Text(n, at)
		case "origins":
			c.Origins = l.origins(n, at)
		case "says":
			c.Says = l.Text(n, at)
		}
	})
	if l.s.Claim(c.Name) != nil || c.Symbol != "" && l.s.Claim(c.Symbol) != nil {
		l.Wrong(n, at, "a claim of that name or symbol is there already", "")
	}
	return c
}

func (l *loader) codeRow(n *yaml.Node, at string) Code {
	var c Code
	l.Mapping(n, at, []string{"hts", "says", "general", "column2", "special", "suffixes"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "hts":
			c.HTS = l.hts(n, at, 8)
		case "says":
			c.Says = l.Text(n, at)
		case "general":
			c.General = l.rates(n, at)
		case "column2":
			c.Column2 = l.rates(n, at)
		case "special":
			c.Special = l.rates(n, at)
		case "suffixes":
			l.List(n, at, func(at string, n *yaml.Node) { c.Suffixes = append(c.Suffixes, l.suffix(n, at, c.HTS)) })
		}
	})
	if len(c.General) == 0 || len(c.Column2) == 0 {
		l.Wrong(n, at, "has no general rate or no rate of column 2", "")
	}
	if l.s.code(c.HTS) != nil {
		l.Wrong(n, at, c.HTS.String()+" is there already", "")
	}
	return c
}

func (l *loader) rates(n *yaml.Node, at string) []Rate {
	var rs []Rate
	l.List(n, at, func(at string, n *yaml.Node) {
		var r Rate
		given := false
		l.row(n, at, &r.Proof, []string{"from", "until", "value", "programs"}, func(key, at string, n *yaml.Node) {
			switch key {
			case "value":
				r.Value, given = l.percent(n, at), true
			case "programs":
				r.Programs = l.words(n, at)
			default:
				l.Period(key, at, n, &r.Valid)
			}
		})
		if !given {
			l.Wrong(n, at, "has no value", "0 is written out")
		}
		rs = append(rs, r)
	})
	l.within(n, at, rs)
	return rs
}

func (l *loader) suffix(n *yaml.Node, at string, under HTS) Suffix {
	var s Suffix
	l.row(n, at, &s.Proof, []string{"hts", "says"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "hts":
			if s.HTS = l.hts(n, at, 10); s.HTS != "" && !s.HTS.Under(under) {
				l.Wrong(n, at, fmt.Sprintf("%s does not lie under %s", s.HTS, under), "")
			}
		case "says":
			s.Says = l.Text(n, at)
		}
	})
	return s
}

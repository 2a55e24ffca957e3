package epcis

import "encoding/json"

// uri reads an absolute URI.
func (c *cursor) uri() string {
	s, ok := c.str("a URI as text")
	if ok && !isURI(s) {
		c.fault("uri", quote(s)+" is no absolute URI", "begin it with a scheme, as in urn: or https:")
	}
	return s
}

// uris reads a list of URIs; an empty list is not nil.
func (c *cursor) uris() []string {
	if !c.begin('[', "a list of URIs") {
		return nil
	}
	out := make([]string, 0, 4)
	for c.more() {
		out = append(out, c.uri())
	}
	c.end()
	return out
}

// time reads a date and time.
func (c *cursor) time() Time {
	s, ok := c.str("a time as text")
	if !ok {
		return Time{}
	}
	t, ok := parseTime(s)
	if !ok {
		c.fault("time", quote(s)+" is no time", "write date, time and zone as in 2026-11-23T08:30:00Z or 2026-11-23T09:30:00.250+01:00")
	}
	return Time{t, s}
}

// extra reads an extension member; its name must be a URI or have a prefix.
func (c *cursor) extra(to *[]Field, name string) {
	if !isURI(name) {
		c.fault("unknown-name", quote(name)+" is not a member of the standard here", "give an extension a prefix of the @context, as in example:"+name)
	}
	*to = append(*to, Field{name, c.raw()})
}

// ilmd reads instance and lot master data: an object of extensions. An empty object is not nil.
func (c *cursor) ilmd() []Field {
	if !c.begin('{', "an object of master data") {
		return nil
	}
	out := []Field{}
	for c.more() {
		c.extra(&out, c.name())
	}
	c.end()
	return out
}

func (c *cursor) errorDeclaration() *ErrorDeclaration {
	if !c.begin('{', "an object, the error declaration") {
		return nil
	}
	d, timed := new(ErrorDeclaration), false
	for c.more() {
		switch name := c.name(); name {
		case "declarationTime":
			d.Time, timed = c.time(), true
		case "reason":
			d.Reason = c.word(&errorReasons)
		case "correctiveEventIDs":
			d.Corrective = c.uris()
		default:
			c.extra(&d.Extra, name)
		}
	}
	c.end()
	c.need(timed, "declarationTime")
	return d
}

// need faults a required member of the object read last when it was not there.
func (c *cursor) need(there bool, name string) {
	if !there && !c.broken {
		c.fault("required", name+" is missing", "")
	}
}

// unknown faults a member that the object does not take, extensions included.
func (c *cursor) unknown(name, where string) {
	c.fault("unknown-name", quote(name)+" is not a member of "+where, "leave it out: "+where+" takes no extensions")
	c.raw()
}

func (c *cursor) persistentDisposition() *PersistentDisposition {
	if !c.begin('{', "an object with set or unset") {
		return nil
	}
	p := new(PersistentDisposition)
	for c.more() {
		switch name := c.name(); name {
		case "set":
			p.Set = c.dispositions()
		case "unset":
			p.Unset = c.dispositions()
		default:
			c.unknown(name, "persistentDisposition")
		}
	}
	c.end()
	if p.Set == nil && p.Unset == nil && !c.broken {
		c.fault("disposition-sets", "has neither set nor unset", "give at least one of them")
	}
	return p
}

func (c *cursor) dispositions() []string {
	out := []string{} // what is no list was there all the same, and has its fault
	if !c.begin('[', "a list of dispositions") {
		return out
	}
	for c.more() {
		out = append(out, c.word(&dispositions))
	}
	c.end()
	if c.broken {
		return out
	}
	if len(out) == 0 {
		c.fault("empty-list", "holds no disposition", "leave the member out")
	}
	c.unique(out, c.at())
	return out
}

// unique faults a repetition in a list that was read.
func (c *cursor) unique(list []string, pointer string) {
	if i, ok := firstRepeated(list); ok {
		c.faultAt(pointer, "unique", quote(list[i])+" stands in the list twice", "name each once")
	}
}

func firstRepeated(list []string) (int, bool) {
	if len(list) <= 16 {
		for i := range list {
			for j := range i {
				if list[i] == list[j] {
					return i, true
				}
			}
		}
		return 0, false
	}
	seen := make(map[string]struct{}, len(list))
	for i, s := range list {
		if _, again := seen[s]; again {
			return i, true
		}
		seen[s] = struct{}{}
	}
	return 0, false
}

func (c *cursor) location() *Location {
	if !c.begin('{', "an object with an id") {
		return nil
	}
	l, named := new(Location), false
	for c.more() {
		if name := c.name(); name == "id" {
			l.ID, named = c.uri(), true
		} else {
			l.Extra = append(l.Extra, Field{name, c.raw()}) // any name: the schema does not bind the names here
		}
	}
	c.end()
	c.need(named, "id")
	return l
}

func (c *cursor) bizTransactions() []BizTransaction {
	if !c.begin('[', "a list of business transactions") {
		return nil
	}
	out := []BizTransaction{}
	for c.more() {
		if !c.begin('{', "an object, the business transaction") {
			continue
		}
		var b BizTransaction
		named := false
		for c.more() {
			switch name := c.name(); name {
			case "type":
				b.Type = c.word(&transactionTypes)
			case "bizTransaction":
				b.ID, named = c.uri(), true
			default:
				c.unknown(name, "a business transaction")
			}
		}
		c.end()
		c.need(named, "bizTransaction")
		out = append(out, b)
	}
	c.end()
	return out
}

// sourceDests reads a list of sources or destinations; key is "source" or "destination".
func (c *cursor) sourceDests(key string) []SourceDest {
	if !c.begin('[', "a list of "+key+"s") {
		return nil
	}
	out := []SourceDest{}
	for c.more() {
		if !c.begin('{', "an object, the "+key) {
			continue
		}
		var s SourceDest
		typed, named := false, false
		for c.more() {
			switch name := c.name(); name {
			case "type":
				s.Type, typed = c.word(&sourceDestTypes), true
			case key:
				s.ID, named = c.uri(), true
			default:
				c.unknown(name, "a "+key)
			}
		}
		c.end()
		c.need(typed, "type")
		c.need(named, key)
		out = append(out, s)
	}
	c.end()
	return out
}

func (c *cursor) quantities() []Quantity {
	if !c.begin('[', "a list of quantities") {
		return nil
	}
	out := make([]Quantity, 0, 2)
	for c.more() {
		if !c.begin('{', "an object, the quantity") {
			continue
		}
		var q Quantity
		named := false
		for c.more() {
			switch name := c.name(); name {
			case "epcClass":
				q.Class, named = c.uri(), true
			case "quantity":
				q.Value = c.num()
			case "uom":
				s, ok := c.str("a unit code as text")
				if ok && !isUnitForm(s) {
					c.fault("unit-form", quote(s)+" does not have the form of a unit code", "use a code of UN/ECE Recommendation 20, as KGM; a count has no uom")
				}
				q.Unit = s
			default:
				c.unknown(name, "a quantity")
			}
		}
		c.end()
		c.need(named, "epcClass")
		out = append(out, q)
	}
	c.end()
	return out
}

// context reads an @context and faults one that is none.
func (c *cursor) context() json.RawMessage {
	raw := c.raw()
	if c.broken {
		return raw
	}
	if message, hint := contextFault(raw); message != "" {
		c.fault("context", message, hint)
	}
	return raw
}

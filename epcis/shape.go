package epcis

import "strings"

// shape holds an event that was read member by member against the rules that join members. seen is its standard members, foreign
// the pointers of members with names of no standing. The event's object has just been left, so that the cursor points at it.
func (c *cursor) shape(e *Event, seen members, foreign []string, alone, extended bool) {
	root := c.at()
	if !seen.has(mType) {
		c.faultAt(root, "required", "type is missing", "name the event's type, such as TransformationEvent")
	} else if e.Type == Other && !isURI(e.TypeName) && !c.faulted(root+"/type") {
		c.faultAt(root+"/type", "word", quote(e.TypeName)+" is no event type", "write one of the five types, or the URI of an extended event")
	}
	if !seen.has(mEventTime) {
		c.faultAt(root, "required", "eventTime is missing", "")
	}
	if !seen.has(mZoneOffset) {
		c.faultAt(root, "required", "eventTimeZoneOffset is missing", "")
	}
	if alone && !seen.has(mContext) {
		c.faultAt(root, "context", "@context is missing", "an event that stands alone brings its own, such as the URI of GS1's EPCIS context")
	}
	if extended || e.Type == Other {
		return
	}
	for _, m := range requiredMembers[e.Type] {
		if !seen.has(m) {
			c.faultAt(root, "required", memberNames[m]+" is missing", "every "+typeNames[e.Type]+" has it")
		}
	}
	for _, pointer := range foreign {
		name := pointer[strings.LastIndexByte(pointer, '/')+1:]
		c.faultAt(pointer, "unknown-name", quote(name)+" is not a member of the standard", "give an extension a prefix of the @context, as in example:"+name)
	}
	if alien := seen &^ typeMembers[e.Type]; alien != 0 {
		for m := mContext; m <= mILMD; m++ {
			if alien.has(m) {
				c.faultAt(root+"/"+memberNames[m], "unknown-name", memberNames[m]+" is not a member of "+typeNames[e.Type], "")
			}
		}
	}
	c.objects(e, seen, root)
}

// faulted tells whether the value at the pointer has a fault already.
func (c *cursor) faulted(pointer string) bool {
	for i := range c.faults {
		if c.faults[i].Pointer == pointer {
			return true
		}
	}
	return false
}

// objects are the rules on what an event is about, type by type.
func (c *cursor) objects(e *Event, seen members, root string) {
	switch e.Type {
	case ObjectEvent:
		if e.EPCs == nil && len(e.Quantities) == 0 && (len(e.Sensors) == 0 || e.ReadPoint == nil) {
			c.faultAt(root, "no-objects", "names no objects", "give an epcList, a quantityList, or a sensorElementList with a readPoint")
		}
		if e.ILMD != nil && e.Action != Add {
			c.faultAt(root+"/ilmd", "ilmd-action", "master data of instances or lots stands with action ADD only", "leave it out of an event that observes or deletes")
		}
		c.unique(e.EPCs, root+"/epcList")
	case AggregationEvent, AssociationEvent:
		if len(e.EPCs) == 0 && len(e.Quantities) == 0 && e.Action != Delete {
			c.faultAt(root, "no-objects", "names no children", "give childEPCs or a childQuantityList")
		}
	case TransactionEvent:
		if seen.has(mBizTransactions) && e.BizTransactions != nil && len(e.BizTransactions) == 0 {
			c.faultAt(root+"/bizTransactionList", "empty-list", "holds no business transaction", "give the one that the objects belong to")
		}
		if e.EPCs == nil && len(e.Quantities) == 0 && e.Action != Delete {
			c.faultAt(root, "no-objects", "names no objects", "give an epcList or a quantityList")
		}
	case TransformationEvent:
		in := len(e.InputEPCs) > 0 || len(e.InputQuantities) > 0
		out := len(e.OutputEPCs) > 0 || len(e.OutputQuantities) > 0
		switch {
		case !seen.has(mTransformationID) && !(in && out):
			c.faultAt(root, "no-objects", "does not name both inputs and outputs", "give both, or a transformationID that ties this event to the others of the campaign")
		case !in && !out:
			c.faultAt(root, "no-objects", "names neither inputs nor outputs", "give at least one of them")
		}
		c.unique(e.InputEPCs, root+"/inputEPCList")
		c.unique(e.OutputEPCs, root+"/outputEPCList")
	}
}

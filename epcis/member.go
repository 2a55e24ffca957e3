package epcis

// member is one member name of an event in the standard; the number is a bit in a set of members.
type member uint8

const (
	noMember member = iota
	mContext
	mType
	mEventTime
	mRecordTime
	mZoneOffset
	mEventID
	mCertification
	mError
	mAction
	mBizStep
	mDisposition
	mPersistent
	mReadPoint
	mBizLocation
	mBizTransactions
	mSources
	mDestinations
	mSensors
	mEPCs
	mQuantities
	mChildEPCs
	mChildQuantities
	mParentID
	mInputEPCs
	mInputQuantities
	mOutputEPCs
	mOutputQuantities
	mTransformationID
	mILMD
)

type members uint32

func (s members) has(m member) bool { return s&(1<<m) != 0 }

func (s *members) add(m member) { *s |= 1 << m }

func setOf(list ...member) (s members) {
	for _, m := range list {
		s.add(m)
	}
	return s
}

// memberNames is indexed by member.
var memberNames = [...]string{"", "@context", "type", "eventTime", "recordTime", "eventTimeZoneOffset", "eventID", "certificationInfo",
	"errorDeclaration", "action", "bizStep", "disposition", "persistentDisposition", "readPoint", "bizLocation", "bizTransactionList",
	"sourceList", "destinationList", "sensorElementList", "epcList", "quantityList", "childEPCs", "childQuantityList", "parentID",
	"inputEPCList", "inputQuantityList", "outputEPCList", "outputQuantityList", "transformationID", "ilmd"}

func memberOf(name string) member {
	switch name {
	case "@context":
		return mContext
	case "type":
		return mType
	case "eventTime":
		return mEventTime
	case "recordTime":
		return mRecordTime
	case "eventTimeZoneOffset":
		return mZoneOffset
	case "eventID":
		return mEventID
	case "certificationInfo":
		return mCertification
	case "errorDeclaration":
		return mError
	case "action":
		return mAction
	case "bizStep":
		return mBizStep
	case "disposition":
		return mDisposition
	case "persistentDisposition":
		return mPersistent
	case "readPoint":
		return mReadPoint
	case "bizLocation":
		return mBizLocation
	case "bizTransactionList":
		return mBizTransactions
	case "sourceList":
		return mSources
	case "destinationList":
		return mDestinations
	case "sensorElementList":
		return mSensors
	case "epcList":
		return mEPCs
	case "quantityList":
		return mQuantities
	case "childEPCs":
		return mChildEPCs
	case "childQuantityList":
		return mChildQuantities
	case "parentID":
		return mParentID
	case "inputEPCList":
		return mInputEPCs
	case "inputQuantityList":
		return mInputQuantities
	case "outputEPCList":
		return mOutputEPCs
	case "outputQuantityList":
		return mOutputQuantities
	case "transformationID":
		return mTransformationID
	case "ilmd":
		return mILMD
	}
	return noMember
}

var (
	commonMembers = setOf(mContext, mType, mEventTime, mRecordTime, mZoneOffset, mEventID, mCertification, mError)
	whereAndWhy   = setOf(mBizStep, mDisposition, mReadPoint, mBizLocation, mBizTransactions, mSources, mDestinations, mSensors)

	// typeMembers is what an event of each type may have besides extensions. An extended event may have anything; the members of
	// it that are not common and not well-formed are kept as extensions.
	typeMembers = [...]members{
		Other:               commonMembers,
		ObjectEvent:         commonMembers | whereAndWhy | setOf(mAction, mEPCs, mQuantities, mPersistent, mILMD),
		AggregationEvent:    commonMembers | whereAndWhy | setOf(mAction, mParentID, mChildEPCs, mChildQuantities),
		TransactionEvent:    commonMembers | whereAndWhy | setOf(mAction, mParentID, mEPCs, mQuantities),
		TransformationEvent: commonMembers | whereAndWhy | setOf(mInputEPCs, mInputQuantities, mOutputEPCs, mOutputQuantities, mTransformationID, mPersistent, mILMD),
		AssociationEvent:    commonMembers | whereAndWhy | setOf(mAction, mParentID, mChildEPCs, mChildQuantities),
	}

	requiredMembers = [...][]member{
		Other:               nil,
		ObjectEvent:         {mAction},
		AggregationEvent:    {mAction},
		TransactionEvent:    {mBizTransactions, mAction},
		TransformationEvent: nil,
		AssociationEvent:    {mAction, mParentID},
	}
)

var typeNames = [...]string{Other: "", ObjectEvent: "ObjectEvent", AggregationEvent: "AggregationEvent", TransactionEvent: "TransactionEvent",
	TransformationEvent: "TransformationEvent", AssociationEvent: "AssociationEvent"}

// TypeOf is the type an event's type member names; any name but the five is Other.
func TypeOf(name string) Type {
	for t := ObjectEvent; t <= AssociationEvent; t++ {
		if typeNames[t] == name {
			return t
		}
	}
	return Other
}

// String is the type's name in the standard, "" for Other.
func (t Type) String() string { return typeNames[t] }

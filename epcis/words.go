package epcis

import "strings"

// vocabulary is one list of bare words of the Core Business Vocabulary 2.0 and the start of their URIs.
type vocabulary struct {
	what  string // for messages
	start string // a word's URI is start + word
	words map[string]bool
	alien func(uri string) bool // tells the URIs that are refused as written forms of GS1's own words
}

func list(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

const (
	cbvStart = "https://ref.gs1.org/cbv/"
	vocStart = "https://ref.gs1.org/voc/"
)

// alienCBV tells the URIs in the spaces that CBV words must not be written with in JSON.
func alienCBV(uri string) bool {
	return strings.HasPrefix(uri, "urn:epcglobal:cbv") ||
		strings.HasPrefix(uri, "http://ns.gs1.org/cbv/") || strings.HasPrefix(uri, "https://ns.gs1.org/cbv/")
}

// alienVoc tells the URIs in the spaces that words of the GS1 Web Vocabulary must not be written with in JSON.
func alienVoc(uri string) bool {
	rest, ok := strings.CutPrefix(uri, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(uri, "http://"); !ok {
			return false
		}
	}
	return strings.HasPrefix(rest, "gs1.org/voc/") || strings.HasPrefix(rest, "www.gs1.org/voc/")
}

var (
	bizSteps = vocabulary{"a business step", cbvStart + "BizStep-", list(`accepting arriving assembling collecting commissioning
		consigning creating_class_instance cycle_counting decommissioning departing destroying disassembling dispensing encoding
		entering_exiting holding inspecting installing killing loading other packing picking receiving removing repackaging
		repairing replacing reserving retail_selling shipping staging_outbound stock_taking stocking storing transporting unloading
		unpacking void_shipping sensor_reporting sampling`), alienCBV}

	dispositions = vocabulary{"a disposition", cbvStart + "Disp-", list(`active container_closed damaged destroyed dispensed disposed
		encoded expired in_progress in_transit inactive no_pedigree_match non_sellable_other partially_dispensed recalled reserved
		retail_sold returned sellable_accessible sellable_not_accessible stolen unknown available completeness_verified
		completeness_inferred conformant container_open mismatch_instance mismatch_class mismatch_quantity needs_replacement
		non_conformant unavailable`), alienCBV}

	transactionTypes = vocabulary{"a business transaction type", cbvStart + "BTT-", list(`bol cert desadv inv pedigree po poc prodorder
		recadv rma testprd testres upevt`), alienCBV}

	sourceDestTypes = vocabulary{"a source or destination type", cbvStart + "SDT-", list(`owning_party possessing_party location`), alienCBV}

	errorReasons = vocabulary{"an error reason", cbvStart + "ER-", list(`did_not_occur incorrect_data`), alienCBV}

	components = vocabulary{"a component", cbvStart + "Comp-", list(`x y z axial_distance azimuth height spherical_radius polar_angle
		elevation_angle easting northing latitude longitude altitude`), alienCBV}

	measurements = vocabulary{"a measurement type", vocStart, list(`AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration
		Radioactivity Altitude AmountOfSubstance AmountOfSubstancePerUnitVolume Angle AngularAcceleration AngularMomentum
		AngularVelocity Area Capacitance Conductance Conductivity Count Density Dimensionless DoseEquivalent DoseEquivalentRate
		DynamicViscosity ElectricCharge ElectricCurrent ElectricCurrentDensity ElectricFieldStrength Energy Exposure Force Frequency
		Illuminance Inductance Irradiance KinematicViscosity Length LinearMomentum Luminance LuminousFlux LuminousIntensity
		MagneticFlux MagneticFluxDensity MagneticVectorPotential Mass MassConcentration MassFlowRate MassPerAreaTime MemoryCapacity
		MolalityOfSolute MolarEnergy MolarMass MolarVolume Power Pressure RadiantFlux RadiantIntensity RelativeHumidity Resistance
		Resistivity SolidAngle SpecificVolume Speed SurfaceDensity SurfaceTension Temperature Time Torque Voltage Volume
		VolumeFlowRate VolumeFraction VolumetricFlux Wavenumber`), alienVoc}

	alerts = vocabulary{"a sensor exception", vocStart, list(`ALARM_CONDITION ERROR_CONDITION`), alienVoc}
)

// word reads a value of the vocabulary: a bare word, or a URI or CURIE outside GS1's own space.
func (c *cursor) word(v *vocabulary) string {
	s, ok := c.str(v.what + " as text")
	if !ok || v.words[s] {
		return s
	}
	switch {
	case !isURI(s):
		c.fault("word", quote(s)+" is not "+v.what, "use a word of the Core Business Vocabulary, such as "+v.example()+", or the URI of your own")
	case v.alien(s):
		c.fault("word", quote(s)+" is "+v.what+" in a form that JSON does not take", "write the bare word, such as "+v.example())
	}
	return s
}

// example is the first word in order, so that messages do not change from run to run.
func (v *vocabulary) example() string {
	least := ""
	for w := range v.words {
		if least == "" || w < least {
			least = w
		}
	}
	return least
}

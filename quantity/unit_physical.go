package quantity

import "strings"

// physicalCodes are the Recommendation 20 codes of the physical quantities that EPCIS sensor reports carry, by quantity
// (the groups of GS1's measurement types). Their amounts are kept as stated and not converted. A code that stands in
// physicalNames has its name from there; the others are named by their code.
var physicalCodes = [...][2]string{
	{"temperature", "CEL FAH KEL A48"},
	{"length", "MTR MMT CMT DMT KMT HMT 4H C45 A11 A12 A45 A71 AK B57 FOT INH YRD M49 M50 M51 NMI SMI X1"},
	{"area", "MTK CMK DMK MMK KMK ACR ARE DAA FTK H16 H18 H30 HAR INK M47 M48 YDK MIK"},
	{"volume", "LTR MTQ MLT CLT DLT HLT MAL 4G K6 A44 CMQ DMQ MMQ DMA H19 H20 BLD BLL BUA BUI FTQ G21 G23 G24 G25 G26 GLD GLI GLL " +
		"INQ J57 L43 L61 L62 L84 L86 M67 M68 M69 M70 NM3 SM3 OZA OZI PT PTD PTI PTL QT QTD QTI QTL YDQ 5I"},
	{"time", "SEC MIN HUR DAY WEE MON ANN B52 B98 C26 C47 H70 L95 L96 M56"},
	{"speed", "MTS KMH 2M 2X C16 FR FS H49 H67 H81 HM IU K14 KNT M57 M58 M60 M61 M62 M63 M64 M65 M66"},
	{"acceleration", "MSK A73 A76 C11 IV K40 M38 M39 M40 M41 M42"},
	{"angle", "DD A91 B97 C25 C81 D61 D62 M43 M44"},
	{"angular velocity", "2A M46 RPM RPS"},
	{"frequency", "HTZ KHZ MHZ A86 C94 C97 D29"},
	{"force", "NEW B37 B47 B51 B73 B92 C20 C78 DU L40 L94 M75 M76 M77 M78"},
	{"torque", "NU B38 B48 B74 B93 D83 DN F21 F88 J72 J94 L41 M92 M95 M96 M97"},
	{"impulse", "B31 C57 M98 M99 N10 N11"},
	{"angular impulse", "B33 C53"},
	{"pressure", "PAL KPA MPA BAR MBR A97 A89 74 80 84 ATM ATT B40 B96 C55 C56 E41 E42 F78 F79 H75 H78 HN HP J89 K24 K25 K31 K85 N13 N14 N15 " +
		"N16 N17 N18 N19 N20 N21 N22 N23 PS UA"},
	{"energy", "JOU KJO 3B GV WHR KWH MWH GWH 85 A13 A53 A57 A68 A70 A85 B29 B71 BTU C15 C68 D30 D32 E14 J55 J75 K51 K53 N46 N47 N71 N72"},
	{"energy density", "B8 JM A60 N58 N59"},
	{"power", "WTT KWT MAW 2I A25 A63 A74 A90 B39 BHP C31 C49 C75 D31 D46 D80 E15 F80 HJ J44 J45 J47 J51 J52 J81 J82 K15 K16 K42 K43 " +
		"K54 K55 N12 P14 P15 P16 P17 P18 P19 P20 P21"},
	{"electric current", "AMP 4K B22 B84 C39 C70 H38 N96 N97"},
	{"voltage", "VLT 2Z B78 D82 KVT N99"},
	{"resistance", "OHM A87 B49 B75 B94 E45 H44 P22"},
	{"conductance", "SIE B53 B99 C27 N92 NQ NR"},
	{"capacitance", "FAR 4O 4T C10 C41 H48 N90"},
	{"inductance", "81 B90 C14 C43 C73 P24"},
	{"electric charge", "COU A8 AMH B26 B86 C40 C71 D77 D86 E09 N94 N95 TAH"},
	{"magnetic flux", "WEB C33 P11"},
	{"magnetic flux density", "D33 C29 C48 D81 P12 P13 76 78"},
	{"magnetic field strength", "AE A2 A3 66"},
	{"magnetic vector potential", "D59 B56 D60"},
	{"luminous intensity", "CDL P33 P34"},
	{"illuminance", "LUX KLX B60 P25 P26 P27"},
	{"luminance", "A24"},
	{"luminous exposure", "B63 B64"},
	{"irradiance", "D54 C32 C76 D85 N48 N49 N50 N51 N52 N53 N54 N55 N56 N57"},
	{"amount of substance", "C34 B45 C18 FH"},
	{"amount of substance per volume", "C36 C35 B46 C38 M33"},
	{"molar mass", "A94 D74"},
	{"molar energy", "B15 B44"},
	{"molar volume", "A36 A37 A40 B58"},
	{"mass per volume", "KMQ A93 23 87 B34 B35 B72 D41 F23 G31 G32 GE GJ GL GP GQ H29 K41 K71 K84 L37 L38 L39 L65 L92 L93 LA M1"},
	{"volume per mass", "A39 22 H83 KX N28 N29 N30"},
	{"volume per volume", "H60 H65 J36 J87 J91 K62 L19 L21"},
	{"dynamic viscosity", "C65 89 C24 C7 J32 K67 K68 K91 K92 L64 N34 N36 N38 N39 N40 N41 N42 N43 N44"},
	{"kinematic viscosity", "S4 4C 91 C17 M79 M81 S3"},
	{"volume flow", "MQS MQH 2J 2K 2L 40 41 4X 5A G2 G3 J58 J59 J60 J61 J62 J63 J64 J65 J66 J67 J68 J69 J70 J71 J90 J92 J93 J95 J96 J97 J98 " +
		"J99 K10 K11 K12 K22 K26 K27 K28 K30 K32 K33 K34 K35 K36 K37 K38 K39 K94 K95 K96 K97 K98 K99 L10 L11 L2 L44 L45 L46 L47 " +
		"L48 L49 L50 L51 L53 L54 L55 L56 L57 L58 L59 L60 LD M12 M13 M15 M16 Q37 Q38 Q39 Q40"},
	{"radioactivity", "BQL 2Q 4N GBQ H08 2R CUR M5 MCU"},
	{"radioactivity per mass", "A18"},
	{"absorbed dose", "A95 A61 C13 C80"},
	{"absorbed dose rate", "A96 P54 P55 P56 P57 P58 P59 P60 P61 P62 P63 P64"},
	{"effective dose", "D13 C28 D91 L31"},
	{"effective dose rate", "P65 P66 P67 P68 P69 P70 P71 P72 P73 P74 P75 P76 P77"},
}

// physicalNames are the names of the codes met most.
var physicalNames = map[string]string{
	"CEL": "degree Celsius", "FAH": "degree Fahrenheit", "KEL": "kelvin", "MTR": "metre", "MMT": "millimetre", "CMT": "centimetre",
	"KMT": "kilometre", "4H": "micrometre", "INH": "inch", "FOT": "foot", "MTK": "square metre", "LTR": "litre", "MLT": "millilitre",
	"MTQ": "cubic metre", "SEC": "second", "MIN": "minute", "HUR": "hour", "DAY": "day", "MTS": "metre per second",
	"KMH": "kilometre per hour", "MSK": "metre per second squared", "DD": "degree", "HTZ": "hertz", "NEW": "newton", "NU": "newton metre",
	"PAL": "pascal", "KPA": "kilopascal", "MPA": "megapascal", "BAR": "bar", "A97": "hectopascal", "JOU": "joule", "KWH": "kilowatt hour",
	"JM": "megajoule per cubic metre", "WTT": "watt", "KWT": "kilowatt", "AMP": "ampere", "VLT": "volt", "OHM": "ohm", "SIE": "siemens",
	"WEB": "weber", "D33": "tesla", "C29": "millitesla", "78": "kilogauss", "76": "gauss", "AE": "ampere per metre", "66": "oersted",
	"LUX": "lux", "A24": "candela per square metre", "C34": "mole", "C35": "mole per cubic decimetre", "KMQ": "kilogram per cubic metre",
	"A93": "gram per cubic metre", "23": "gram per cubic centimetre", "GL": "gram per litre", "M1": "milligram per litre",
	"BQL": "becquerel", "A18": "becquerel per kilogram", "D13": "sievert", "P71": "millisievert per hour", "MQH": "cubic metre per hour",
}

func physicalRows() []unitRow {
	var rows []unitRow
	for _, g := range physicalCodes {
		for code := range strings.FieldsSeq(g[1]) {
			name := physicalNames[code]
			if name == "" {
				name = code
			}
			rows = append(rows, unitRow{code, name, PhysicalMeasure, Decimal{}, g[0]})
		}
	}
	return rows
}

// Package gs1 reads the identification keys of GS1 from text, EPC URNs and GS1 Digital Link URIs, checks their check digits, and
// writes them in the one form that the event hash and every index of this program use: the constrained canonical GS1 Digital Link.
//
// # The canonical form
//
// A canonical link begins with https://id.gs1.org and holds one primary key and at most one qualifier, the finest that was given.
// The query string, the fragment, consumer product variants and coarser qualifiers are dropped, a domain of one's own is replaced,
// short names of application identifiers (gtin, lot, ser and the like, of Digital Link 1.1) become numbers, and a GTIN of 8, 12 or
// 13 digits is padded to 14. These forms exist (GS1 CBV 2.0 section 8.9, EPCIS event hash, rules 17 and 18):
//
//	00                SSCC        logistic unit
//	01                GTIN        class of trade item; with 21 a serial (SGTIN), with 10 a lot (LGTIN), with 235 a UPUI
//	253, 255          GDTI, GCN   document, coupon; the serial follows the 13 digits
//	401, 402          GINC, GSIN  consignment, shipment
//	414               GLN         place; with 254 its extension (SGLN)
//	417               GLN         party (PGLN)
//	8003, 8004        GRAI, GIAI  returnable and individual asset
//	8006              ITIP        piece of a trade item; with 21 or 10
//	8010              CPID        component or part; with 8011 its serial
//	8017, 8018        GSRN        service provider, recipient
//
// Examples:
//
//	urn:epc:class:lgtin:4012345.012345.Lot987                  https://id.gs1.org/01/04012345123456/10/Lot987
//	urn:epc:id:sgln:4012345.00005.0                            https://id.gs1.org/414/4012345000054
//	https://example.com/gtin/9780345418913/lot/12/ser/7?x=1    https://id.gs1.org/01/09780345418913/21/7
//	urn:epc:idpat:sgtin:4012345.012345.*                       https://id.gs1.org/01/04012345123456
//	urn:example:lot:7                                          urn:example:lot:7
//
// Anything that is no GS1 key in one of these forms passes through unchanged; nothing is guessed. A wrong check digit in a link does
// not hinder canonisation, for an identifier that is on record must stay findable: ID.Check tells of it. A URN carries no check
// digit; it is computed.
//
// The way back, from a link to a URN, needs the length of the company prefix, which a link does not tell, so it is not offered.
package gs1

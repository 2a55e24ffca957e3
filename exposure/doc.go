// Package exposure says how dependent a country is on others for rare earths, by element, stage, country and owner, from the
// tables of package atlas and nothing else. Each Figure carries the rows it was worked out from, its period and its
// formula. Where a table has a part only, the figure is an interval that holds whatever the rest is. Where an input is not
// in the tables, or is withheld (W), it is not computable, and says what it needs: never nought, never a guess, and never
// fitted backwards to a score that somebody published. Rows are taken as printed; their rounding is in no interval.
//
// # Measures
//
//	net import reliance   (apparent consumption − production) ÷ apparent consumption. The USGS has (imports − exports) ÷
//	                      apparent consumption, and consumption as production + imports − exports, which is the same
//	                      (Mineral Commodity Summaries 2025, rare earths, footnotes 5 and 7: no changes of stocks)
//	share                 of a country, owner or facility in a total of one period
//	concentration (HHI)   Σ share², 0 to 1 (× 10,000 in antitrust). What is not allocated adds between nothing (many small
//	                      ones) and its square (all one)
//	EU supply risk        SR = [HHI(GS)·IR/2 + HHI(EU)·(1 − IR/2)]·(1 − EoL-RIR)·SI, HHI = Σ share²·WGI·t with shares of 1 and
//	                      WGI = (2.5 − mean of the six estimates)·2, 0 to 10; IR = (imports − exports) ÷ (production + imports
//	                      − exports); t the trade factor: 1, 0.8 for a partner of the EU, above 1 under export restrictions.
//	                      Mined and refined stage, of which the higher counts; HHI(GS) alone where the EU's sources are not
//	                      known (European Commission 2017, used for the list of 2023; Blengini and others, JRC, EUR 28654; held
//	                      against the code of CritMAT, which works out that list). What the tables allow is HHI(GS) as if t
//	                      were 1, of single years; the list has means of 2016 to 2020
//	GeoPolRisk            HHI·Σ g·f ÷ (F + p): g the political instability of a source, 0 to 1, f imports from it, F all
//	                      imports, p domestic production (Gemechu and others, Journal of Industrial Ecology 20, 154, 2016; p by
//	                      Helbig and others, Journal of Cleaner Production 137, 1170, 2016; equation 1 of Koyamparambath and
//	                      others, Resources, Conservation and Recycling 209, 107801, 2024). Its authors take g from political
//	                      stability and absence of violence, and 0.5 for a country without a score, which is not done here; the
//	                      HHI is of one year's mines. What the tables allow has the mean of six indicators for g, and the
//	                      HHI of refining
//	single point          how many facilities, owners and countries, outside the countries named, have a stage for an element
//	                      today; where sources disagree about who makes it, one of them is counted on, the interval
//	                      holds the other, and the dispute is told
//	trend                 last less first, and that over the years between; years without a figure are named as unknown
//	weeks of cover        stock ÷ (apparent consumption ÷ 52)
//
// # A worked example
//
// The United States in 2024: apparent consumption of compounds and metals 6,600 t, production 1,300 t, so net import
// reliance (6,600 − 1,300) ÷ 6,600 = 80.3 %, published as 80. Of imports in 2020 to 2023 China's part was 70 %. These are
// the "80 %" and "70 %" of the news: they are of different periods, and their product, 56 %, is material that comes from
// China directly, not what others make of Chinese feed. The production leaves out compounds made in California (footnote 3):
// all that was made is 7,600 t, and net imports beside it (6,600 − 1,300) ÷ (6,600 − 1,300 + 7,600) = 41.1 %.
package exposure

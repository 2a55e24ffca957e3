// Package exposure says how dependent a country is on others for rare earths, by element, stage, country and owner, from the
// tables of package atlas and nothing else. Each Figure carries the rows it was worked out from, its period and its
// formula. Where a table has a part only, the figure is an interval that holds whatever the rest is. Where an input is not
// in the tables it is not computable, and says what it needs: never nought, never a guess, and never fitted backwards to
// a score that somebody published.
//
// # Measures
//
//	net import reliance   (apparent consumption − production) ÷ apparent consumption, as the USGS has it in the Mineral
//	                      Commodity Summaries: imports − exports + changes of stocks, over apparent consumption
//	share                 of a country, owner or facility in a total of one period
//	concentration (HHI)   Σ share², 0 to 1 (× 10,000 in antitrust). What is not allocated adds between nothing (many small
//	                      ones) and its square (all one)
//	EU supply risk        SR = [HHI(GS)·IR/2 + HHI(EU)·(1 − IR/2)]·(1 − EoL-RIR)·SI, HHI = Σ share²·WGI·t, WGI 0 to 10,
//	                      t the trade factor (European Commission 2017, used for the list of 2023; Blengini and others, JRC,
//	                      EUR 28654). What the tables allow is HHI(GS) without t
//	GeoPolRisk            HHI·Σ g·M ÷ (ΣM + P): g the instability of a source, M imports from it, P domestic production
//	                      (Gemechu and others, Journal of Industrial Ecology 20, 2016)
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
// China directly, not what others make of Chinese feed.
package exposure

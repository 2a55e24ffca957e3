// Package page puts a plan on paper that people open: one HTML page with its pictures in it (HTML), a workbook (Excel), a
// table of flows (Parquet), a folder of tables (CSV). It also reads a network from a workbook, and writes an empty one.
// Nothing is decided here: every figure is in plan.Report or in the plan's own columns.
//
// The page needs nothing from elsewhere: pictures are SVG, drawn here; its one script switches the Sankey between mass and
// elements. Borders are not on the map, for there is no set of them in the program: places stand on a grid.
package page

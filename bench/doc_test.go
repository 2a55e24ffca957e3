// Package bench measures what is promised, each figure beside the plain way of doing it in the same run, and how the cost
// grows with the work.
//
//	make bench         the promised figures, with the machine
//	make bench-scale   the cost from 10,000 lots up, into bench/results: figures as CSV, plots as SVG, exponents with reasons
//
// Nothing here is a test of speed: machines differ. doc/figures.md keeps what was measured where.
package bench

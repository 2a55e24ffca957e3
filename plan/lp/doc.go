// Package lp is a linear program with names: columns that a solver may choose, rows that hold them together, a cost to be
// made least (or greatest), some columns in whole numbers. It says what a program is, what a solution is, whether a
// solution is one (Check), and how both are written down (MPS, LP); it solves nothing.
//
//	least   offset + Σ cost[j]·x[j]
//	with    lower[i] ≤ Σ a[i,j]·x[j] ≤ upper[i]   for every row i
//	        lower[j] ≤ x[j] ≤ upper[j]            for every column j
//	        x[j] whole                            where column j is integer
//
// A bound that is not there is an infinity.
//
// # A worked example
//
// Two tonnes of oxide are wanted; a mine can give 1.5 at a cost of 10 a tonne, an import any amount at 14:
//
//	p := lp.New("oxide")
//	mine := p.AddColumn("make[mine]", 0, 1.5, 10)
//	buy := p.AddColumn("buy[import]", 0, math.Inf(1), 14)
//	want := p.AddRow("demand[2027]", 2, 2)
//	p.Set(want, mine, 1)
//	p.Set(want, buy, 1)
//
// costs 1.5·10 + 0.5·14 = 22. The dual of demand[2027] is 14: a tonne more costs 14. The reduced cost of make[mine] is −4:
// a tonne more of mine would save 4.
//
// # Signs
//
// One convention throughout, whether least or greatest is sought: the dual of a row is the change of the objective for one
// more unit of the row's binding bound, and the reduced cost of a column that for one more unit of its binding bound. So
//
//	reduced[j] = cost[j] − Σ dual[i]·a[i,j]
//
// # Names
//
// A name is for a person: family and indices, as in balance[SRC,Nd2O3,2027-03]. It has no white space and is unique among
// the rows, or among the columns.
//
// # Units
//
// A program may hold kilograms of terbium beside 50,000 t of concentrate. Measure says in which multiple of its own unit a
// column or a row is put before the solver; bounds, costs, coefficients and solutions stay in the program's own units.
package lp

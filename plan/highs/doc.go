// Package highs solves the programs of package plan/lp with HiGHS (Huangfu and Hall 2018), the WebAssembly build of the npm
// package "highs", run by wazero: no C compiler, one static program for every system.
//
// # The two files
//
// make fetches the package by its lock file (npm/package-lock.json) and puts highs.wasm and highs.js into the folder module,
// which is embedded and never committed. A program built without them works, and says ErrNotBuiltIn when it is to solve.
// The module's exports and imports have names of a letter or two, cut anew in each release; which is which stands in
// highs.js, so both are pinned by their SHA-256, and the names are read from there.
//
// # Where it runs
//
//	Engine    in this process: an instance a loaded program, each with its own memory, each owned by one goroutine;
//	          several solve side by side
//	Children  in a process of its own for each program: for large programs, because Go's collector has to wait for a
//	          running solver, and because a child gives its memory back
//
// Both answer alike, byte for byte. Compiling the module takes about two seconds and is kept on disk.
//
// # Stopping
//
// The solver cannot be interrupted from outside. When the caller's context ends, its clock jumps far ahead: it finds its
// time limit passed and hands over the best solution it has.
//
// # What repeats
//
// The same program, limits and starting basis give the same bytes, whatever else the machine does: one thread, a fixed
// seed, and no time in the way unless Limits.Time is set, or the context ends.
//
// # Where numbers are scaled
//
// model.go turns the program's units into those the program asks for (MeasureColumn, MeasureRow) and back; HiGHS scales
// again within. Tolerances (1e-7 on rows, bounds and reduced costs) are in the units given to the solver.
package highs

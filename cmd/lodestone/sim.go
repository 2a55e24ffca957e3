package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lodestone/sim"
)

// simCommand writes a simulated world.
func simCommand() *cobra.Command {
	var cfg sim.Config
	var seed uint64
	var start, truth string
	cmd := &cobra.Command{
		Use:   "sim",
		Short: "Write a simulated world of mines, plants and carriers as one EPCIS document",
		Long: `Writes what happened in a small simulated world as one EPCIS 2.0 document with its master data, to standard output:
ore to carbonate, oxide, metal, alloy, powder, blocks and magnets, blended at every stage, shipped and weighed at both
ends, assayed, built into motors and missiles, recycled. One seed is one document, byte for byte, on every machine. It is
written as it is made, so a million lots need no more memory than a thousand.

Without more the record is honest and complete, with the losses of every making declared (--losses 0: of none). Each kind
of trouble has a rate from 0 to 1:
  --theft    of a shipment: part (--haul) is stolen on the way, and sold on without its history
  --wrong    of a making's record: a gross error in a weight, an assay or the place; half are put right or contradicted
  --late     of an event: it is handed in after later ones; a quarter as often, it is handed in twice
  --double   of a used-up lot, and of a batch of serials: its id is issued again, for other material
  --missing  of a making before the sintered block: nobody records it

The instruments: a weighing is good to 0.1 % and an assay to 0.5 % of its figure (standard uncertainties, normal), stated beside
each assay; of what is purer than nine tenths the rest is analysed. Pieces are counted, and the pieces of a batch differ in the
mean by 0.1 %. --truth writes what the world knows beside what its clerks hand in, one JSON object a line: of each lot its true
mass, what of each element in it is from where, and every step; and each trouble, with the event and the lots it is about.

Some places go by the names of real ones; nothing told here ever happened there, and trouble is planted only at places
that say synthetic in their name. How many lots, events and troubles there were is written to standard error.`,
		Example: `  lodestone sim --lots 1000 --seed 7 > world.json
  lodestone sim --lots 1000000 | lodestone capture -
  lodestone sim --lots 500 --theft 0.1 --wrong 0.05 --late 0.2 --double 0.05 --missing 0.05 > trouble.json
  lodestone sim --lots 500 --theft 0.1 --truth truth.jsonl > stolen.json`,
		Args: args(0, 0),
	}
	f := cmd.Flags()
	f.IntVar(&cfg.Lots, "lots", 1000, "how many lots are made; the world ends with the order in which that number is reached")
	f.Uint64Var(&seed, "seed", 1, "which world")
	f.StringVar(&start, "start", "", "first day of its five years (default "+sim.DefaultStart().Format(time.DateOnly)+")")
	f.StringVar(&cfg.Name, "name", "", "part of every id (default the letter s and the seed)")
	f.Float64Var(&cfg.Theft, "theft", 0, "rate of theft on the road")
	f.Float64Var(&cfg.Haul, "haul", 0, "part of a shipment that a thief takes (default: a twentieth to two fifths)")
	f.Float64Var(&cfg.Wrong, "wrong", 0, "rate of gross errors")
	f.Float64Var(&cfg.Late, "late", 0, "rate of late and repeated events")
	f.Float64Var(&cfg.Double, "double", 0, "rate of ids issued twice")
	f.Float64Var(&cfg.Missing, "missing", 0, "rate of makings without a record")
	f.Float64Var(&cfg.Losses, "losses", 1, "rate of makings whose clerk declares what was lost")
	f.StringVar(&truth, "truth", "", "file to write what truly was, and every trouble")
	cmd.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		if start != "" {
			day, err := time.Parse(time.DateOnly, start)
			if err != nil {
				return usagef("--start %q is no day: write it as 2021-01-01", start)
			}
			cfg.Start = day
		}
		if cfg.Name == "" {
			cfg.Name = fmt.Sprintf("s%d", seed)
		}
		w, err := sim.New(cfg, rand.New(rand.NewPCG(seed, 0)))
		if err != nil {
			return usagef("%w", err)
		}
		out := bufio.NewWriterSize(cmd.OutOrStdout(), 1<<20)
		var told func(*sim.Occurrence) error
		if truth != "" {
			var file *truthFile
			if file, err = newTruthFile(truth); err != nil {
				return err
			}
			defer func() {
				if closed := file.close(); err == nil {
					err = closed
				}
			}()
			told = file.tell
		}
		sum, err := sim.WriteDocument(out, w, told)
		if err == nil {
			err = out.Flush()
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(cmd.ErrOrStderr(), "%s, %s; %s\n", count(sum.Lots, "lot"), count(sum.Events, "event"), troubles(sum.Wrong))
		return err
	}
	return cmd
}

// troubles says how often each kind of trouble came.
func troubles(found map[sim.TroubleKind]int) string {
	var kinds []sim.TroubleKind
	for k := range found {
		kinds = append(kinds, k)
	}
	if len(kinds) == 0 {
		return "no trouble"
	}
	slices.Sort(kinds)
	var parts []string
	for _, k := range kinds {
		parts = append(parts, fmt.Sprintf("%s %d", k, found[k]))
	}
	return strings.Join(parts, ", ")
}

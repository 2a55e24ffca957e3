# make alone lists what can be made. Nothing but Go and make is needed, and npm for the solver; tools come from tools/go.mod
# by the go command.

VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
FUZZTIME ?= 10s
SCALE    ?= 1e6
SOAK     ?= 200000
TOOL      = go tool -modfile=tools/go.mod

export CGO_ENABLED = 0

.DEFAULT_GOAL := help
.PHONY: help build demo test lint format vuln bench bench-opa bench-scale bench-large power crash soak fuzz cover race clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

# The solver: fetched by its lock file, embedded, never committed. Without npm the rest is built, and says so when asked to solve.
SOLVER = plan/highs/module/highs.wasm

$(SOLVER): plan/highs/npm/package-lock.json
	@if command -v npm >/dev/null && (cd plan/highs/npm && npm ci --silent); then \
	  cp plan/highs/npm/node_modules/highs/build/highs.js plan/highs/npm/node_modules/highs/build/highs.wasm plan/highs/module/ && touch $@; \
	else echo "make: no solver: npm is missing or could not fetch it; everything but planning works"; fi

# Coasts and borders for the map of a plan, in the same way.
BORDERS = plan/page/borders/countries-110m.json

$(BORDERS): plan/page/npm/package-lock.json
	@if command -v npm >/dev/null && (cd plan/page/npm && npm ci --silent); then \
	  cp plan/page/npm/node_modules/world-atlas/countries-110m.json plan/page/npm/node_modules/world-atlas/LICENSE plan/page/borders/ && touch $@; \
	else echo "make: no borders: npm is missing or could not fetch them; the map of a plan goes without"; fi

FETCHED = $(SOLVER) $(BORDERS)

build: $(FETCHED) ## bin/lodestone, static, without symbols
	go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/lodestone ./cmd/lodestone

demo: build ## build, then watch lodestone follow magnets from the mine to a verdict
	bin/lodestone demo

test: lint $(FETCHED) ## formatting, vet, staticcheck, then every test
	go test ./...

lint: ## gofmt, go vet and staticcheck; changes nothing
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "not formatted, run make format:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	$(TOOL) staticcheck ./...

format: ## gofmt every file
	gofmt -w .

vuln: ## known vulnerabilities in what the program calls; needs the Go vulnerability database on line
	@out=$$($(TOOL) govulncheck ./... 2>&1); code=$$?; echo "$$out"; \
	case "$$out" in *"fetching vulnerabilities"*) echo "vuln: the vulnerability database cannot be reached from here: nothing was checked";; *) exit $$code;; esac

bench: $(FETCHED) ## the promised figures, each beside the plain way of doing it in the same run
	go test -run '^$$' -bench . -timeout 30m ./bench
	go test -run '^$$' -bench Cold -benchtime 1x ./rules

LARGE ?= 10000000

bench-large: ## LARGE events (10,000,000) stored, the process started anew, the first answer; an hour and 30 GB of disk
	LODESTONE_LARGE_EVENTS=$(LARGE) go test -run '^$$' -bench '^BenchmarkLarge$$' -benchtime 1x -timeout 6h ./bench

crash: ## the real program under every fault: each call, each sync boundary, 200 kills, 120 more while the index follows; half an hour, Linux on amd64
	LODESTONE_CRASH=1 go test ./fault -run 'EachCall|PowerLoss|FailedSync|Killed|HalfIndex|FullDisk|SlowDisk|JumpingClock' -count 1 -v -timeout 3h

bench-scale: ## how the cost grows from 10,000 lots up to SCALE (1e6), plotted in bench/results
	LODESTONE_SCALE=$(SCALE) go test ./bench -run '^TestScale$$' -count 1 -v -timeout 3h

soak: ## a day of simulated traffic that makes SOAK (200,000) lots, in minutes: the heap and the goroutines
	LODESTONE_SOAK_LOTS=$(SOAK) go test ./fault -run '^TestSoak$$' -count 1 -v -timeout 1h

power: ## how often balance finds errors, thefts and double issues, over 1,000 worlds; writes doc/conservation.md
	go test -run 'PowerOver' -v -timeout 90m ./balance -args -worlds 1000 -doc

bench-opa: ## the engine beside the same rule in OPA and in bare CEL; fetches OPA, which the program does not use
	cd bench/opa && go test -bench . ./...

# Go makes each new input small before it goes on, for up to a minute: of large inputs, as snapshots, it then tries next to none.
fuzz: ## every fuzz target for FUZZTIME (10s)
	@for file in $$(grep -rl --include='*_test.go' '^func Fuzz' .); do \
	  for target in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' $$file); do \
	    echo "$$(dirname $$file) $$target"; \
	    go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x ./$$(dirname $$file) || exit 1; \
	  done; \
	done

cover: $(FETCHED) ## statement coverage by package, and cover.html
	go test -coverprofile=cover.out ./...
	go tool cover -html=cover.out -o cover.html
	go tool cover -func=cover.out | tail -1

race: $(FETCHED) ## every test under the race detector; needs a C compiler
	CGO_ENABLED=1 go test -race ./...

clean: ## remove what was built
	rm -rf bin cover.out cover.html plan/highs/npm/node_modules plan/highs/module/highs.* plan/page/npm/node_modules $(BORDERS) plan/page/borders/LICENSE

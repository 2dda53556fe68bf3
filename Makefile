# make run and make test do everything; the rest is for those who work on the program.

export CGO_ENABLED = 0
GO ?= go
BIN = bin/kehoach
FUZZTIME ?= 60s

.PHONY: build run test fuzz golden bench lint accuracy relevance clean needs-go soak

build: needs-go
	$(GO) build -trimpath -o $(BIN) ./cmd/kehoach

## run: build, take the sample documents through the whole way, and show what was found
run: build
	./$(BIN) demo

## test: everything, within twelve minutes
test:
	@./.ci/test

## fuzz: every fuzz target for FUZZTIME, and 1,000 damaged files of each format
fuzz: needs-go
	@./.ci/fuzz $(FUZZTIME)
	KEHOACH_MUTATIONS=1000 $(GO) test ./extract -run TestMutated -timeout 60m

## golden: write the goldens anew; read the difference before you keep it
golden: needs-go
	@for dir in $$(grep -rlE 'flag\.Bool\("update"' --include='*_test.go' . | xargs -n1 dirname | sort -u); do \
		$(GO) test $$dir -run Golden -update || exit 1; done

## bench: speed and memory, on made documents; the reader of PDF beside pdftotext; SYNTH_DOCS=100000 takes in and searches so many,
## SYNTH_KEEP=0 leaves out the ingest without an index, SYNTH_PEERS=1 asks SQLite FTS5 and Xapian (python3-xapian) the same, SYNTH_DIR=DIR
## keeps the indexes (20,000 documents: 1.2 GB with peers, built in 5 minutes of processor time)
bench: needs-go
	./.ci/poppler
	@[ -z "$$SYNTH_PEERS" ] || ./.ci/xapian
	$(GO) test -timeout 4h -run '^$$' -bench . -benchmem ./...

## soak: the tests of crashes with 2,000 documents and 50 moments, and every command killed at every step; about half an hour
soak: needs-go
	SOAK=1 $(GO) test . -run 'TestFaults|TestDiskFull|TestSmallDisk|TestKilled' -timeout 3h -v

lint: needs-go
	@odd=$$(gofmt -l $$(git ls-files '*.go')); [ -z "$$odd" ] || { echo "not gofmt-ed:"; echo "$$odd"; exit 1; }
	$(GO) vet ./...

## accuracy: the measures on all labelled documents, with gains and losses against docs/accuracy.md;
## V=1 prints every miss, UPDATE=1 writes the page anew
accuracy: build
	$(GO) run ./cmd/accuracy -bin $(BIN) $(if $(V),-v) $(if $(UPDATE),-update)

## relevance: nDCG, recall and empty answers on the judged queries, beside plain bleve and SQLite FTS5
relevance: needs-go
	$(GO) test -v -count=1 -timeout 20m -run 'TestRelevance|TestQueriesAreNoTitles' . -relevance

clean:
	rm -rf bin

needs-go:
	@command -v $(GO) >/dev/null || { echo "the Go toolchain (1.26 or newer) is not installed; see https://go.dev/dl/"; exit 1; }

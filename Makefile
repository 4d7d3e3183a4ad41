# Every command a person needs, each once. What a line does in more than one step is a script under scripts/.

.DEFAULT_GOAL := help
.PHONY: help run build dev test bench faults soak end2end pictures gallery generate audit fmt lint clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build everything and serve on http://127.0.0.1:3000; options: make run ARGS="--listen 127.0.0.1:8080"
	@exec target/release/seatline serve $(ARGS)

build: ## the release binary with all three faces inside: target/release/seatline
	@scripts/setup build
	@scripts/build

dev: ## serve, and rebuild desk, console, widget and server as files change
	@scripts/setup build
	@scripts/dev $(ARGS)

test: ## every check there is, cheapest first
	@scripts/setup test
	@scripts/test

bench: ## how fast it is and what it costs, beside what it must reach; options: make bench ARGS="relay idle"
	@scripts/setup test
	@scripts/bench $(ARGS)

faults: ## break it in every way that is expected and count what was lost; options: make faults KILLS=50 SEED=1 ARGS="kill"
	@scripts/setup test
	@scripts/build
	@scripts/faults $(if $(KILLS),--kills $(KILLS)) $(if $(SEED),--seed $(SEED)) $(ARGS)

soak: ## half an hour of coming, talking and going: memory and descriptors stay flat; options: make soak MINUTES=30 SEED=1
	@scripts/setup test
	@scripts/build
	@scripts/faults soak $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SEED),--seed $(SEED))

end2end: ## the browser tests only; options: make end2end ARGS="seated --project=sqlite"
	@scripts/setup test
	@scripts/build
	@scripts/end2end $(ARGS)

pictures: ## take the pictures of the README and the docs again
	@scripts/setup test
	@scripts/build
	@scripts/pictures

gallery: ## pictures of every screen in target/gallery, to look at; options: make gallery ARGS="desk-many 390 dark zh"
	@scripts/setup test
	@scripts/build
	@scripts/gallery $(ARGS)

generate: ## write the types of the widget and the JSON Schema anew from app/protocol
	@scripts/generate

audit: ## licences and sources of all dependencies (needs cargo-deny)
	@scripts/audit

fmt: ## format the Rust code
	@cargo fmt --all

lint: ## formatting, clippy for server and front ends, type check of the TypeScript
	@scripts/setup build
	@scripts/lint

clean: ## remove what was built (not your data, not the tools)
	@rm -rf target widget/dist end2end/test-results end2end/playwright-report

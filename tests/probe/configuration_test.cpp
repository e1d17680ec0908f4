// The configuration's parser: what it takes and what it says.
// SPDX-License-Identifier: MIT
//
// A mistake in it must be named with its line, before the guest starts.
#include "configuration.hpp"

#include <doctest/doctest.h>

#include <sstream>

namespace {

const std::string whole = "image 0x80200000 0x80300000 kernel\n"
                          "function trap_vector 0x80200000 0\n"
                          "function fault_receive 0x80200100 0x20\n"
                          "out /tmp/a result.json\n";

probe::Parsed parse(const std::string& text) {
    std::istringstream stream(text);
    return probe::parse(stream, "conf");
}

std::string error(const std::string& line) { return parse(line).error; }

} // namespace

TEST_CASE("a whole configuration") {
    const auto parsed = parse("# comment\n\nimage 0x40000000 0x41000000 library OS\n" + whole +
                              "image 0x10000000 0x11000000 library OS\n"
                              "watch pc 0x10000010 0x10000000 0x11000000\nlimit 300000000\n");
    REQUIRE(parsed.error == "");
    const auto& made = parsed.configuration;
    CHECK(made.domains == std::vector<std::string>{"library OS", "kernel"});
    REQUIRE(made.images.size() == 3);
    CHECK(made.images[2].domain == 0);
    REQUIRE(made.functions.size() == 2);
    CHECK(made.functions[1].range.high == 0x80200120);
    CHECK(made.watch.pc == 0x10000010);
    CHECK(made.limit == 300000000);
    CHECK_FALSE(made.watch.end);
    CHECK_FALSE(made.span);
    CHECK_FALSE(made.changes);
    CHECK_FALSE(made.environments);
    CHECK(made.out == "/tmp/a result.json");
    CHECK_FALSE(parse(whole + "watch first 0x1 0x2\n").configuration.watch.pc);
    const auto other = parse(whole + "watch first 0x1 0x2\nenvironments 0x100 0x130 0x10\n");
    REQUIRE(other.configuration.environments);
    CHECK(other.configuration.environments->records.high == 0x130);
    CHECK(other.configuration.environments->size == 0x10);
}

TEST_CASE("each mistake is named with its line") {
    CHECK(error("\nimagine\n").starts_with("conf:2: unknown record 'imagine'"));
    CHECK(error("image 0x1 0x2\n") == "conf:1: missing DOMAIN");
    CHECK(error("image 0x2 0x2 a\n") == "conf:1: empty range: HI must be above LO");
    CHECK(error("image 0x2 zwei a\n") == "conf:1: bad number 'zwei' for HI");
    CHECK(error("image 0x2 0x a\n") == "conf:1: bad number '0x' for HI");
    CHECK(error("image 0x10000000000000000 0x2 a\n").starts_with("conf:1: bad number"));
    CHECK(error("image 1 5 a\nimage 4 9 b\n") == "conf:2: this image overlaps an earlier one");
    CHECK(error("function fault_magic 1 2\n") == "conf:1: unknown function 'fault_magic'");
    CHECK(error("function on_timer 1\n") == "conf:1: missing SIZE");
    CHECK(error("function on_timer 1 2 3\n") == "conf:1: surplus text after the function record");
    CHECK(error("watch last 1 2\n") == "conf:1: watch 'last' is neither 'pc' nor 'first'");
    CHECK(error("watch pc 5 1 2\n") == "conf:1: the watched ADDRESS lies outside LO..HI");
    CHECK(error("watch first 1 2\nwatch first 1 2\n") == "conf:2: a second watch record");
    CHECK(error("limit 0\n") == "conf:1: a limit of 0 instructions");
    CHECK(error("limit -1\n") == "conf:1: bad number '-1' for N");
    CHECK(error("watch_end 5\n").starts_with("conf:1: watch_end must follow a `watch pc`"));
    CHECK(error("watch pc 5 1 9\nwatch_end 5\n").starts_with("conf:2: watch_end must"));
    CHECK(error("watch_resumed\n") == "conf:1: missing ADDRESS");
    CHECK(error("span 5\n") == "conf:1: missing AFTER");
    CHECK(error("changes 1 2 3\n") == "conf:1: missing TO");
    CHECK(error("environments 1 5 3\n") ==
          "conf:1: LO..HI holds no whole number of records of SIZE");
    CHECK(error("environments 1 5 0\n").starts_with("conf:1: LO..HI holds no whole number"));
    CHECK(error("pass end\n") == "conf:1: missing ADDRESS");
    CHECK(error("changes 2 2 3 4\n") == "conf:1: empty range: HI must be above LO");
    CHECK(error("out \n") == "conf:1: missing PATH");
}

TEST_CASE("what must not be left out") {
    CHECK(error(whole) == "conf: no watch record");
    CHECK(error("watch first 1 2\n") == "conf: no out record");
    CHECK(error("watch first 1 2\nout x\n") == "conf: no function record for trap_vector");
    CHECK(error("watch first 1 2\nout x\nfunction trap_vector 1 2\n") ==
          "conf: no function record for fault_receive");
}

// The cost table: what is read, what is shown, what is wrong.
// SPDX-License-Identifier: MIT
//
// Made by hand; the benchmarks themselves run in the tests of the whole machine.
#include "benchmark.hpp"
#include "failure.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace faultline;

static Benchmark example() {
    return {.build = "release",
            .compiler = "GCC 12.2.0",
            .kernels = {"monolithic", "micro"},
            .operations = {{.name = "null-call",
                            .meaning = "",
                            .bounds = {{"monolithic", 120}},
                            .peers = {{"xv6", 1073}}},
                           {.name = "file-fault", .meaning = "", .waits_for_disk = true}},
            .peers = {{"Linux", "6.1"}, {"xv6", "2025"}},
            .rows = {{"monolithic", "null-call", 110, 111, 1000},
                     {"monolithic", "file-fault", 4000, 90000, 20}},
            .not_yet = {{"micro", "bench", {"files", "processes"}}},
            .problems = {}};
}

TEST_CASE("the lines of a benchmark among other lines") {
    const auto rows = parse_rows("exo", "hello\nbench cow min 1500 median 1501 count 60\n"
                                        "benchmarks are fun\nbench exec min 7 median 7 count 1\n");
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].kernel == "exo");
    CHECK(rows[0].operation == "cow");
    CHECK(rows[0].minimum == 1500);
    CHECK(rows[0].median == 1501);
    CHECK(rows[0].count == 60);
}

TEST_CASE("a malformed line is quoted") {
    for (const char* line :
         {"bench cow", "bench cow min 1 median 2", "bench cow min x median 2 count 3",
          "bench cow min 1 median 2 count 3 more", "bench cow median 2 min 1 count 3",
          "bench cow min 3 median 2 count 3", "bench cow min 1 median 2 count 0"}) {
        CAPTURE(line);
        try {
            parse_rows("exo", std::string(line) + "\n");
            FAIL("it was taken");
        } catch (const Failure& failure) {
            CHECK(std::string(failure.what()).find(line) != std::string::npos);
        }
    }
}

TEST_CASE("what bench knows of operations and peers can be read, with the promised bounds") {
    const auto peers = load_peers(Tree::here().top / "tools" / "faultline" / "peers.json");
    const auto bound = [&](const char* name) { return peers.find(name)->bounds.at("monolithic"); };
    CHECK(bound("null-call") == 127);
    CHECK(bound("zero-fill") == 1075);
    CHECK(bound("cow") == 1700);
    CHECK(bound("pipe-round-trip") == 3488);
    CHECK(bound("context-switch") == 359);
    CHECK(bound("fork-exit-wait") == 30833);
    CHECK(bound("exec") == 72965);
    CHECK(bound("cached-read-4096") == 3394);
    CHECK(bound("boot") == 5000000);
    CHECK(peers.find("zero-fill")->peers.at("Linux 6.1") == 2289);
    for (const auto& operation : peers.operations)
        for (const auto& [name, figure] : operation.peers) {
            const bool known = std::any_of(peers.peers.begin(), peers.peers.end(),
                                           [&](const Peer& peer) { return peer.name == name; });
            CHECK_MESSAGE(known, name);
        }
    CHECK_FALSE(peers.find("no-such"));
    for (const auto& operation : peers.operations) {
        CAPTURE(operation.name);
        const auto& bounds = operation.bounds;
        // SPIN has every operation that is not one kernel's alone. What the firmware takes nobody
        // here promises.
        const std::string whose = operation.kernels.empty() ? "spin" : operation.kernels.front();
        CHECK(bounds.contains(whose) == (operation.name != "exception-firmware"));
        // A system of extensions is linked while it boots; null-call has a bound of its own.
        if (operation.name != "null-call" && operation.name != "boot" &&
            bounds.contains("monolithic") && bounds.contains("spin"))
            CHECK(bounds.at("spin") * 4 <= bounds.at("monolithic") * 5);
    }
    for (const auto& [name, most] : std::map<std::string, std::uint64_t>{
             {"null-call", 165}, {"linked-call", 6}, {"raise", 20}, {"trap-to-handler", 135}})
        CHECK(peers.find(name)->bounds.at("spin") == most);
    CHECK(peers.find("raise")->kernels == std::vector<std::string>{"spin"});
    for (const auto& [name, most] :
         std::map<std::string, std::uint64_t>{{"rpc", 320},
                                              {"rpc-ten-words", 420},
                                              {"pipe-round-trip", 9'000},
                                              {"fork-exit-wait", 100'000},
                                              {"exec", 200'000},
                                              {"cached-read-4096", 6'500}})
        CHECK(peers.find(name)->bounds.at("micro") <= most);
}

TEST_CASE("what bench knows of exo's operations, with the promised bounds") {
    const auto peers = load_peers(Tree::here().top / "tools" / "faultline" / "peers.json");
    for (const auto& [name, most] :
         std::map<std::string, std::uint64_t>{{"null-call", 40},
                                              {"cow", 2'000},
                                              {"pipe-round-trip", 4'000},
                                              {"fork-exit-wait", 120'000},
                                              {"exec", 200'000},
                                              {"exception-dispatch", 48},
                                              {"exception-load", 48},
                                              {"exception-fetch", 48},
                                              {"exception-break", 48},
                                              {"null-primitive", 60},
                                              {"protected-transfer", 80},
                                              {"protected-return", 80}})
        CHECK_MESSAGE(peers.find(name)->bounds.at("exo") <= most, name);
    // Every other one that is the same on every run has a bound, too.
    for (const auto& operation : peers.operations)
        if (operation.is_of("exo") && operation.name != "exception-firmware" &&
            (!operation.waits_for_disk || operation.name == "boot"))
            CHECK_MESSAGE(operation.bounds.contains("exo"), operation.name);
    // A way into another environment takes less than half of a message there and back.
    CHECK(peers.find("protected-transfer")->bounds.at("exo") * 2 <
          peers.find("rpc")->bounds.at("micro"));
}

TEST_CASE("a file of peers that cannot be read is said") {
    const Scratch scratch;
    for (const char* text : {"{", "{}", R"({"peers": [], "operations": [{"operation": 7}]})"}) {
        write_file(scratch.path() / "peers.json", text);
        CHECK_THROWS_AS(load_peers(scratch.path() / "peers.json"), Failure);
    }
}

TEST_CASE("a row an operation, a column a kernel, its bound, a column a peer") {
    const auto text = benchmark_text(example(), 100);
    CHECK(text.find("         monolithic    micro  bound  Linux    xv6\n"
                    "null-call       111  not yet  120 holds  -  1,073\n"
                    "file-fault *  4,000  not yet             -      -\n") != std::string::npos);
    CHECK(text.find("Not yet on micro: it lacks files and processes.") != std::string::npos);
    CHECK(text.find("EXCEEDED") == std::string::npos);
    for (const auto& line : lines_of(benchmark_text(example(), 50)))
        CHECK(line.size() <= 50);
}

TEST_CASE("each kernel is held to its own bound") {
    auto two = example();
    two.operations[0].bounds["micro"] = 300;
    CHECK(benchmark_text(two, 100).find("not yet  120 holds  ") != std::string::npos);
    two.rows.push_back({"micro", "null-call", 250, 250, 1000});
    CHECK(benchmark_text(two, 100).find("250  120, 300 hold  ") != std::string::npos);
    two.rows.back().median = 301;
    CHECK(benchmark_text(two, 100).find("301  300 EXCEEDED  ") != std::string::npos);
    CHECK(two.exceeded() == std::vector<std::string>{"null-call on micro takes 301 instructions, "
                                                     "more than its bound of 300"});
}

TEST_CASE("what one kernel alone has is no row of the others") {
    auto own = example();
    own.operations[1].kernels = {"monolithic"};
    CHECK(benchmark_text(own, 100).find("file-fault *  4,000        -") != std::string::npos);
    CHECK(own.operations[1].is_of("monolithic"));
    CHECK_FALSE(own.operations[1].is_of("micro"));
    CHECK(own.operations[0].is_of("micro"));
}

TEST_CASE("a bound that does not hold is loud") {
    auto slow = example();
    slow.rows[0].median = 121;
    REQUIRE(slow.exceeded().size() == 1);
    CHECK(slow.exceeded()[0] ==
          "null-call on monolithic takes 121 instructions, more than its bound of 120");
    CHECK(benchmark_text(slow, 100).find("120 EXCEEDED") != std::string::npos);
    slow.rows[0].median = 120;
    CHECK(slow.exceeded().empty());
}

TEST_CASE("what another compiler makes is held to 5 % more, and that is said") {
    auto other = example();
    CHECK(benchmark_text(other, 100).find("5 %") == std::string::npos);
    other.compiler = "GCC 14.2.0";
    other.rows[0].median = 126;
    CHECK(other.exceeded().empty());
    CHECK(other.bound(other.operations[0], "monolithic") == 126);
    CHECK_FALSE(other.bound(other.operations[0], "micro").has_value());
    const auto text = benchmark_text(other, 100);
    CHECK(text.starts_with("Guest instructions per operation (release build, GCC 14.2.0)\n"));
    CHECK(text.find("126 holds") != std::string::npos);
    CHECK(
        text.find("The bounds promised for GCC 12 and 5 % more, since GCC 14.2.0 compiled this.") !=
        std::string::npos);
    CHECK(benchmark_json(other).find("\"bound\": 126") != std::string::npos);
    other.rows[0].median = 127;
    REQUIRE(other.exceeded().size() == 1);
    CHECK(other.exceeded()[0] == "null-call on monolithic takes 127 instructions, more than its "
                                 "bound of 126 with GCC 14.2.0");
    CHECK(benchmark_text(other, 100).find("126 EXCEEDED") != std::string::npos);
}

TEST_CASE("where the disk is waited for the minimum counts, elsewhere the median") {
    const auto made = example();
    CHECK(made.figure(made.rows[0]) == 111);
    CHECK(made.figure(made.rows[1]) == 4000);
}

TEST_CASE("the JSON of the costs, byte for byte") {
    auto one = example();
    one.rows.pop_back();
    CHECK(benchmark_json(one) == R"({
  "version": 1,
  "build": "release",
  "compiler": "GCC 12.2.0",
  "rows": [
    {
      "kernel": "monolithic",
      "operation": "null-call",
      "instructions": 111,
      "minimum": 110,
      "median": 111,
      "count": 1000,
      "bound": 120
    }
  ],
  "not_yet": [
    {
      "kernel": "micro",
      "program": "bench",
      "missing": [
        "files",
        "processes"
      ]
    }
  ]
}
)");
}

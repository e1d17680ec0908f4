// One fault on every kernel: what must be the same, and what each structure promises.
// SPDX-License-Identifier: MIT
//
// The bounds are in guest instructions, counted by the probe; nothing here depends on wall time.
#include "command.hpp"

#include "bound.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <regex>

using Json = nlohmann::ordered_json;

namespace {

const std::vector<std::string> ROAD{"receive", "dispatch", "resolve", "frame",
                                    "fill",    "install",  "resume"};

struct Promise {
    int crossings;
    int switches;
    int bound;             // instructions without fill, release build (bound.hpp)
    std::string placement; // domain of services/vm
    std::string mode;      // and its mode
};

// What an anonymous page fault may cost, with pager and library OS serving it from frames that they
// hold.
const std::map<std::string, Promise> PROMISES{
    {"monolithic", {2, 0, 377, "kernel", "S"}},
    {"micro", {4, 2, 700, "pager", "U"}},
    {"spin", {2, 0, 508, "extension pager", "S"}},
    {"exo", {4, 0, 480, "library OS", "U"}},
};

Json stage_names(const Json& result) {
    Json names = Json::array();
    for (const Json& stage : result.at("stages"))
        names.push_back(stage.at("stage"));
    return names;
}

// Stages with their domains and modes, and the crossings: all that does not depend on the compiler.
Json structure_of(const Json& comparison) {
    Json all;
    for (const Json& result : comparison.at("kernels")) {
        Json& one = all[result.at("kernel").get<std::string>()];
        for (const Json& stage : result.at("stages"))
            one["stages"].push_back({stage.at("stage"), stage.at("domain"), stage.at("mode")});
        for (const char* total : {"crossings", "address_space_switches", "tlb_flushes"})
            one[total] = result.at("totals").at(total);
    }
    return all;
}

// From 11.1 on QEMU's `instret` counts no ecall (docs/probe.md).
bool qemu_leaves_out_calls() {
    const Answer asked = shell("'" QEMU "' --version");
    std::smatch version;
    const std::regex words("version ([0-9]+)\\.([0-9]+)");
    REQUIRE(std::regex_search(asked.output, version, words));
    return std::pair(std::stoi(version[1]), std::stoi(version[2])) >= std::pair(11, 1);
}

} // namespace

TEST_CASE("zero-fill: the same pc, virtual address, cause and result on every kernel") {
    const Json& all = compare("zero-fill").at("kernels");
    REQUIRE(all.size() == kernels().size());
    for (const Json& result : all)
        for (const char* field : {"pc", "va", "cause", "faults", "result"})
            CHECK_MESSAGE(result.at(field) == all[0].at(field), result.at("kernel"), " ", field);
}

TEST_CASE("zero-fill: every kernel takes the seven stages in order") {
    for (const Json& result : compare("zero-fill").at("kernels"))
        CHECK_MESSAGE(stage_names(result) == Json(ROAD), result.at("kernel"));
}

TEST_CASE("zero-fill: crossings and address-space switches as the structure promises") {
    for (const Json& result : compare("zero-fill").at("kernels")) {
        const Promise& promise = PROMISES.at(result.at("kernel"));
        CAPTURE(result.at("kernel").get<std::string>());
        CHECK(result.at("totals").at("crossings") == promise.crossings);
        CHECK(result.at("totals").at("address_space_switches") == promise.switches);
        CHECK(result.at("totals").at("tlb_flushes") == 1);
        CHECK(result.at("totals").at("sbi_calls") == 0);
        CHECK(result.at("totals").at("bytes_copied") == 0);
    }
}

TEST_CASE("zero-fill: services/vm runs where the structure places it") {
    for (const Json& result : compare("zero-fill").at("kernels")) {
        const std::string kernel = result.at("kernel");
        const Promise& promise = PROMISES.at(kernel);
        for (const Json& stage : result.at("stages")) {
            const std::string name = stage.at("stage");
            const bool shared = name == "resolve" || name == "frame" || name == "fill";
            const bool at_home = !shared && !(kernel == "exo" && name == "resume");
            CAPTURE(kernel + " " + name);
            CHECK(stage.at("domain") == (at_home ? "kernel" : promise.placement));
            CHECK(stage.at("mode") == (at_home ? "S" : promise.mode));
        }
    }
}

TEST_CASE("zero-fill: exo resumes in user mode, without entering the kernel") {
    if (std::ranges::count(kernels(), "exo") == 0)
        return;
    const Json& stages = result_of(compare("zero-fill"), "exo").at("stages");
    const Json& resume = stages.back();
    REQUIRE(resume.at("stage") == "resume");
    CHECK(resume.at("domain") == "library OS");
    CHECK(resume.at("mode") == "U");
}

TEST_CASE("zero-fill: instructions without fill stay within each kernel's bound, release") {
    for (const Json& result : compare("zero-fill").at("kernels")) {
        const int total = result.at("totals").at("instructions");
        const int without_fill = total - instructions_of(result, "fill");
        CAPTURE(result.at("kernel").get<std::string>());
        CAPTURE(COMPILER);
        const int promised = PROMISES.at(result.at("kernel")).bound;
        CHECK(without_fill <= static_cast<int>(faultline::bound_for(COMPILER, promised)));
        CHECK(without_fill > 0);
    }
}

TEST_CASE("zero-fill: on spin an extension's handler is soon reached after the trap") {
    if (std::ranges::count(kernels(), "spin") == 0)
        return;
    const Json& result = result_of(compare("zero-fill"), "spin");
    const int reached = instructions_of(result, "receive") + instructions_of(result, "dispatch");
    CHECK(reached <= static_cast<int>(faultline::bound_for(COMPILER, 142)));
}

// Debug builds check every index and every view by a call.
TEST_CASE("zero-fill: zeroing a page costs at most 700 instructions anywhere, 1,100 in debug") {
    for (const char* build : {"release", "debug"})
        for (const Json& result :
             compare(std::string("zero-fill --build ") + build).at("kernels")) {
            CAPTURE(result.at("kernel").get<std::string>() + " " + build);
            CHECK(instructions_of(result, "fill") <= (build == std::string("debug") ? 1100 : 700));
            CHECK(instructions_of(result, "fill") >= 512); // one store for each eight bytes
        }
}

TEST_CASE("zero-fill: the shared stages cost the same wherever they are placed") {
    const Json& comparison = compare("zero-fill");
    for (const std::string stage : {"resolve", "fill"})
        for (const Json& result : comparison.at("kernels")) {
            // Same source, same flags; only how a placement names a frame may differ, and on SPIN
            // looks whether it is its own still (8 instructions).
            const int here = instructions_of(result, stage);
            const int there = instructions_of(comparison.at("kernels")[0], stage);
            CAPTURE(result.at("kernel").get<std::string>() + " " + stage);
            CHECK(std::abs(here - there) <= (result.at("kernel") == "spin" ? 20 : 12));
        }
}

TEST_CASE("zero-fill: stages and domains sum to the total") {
    for (const Json& result : compare("zero-fill").at("kernels")) {
        int stages = 0;
        int domains = 0;
        for (const Json& stage : result.at("stages")) {
            stages += stage.at("instructions").get<int>();
            for (const auto& [domain, count] : stage.at("by_domain").items())
                domains += count.get<int>();
        }
        CHECK(stages == result.at("totals").at("instructions"));
        CHECK(domains == stages);
    }
}

TEST_CASE("zero-fill: two runs give byte-identical JSON") {
    const Answer first = call_faultline("compare zero-fill --json -");
    const Answer second = call_faultline("compare zero-fill --json -");
    CHECK(first.status == 0);
    CHECK(first.output == second.output);
}

TEST_CASE("zero-fill: release and debug builds give the same stages, domains and crossings") {
    CHECK(structure_of(compare("zero-fill --build release")) ==
          structure_of(compare("zero-fill --build debug")));
}

TEST_CASE("zero-fill: both timers give the same stages, domains and crossings") {
    CHECK(structure_of(compare("zero-fill --timer sbi")) ==
          structure_of(compare("zero-fill --timer sstc")));
}

TEST_CASE("counted: the probe's instructions are the processor's own") {
    for (const std::string& kernel : kernels()) {
        // One kernel at a time: the program prints its count, so the kernels' outputs differ.
        const Json& result = result_of(compare("counted --kernels " + kernel), kernel);
        const Answer run = machine(kernel, "counted");
        std::smatch match;
        const std::regex line("counted: ([0-9]+) instructions");
        CAPTURE(kernel + ": " + run.output);
        REQUIRE(std::regex_search(run.output, match, line));
        // Each crossing but the fault's and its return is a call, or a call's return.
        const int calls = result.at("totals").at("crossings").get<int>() / 2 - 1;
        CHECK(std::stoi(match[1]) + (qemu_leaves_out_calls() ? calls : 0) ==
              result.at("totals").at("instructions").get<int>());
    }
}

TEST_CASE("code that was stored is fetched only after a fence, whoever stored it") {
    // The emulator keeps fetches coherent with stores by itself, so nothing but the code can tell.
    for (const std::string kernel : {"monolithic", "micro", "spin", "exo"}) {
        if (std::ranges::count(kernels(), kernel) == 0)
            continue;
        CAPTURE(kernel);
        const Answer code = shell("riscv64-linux-gnu-objdump -d --disassemble=fault_install '" BUILD
                                  "/guest-release/" +
                                  kernel + ".elf'");
        CHECK(code.status == 0);
        CHECK(code.output.find("<fault_install>:") != std::string::npos);
        CHECK(code.output.find("fence.i") != std::string::npos);
    }
}

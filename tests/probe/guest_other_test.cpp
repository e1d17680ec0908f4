// The probe on a real machine, where it watches something else than a page fault.
// SPDX-License-Identifier: MIT
//
// After guest_test.cpp, which counts page faults to the instruction.
#include "machine.hpp"

#include <doctest/doctest.h>

#include <string>

TEST_CASE("a call, from its ecall to the instruction behind it") {
    const auto run = run_watching_pc("call");
    REQUIRE(run.exit_code == 0);
    const auto& fault = run.result.at("fault");
    REQUIRE(fault.is_object());
    CHECK(fault["kind"] == "call");
    CHECK(fault["completed"] == true);
    CHECK(fault["va"].is_null());
    REQUIRE(fault["stages"].size() == 1);
    CHECK(fault["stages"][0]["stage"] == "handle");
    CHECK(fault["totals"]["crossings"] == 2);
    CHECK(fault["totals"]["instructions"] == measured(run) + left_out_by_qemu(1));
}

TEST_CASE("a span ends with the first byte on the serial port, and the machine with it") {
    const auto span =
        "span 0x80200000 " + std::to_string(symbols_of("load").at("scenario_fault").address) + "\n";
    std::string text;
    for (int i = 0; i < 2; ++i) {
        const Folder folder;
        const auto watched =
            configuration("load", watch_pc("load") + span, folder.path() / "result.json");
        const auto seen = run("load", watched, folder);
        CHECK(seen.exit_code == 0);
        CHECK(seen.result.at("end") == "span");
        CHECK(seen.output.find("Boot HART") != std::string::npos); // firmware's come before
        const auto length = seen.result.at("span").at("instructions").get<int>();
        CHECK(length > 200); // the fault alone
        CHECK(length < 100'000);
        CHECK(seen.result.at("span").at("idle_instructions") == 0);
        CHECK((text.empty() || text == seen.text));
        text = seen.text;
    }
}

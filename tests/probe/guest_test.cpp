// The probe on guests of known length: every count to the instruction.
// SPDX-License-Identifier: MIT
//
// The expected numbers are sums of the counts noted in guest/machine.S. Each guest also measures
// itself with rdinstret and prints what its fault cost; probe and guest must agree.
#include "machine.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <vector>

using nlohmann::json;

namespace {

// The common road, where the guest changes nothing.
constexpr int receive = 16 + 2 + 2 + 11;
constexpr int dispatch = 2 + 21 + 1 + 2;
constexpr int resolve = 31;
constexpr int frame = 5;
constexpr int fill = 41;
constexpr int install = 2 + 2 + 2 + 2 + 14;
constexpr int resume = 2 + 8 + 1 + 15 + 1;
constexpr int whole = receive + dispatch + resolve + frame + fill + install + resume;

std::vector<int> instructions(const json& fault) {
    std::vector<int> counts;
    for (const auto& stage : fault["stages"])
        counts.push_back(stage["instructions"]);
    return counts;
}

std::string names(const json& fault) {
    std::string text;
    for (const auto& stage : fault["stages"])
        text += stage["stage"].get<std::string>() + " ";
    return text;
}

constexpr const char* all_stages = "receive dispatch resolve frame fill install resume ";

std::int64_t counted(const json& totals) {
    return totals["instructions"].get<std::int64_t>() +
           totals["interrupt_instructions"].get<std::int64_t>() +
           totals["firmware_instructions"].get<std::int64_t>();
}

struct Log {
    int system_calls = 0;
    int page_faults = 0;
    int interrupts = 0;
    int sbi_calls = 0;
    int breakpoints = 0;
};

// QEMU's own lines: "riscv_cpu_do_interrupt: hart:0, async:0, cause:000000000000000d, epc:..."
Log read_log(const std::string& text) {
    Log log;
    std::istringstream lines(text);
    std::string line;
    while (std::getline(lines, line)) {
        const auto async = line.find("async:");
        const auto cause_at = line.find("cause:");
        if (async == std::string::npos || cause_at == std::string::npos)
            continue;
        const bool interrupt = line[async + 6] == '1';
        const auto cause = std::stoull(line.substr(cause_at + 6, 16), nullptr, 16) & 0xff;
        if (interrupt) {
            log.interrupts += cause == 5 || cause == 9;
        } else {
            log.system_calls += cause == 8;
            log.sbi_calls += cause == 9;
            log.breakpoints += cause == 3;
            log.page_faults += cause == 12 || cause == 13 || cause == 15;
        }
    }
    return log;
}

void check_log(const Run& run) {
    const auto log = read_log(run.interrupt_log);
    const auto& machine = run.result.at("machine");
    CHECK(machine["system_calls"] == log.system_calls);
    CHECK(machine["page_faults"] == log.page_faults);
    CHECK(machine["interrupts"] == log.interrupts);
    CHECK(machine["sbi_calls"] == log.sbi_calls);
    CHECK(machine["traps"] == log.system_calls + log.page_faults + log.interrupts);
}

} // namespace

TEST_CASE("a load's fault") {
    const auto run = run_watching_pc("load");
    REQUIRE(run.exit_code == 0);
    const auto& fault = run.result.at("fault");
    REQUIRE(fault.is_object());
    CHECK(run.result.at("end") == "exit");
    CHECK(fault["va"] == "0x10200018");
    CHECK(fault["access"] == "load");
    CHECK(fault["faults"] == 1);
    CHECK(fault["completed"] == true);
    CHECK(names(fault) == all_stages);
    CHECK(instructions(fault) ==
          std::vector{receive, dispatch, resolve, frame, fill, install, resume});
    CHECK(fault["stages"][6]["by_domain"] == json{{"kernel", resume - 1}, {"program", 1}});
    CHECK(fault["stages"][0]["mode"] == "S");
    const auto& totals = fault["totals"];
    CHECK(totals["instructions"] == whole);
    CHECK(totals["instructions"] == measured(run));
    CHECK(totals["crossings"] == 2);
    CHECK(totals["address_space_switches"] == 0);
    CHECK(totals["tlb_flushes"] == 1);
    CHECK(totals["loads"] == 1 + 11 - 1 + 1);
    CHECK(totals["stores"] == 8 + 2 + 2);
    CHECK(totals["firmware_instructions"] == 0);
    check_log(run);
}

TEST_CASE("a store's fault among system calls") {
    const auto run = run_watching_pc("store");
    REQUIRE(run.exit_code == 0);
    const auto& fault = run.result.at("fault");
    REQUIRE(fault.is_object());
    CHECK(fault["va"] == "0x10200024");
    CHECK(fault["access"] == "store");
    CHECK(fault["totals"]["instructions"] == whole);
    CHECK(fault["totals"]["instructions"] == measured(run));
    check_log(run);
}

TEST_CASE("an atomic's fault") {
    const auto run = run_watching_pc("atomic");
    REQUIRE(run.exit_code == 0);
    const auto& fault = run.result.at("fault");
    REQUIRE(fault.is_object());
    CHECK(fault["va"] == "0x10200000");
    CHECK(fault["access"] == "store");
    CHECK(fault["totals"]["instructions"] == whole);
    CHECK(fault["totals"]["instructions"] == measured(run));
    check_log(run);
}

TEST_CASE("a fetch's fault") {
    const Folder folder;
    const auto result = run(
        "fetch", configuration("fetch", watch_pc("fetch"), folder.path() / "result.json"), folder);
    REQUIRE(result.exit_code == 0);
    const auto& fault = result.result.at("fault");
    REQUIRE(fault.is_object());
    CHECK(fault["pc"] == "0x10400000");
    CHECK(fault["va"] == "0x10400000");
    CHECK(fault["access"] == "fetch");
    CHECK(fault["faults"] == 1);
    CHECK(names(fault) == all_stages);
    CHECK(fault["totals"]["instructions"] == whole);
    CHECK(fault["totals"]["instructions"] == measured(result));
    CHECK(fault["totals"]["crossings"] == 2);
    check_log(result);
}

TEST_CASE("a fetch that is mended is nobody's first fault") {
    const Folder folder;
    const auto result =
        run("fetch", configuration("fetch", watch_first, folder.path() / "result.json"), folder);
    REQUIRE(result.exit_code == 0);
    CHECK(result.result.at("fault").is_null());
}

TEST_CASE("the first fault, whichever it is") {
    const Folder folder;
    const auto result =
        run("load", configuration("load", watch_first, folder.path() / "result.json"), folder);
    REQUIRE(result.result.at("fault").is_object());
    CHECK(result.result == run_watching_pc("load").result);
}

TEST_CASE("a fault that has to be mended three times") {
    const auto run = run_watching_pc("repeated");
    REQUIRE(run.exit_code == 0);
    const auto& fault = run.result.at("fault");
    REQUIRE(fault.is_object());
    CHECK(fault["faults"] == 3);
    CHECK(names(fault) == std::string(all_stages) + all_stages + all_stages);
    constexpr int in_vain = whole - 14 + 7 - 1; // a shorter install, and no completion
    CHECK(fault["totals"]["instructions"] == in_vain * 2 + whole);
    CHECK(fault["totals"]["instructions"] == measured(run));
    CHECK(fault["totals"]["crossings"] == 6);
    check_log(run);
}

TEST_CASE("a timer interrupt within the fault") {
    const auto run = run_watching_pc("timer");
    REQUIRE(run.exit_code == 0);
    const auto& fault = run.result.at("fault");
    REQUIRE(fault.is_object());
    constexpr int filling = 8 + 2 * 2000 + 2;
    CHECK(instructions(fault) ==
          std::vector{receive, dispatch, resolve, frame, filling, install, resume});
    const auto& totals = fault["totals"];
    CHECK(totals["instructions"] == whole - fill + filling);
    CHECK(totals["interrupts"] == 1);
    CHECK(totals["interrupt_instructions"] > 0);
    CHECK(totals["firmware_instructions"] > 0);
    CHECK(totals["sbi_calls"] == 1);
    CHECK(totals["crossings"] == 2);
    CHECK(counted(totals) == measured(run) + left_out_by_qemu(2)); // fill's and on_timer's
    check_log(run);
}

TEST_CASE("asleep within the fault") {
    const auto run = run_watching_pc("idle");
    REQUIRE(run.exit_code == 0);
    const auto& fault = run.result.at("fault");
    REQUIRE(fault.is_object());
    CHECK(fault["stages"][4]["instructions"] == 12);
    CHECK(fault["totals"]["instructions"] == whole - fill + 12);
    CHECK(fault["totals"]["interrupts"] == 1);
    check_log(run);
}

TEST_CASE("a program that is ended") {
    const auto run = run_watching_pc("ended");
    CHECK(run.exit_code == 7);
    const auto& fault = run.result.at("fault");
    REQUIRE(fault.is_object());
    CHECK(fault["completed"] == false);
    CHECK(fault["va"].is_null());
    CHECK(fault["access"] == "load");
    CHECK(names(fault) == "receive dispatch resolve frame fill ");
    // The kernel ends the machine in the midst of fill; what runs until QEMU stops is not counted.
    // With no install, the calls of frame and fill and the two instructions between are dispatch's.
    constexpr int until_off = 2 + 6;
    CHECK(instructions(fault) ==
          std::vector{receive, dispatch + 2 + 2 + 2, resolve, frame, until_off});
    check_log(run);
}

TEST_CASE("handled in U-mode") {
    const auto run = run_watching_pc("upcall");
    REQUIRE(run.exit_code == 0);
    const auto& fault = run.result.at("fault");
    REQUIRE(fault.is_object());
    CHECK(names(fault) == all_stages);
    constexpr int upcall_dispatch = 2 + 4 + 15 + 2;
    constexpr int upcall_install = 2 + 1 + 2 + 18 + 6 + 1 + 14 - 1;
    constexpr int upcall_resume = 1 + 3 + 15 + 1 + 4 + 1;
    CHECK(instructions(fault) ==
          std::vector{receive, upcall_dispatch, 2, 2, 2, upcall_install, upcall_resume});
    CHECK(fault["stages"][2]["domain"] == "library OS");
    CHECK(fault["stages"][2]["mode"] == "U");
    CHECK(fault["stages"][5]["domain"] == "kernel");
    CHECK(fault["stages"][1]["by_domain"] == json{{"kernel", 21}, {"library OS", 2}});
    CHECK(fault["totals"]["crossings"] == 4);
    CHECK(fault["totals"]["instructions"] == measured(run) + left_out_by_qemu(1));
    check_log(run);
}

TEST_CASE("two runs give the same bytes") {
    const auto first = run_watching_pc("timer");
    REQUIRE(!first.text.empty());
    CHECK(first.text == run_watching_pc("timer").text);
}

TEST_CASE("the whole run, firmware included") {
    const auto run = run_watching_pc("whole");
    const auto& machine = run.result.at("machine");
    CHECK(run.result.at("fault").is_null());
    CHECK(machine["instructions"] > machine["firmware_instructions"]);
    constexpr int after = 3 + 16 + 2 + 2 + 6;
    // The firmware tries an ebreak while it boots; the guest's only call comes after.
    const auto unseen = left_out_by_qemu(read_log(run.interrupt_log).breakpoints);
    CHECK(machine["instructions"].get<std::int64_t>() % 128 ==
          (run.exit_code + after + unseen) % 128);
    // From `start` to U-mode, rdinstret, and then nothing behind the store that switches off.
    constexpr int boot = 23;
    const auto firmware = machine["firmware_instructions"].get<std::int64_t>();
    CHECK(machine["instructions"].get<std::int64_t>() - firmware == boot + 1 + after);
}

// What the probe saw of one run.
// SPDX-License-Identifier: MIT
//
// Read from the JSON that tools/probe writes when the machine ends; used by compare.cpp and its
// reports.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace faultline {

struct Stage {
    std::string stage;
    std::string domain;
    std::string mode;
    std::uint64_t instructions = 0;
    std::vector<std::pair<std::string, std::uint64_t>> by_domain;
};

struct Totals {
    std::uint64_t instructions = 0;
    std::uint64_t crossings = 0;
    std::uint64_t address_space_switches = 0;
    std::uint64_t tlb_flushes = 0;
    std::uint64_t loads = 0;
    std::uint64_t stores = 0;
    std::uint64_t bytes_copied = 0;
    std::uint64_t interrupts = 0;
    std::uint64_t interrupt_instructions = 0;
    std::uint64_t sbi_calls = 0;
    std::uint64_t firmware_instructions = 0;
    std::uint64_t idle_instructions = 0;
    std::uint64_t other_instructions = 0;
};

// One line for each total: its name in JSON, its names for people, its place in the struct.
struct TotalField {
    const char* key;
    const char* words;
    const char* brief; // where there is little room: at most 12 letters
    std::uint64_t Totals::*member;
    // A row of the table only where one of the kernels has any.
    enum class Shown { always, when_any } shown = Shown::always;
};
const std::vector<TotalField>& total_fields();

// What happened at the watched instruction: a page fault mostly, which alone has stages.
struct ObservedFault {
    std::string kind = "page fault"; // or call, exception, interrupt
    // Absent when a fetch never completed: then no instruction was seen at that address.
    std::optional<std::uint64_t> pc;
    std::optional<std::uint64_t> address; // absent when the access never completed
    std::string access;                   // load, store or fetch
    std::uint64_t faults = 0;
    bool completed = false;
    std::vector<Stage> stages;
    Totals totals;
};

// What a change of a translation did, in order (docs/probe.md, record `changes`).
struct ChangeEvent {
    enum class Kind { store, fence_page, fence_all, fence_code, more } kind = Kind::store;
    std::uint64_t pc = 0;
    std::uint64_t address = 0; // of a store
};
using Change = std::vector<ChangeEvent>;

struct ProbeResult {
    bool limit_reached = false;
    std::uint64_t instructions = 0; // of the whole run
    std::optional<ObservedFault> fault;
    std::vector<std::string> refused{}; // calls of the program that the kernel does not have
    std::vector<Change> changes{};
    std::map<std::string, std::uint64_t> passes{}; // how often each place was passed
    std::optional<std::uint64_t> span; // instructions of the span that was asked for, idle left out
};

ProbeResult parse_probe_result(const std::string& text);

} // namespace faultline

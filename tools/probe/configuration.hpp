// What the probe is told: images, functions, the fault to watch, where the result goes.
// SPDX-License-Identifier: MIT
//
// A text file, one record a line; docs/probe.md lists the records. The command writes it from the
// ELF files of one kernel; plugin.cpp reads it before the guest starts.
#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <vector>

namespace probe {

struct Range {
    std::uint64_t low = 0;
    std::uint64_t high = 0; // first address behind it

    bool contains(std::uint64_t address) const { return low <= address && address < high; }
};

struct Image {
    Range range;
    std::uint32_t domain = 0; // index into Configuration::domains
};

enum class Function : std::uint8_t {
    none,
    receive,
    dispatch,
    resolve,
    frame,
    fill,
    install,
    resume,
    trap_vector,
    on_timer,
    on_device,
    copy,
    on_exception,
    switch_context,
    idle,
    polled, // what a kernel calls when it polls, instead of on_timer and on_device
    // Rows of a window that are no stage functions (docs/probe.md).
    handler,
    handle,
    // The stations of a system call: rows of its window.
    call_receive,
    call_serve,
    call_wait,
    call_answer,
    end_thread, // the kernel's, of one that has no stack of its own
};

struct FunctionRecord {
    Function function = Function::none;
    Range range; // empty when the symbol has no size: then only its first address is known
};

struct Watch {
    std::optional<std::uint64_t> pc; // absent: the program's first page fault
    Range program;
    // An interrupt that comes between pc and here is watched; absent: none is.
    std::optional<std::uint64_t> end{};
    // Where the program goes on after an exception at pc; absent: with its handler.
    std::optional<std::uint64_t> resumed{};
};

// Counted from the first instruction at `from` to the first byte that goes to the serial port after
// one at `after` has executed; there QEMU ends.
struct SpanRecord {
    std::uint64_t from = 0;
    std::uint64_t after = 0;
};

// Stores into `tables` and fences are noted from an instruction at `from` to the next at `to`.
struct ChangesRecord {
    Range tables;
    std::uint64_t from = 0;
    std::uint64_t to = 0;
};

// Whose record the kernel looked at last when it writes satp, runs from there on, in user mode. The
// records lie one behind the other; the first one is that of environment 1.
struct EnvironmentsRecord {
    Range records;
    std::uint64_t size = 0; // of each
};

// The first instruction of a call's function in the system library.
struct CallRecord {
    std::string name;
    std::uint64_t address = 0;
};

// How often the instruction at `address` executes is counted.
struct PassRecord {
    std::string name;
    std::uint64_t address = 0;
};

struct Configuration {
    std::vector<std::string> domains; // in order of their first image
    std::vector<Image> images;
    std::vector<FunctionRecord> functions;
    Watch watch;
    std::optional<std::uint64_t> limit;
    std::optional<SpanRecord> span;
    std::optional<ChangesRecord> changes;
    std::optional<EnvironmentsRecord> environments;
    std::vector<CallRecord> calls;
    std::vector<std::uint64_t> refusals; // where a call ends that the kernel does not have
    std::vector<PassRecord> passes;
    std::string out;
    std::string trace_pages; // where the program's page references go; empty: nowhere
};

// At most this many domains, so that a count for each fits a fixed array. The last one is for
// addresses in no image.
inline constexpr std::uint32_t most_domains = 12;
inline constexpr std::uint32_t no_domain = most_domains;

struct Parsed {
    Configuration configuration;
    std::string error; // empty when all is well; else "FILE:LINE: what is wrong"
};

// `name` is the file's name as messages show it.
Parsed parse(std::istream& text, const std::string& name);

} // namespace probe

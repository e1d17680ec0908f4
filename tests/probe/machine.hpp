// One run of QEMU with the probe, on one of the guests, for the tests.
// SPDX-License-Identifier: MIT
//
// Used by guest_test.cpp and refusal_test.cpp. QEMU dies with the test and after 60 seconds.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

struct Symbol {
    std::uint64_t address = 0;
    std::uint64_t size = 0;
};

// A folder of the test's own, gone when the test is over.
class Folder {
public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::filesystem::path path() const { return path_; }

private:
    std::filesystem::path path_;
};

struct Run {
    int exit_code = 0; // -1 when QEMU had to be killed or died of a signal
    std::string output;
    std::string errors;
    std::string text; // of the probe's result; empty when there is none
    nlohmann::json result;
    std::string interrupt_log;
};

std::map<std::string, Symbol> symbols_of(const std::string& guest);

// The configuration for a guest: its images and functions. `watch` and `more` are further lines.
std::string configuration(const std::string& guest, const std::string& watch,
                          const std::filesystem::path& out);

enum class Disk { normal, full };

Run run(const std::string& guest, const std::string& configuration, const Folder& folder,
        Disk disk = Disk::normal);

// The whole of it, watching scenario_fault.
Run run_watching_pc(const std::string& guest);
std::string watch_pc(const std::string& guest);
// What the guest measured itself: the last line that it printed.
std::int64_t measured(const Run& run);
// What is missing in `instret` where CALLS times an ecall or ebreak was executed: from 11.1 on QEMU
// does not count these (Privileged ISA, "Environment Call and Breakpoint": they do not retire).
std::int64_t left_out_by_qemu(std::int64_t calls);
inline constexpr const char* watch_first = "watch first 0x10000000 0x11000000\n";

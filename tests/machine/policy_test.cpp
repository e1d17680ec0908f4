// Scenario policy on the machine, and the same references on a simulated memory: equal faults.
// SPDX-License-Identifier: MIT
//
// The page trace (tools/probe/page_trace.cpp) says what the program referred to; Replacement
// (replacement.hpp) says how many faults that is under each policy; the kernel says how many it
// mended. Nothing is fitted: the memory begins empty, and every reference since the program's first
// instruction is simulated.
#include "command.hpp"
#include "replacement.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace {

constexpr std::uint64_t FIRST_SLOT = 0x10000; // pages below belong to the machine's reset code
constexpr std::size_t POOL = 48;              // frames

struct Scratch {
    std::string folder;
    Scratch() {
        std::string path =
            (std::filesystem::temp_directory_path() / "faultline-policy-XXXXXX").string();
        REQUIRE(mkdtemp(path.data()) != nullptr);
        folder = path;
    }
    Scratch(const Scratch&) = delete;
    ~Scratch() { std::filesystem::remove_all(folder); }
};

// What the program printed, and its trace in FILE.
std::string run(const std::string& policy, const std::string& file) {
    const std::string guest = BUILD "/guest-release/";
    const Answer answer = shell(
        QEMU " -M virt -cpu rv64,sstc=off -smp 1 -m 128M -display none -monitor none -nic none "
             "-serial stdio -no-reboot -icount shift=0 -kernel '" +
        guest + "monolithic.elf' -append 'program=policy pool=" + std::to_string(POOL) +
        " policy=" + policy +
        "' -global virtio-mmio.force-legacy=false -device virtio-blk-device,drive=disk "
        "-drive 'file=" +
        guest +
        "disk.img,if=none,format=raw,id=disk,snapshot=on' -plugin '" PAGE_TRACE "',out=" + file);
    CAPTURE(answer.output);
    REQUIRE(answer.status == 0);
    return answer.output;
}

std::uint64_t faults_said(const std::string& output) {
    std::smatch match;
    REQUIRE(std::regex_search(output, match, std::regex("policy: ([0-9]+) faults in ")));
    return std::stoull(match[1]);
}

// An instruction on page CODE refers to page DATA, as often as it takes until both are there at
// once.
void refer_both(Replacement& memory, std::uint64_t code, std::uint64_t data) {
    while (memory.refer(code) || memory.refer(data)) {
    }
}

// The faults between the two system calls that enclose the scan: the stretch with the most loads.
std::uint64_t faults_simulated(const std::string& policy, const std::string& file) {
    Replacement memory(policy, POOL);
    memory.refer(0x27fff); // exec puts the arguments there before the program's first instruction
    std::ifstream trace(file);
    std::uint64_t at_call = 0, loads = 0, most_loads = 0, result = 0;
    for (std::string line, kind; std::getline(trace, line);) {
        std::istringstream words(line);
        std::uint64_t page = 0, data = 0;
        words >> kind >> std::hex >> page >> data;
        if (kind == "ecall") {
            if (loads > most_loads) {
                most_loads = loads;
                result = memory.faults() - at_call;
            }
            at_call = memory.faults();
            loads = 0;
        } else if (page >= FIRST_SLOT && kind == "x") {
            memory.refer(page);
        } else if (page >= FIRST_SLOT) {
            refer_both(memory, page, data);
            loads += kind == "l" ? 1 : 0;
        }
    }
    CHECK(most_loads > 600); // ten rounds over 64 pages
    return result;
}

} // namespace

TEST_CASE("policy: faults under each policy are those of a simulation, exactly") {
    if (kernels().front() != "monolithic")
        return;
    const Scratch scratch;
    for (const std::string policy : {"fifo", "clock", "lru", "mru"}) {
        CAPTURE(policy);
        const std::string file = scratch.folder + "/" + policy;
        const std::uint64_t said = faults_said(run(policy, file));
        CHECK(said == faults_simulated(policy, file));
    }
}

TEST_CASE("policy: a cyclic scan makes the default policy thrash, and mru not") {
    if (kernels().front() != "monolithic")
        return;
    const Scratch scratch;
    CHECK(faults_said(run("clock", scratch.folder + "/clock")) >= 640);
    CHECK(faults_said(run("mru", scratch.folder + "/mru")) < 320);
}

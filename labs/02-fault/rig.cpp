// The rig of lab 2: the monolithic kernel with another beginning, and queries instead of programs.
// SPDX-License-Identifier: MIT
//
// Before: hal_start. It stands in the place of the kernel's boot.cpp and entry.cpp; everything else
// is the kernel's own, with the student's files among it. The queries stand in the initial RAM disk
// (abi/lab_rig.hpp). What a student's code does wrong may trap: that is noted, and the machine
// ends.
#include "rig.hpp"

#include "kernels/monolithic/kernel.hpp"

#include "arch/riscv/csr.hpp"
#include "arch/riscv/machine.hpp"

#include <span>

constinit Kernel kernel;

namespace {

constexpr std::uint8_t TRAPPED = 2;
constexpr std::uint8_t NO_QUERIES = 3;

constinit rig::Query* current = nullptr;

std::span<rig::Query> queries_in(PhysRange disk) {
    auto* const bytes = reinterpret_cast<std::byte*>(direct_map(disk.start).raw());
    const auto* const header = reinterpret_cast<const rig::Header*>(bytes);
    if (disk.size() < sizeof(rig::Header) || header->magic != rig::MAGIC ||
        header->version != rig::VERSION ||
        header->count > (disk.size() - sizeof(rig::Header)) / sizeof(rig::Query))
        end_machine(NO_QUERIES);
    return {reinterpret_cast<rig::Query*>(bytes + sizeof(rig::Header)), header->count};
}

} // namespace

void went_astray() {
    if (current != nullptr && current->state == rig::State::begun) {
        current->trap = {csr::read_scause(), csr::read_stval(), csr::read_sepc()};
        current->state = rig::State::trapped;
    }
    end_machine(TRAPPED);
}

// In the place of the HAL's kernel_trap (rig.cmake), which only prints it.
extern "C" [[noreturn]] void __wrap_kernel_trap(VirtAddr /*stack*/) { went_astray(); }

extern "C" [[noreturn]] void kernel_main(const BootInfo& boot) {
    kernel.boot = boot;
    kernel.hart.id = boot.hart;
    adopt_hart(kernel.hart);
    csr::write_sscratch(0);
    csr::write_stvec(reinterpret_cast<std::uint64_t>(astray_vector));
    for (rig::Query& query : queries_in(boot.initial_ram_disk)) {
        current = &query;
        query.state = rig::State::begun;
        take_steps(query);
        query.state = rig::State::answered;
    }
    end_machine(0);
}

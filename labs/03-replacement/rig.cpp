// The rig of lab 3: a kernel that lets a student's policies choose, and tells the judge whom.
// SPDX-License-Identifier: MIT
//
// Before: hal_start. The queries stand in the initial RAM disk (abi/lab_rig.hpp). Each is taken in
// turn; when all are answered the machine ends. A trap is noted in the query, and ends it.
#include "rig.hpp"

#include "arch/riscv/csr.hpp"
#include "arch/riscv/direct_map.hpp"
#include "arch/riscv/machine.hpp"
#include "arch/riscv/upcalls.hpp"

#include <span>

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

extern "C" [[noreturn]] void fault_receive() {
    if (current != nullptr) {
        current->trap = {csr::read_scause(), csr::read_stval(), csr::read_sepc()};
        current->state = rig::State::trapped;
    }
    end_machine(TRAPPED);
}

extern "C" [[noreturn]] void kernel_main(const BootInfo& boot) {
    csr::write_stvec(reinterpret_cast<std::uint64_t>(trap_vector));
    for (rig::Query& query : queries_in(boot.initial_ram_disk)) {
        current = &query;
        query.state = rig::State::begun;
        attempt(take_steps, query);
        query.state = rig::State::answered;
    }
    end_machine(0);
}

// What an RV64GC instruction means to the probe, told from its encoding alone.
// SPDX-License-Identifier: MIT
//
// Runs once for each instruction that QEMU translates (plugin.cpp); what it finds becomes part of
// the instruction's Site (layout.hpp), which the engine then sees at each execution.
#pragma once

#include <cstdint>

namespace probe {

enum class Kind : std::uint8_t {
    plain,
    load, // lr too
    store,
    atomic,            // a read-modify-write: one load and one store
    store_conditional, // a store, or nothing
    call,              // jal or jalr that links to ra or t0
    auipc,             // the first half of a far call, or of an address
    csr,               // any CSR access that does not write satp
    satp_write,        // an address-space switch
    ecall,
    sret,
    sfence_vma,
    fence_i,
    wfi,
};

struct Decoded {
    Kind kind = Kind::plain;
    // A load or store whose base is sp or s0 (the frame pointer): a spill, not data.
    bool through_stack = false;
    // Raises an illegal-instruction exception when executed in U-mode, and does not retire there.
    bool supervisor_only = false;
    // An sfence.vma that names no page (rs1 is x0).
    bool all_pages = false;

    friend bool operator==(const Decoded&, const Decoded&) = default;
};

// `length` is 2 or 4; of a compressed instruction the lower 16 bits count.
Decoded decode(std::uint32_t word, unsigned length);

} // namespace probe

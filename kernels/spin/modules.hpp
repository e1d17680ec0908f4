// The kernel's own modules, as domains that extensions are resolved against.
// SPDX-License-Identifier: MIT
#pragma once

#include "domain.hpp"

#include <array>

struct Modules {
    std::array<Domain, 6> public_ones; // PhysAddr, VirtAddr, Translation, Strand, Trap, Extension
    Domain spin_public;                // Combine of these
    std::array<Domain, 2> system_ones; // Disk, Machine
    Domain system;                     // Combine of these: for the system's own
    Domain domain;                     // for who loads others
};

// Domain.CreateFromModule for each table of exports.S, and SpinPublic.
void create_modules(Modules& modules);

// What all of them offer.
std::span<const link::Export> all_exports();

// How long a kernel boots: from OpenSBI's hand-over to the shell's prompt.
// SPDX-License-Identifier: MIT
//
// Measured by the probe, for nothing in the guest could: a row of bench.cpp.
#pragma once

#include "benchmark.hpp"
#include "machine.hpp"

#include <filesystem>
#include <vector>

namespace faultline {

// Adds a row `boot` for each kernel that has a shell, and says of each other what it lacks.
void add_boot_rows(Benchmark& benchmark, const MachineChoice& choice, const Manifest& manifest,
                   const std::vector<const Kernel*>& kernels, const std::filesystem::path& scratch);

} // namespace faultline

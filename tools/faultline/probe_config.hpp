// What the probe is told before a run: images, functions, the fault to watch.
// SPDX-License-Identifier: MIT
//
// Written by compare.cpp into the run's private folder; read by tools/probe. docs/probe.md has the
// format.
#pragma once

#include "manifest.hpp"
#include "symbols.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace faultline {

struct PlacedImage {
    std::string domain;
    Symbols symbols;
};

// Stores into `tables` and fences are noted from an instruction at `from` to the next at `to`.
struct ChangesToNote {
    Range tables;
    std::uint64_t from = 0;
    std::uint64_t to = 0;
};

// How often the instruction at `address` executes is counted.
struct PlaceToPass {
    std::string name;
    std::uint64_t address = 0;
};

struct ProbeConfig {
    std::vector<PlacedImage> images; // the program's own is the last
    std::uint64_t limit = 0;         // guest instructions
    std::filesystem::path result;
    std::filesystem::path trace_pages{}; // empty: none
    std::optional<ChangesToNote> changes{};
    std::vector<PlaceToPass> passes{};
};

// The images of one kernel with the named program on top.
std::vector<PlacedImage> load_images(const Kernel& kernel, const std::filesystem::path& kernel_file,
                                     const std::filesystem::path& program);

// The address range that belongs to an image: the slots of the address map which it touches.
Range slots_of(const Range& range);

// The functions that the probe is told of, where an image has them.
std::span<const char* const> traced_functions();

std::string probe_config_text(const ProbeConfig& config);

} // namespace faultline

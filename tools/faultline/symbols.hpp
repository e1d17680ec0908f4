// Addresses and names out of the guest's ELF files.
// SPDX-License-Identifier: MIT
//
// The probe knows no symbols; it is told addresses that are looked up here (probe_config.cpp).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace faultline {

struct Symbol {
    std::uint64_t address = 0;
    std::uint64_t size = 0;
};

struct Range {
    std::uint64_t low = 0;
    std::uint64_t high = 0; // exclusive
};

struct Symbols {
    std::filesystem::path file;
    std::uint64_t entry = 0;
    Range range; // what its segments cover
    std::map<std::string, Symbol> by_name;

    std::optional<Symbol> find(const std::string& name) const;
};

// Throws a Failure when the file is not a linked RISC-V program.
Symbols load_symbols(const std::filesystem::path& file);

} // namespace faultline

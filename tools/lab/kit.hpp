// Whose kit a tree is, and the seed from which a student's variants come.
// SPDX-License-Identifier: MIT
//
// A kit says it in labs/kit.json; the tree from which kits are cut has no such file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace lab {

struct Kit {
    std::string lab;     // "01-sv39"
    std::string student; // empty: the kit that everybody shares
    std::uint64_t seed = 0;
    std::string version; // of the tree that it was cut from
};

// The first eight bytes of the SHA-256 of LAB/STUDENT, the first of them the highest; 0 for no
// student.
std::uint64_t seed_of(std::string_view lab, std::string_view student);

std::string kit_json(const Kit& kit);
Kit parse_kit(std::string_view json);

std::filesystem::path kit_file(const std::filesystem::path& top);
// Nothing: TOP is no kit. Throws a Failure for a kit.json that cannot be read.
std::optional<Kit> read_kit(const std::filesystem::path& top);

} // namespace lab

// What the probe hands back: the counts as JSON, written whole or not at all.
// SPDX-License-Identifier: MIT
//
// The last step of a run: plugin.cpp calls it when QEMU exits or the limit is reached; the command
// reads it.
#pragma once

#include "changes.hpp"
#include "engine.hpp"
#include "span.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace probe {

enum class End : std::uint8_t { exit, limit, span };

// The same counts give the same bytes.
struct Ending {
    End end = End::exit;
    const Span* span = nullptr;                    // where it is the end
    std::vector<std::string> refused{};            // the calls that the kernel does not have
    const Changes* changes = nullptr;              // where they are noted
    std::map<std::string, std::uint64_t> passes{}; // how often each was passed
};
std::string to_json(const Engine& engine, const Ending& ending,
                    const std::vector<std::string>& domains);

// Writes beside `path` and renames; returns what went wrong, empty when nothing did.
std::string write_atomically(const std::string& path, const std::string& text);

} // namespace probe

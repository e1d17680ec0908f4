// Looks at sources: in batches where it can, at suspects alone, at what was clean not again.
// SPDX-License-Identifier: MIT
//
// Called by main.cpp.
#pragma once

#include "memory.hpp"
#include "tidy.hpp"

#include <string>
#include <vector>

namespace lint {

struct Outcome {
    std::size_t remembered = 0;
    std::size_t in_batches = 0; // and found clean there
    std::size_t alone = 0;
    std::string words{}; // of clang-tidy, about what is not clean
};

// Sources that one translation unit may hold: of one folder (so, of one configuration), with equal
// flags, and at most one `main`.
std::vector<std::vector<Source>> batches_of(const std::vector<Source>& sources);

class Look {
public:
    Look(Tidy tidy, Memory& memory) : tidy_(std::move(tidy)), memory_(memory) {}

    // KEYS: of each source, in the same order; an empty one is not remembered.
    Outcome at(const std::vector<Source>& sources, const std::vector<std::string>& keys);
    // Each by itself, whatever is remembered.
    Outcome at_each(const std::vector<Source>& sources, const std::vector<std::string>& keys);

private:
    void at_batch(std::vector<Source> batch);
    void at_one(const Source& source);
    std::vector<Source> take_out_clashes(std::vector<Source>& batch);
    void clean(const Source& source);

    Tidy tidy_;
    Memory& memory_;
    std::map<std::filesystem::path, std::string> keys_{};
    Outcome outcome_{};
};

} // namespace lint

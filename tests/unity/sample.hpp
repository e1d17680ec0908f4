// Which part of a long test runs: all of it, or a sample that another run can repeat.
// SPDX-License-Identifier: MIT
//
// The environment says which (docs/testing.md): with FAULTLINE_TESTS=all everything runs;
// otherwise FAULTLINE_SEED chooses the sample, and without it each test draws a seed of its own. A
// sample is a part of what runs at full length, never something else.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sample {

bool at_full_length();

// COUNT different numbers of FIRST..LAST, in order; all of them at full length. Prints which they
// are and how to have the same ones again: CTest shows that when the test fails.
std::vector<unsigned> of(unsigned first, unsigned last, std::size_t count);

template <class T>
std::vector<T> of(const std::vector<T>& all, std::size_t count) {
    std::vector<T> chosen;
    for (const unsigned index : of(0, static_cast<unsigned>(all.size()) - 1, count))
        chosen.push_back(all[index]);
    return chosen;
}

} // namespace sample

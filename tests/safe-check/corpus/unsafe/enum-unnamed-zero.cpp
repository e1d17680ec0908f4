// An enumeration without a name for zero, zeroed, comes to a switch with a return for each name.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: no return runs: the machine goes on with the next function, and its stack is not this
// one's.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

enum class Kind : std::uint8_t { small = 1, large = 2 };

struct Entry {
    Kind kind{};
    std::uint64_t size = 0;
};

constinit std::array<Entry, 4> entries{};

std::uint64_t limit(Kind kind) {
    switch (kind) {
    case Kind::small:
        return 16;
    case Kind::large:
        return 4096;
    }
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    entries[1].size = limit(entries[0].kind);
    return {};
}

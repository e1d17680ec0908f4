// A constructor initialises a member from one that is declared behind it.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: uninitialised
// breaks: the first view is copied from a place where no view stands yet.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

using View = std::span<std::uint64_t>;

class Pair {
public:
    explicit Pair(View words) : first_(second_), second_(words) {}
    View first() const { return first_; }

private:
    View first_;
    View second_;
};

constinit std::array<std::uint64_t, 8> words{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const Pair pair(words);
    if (!pair.first().empty())
        pair.first()[0] = 1;
    return {};
}

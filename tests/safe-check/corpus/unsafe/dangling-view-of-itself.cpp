// A struct whose view shows its own array is copied: the copy's view shows the original.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: the original was a local of a function that has returned.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

struct Line {
    std::array<char, 64> text{};
    std::span<char> rest = text;
};

void read_line(Line& into) {
    Line line{};
    line.text[0] = 'a';
    into = line;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    Line line{};
    read_line(line);
    line.rest[0] = 'b';
    return {};
}

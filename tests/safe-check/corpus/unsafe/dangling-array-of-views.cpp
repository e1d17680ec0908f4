// A table of views gets one of a local.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: its element shows the stack of a function that has returned.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <string_view>

namespace {

constinit std::array<std::string_view, 4> names{};

void name_it(std::size_t place, char letter) {
    const std::array<char, 4> text{letter, letter, letter, '\n'};
    names[place] = std::string_view(text);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    name_it(1, 'x');
    console_write(names[1]); // what stands on the stack now
    return {};
}

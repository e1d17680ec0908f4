// A function of another extension is declared with another result, which its name does not tell.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: foreign-declaration
// breaks: a number in a register is taken for the address of a reference.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace files {

std::array<std::uint64_t, 512>& root();

} // namespace files

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    files::root()[0] = 1;
    return {};
}

// A value that is not there is asked for by a function of the library that throws.
// SPDX-License-Identifier: MIT
//
// gate: linker
// rule: std-name
// breaks: the library calls what throws bad_optional_access, which the kernel does not have.
#include "kernels/spin/interface/extension.hpp"

#include <optional>

namespace {

constinit std::optional<std::uint64_t> word{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return word.value() == 1 ? Result<void>() : std::unexpected(Error::invalid);
}

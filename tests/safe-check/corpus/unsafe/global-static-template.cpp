// A static member of a class template with an initialiser that runs.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: global-state
// breaks: the compiler makes a constructor for it as soon as somebody uses it.
#include "kernels/spin/interface/extension.hpp"

namespace {

std::uint64_t early() {
    console_write("before the start\n");
    return 4;
}

template <class T>
struct Limits {
    static inline std::uint64_t most = early() * sizeof(T);
};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return Limits<std::uint64_t>::most == 32 ? Result<void>() : std::unexpected(Error::invalid);
}

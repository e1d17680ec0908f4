// A number without a first value chooses the way.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: uninitialised
// breaks: it is what the kernel left on the stack: a secret that the extension may print.
#include "kernels/spin/interface/extension.hpp"

#include "lib/print.hpp"

namespace {

struct Console {
    void put(std::string_view text) { console_write(text); }
};

void leak() {
    std::uint64_t word;
    Console console;
    print(console, "the stack says ", hex(word), "\n");
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    leak();
    return {};
}

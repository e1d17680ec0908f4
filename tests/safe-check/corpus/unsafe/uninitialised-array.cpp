// An array without a first value is printed whole.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: uninitialised
// breaks: a kilobyte of the kernel's stack, return addresses and capabilities among it, is read.
#include "kernels/spin/interface/extension.hpp"

#include "lib/print.hpp"

#include <array>

namespace {

struct Console {
    void put(std::string_view text) { console_write(text); }
};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    std::array<std::uint64_t, 128> words;
    Console console;
    for (const std::uint64_t word : words)
        print(console, hex(word), "\n");
    return {};
}

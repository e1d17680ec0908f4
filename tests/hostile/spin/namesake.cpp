// Defines a function of the kernel's, for whoever is resolved against it. Never linked.
// SPDX-License-Identifier: MIT
#include "kernels/spin/interface/extension.hpp"

// A name of the module Machine, which this extension may not even import.
extern "C" [[gnu::visibility("default")]] void machine_end(unsigned char code);

extern "C" void machine_end(unsigned char /*code*/) {}

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    console_write("namesake: here\n");
    return {};
}

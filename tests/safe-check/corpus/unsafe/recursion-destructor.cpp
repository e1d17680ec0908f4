// A destructor makes an object of its own class.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: each end begins another: the stack is used up in code that the compiler calls.
#include "kernels/spin/interface/extension.hpp"

namespace {

constinit std::uint64_t ends = 0;

struct Phoenix {
    ~Phoenix() {
        ends += 1;
        rise();
    }
    static void rise();
};

void Phoenix::rise() { const Phoenix next{}; }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    Phoenix::rise();
    return {};
}

// A member function returns a lambda that has captured `this`, and the object is a temporary.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: the lambda's call writes into an object that has ended.
#include "kernels/spin/interface/extension.hpp"

namespace {

class Counter {
public:
    auto step() {
        return [this] { return ++count_; };
    }

private:
    std::uint64_t count_ = 0;
};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    auto step = Counter().step();
    console_write("between\n");
    return step() == 1 ? Result<void>() : std::unexpected(Error::invalid);
}

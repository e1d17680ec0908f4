// A lambda that captured a local by reference is returned inside a class template.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: calling it writes to a number on a stack frame that has ended.
#include "kernels/spin/interface/extension.hpp"

namespace {

template <class Body>
struct Deferred {
    Body body;
    std::uint64_t operator()() { return body(); }
};

template <class Body>
Deferred<Body> deferred(Body body) {
    return {body};
}

auto counter(std::uint64_t start) {
    std::uint64_t count = start;
    return deferred([&] { return ++count; });
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    auto next = counter(7);
    next();
    return next() == 9 ? Result<void>() : std::unexpected(Error::invalid);
}

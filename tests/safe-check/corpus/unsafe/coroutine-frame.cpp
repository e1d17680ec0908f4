// A coroutine, which goes on after its caller's local has ended.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: unknown
// breaks: its frame is memory from an allocation function; the reference in it shows a dead
// number.
#include "kernels/spin/interface/extension.hpp"

#include <coroutine>

namespace {

struct Task {
    struct promise_type {
        Task get_return_object() {
            return {std::coroutine_handle<promise_type>::from_promise(*this)};
        }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() {}
    };
    std::coroutine_handle<promise_type> handle;
};

Task count(std::uint64_t& value) {
    value += 1;
    co_return;
}

Task begin() {
    std::uint64_t local = 1;
    return count(local);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    begin().handle.resume();
    return {};
}

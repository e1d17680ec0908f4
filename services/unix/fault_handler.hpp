// A program's own fault handler: whether a fault is delivered to it, or ends the process.
// SPDX-License-Identifier: MIT
//
// The part of signals that a fault handler needs. The kernel asks deliver() once nobody else could
// mend a fault; with an entry for its answer it pushes an abi::FaultContext on the program's stack
// and enters there. The handler comes back by the call `resume`. A fault inside the handler ends
// the process, also when the handler left by another way: there is one level, and no queue.
#pragma once

#include "lib/address.hpp"
#include "lib/result.hpp"

#include <optional>
#include <utility>

namespace unix {

// What a fault is to the program that it happened to.
enum class FaultKind : std::uint8_t {
    access,    // no memory there, or a right is missing: the program can mend it
    exception, // an instruction that cannot be carried out: the program can step over it
    resource,  // no memory left, or the disk failed: not the program's to mend
};

constexpr FaultKind kind_of(Error why) {
    return why == Error::bad_address || why == Error::not_permitted ? FaultKind::access
                                                                    : FaultKind::resource;
}

class FaultHandler {
public:
    // The entry, or 0 for none; returns the one before.
    constexpr VirtAddr set(VirtAddr entry) { return std::exchange(entry_, entry); }

    // Where to enter the handler, which runs from now on; nothing: the process ends.
    constexpr std::optional<VirtAddr> deliver(FaultKind kind) {
        if (entry_ == VirtAddr() || is_running_ || kind == FaultKind::resource)
            return std::nullopt;
        is_running_ = true;
        return entry_;
    }
    // invalid: the handler was not running.
    constexpr Result<void> resume() {
        if (!is_running_)
            return std::unexpected(Error::invalid);
        is_running_ = false;
        return {};
    }

private:
    VirtAddr entry_;
    bool is_running_ = false;
};

} // namespace unix

// What every server says of itself.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/micro/library/ipc.hpp"

#include <string_view>

// Each server defines it.
extern const std::string_view server_name;

namespace micro {

// Words for people, by the kernel's own console: for a server that cannot go on, or has no other.
struct DebugConsole {
    void put(std::string_view text) {
        kernel_call(Operation::debug_write, reinterpret_cast<std::uint64_t>(text.data()),
                    text.size());
    }
};

} // namespace micro

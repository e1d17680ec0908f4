// How a command ended, where that is worth a word.
// SPDX-License-Identifier: MIT
#pragma once

#include "user/lib/message.hpp"

#include "abi/calls/processes.hpp"

namespace sh {

// Says what happened to PROCESS if it did not end by itself. What fault it was, and where, the
// kernel has said when it happened.
inline void report_ending(std::int64_t process, std::int64_t status) {
    if (status == static_cast<std::int64_t>(abi::status::FAULT))
        os::report("sh: process ", process, " ended: a fault that nobody mended");
    else if (status == static_cast<std::int64_t>(abi::status::KILLED))
        os::report("sh: process ", process, " ended: killed");
}

} // namespace sh

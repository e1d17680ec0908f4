// The whole system as a program may look at it: the API's part about everybody (os.hpp).
// SPDX-License-Identifier: MIT
#pragma once

#include "user/lib/calls.hpp"

#include "abi/calls/processes.hpp"

#include <span>

namespace os {

using abi::ProcessInfo;
using abi::ProcessState;
using abi::Statistics;

// The counters of now. One that this kernel does not have is all ones.
inline std::int64_t statistics(Statistics& counters) {
    return os_statistics(&counters, sizeof(counters));
}

// The processes that exist, into ROWS as far as there is room: how many there are.
inline std::int64_t processes(std::span<ProcessInfo> rows) {
    return os_processes(rows.data(), rows.size());
}

// From now on all programs together may use FRAMES frames: how many it was. When that is fewer than
// are in use, pages are evicted first. -NO_MEMORY: their contents would have nowhere to go, or so
// few frames are none; -INVALID: more than there are.
inline std::int64_t memory(std::uint64_t frames) { return os_memory(frames); }

} // namespace os

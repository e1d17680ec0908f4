// The one API of all programs, on all kernels.
// SPDX-License-Identifier: MIT
//
// These calls go through the system library's jump table (abi/library_table.h) into whatever
// library the running kernel has mapped there: system-call stubs, IPC stubs, or a whole library OS.
// Semantics as in xv6 unless said.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" {
[[noreturn]] void os_exit(std::int64_t status);
std::int64_t os_write(std::int64_t descriptor, const void* bytes, std::size_t count);
std::int64_t os_sbrk(std::int64_t bytes);
std::int64_t os_sleep(std::uint64_t ticks);
std::uint64_t os_uptime();
}

namespace os {

// Ends the program. 0 is success; the machine's exit code is the status, up to 119.
[[noreturn]] inline void exit(std::int64_t status) { os_exit(status); }

// Writes TEXT to the console. The number of bytes written, or a negative error (abi/errors.hpp).
inline std::int64_t write(std::string_view text) { return os_write(1, text.data(), text.size()); }

// Grows the heap by BYTES >= 0 and returns its old end, as an address; or a negative error: -ENOMEM
// past the heap's limit of 6 MiB, -EINVAL for a negative number (the heap does not shrink). Pages
// come at first touch.
inline std::int64_t sbrk(std::int64_t bytes) { return os_sbrk(bytes); }

// Sleeps at least TICKS of the timebase (10 MHz on QEMU's virt machine). FOREVER never returns.
inline constexpr std::uint64_t FOREVER = ~0ULL;
inline std::int64_t sleep(std::uint64_t ticks) { return os_sleep(ticks); }

// Ticks of the timebase since the machine started.
inline std::uint64_t uptime() { return os_uptime(); }

// Standard output as a sink for lib/print.hpp.
struct Output {
    void put(std::string_view text) { os::write(text); }
};

} // namespace os

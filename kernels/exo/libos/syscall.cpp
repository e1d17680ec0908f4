// The one API of all programs, as the library OS answers it: mostly without the kernel.
// SPDX-License-Identifier: MIT
//
// Before: the program, through the jump table (abi/library_table.S). What needs the kernel is a
// primitive.
#include "libos.hpp"
#include "primitives.hpp"

#include "user/lib/os.hpp"

extern "C" {

void os_exit(std::int64_t status) { primitive::exit(static_cast<std::uint64_t>(status)); }

std::int64_t os_write(std::int64_t descriptor, const void* bytes, std::size_t count) {
    if (descriptor != 1 && descriptor != 2)
        return abi::to_number(Error::bad_descriptor);
    const std::int64_t result = primitive::write_console(bytes, count);
    return result < 0 ? result : static_cast<std::int64_t>(count);
}

std::int64_t os_sbrk(std::int64_t bytes) {
    if (bytes < 0)
        return abi::to_number(Error::invalid);
    const Result<VirtAddr> old_end = libos.memory.move_break(libos.program, bytes);
    return old_end ? static_cast<std::int64_t>(old_end->raw()) : abi::to_number(old_end.error());
}

std::int64_t os_sleep(std::uint64_t ticks) {
    const std::uint64_t now = read_time();
    return primitive::sleep_until(ticks < os::FOREVER - now ? now + ticks : os::FOREVER);
}

std::uint64_t os_uptime() { return read_time(); }

} // extern "C"

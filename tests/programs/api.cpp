// Every call of the API with good and with hostile arguments: the same answers on every kernel.
// SPDX-License-Identifier: MIT
#include "user/lib/os.hpp"

#include "abi/address_map.h"
#include "abi/errors.hpp"
#include "lib/address.hpp"
#include "lib/print.hpp"

namespace {

os::Output output;
int failures = 0;

void expect(std::string_view what, std::int64_t result, std::int64_t expected) {
    if (result == expected)
        return;
    print(output, what, ": ", result, ", expected ", expected, "\n");
    ++failures;
}

std::int64_t write_from(std::uint64_t address, std::uint64_t count) {
    return os_write(1, reinterpret_cast<const void*>(address), count);
}

void hostile_pointers() {
    constexpr std::uint64_t UNMAPPED = PROGRAM_SLOTS + 0x7000000;
    expect("write from nowhere", write_from(UNMAPPED, 1), -abi::FAULT);
    expect("write from null", write_from(0, 8), -abi::FAULT);
    expect("write from the kernel", write_from(KERNEL_OFFSET + KERNEL_LOAD, 8), -abi::FAULT);
    expect("write from the end of memory", write_from(~0ULL - 3, 8), -abi::FAULT);
    expect("write from a hole in the address space", write_from(1ULL << 62, 8), -abi::FAULT);
    expect("write of nothing from nowhere", write_from(UNMAPPED, 0), 0);
    expect("write to no such descriptor", os_write(7, "x", 1), -abi::BAD_DESCRIPTOR);
    expect("write to a negative descriptor", os_write(-1, "x", 1), -abi::BAD_DESCRIPTOR);
}

void hostile_sizes() {
    expect("negative sbrk", os::sbrk(-1), -abi::INVALID);
    expect("sbrk past the limit", os::sbrk(HEAP_LIMIT - HEAP_OFFSET + 1), -abi::NO_MEMORY);
    expect("sbrk of nearly everything", os::sbrk(INT64_MAX), -abi::NO_MEMORY);
    const std::int64_t heap = os::sbrk(0);
    expect("sbrk of one byte", os::sbrk(1), heap);
    expect("sbrk after it", os::sbrk(0), heap + 1);
}

void time_passes() {
    const std::uint64_t before = os::uptime();
    expect("sleep", os::sleep(2000), 0);
    const std::uint64_t slept = os::uptime() - before;
    expect("slept at least as long", slept >= 2000 ? 1 : 0, 1);
    expect("sleep of nothing", os::sleep(0), 0);
}

} // namespace

int main() {
    hostile_pointers();
    hostile_sizes();
    time_passes();
    if (failures == 0)
        os::write("api: all answers as expected\n");
    return failures;
}

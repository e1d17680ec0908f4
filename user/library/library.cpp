// The system library where calls go by number (monolithic, SPIN): each call is one ecall.
// SPDX-License-Identifier: MIT
//
// Before: the program, through the jump table (abi/library_table.S). Next: trap_vector in the
// kernel's entry.S.
#include "abi/calls/system_calls.hpp"
#include "lib/panic.hpp"
#include "user/lib/os.hpp"

namespace {

using abi::SystemCall;

std::uint64_t system_call(SystemCall number, std::uint64_t first = 0, std::uint64_t second = 0,
                          std::uint64_t third = 0) {
    register std::uint64_t a0 asm("a0") = first;
    register std::uint64_t a1 asm("a1") = second;
    register std::uint64_t a2 asm("a2") = third;
    register std::uint64_t a7 asm("a7") = static_cast<std::uint64_t>(number);
    asm volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a7) : "memory");
    return a0;
}

} // namespace

extern "C" {

// The kernel starts every program here.
[[noreturn]] void library_start(void (*program_entry)()) {
    program_entry();
    panic("the program's entry returned");
}

void os_exit(std::int64_t status) {
    system_call(SystemCall::exit, static_cast<std::uint64_t>(status));
    panic("exit returned");
}

std::int64_t os_write(std::int64_t descriptor, const void* bytes, std::size_t count) {
    return static_cast<std::int64_t>(system_call(SystemCall::write,
                                                 static_cast<std::uint64_t>(descriptor),
                                                 reinterpret_cast<std::uint64_t>(bytes), count));
}

std::int64_t os_sbrk(std::int64_t bytes) {
    return static_cast<std::int64_t>(
        system_call(SystemCall::sbrk, static_cast<std::uint64_t>(bytes)));
}

std::int64_t os_sleep(std::uint64_t ticks) {
    return static_cast<std::int64_t>(system_call(SystemCall::sleep, ticks));
}

std::uint64_t os_uptime() { return system_call(SystemCall::uptime); }

} // extern "C"

// A broken invariant of the library's own ends the program, with the largest status there is.
void panic(std::string_view why) {
    os_write(2, why.data(), why.size());
    system_call(SystemCall::exit, ~0ULL);
    __builtin_trap();
}

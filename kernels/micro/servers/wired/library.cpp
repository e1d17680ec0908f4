// The microkernel's system library: what is a service becomes a message to a server.
// SPDX-License-Identifier: MIT
//
// Before: the program, through the jump table (abi/library_table.S). Next: trap_vector in
// ../entry.S, and for os_sbrk the loop in ../servers/pager/pager.cpp.
#include "kernels/micro/library/ipc.hpp"

#include "abi/errors.hpp"
#include "abi/micro/memory.hpp"
#include "lib/panic.hpp"
#include "user/lib/os.hpp"

namespace {

using micro::Operation;

// Whom this program asks for memory: a slot that its loader filled and named at start.
constinit micro::CapSlot memory_server{0};

} // namespace

extern "C" {

// The loader starts every program here, by way of library_start (user/library/entry.S).
[[noreturn]] void start_program(ProgramEntry program_entry, std::uint64_t memory_slot) {
    memory_server = micro::CapSlot(memory_slot);
    program_entry(0, nullptr); // there is no exec yet that could give arguments
    panic("the program's entry returned");
}

void os_exit(std::int64_t status) {
    micro::kernel_call(Operation::exit, static_cast<std::uint64_t>(status));
    panic("exit returned");
}

std::int64_t os_write(std::int64_t descriptor, const void* bytes, std::size_t count) {
    const bool console = descriptor == 1 || descriptor == 2;
    if (!console)
        return abi::to_number(Error::bad_descriptor);
    const auto error = static_cast<std::int64_t>(
        micro::kernel_call(Operation::debug_write, reinterpret_cast<std::uint64_t>(bytes), count));
    return error < 0 ? error : static_cast<std::int64_t>(count);
}

std::int64_t os_sbrk(std::int64_t bytes) {
    namespace label = abi::micro::label;
    const micro::Message answer =
        micro::call(memory_server, {label::GROW_HEAP, {static_cast<std::uint64_t>(bytes)}});
    return static_cast<std::int64_t>(answer.label == label::DONE ? answer.words[0] : answer.label);
}

// To sleep is to receive from nobody, with a timeout.
std::int64_t os_sleep(std::uint64_t ticks) {
    micro::kernel_call(Operation::receive, abi::micro::NOBODY, ticks);
    return 0;
}

std::uint64_t os_uptime() { return micro::kernel_call(Operation::clock); }

} // extern "C"

// A broken invariant of the library's own ends the program, with the largest status there is.
void panic(std::string_view why) {
    os_write(2, why.data(), why.size());
    micro::kernel_call(Operation::exit, ~0ULL);
    __builtin_trap();
}

// How a program starts, and how it ends: the library OS's part.
// SPDX-License-Identifier: MIT
//
// Before: the kernel's enter_environment, through the jump table (abi/library_table.S) and
// library_start (user/library/entry.S). Next: the program's _start.
#include "task.hpp"

#include "fault.hpp"
#include "libos.hpp"
#include "primitives.hpp"

#include "lib/exception.hpp"
#include "lib/panic.hpp"
#include "services/exec/report.hpp"
#include "user/lib/calls.hpp"

constinit LibraryOs libos;

namespace {

struct ConsoleOutput {
    void put(std::string_view text) { primitive::write_console(text.data(), text.size()); }
};

std::string_view program_name() {
    const abi::exo::EnvironmentPage& page = environment_page();
    return {page.name.data(), std::min(page.name_bytes, page.name.size())};
}

} // namespace

// The kernel starts the environment here, on the program's stack.
extern "C" [[noreturn]] void start_program(ProgramEntry program_entry) {
    const VirtAddr slot(reinterpret_cast<std::uint64_t>(program_entry) & ~(SLOT_SIZE - 1ULL));
    primitive::set_exception_context(exception_entry);
    libos.memory.frames.note_given_in(libos.tables.given_frames);
    // The tables fit each other, no space is taken, and the offsets are whole pages.
    MUST(libos.memory.set_up(libos.tables.storage(), {}));
    libos.program = MUST(libos.memory.create());
    MUST(libos.memory.set_heap(libos.program, slot + HEAP_OFFSET, slot + HEAP_LIMIT));
    // Where the machine has no frame left, the first fault will say so.
    static_cast<void>(libos.memory.frames.hold_more());
    program_entry(0, nullptr); // there is no exec yet that could give arguments
    panic("the program's entry returned");
}

void deliver_fault(const Fault& fault, Error why) {
    ConsoleOutput output;
    exec::report_fault(output, program_name(), fault, why);
    primitive::end_by_fault();
}

void deliver_exception(std::uint64_t cause, VirtAddr pc, std::uint64_t value) {
    ConsoleOutput output;
    exec::report_exception(output, program_name(), exception::in_words(cause), pc, value);
    primitive::end_by_fault();
}

// A broken invariant of the library OS's own ends the program, with the largest status there is.
void panic(std::string_view why) {
    primitive::write_console(why.data(), why.size());
    primitive::exit(~0ULL);
}

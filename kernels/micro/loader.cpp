// Loading the first threads, and giving them what they need: images, capabilities, memory.
// SPDX-License-Identifier: MIT
//
// Before: kernel_main in boot.cpp. Next: the scheduler, which runs the pager first. Here, and
// nowhere else in the kernel, a server is known by its name.
#include "loader.hpp"

#include "kernel.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/machine.hpp"
#include "services/exec/images.hpp"
#include "services/exec/loader.hpp"
#include "services/exec/report.hpp"

#include <algorithm>

namespace {

constexpr exec::Slots PROGRAMS{VirtAddr(PROGRAM_SLOTS), SLOT_SIZE, PROGRAM_SLOT_COUNT};

// Slots of a program's capabilities. Both name the same server, but only the kernel's messages
// (faults) are answered with pages.
constexpr CapSlot FAULTS{0};
constexpr CapSlot MEMORY{1};
constexpr std::uint64_t PROGRAM_BADGE = 1;

// Frames that stay with the kernel, for the page tables of programs to come; 1 MiB.
constexpr std::uint64_t RESERVE = 256;
constexpr std::uint64_t WINDOW_PAGES = (USER_END - PAGER_WINDOW) / PAGE_SIZE;

// The loader's view of a thread's space.
struct LoadTarget {
    Space& space;
    Result<PageBytes> fresh_page(Page page, Rights rights) {
        const Frame frame = TRY(kernel.frames.take_zeroed());
        TRY(space.map(page, frame, rights));
        return frame_bytes(frame);
    }
};

Bytes initial_ram_disk() { return physical_bytes(kernel.boot.initial_ram_disk); }

// THREAD starts at ENTRY, on a stack at the end of SLOT.
Result<void> add_stack(Thread& thread, VirtAddr slot, VirtAddr entry) {
    LoadTarget target{thread.space};
    TRY(exec::add_stack(target, slot + STACK_END, STACK_SIZE));
    thread.frame.pc = entry.raw();
    thread.frame.x(reg::SP) = slot.raw() + STACK_END;
    thread.frame.hart = &kernel.hart_area.hart;
    return {};
}

Result<void> load_library(Thread& program) {
    const Bytes file = TRY(exec::find_image(initial_ram_disk(), "lib/micro", "library"));
    LoadTarget target{program.space};
    TRY(exec::load_image(target, file, {VirtAddr(LIBRARY_BASE), SLOT_SIZE}));
    return {};
}

// The program starts in its system library, which learns the program's entry and where to ask for
// memory.
Result<void> load_program(Thread& program) {
    const Bytes file = TRY(exec::find_image(initial_ram_disk(), "bin", program.name));
    const VirtAddr slot = TRY(exec::slot_of(file, PROGRAMS));
    LoadTarget target{program.space};
    const VirtAddr entry = TRY(exec::load_image(target, file, {slot, HEAP_OFFSET}));
    TRY(add_stack(program, slot, VirtAddr(LIBRARY_BASE)));
    program.frame.x(reg::A0) = entry.raw();
    program.frame.x(reg::A1) = MEMORY.raw();
    return {};
}

// All frames that the kernel does not need appear in the pager's window: memory is managed by
// whoever holds it. The kernel keeps a reserve, since page tables are its own, and what the window
// itself needs in tables.
Result<std::uint64_t> give_memory(Thread& pager) {
    const std::uint64_t tables = kernel.boot.free_frames.count() / sv39::ENTRIES + 2;
    const FrameRange range = kernel.frames.hand_over(RESERVE + tables, WINDOW_PAGES);
    const Page window = Page::containing(VirtAddr(PAGER_WINDOW));
    for (std::uint64_t i = 0; i < range.count(); ++i)
        TRY(pager.space.map(window + i, range.first + i, Rights::read_write()));
    return range.count();
}

// The pager starts with its window and the range of its client's heap as arguments.
Result<void> load_pager(Thread& pager, const Thread& client) {
    const Bytes file = TRY(exec::find_image(initial_ram_disk(), "lib/micro", "pager"));
    const VirtAddr slot(SERVER_SLOTS);
    LoadTarget target{pager.space};
    const VirtAddr entry = TRY(exec::load_image(target, file, {slot, STACK_END - STACK_SIZE}));
    TRY(add_stack(pager, slot, entry));
    const std::uint64_t client_slot = client.frame.x(reg::SP) - STACK_END;
    pager.frame.x(reg::A0) = PAGER_WINDOW;
    pager.frame.x(reg::A1) = TRY(give_memory(pager));
    pager.frame.x(reg::A2) = client_slot + HEAP_OFFSET;
    pager.frame.x(reg::A3) = client_slot + HEAP_LIMIT;
    return {};
}

void connect(Thread& program, Thread& pager) {
    program.capabilities[FAULTS.raw()] = {&pager, PROGRAM_BADGE,
                                          CapRights::send() | CapRights::map()};
    program.capabilities[MEMORY.raw()] = {&pager, PROGRAM_BADGE, CapRights::send()};
    program.pager = FAULTS;
}

// The value of STEP; if it failed, says which file it was about, and ends the machine.
template <class R>
auto loaded_or_end(const R& step, std::string_view directory, std::string_view file) {
    if (!step) {
        Console console;
        exec::report_no_start(console, kernel.program->name, directory, file, step.error());
        end_machine(machine_exit::CANNOT_LOAD);
    }
    return *step;
}

Result<void> give_space(Thread& thread, sv39::Asid asid) {
    thread.space = TRY(Space::create(asid));
    return {};
}

} // namespace

void load_first_threads(std::string_view name) {
    Thread& pager = kernel.threads[0];
    Thread& program = kernel.threads[1];
    kernel.program = &program;
    program.name = name;
    pager.name = "pager";
    loaded_or_end(give_space(program, sv39::Asid(1)), "bin", name);
    loaded_or_end(load_library(program), "lib/micro", "library");
    loaded_or_end(load_program(program), "bin", name);
    loaded_or_end(give_space(pager, sv39::Asid(2)), "lib/micro", "pager");
    loaded_or_end(load_pager(pager, program), "lib/micro", "pager");
    csr::fence_instructions(); // code was stored, and will be fetched
    connect(program, pager);
    pager.state = Thread::State::runnable;
    program.state = Thread::State::runnable;
}

// Threads: how the first ones are loaded and get what they need, and how one ends.
// SPDX-License-Identifier: MIT
//
// Before: kernel_main in boot.cpp, with a program's name. Next: the scheduler, which runs the pager
// first. Here, and nowhere else in the kernel, a server is known by its name.
#include "task.hpp"

#include "ipc.hpp"
#include "kernel.hpp"
#include "schedule.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/machine.hpp"
#include "lib/exception.hpp"
#include "services/exec/boot_loader.hpp"
#include "services/exec/report.hpp"

#include <algorithm>

namespace {

// Slots of a program's capabilities. Both name the same server, but only the kernel's messages
// (faults) are answered with pages.
constexpr CapSlot FAULTS{0};
constexpr CapSlot MEMORY{1};
constexpr std::uint64_t PROGRAM_BADGE = 1;

// Frames that stay with the kernel, for the page tables of programs to come; 1 MiB.
constexpr std::uint64_t RESERVE = 256;
constexpr std::uint64_t WINDOW_PAGES = (USER_END - PAGER_WINDOW) / PAGE_SIZE;

constexpr std::string_view OWN_FILES = "lib/micro";

// The loader's view of a thread's space.
struct LoadTarget {
    Space& space;
    Result<PageBytes> fresh_page(Page page, Rights rights) {
        const Frame frame = TRY(kernel.frames.take_zeroed());
        TRY(space.map(page, frame, rights));
        return frame_bytes(frame);
    }
};

exec::BootFiles boot_files() { return {physical_bytes(kernel.boot.initial_ram_disk), OWN_FILES}; }

// THREAD starts at PC, on IMAGE's stack.
void prepare_start(Thread& thread, const exec::WiredImage& image, VirtAddr pc) {
    thread.frame.pc = pc.raw();
    thread.frame.x(reg::SP) = image.stack_end().raw();
    thread.frame.hart = &kernel.hart_area.hart;
}

// The program starts in its system library, which learns the program's entry and where to ask for
// memory.
exec::Loaded<exec::WiredImage> load_program(Thread& program) {
    program.space = TRY(exec::on_behalf_of("bin", program.name, Space::create(sv39::Asid(1))));
    LoadTarget target{program.space};
    const exec::WiredImage image =
        TRY(exec::load_first_program(target, boot_files(), program.name));
    prepare_start(program, image, VirtAddr(LIBRARY_BASE));
    program.frame.x(reg::A0) = image.entry.raw();
    program.frame.x(reg::A1) = MEMORY.raw();
    return image;
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
Result<exec::WiredImage> load_pager(Thread& pager, const exec::WiredImage& client) {
    pager.space = TRY(Space::create(sv39::Asid(2)));
    LoadTarget target{pager.space};
    const exec::WiredImage image =
        TRY(exec::load_server(target, boot_files(), pager.name, VirtAddr(SERVER_SLOTS)));
    prepare_start(pager, image, image.entry);
    pager.frame.x(reg::A0) = PAGER_WINDOW;
    pager.frame.x(reg::A1) = TRY(give_memory(pager));
    pager.frame.x(reg::A2) = client.heap_start().raw();
    pager.frame.x(reg::A3) = client.heap_limit().raw();
    return image;
}

void connect(Thread& program, Thread& pager) {
    program.capabilities[FAULTS.raw()] = {&pager, pager.token, PROGRAM_BADGE,
                                          CapRights::send() | CapRights::map()};
    program.capabilities[MEMORY.raw()] = {&pager, pager.token, PROGRAM_BADGE, CapRights::send()};
    program.pager = FAULTS;
}

[[noreturn]] void end_without(const exec::NotLoaded& missing) {
    Console console;
    exec::report(console, kernel.program->name, missing);
    end_machine(machine_exit::CANNOT_LOAD);
}

exec::Loaded<exec::WiredImage> load_images(Thread& program, Thread& pager) {
    const exec::WiredImage image = TRY(load_program(program));
    return exec::on_behalf_of(OWN_FILES, pager.name, load_pager(pager, image));
}

} // namespace

// Nobody reaches the thread any more; what it had is not given back yet.
static void end_quietly(Thread& thread) {
    forget_deadline(thread);
    ipc::release_partners(thread);
    thread.state = Thread::State::unused;
    thread.token += Thread::NUMBER_BITS + 1;
}

static void end_by_trap(Thread& thread) {
    if (&thread == kernel.program)
        end_machine(machine_exit::PROGRAM_FAULT);
    end_quietly(thread);
}

void load_first_threads(std::string_view name) {
    for (std::size_t number = 0; number < kernel.threads.size(); ++number)
        kernel.threads[number].token = number;
    Thread& pager = kernel.threads[0];
    Thread& program = kernel.threads[1];
    kernel.program = &program;
    program.name = name;
    pager.name = "pager";
    if (const auto loaded = load_images(program, pager); !loaded)
        end_without(loaded.error());
    csr::fence_instructions(); // code was stored, and will be fetched
    connect(program, pager);
    for (Thread* const thread : {&pager, &program}) {
        thread->state = Thread::State::runnable;
        make_ready(*thread);
    }
}

void end_thread(Thread& thread, std::uint64_t status) {
    if (&thread == kernel.program)
        end_machine(machine_exit::of_program(status));
    Console console;
    print(console, "server '", thread.name, "' ended itself with status ", status, "\n");
    end_quietly(thread);
}

void deliver_fault(Thread& thread, Error why) {
    Console console;
    exec::report_fault(console, thread.name, thread.fault, why);
    end_by_trap(thread);
}

void deliver_exception(Thread& thread, std::uint64_t cause, std::uint64_t value) {
    Console console;
    exec::report_exception(console, thread.name, exception::in_words(cause),
                           VirtAddr(thread.frame.pc), value);
    end_by_trap(thread);
}

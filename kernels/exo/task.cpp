// Environments: how the first one is loaded, and how one ends.
// SPDX-License-Identifier: MIT
//
// Before: kernel_main in boot.cpp, with a program's name. Next: enter_environment in entry.S, which
// jumps to the library OS's start (libos/task.cpp). Loading is the one thing that the kernel does
// on nobody's behalf: before the first environment there is nobody.
#include "kernel.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/machine.hpp"
#include "lib/exception.hpp"
#include "services/exec/boot_loader.hpp"

// entry.S
extern "C" [[noreturn]] void enter_environment(EntryFrame& frame, std::uint64_t argument);

namespace {

// The loader's view of an environment. Its frames are the environment's own, though no capability
// was given out.
struct LoadTarget {
    Environment& environment;
    Result<PageBytes> fresh_page(Page page, Rights rights) {
        const Frame frame = TRY(kernel.frames.take(environment.id));
        zero_page(frame_bytes(frame));
        TRY(environment.addressing.space.map(page, frame, rights));
        kernel.frames.record(frame).mappings += 1;
        return frame_bytes(frame);
    }
};

// Tells the environment its name and the names of the machine's frames. The save area counts as in
// use until there is an exception context.
Result<void> add_environment_page(Environment& environment) {
    using abi::exo::EnvironmentPage;
    static_assert(sizeof(EnvironmentPage) <= PAGE_SIZE);
    LoadTarget target{environment};
    const PageBytes bytes =
        TRY(target.fresh_page(Page::containing(VirtAddr(EXO_ENVIRONMENT)), Rights::read_write()));
    auto* const page = reinterpret_cast<EnvironmentPage*>(bytes.data());
    page->save.in_use = 1;
    page->first_frame = kernel.frames.first().number();
    page->frames_end = kernel.frames.end().number();
    page->name_bytes = std::min(environment.name.size(), page->name.size());
    std::copy_n(environment.name.begin(), page->name_bytes, page->name.begin());
    environment.exception.page = page;
    return {};
}

// Library OS and program. What is missing is said, and the machine ends.
exec::WiredImage load_images(Environment& environment) {
    const exec::BootFiles files{physical_bytes(kernel.boot.initial_ram_disk), "lib/exo"};
    LoadTarget target{environment};
    const auto loaded = exec::load_first_program(target, files, environment.name);
    if (!loaded) {
        Console console;
        exec::report(console, environment.name, loaded.error());
        end_machine(machine_exit::CANNOT_LOAD);
    }
    return *loaded;
}

// The first entry into user mode: the library OS's start, whose argument will be the program's
// entry.
void prepare_start(const exec::WiredImage& program) {
    EntryFrame& frame = kernel.hart.stack.frame;
    frame.pc = LIBRARY_BASE;
    frame.sp = program.stack_end().raw();
}

} // namespace

VirtAddr load_first_environment(std::string_view name) {
    constexpr std::uint16_t FIRST = 1;
    Environment& environment = kernel.first;
    environment.name = name;
    environment.id = EnvironmentId(FIRST);
    environment.addressing.space = MUST(Space::create(sv39::Asid(FIRST))); // all memory is free yet
    MUST(add_environment_page(environment));                               // the same
    const exec::WiredImage program = load_images(environment);
    prepare_start(program);
    csr::fence_instructions(); // code was stored, and will be fetched
    environment.state = Environment::State::runnable;
    for (Slice& slice : kernel.time.slices)
        slice.owner = &environment;
    return program.entry;
}

void start_first_environment(VirtAddr program_entry) {
    begin_next_slice();
    enter_environment(kernel.hart.stack.frame, program_entry.raw());
}

void end_environment(std::uint64_t status) { end_machine(machine_exit::of_program(status)); }

void end_after_fault() { end_machine(machine_exit::PROGRAM_FAULT); }

void end_undeliverable() {
    Console console;
    print(console, "program '", running_environment().name,
          "' ended: ", exception::in_words(csr::read_scause()), " at pc ", hex(csr::read_sepc()),
          ", address ", hex(csr::read_stval()), ": its library OS cannot take it, exception entry ",
          hex(running_environment().exception.entry), "\n");
    end_machine(machine_exit::PROGRAM_FAULT);
}

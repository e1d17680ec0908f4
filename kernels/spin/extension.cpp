// From a file of the initial RAM disk to code that the kernel calls.
// SPDX-License-Identifier: MIT
//
// Before: kernel_main in boot.cpp. Next: extension_start in extensions/pager/pager.cpp.
#include "extension.hpp"

#include "blame.hpp"
#include "kernel.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/machine.hpp"
#include "lib/exception.hpp"
#include "services/exec/images.hpp"
#include "services/exec/report.hpp"

extern "C" const char boot_stack_end[]; // boot.S

namespace {

constexpr std::string_view DIRECTORY = "lib/spin";
constexpr std::string_view FILE = "pager.o";
constexpr std::uint32_t PAGER = 0; // its slot

[[noreturn]] void refuse_pager(Error why, const link::Complaint& complaint) {
    Console console;
    if (!complaint.what.empty())
        link::report(console, "extension 'pager' refused", complaint);
    exec::report_no_start(console, kernel.program.name, DIRECTORY, FILE, why);
    end_machine(machine_exit::CANNOT_LOAD);
}

Result<Domain> create_pager(link::Complaint& complaint) {
    const Bytes object = TRY(exec::find_image(initial_ram_disk(), DIRECTORY, FILE));
    return Domain::create("pager", object, VirtAddr(EXTENSION_SLOTS), complaint);
}

// All frames there are, and half of what the kernel has for itself.
void begin_quota(std::uint32_t slot) {
    kernel.quotas[slot].begin(kernel.extensions[slot], slot,
                              static_cast<std::uint32_t>(kernel.frames.count()),
                              static_cast<std::uint32_t>(kernel.memory.free_count() / 2));
}

Result<void> call_start(const spin::Program& program, link::Complaint& complaint) {
    const VirtAddr start = TRY(kernel.extensions[PAGER].find("extension_start", complaint));
    complaint = {.what = "its start failed"};
    return reinterpret_cast<decltype(extension_start)*>(start.raw())(
        kernel.quotas[PAGER].reference(), program);
}

// An extension broke a rule that the compiler or the machine checks while it runs. It has no
// replacement yet, so the program that it serves ends with it.
[[noreturn]] void end_with_extension(std::string_view extension, std::string_view what,
                                     VirtAddr pc) {
    Console console;
    print(console, "extension '", extension, "' broke at pc ", hex(pc), ": ", what, "\nprogram '",
          kernel.program.name, "' ended: it cannot go on without it\n");
    end_machine(machine_exit::PROGRAM_FAULT);
}

// Where the calls on the stack in use end: at the trap frame, or where the boot stack does.
VirtAddr end_of_stack() {
    const Strand* const strand = this_spin_hart().running;
    return VirtAddr(strand != nullptr ? reinterpret_cast<std::uint64_t>(&strand->stack.frame)
                                      : reinterpret_cast<std::uint64_t>(boot_stack_end));
}

} // namespace

void load_pager() {
    link::Complaint complaint;
    const Result<Domain> pager = create_pager(complaint);
    if (!pager)
        refuse_pager(pager.error(), complaint);
    kernel.extensions[PAGER] = *pager;
    begin_quota(PAGER);
    const Result<void> resolved = Domain::resolve(kernel.core, kernel.extensions[PAGER], complaint);
    if (!resolved)
        refuse_pager(resolved.error(), complaint);
}

void start_pager(const spin::Program& program) {
    link::Complaint complaint;
    const Result<void> started = call_start(program, complaint);
    if (!started)
        refuse_pager(started.error(), complaint);
}

extern "C" {

[[noreturn]] void extension_failed(std::string_view why) {
    const VirtAddr pc(reinterpret_cast<std::uint64_t>(__builtin_return_address(0)));
    const VirtAddr frame(reinterpret_cast<std::uint64_t>(__builtin_frame_address(0)));
    const Domain* const domain = innermost_extension({pc, pc, frame, end_of_stack()});
    end_with_extension(domain != nullptr ? domain->name() : "?", why, pc);
}

// A trap while the kernel runs (entry.S). Where an extension called on that stack, it is the
// extension's doing, wherever the pc stands: the kernel's routines believe the pointers that they
// are handed. Else it is the kernel's own broken invariant. After a call of what is no code, of a
// null pointer for instance, the pc is nobody's; whose call it was, RETURN_ADDRESS (ra) tells.
[[noreturn]] void trap_in_kernel(VirtAddr stack, VirtAddr return_address, VirtAddr frame_pointer) {
    const VirtAddr pc(csr::read_sepc());
    const Domain* const domain =
        innermost_extension({pc, return_address, frame_pointer, end_of_stack()});
    if (domain == nullptr)
        kernel_trap(stack);
    const std::uint64_t cause = csr::read_scause();
    const bool is_nowhere = cause == exception::FETCH_PAGE_FAULT && !domain->has_code_at(pc);
    end_with_extension(domain->name(), exception::in_words(cause),
                       is_nowhere ? return_address : pc);
}

} // extern "C"

// From a file of the initial RAM disk to code that the kernel calls.
// SPDX-License-Identifier: MIT
//
// Before: kernel_main in boot.cpp. Next: extension_start in extensions/pager/pager.cpp.
#include "extension.hpp"

#include "kernel.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/machine.hpp"
#include "lib/exception.hpp"
#include "services/exec/images.hpp"
#include "services/exec/report.hpp"

namespace {

constexpr std::string_view DIRECTORY = "lib/spin";
constexpr std::string_view FILE = "pager.o";

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

Result<void> call_start(const spin::Program& program, link::Complaint& complaint) {
    const VirtAddr start = TRY(kernel.pager.find("extension_start", complaint));
    complaint = {.what = "its start failed"};
    kernel.hart.domain = &kernel.pager;
    const auto started = reinterpret_cast<decltype(extension_start)*>(start.raw())(program);
    kernel.hart.domain = nullptr;
    return started;
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

} // namespace

void load_pager() {
    link::Complaint complaint;
    const Result<Domain> pager = create_pager(complaint);
    if (!pager)
        refuse_pager(pager.error(), complaint);
    kernel.pager = *pager;
    const Result<void> resolved = Domain::resolve(kernel.core, kernel.pager, complaint);
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
    end_with_extension(kernel.hart.domain->name(), why,
                       VirtAddr(reinterpret_cast<std::uint64_t>(__builtin_return_address(0))));
}

// A trap while the kernel runs (entry.S). While a handler or guard of an extension runs it is the
// extension's doing, wherever the pc stands: the kernel's routines believe the pointers that they
// are handed. Else it is the kernel's own broken invariant. After a call of what is no code, of a
// null pointer for instance, the pc is nobody's; whose call it was, RETURN_ADDRESS (ra) tells.
[[noreturn]] void trap_in_kernel(VirtAddr stack, VirtAddr return_address) {
    const Domain* const domain = kernel.hart.domain;
    if (domain == nullptr || domain == &kernel.core)
        kernel_trap(stack);
    const std::uint64_t cause = csr::read_scause();
    const VirtAddr pc(csr::read_sepc());
    const bool is_nowhere = cause == exception::FETCH_PAGE_FAULT && !domain->contains(pc);
    end_with_extension(domain->name(), exception::in_words(cause),
                       is_nowhere ? return_address : pc);
}

} // extern "C"

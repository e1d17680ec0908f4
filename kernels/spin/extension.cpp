// From a file of the initial RAM disk to code that the kernel calls, and out again.
// SPDX-License-Identifier: MIT
//
// Before: kernel_main in boot.cpp, or whatever breaks. Next: extension_start in an extension, on a
// strand of its own.
#include "extension.hpp"

#include "authority.hpp"
#include "blame.hpp"
#include "kernel.hpp"
#include "schedule.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/kernel_map.hpp"
#include "arch/riscv/machine.hpp"
#include "lib/exception.hpp"
#include "services/exec/images.hpp"
#include "services/exec/report.hpp"

#include <algorithm>
#include <array>

namespace {

constexpr std::string_view DIRECTORY = "lib/spin";
constexpr std::string_view PAGER = "pager.o";

using Slots = std::uint32_t; // a bit each

bool has(Slots slots, const Extension& extension) { return (slots >> slot_of(extension) & 1) != 0; }
// Whether one of them pays as PAYER.
bool has(Slots slots, const Quota* payer) {
    return payer != nullptr && (slots >> (payer - kernel.quotas.data()) & 1) != 0;
}

Result<Extension*> free_slot() {
    for (Extension& extension : kernel.extensions)
        if (extension.state == Extension::State::none)
            return &extension;
    return std::unexpected(Error::too_many);
}

// All frames there are, and half of what the kernel has for itself.
void begin_quota(Extension& extension) {
    const std::uint32_t slot = slot_of(extension);
    kernel.quotas[slot].begin(slot, static_cast<std::uint32_t>(kernel.frames.count()),
                              static_cast<std::uint32_t>(kernel.memory.free_count() / 2));
}

// The body of the strand on which an extension starts.
void call_start() {
    for (Extension& extension : kernel.extensions) {
        if (extension.state != Extension::State::linked)
            continue;
        extension.state = Extension::State::starting;
        link::Complaint complaint;
        const Result<VirtAddr> start = extension.find("extension_start", complaint);
        const Result<void> answer =
            start ? reinterpret_cast<decltype(extension_start)*>(start->raw())(
                        kernel.quotas[slot_of(extension)].reference(), extension.program)
                  : Result<void>(std::unexpected(start.error()));
        extension.state = Extension::State::running;
        if (extension.starter != nullptr) {
            extension.starter->started = answer;
            make_ready(*extension.starter);
        }
        return;
    }
}

// --- An extension falls ---

// SITE is where the strand that runs stands.
const CallSite& site_now_or_then(const Strand& strand, const CallSite& site, CallSite& room) {
    if (&strand == &running_strand())
        return site;
    room = site_of(strand);
    return room;
}

// Who falls with whom: an extension that imports from one that falls has calls that lead nowhere;
// one that stands on the same stack will not see its calls return.
Slots close(Slots falling, const CallSite& site) {
    for (;;) {
        Slots more = falling;
        for (const Strand& strand : kernel.strands) {
            if (strand.state == Strand::State::unused)
                continue;
            CallSite room;
            const Slots there = extensions_on_stack(site_now_or_then(strand, site, room));
            if ((there & more) != 0)
                more |= there;
        }
        for (const Extension& extension : kernel.extensions)
            if ((extension.imports & more) != 0)
                more |= 1U << slot_of(extension);
        if (more == falling)
            return falling;
        falling = more;
    }
}

// STRAND waits for no start any more.
void stop_waiting(const Strand& strand) {
    for (Extension& extension : kernel.extensions)
        if (extension.starter == &strand)
            extension.starter = nullptr;
}

// STRAND is no more; a program is missed in words.
void end_strand(Strand& strand) {
    stop_waiting(strand);
    if (strand.space != nullptr) {
        Console console;
        print(console, "program '", strand.name, "' ended: its extension is gone\n");
        if (&strand == kernel.program)
            end_machine(machine_exit::PROGRAM_FAULT);
    }
    if (strand.state == Strand::State::ready)
        stop(strand);
    strand.free();
}

// What STRAND has called is forgotten: its program executes the instruction again that trapped, and
// the event is raised afresh. Handlers of who fell are not there any more; so it is the default's,
// or another's.
void give_up_stack(Strand& strand) {
    if (strand.space == nullptr) {
        end_strand(strand);
        return;
    }
    stop_waiting(strand);
    strand.context = at_trap_return(strand);
    if (strand.state == Strand::State::blocked)
        make_ready(strand);
}

void give_up_strands(Slots falling, const CallSite& site) {
    for (Strand& strand : kernel.strands) {
        if (strand.state == Strand::State::unused)
            continue;
        CallSite room;
        const bool was_there =
            (extensions_on_stack(site_now_or_then(strand, site, room)) & falling) != 0;
        const bool is_theirs = has(falling, strand.payer) ||
                               (strand.space != nullptr && has(falling, strand.space->payer()));
        if (is_theirs)
            end_strand(strand);
        else if (was_there)
            give_up_stack(strand);
    }
}

void uninstall(spin::StrandHandlers& handlers, const Extension& extension) {
    for (spin::StrandHandler* const handler :
         {&handlers.block, &handlers.unblock, &handlers.checkpoint, &handlers.resume})
        if (extension.has_code_at(VirtAddr(reinterpret_cast<std::uint64_t>(*handler))))
            *handler = nullptr;
}

// What EXTENSION held is free, and its names are nobody's.
void take_down(Extension& extension) {
    Quota& quota = kernel.quotas[slot_of(extension)];
    for (Space& space : kernel.spaces) {
        if (!space.is_used())
            continue;
        space.events.uninstall(extension);
        if (space.payer() == &quota)
            space.end();
        else
            space.unmap_all_of(quota);
    }
    for (Strand& strand : kernel.strands)
        uninstall(strand.handlers, extension);
    kernel.frames.give_all(quota);
    quota.end();
    if (extension.state == Extension::State::starting && extension.starter != nullptr)
        make_ready(*extension.starter);
    const std::uint32_t generation = extension.generation + 1;
    extension.unload();
    extension = Extension();
    extension.generation = generation;
}

// Whether the strand that runs can go on where it is: its stack did not show them.
enum class Here : std::uint8_t { stands, is_given_up };

Here fall(Slots first, const CallSite& site) {
    csr::write_satp(kernel_root(), sv39::Asid(0)); // spaces may end
    const Slots falling = close(first, site);
    const bool stood_here = (extensions_on_stack(site) & falling) != 0;
    give_up_strands(falling, site);
    for (Extension& extension : kernel.extensions)
        if (extension.state != Extension::State::none && has(falling, extension))
            take_down(extension);
    const Strand& strand = running_strand();
    if (stood_here || strand.state == Strand::State::unused)
        return Here::is_given_up;
    enter_space_of(strand);
    return Here::stands;
}

// The strand that runs has no calls left: its program goes on, or another strand.
[[noreturn]] void go_on_afresh() {
    csr::make_sret_go_to_user(); // what trapped may have been the kernel
    if (running_strand().state == Strand::State::unused)
        leave_processor();
    enter_space_of(running_strand());
    begin_program(running_strand());
}

// EXTENSION broke a rule that the compiler or the machine checks while it runs. The strand that ran
// into it goes on with its program, if that is left.
[[noreturn]] void break_extension(const Extension& extension, std::string_view what, VirtAddr pc,
                                  const CallSite& site) {
    Console console;
    print(console, "extension '", extension.name(), "' broke at pc ", hex(pc), ": ", what, "\n");
    fall(1U << slot_of(extension), site);
    go_on_afresh();
}

[[noreturn]] void refuse_pager(Error why) {
    Console console;
    exec::report_no_start(console, kernel.program->name, DIRECTORY, PAGER, why);
    end_machine(machine_exit::CANNOT_LOAD);
}

// lib/spin/NAME.o, resolved against SpinPublic and all that are there.
Result<Extension*> create_named(std::string_view name, std::string_view file) {
    link::Complaint complaint;
    const Bytes object = TRY(exec::find_image(initial_ram_disk(), DIRECTORY, file));
    const Result<Extension*> created = create_extension(name, object, complaint);
    if (!created) {
        refuse_extension(name, complaint);
        return created;
    }
    TRY(Domain::resolve(kernel.modules.spin_public, **created));
    for (const Extension& other : kernel.extensions)
        if (other.state == Extension::State::running)
            TRY(resolve_extension(other, **created));
    return created;
}

// NAME.o.
class ObjectName {
public:
    std::string_view of(std::string_view name) {
        constexpr std::string_view SUFFIX = ".o";
        const auto end =
            std::ranges::copy(name.substr(0, text_.size() - SUFFIX.size()), text_.begin()).out;
        return {text_.begin(), std::ranges::copy(SUFFIX, end).out};
    }

private:
    std::array<char, 64> text_;
};

void load_named(std::string_view name, bool is_loader) {
    ObjectName object;
    const Result<Extension*> created = create_named(name, object.of(name));
    if (created && is_loader)
        static_cast<void>(Domain::resolve(kernel.modules.domain, **created)); // there is room
    const Result<void> started =
        created ? start_extension(**created, {}) : std::unexpected(created.error());
    if (started)
        return;
    Console console;
    print(console, "extension '", name, "' is not there: ", to_words(started.error()), "\n");
}

} // namespace

Extension* extension_at(VirtAddr address) {
    for (Extension& extension : kernel.extensions)
        if (extension.state != Extension::State::none && extension.has_code_at(address))
            return &extension;
    return nullptr;
}

std::uint32_t slot_of(const Extension& extension) {
    return static_cast<std::uint32_t>(&extension - kernel.extensions.data());
}

spin::DomainReference Extension::reference() const {
    return reference_to(slot_of(*this), generation);
}

Result<Extension*> create_extension(std::string_view name, Bytes object,
                                    link::Complaint& complaint) {
    complaint = {.what = "there is no slot for it"};
    Extension& extension = *TRY(free_slot());
    const VirtAddr slot = VirtAddr(EXTENSION_SLOTS) + slot_of(extension) * SLOT_SIZE;
    static_cast<Domain&>(extension) = TRY(Domain::create(name, object, slot, complaint));
    extension.state = Extension::State::created;
    begin_quota(extension);
    return &extension;
}

Result<void> resolve_extension(const Extension& source, Extension& target) {
    if (target.state != Extension::State::created)
        return std::unexpected(Error::not_permitted);
    target.imports |= 1U << slot_of(source);
    return Domain::resolve(source, target);
}

void refuse_extension(std::string_view name, const link::Complaint& complaint) {
    Console console;
    print(console, "extension '", name, "' refused");
    link::report(console, "", complaint);
}

Result<void> start_extension(Extension& extension, const spin::Program& program) {
    link::Complaint complaint;
    const Result<void> linked = extension.link(complaint);
    if (!linked) {
        refuse_extension(extension.name(), complaint);
        unload_extension(extension);
        return linked;
    }
    const std::uint32_t generation = extension.generation;
    Strand& self = running_strand();
    self.started = std::unexpected(Error::not_permitted); // should it break
    extension.state = Extension::State::linked;
    extension.program = program;
    extension.starter = &self;
    TRY(create_strand(nullptr, extension.name(), call_start));
    stop(self);
    const Result<void> started = self.started;
    const bool is_there = extension.generation == generation;
    if (is_there)
        extension.starter = nullptr;
    if (!started && is_there) {
        refuse_extension(extension.name(), {.what = "its start failed"});
        unload_extension(extension);
    }
    return started;
}

void unload_extension(Extension& extension) {
    const VirtAddr here(reinterpret_cast<std::uint64_t>(__builtin_return_address(0)));
    const VirtAddr frame(reinterpret_cast<std::uint64_t>(__builtin_frame_address(0)));
    const CallSite site{here, here, frame, end_of_stack(running_strand())};
    if (fall(1U << slot_of(extension), site) == Here::is_given_up)
        go_on_afresh();
}

void load_pager(const spin::Program& program) {
    const Result<Extension*> pager = create_named("pager", PAGER);
    if (!pager)
        refuse_pager(pager.error());
    const Result<void> started = start_extension(**pager, program);
    if (!started)
        refuse_pager(started.error());
}

void load_named_extensions() {
    std::string_view rest = kernel.boot.arguments;
    while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(word.size() + 1, rest.size()));
        if (const std::string_view name = argument(word, "extension"); !name.empty())
            load_named(name, false);
        else if (const std::string_view loader = argument(word, "loader"); !loader.empty())
            load_named(loader, true);
    }
}

extern "C" {

[[noreturn]] void extension_failed(std::string_view why) {
    const VirtAddr pc(reinterpret_cast<std::uint64_t>(__builtin_return_address(0)));
    const VirtAddr frame(reinterpret_cast<std::uint64_t>(__builtin_frame_address(0)));
    const CallSite site{pc, pc, frame, end_of_stack(running_strand())};
    const Extension* const extension = innermost_extension(site);
    if (extension == nullptr)
        panic(why);
    break_extension(*extension, why, pc, site);
}

// A trap while the kernel runs (entry.S). Where an extension called on that stack, it is the
// extension's doing, wherever the pc stands: the kernel's routines believe the pointers that they
// are handed. Else it is the kernel's own broken invariant. After a call of what is no code, of a
// null pointer for instance, the pc is nobody's; whose call it was, RETURN_ADDRESS (ra) tells.
[[noreturn]] void trap_in_kernel(VirtAddr stack, VirtAddr return_address, VirtAddr frame_pointer) {
    const VirtAddr pc(csr::read_sepc());
    const CallSite site{pc, return_address, frame_pointer, end_of_stack(running_strand())};
    const Extension* const extension = innermost_extension(site);
    if (extension == nullptr)
        kernel_trap(stack);
    const std::uint64_t cause = csr::read_scause();
    const bool is_nowhere = cause == exception::FETCH_PAGE_FAULT && !extension->has_code_at(pc);
    break_extension(*extension, exception::in_words(cause), is_nowhere ? return_address : pc, site);
}

} // extern "C"

// From a file of the initial RAM disk to code that the kernel calls.
// SPDX-License-Identifier: MIT
//
// Before: kernel_main in boot.cpp, or an extension that loads others (modules.cpp). Next:
// extension_start in an extension, on a strand of its own. How one goes again: fall.cpp.
#include "extension.hpp"

#include "kernel.hpp"
#include "schedule.hpp"
#include "views.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/machine.hpp"
#include "services/exec/images.hpp"
#include "services/exec/report.hpp"

#include <algorithm>
#include <array>

// exports.S: the name of an extension's start, with the hash of its type.
extern "C" const link::Export extension_start_name;

namespace {

constexpr std::string_view DIRECTORY = "lib/spin";

// The system's own extensions stand in the slots in whose order they are named here: where
// debuggers and the probe look for their symbols (CMakeLists.txt). All others come behind.
constexpr std::array<std::string_view, 5> OWN_SLOTS{"files", "pager", "unix", "scheduler", "wired"};
// The personality `unix`, in the order of imports (docs/services.md, "The ordering law").
constexpr std::array<std::string_view, 4> UNIX{"files", "pager", "scheduler", "unix"};

VirtAddr slot_start(const Extension& extension) {
    return VirtAddr(EXTENSION_SLOTS) + slot_of(extension) * EXTENSION_SLOT_SIZE;
}

// Nobody is there, and nobody sees what was there before.
bool is_free(const Extension& extension) {
    return extension.state == Extension::State::none &&
           (extension.generation == 1 || !is_slot_in_view(slot_of(extension)));
}

Result<Extension*> free_slot(std::string_view name) {
    const std::span<Extension> slots = kernel.extensions;
    const auto own =
        static_cast<std::size_t>(std::ranges::find(OWN_SLOTS, name) - OWN_SLOTS.begin());
    if (own < OWN_SLOTS.size() && is_free(slots[own]))
        return &slots[own];
    for (Extension& extension : slots.subspan(OWN_SLOTS.size()))
        if (is_free(extension))
            return &extension;
    return std::unexpected(Error::too_many);
}

// All frames there are, and KERNEL_FRAMES of what the kernel has for itself.
void begin_quota(const Extension& extension, std::uint64_t kernel_frames) {
    const std::uint32_t slot = slot_of(extension);
    kernel.quotas[slot].begin(slot, static_cast<std::uint32_t>(kernel.frames.count()),
                              static_cast<std::uint32_t>(kernel_frames));
}

// The body of the strand on which an extension starts.
void call_start() {
    for (Extension& extension : kernel.extensions) {
        if (extension.state != Extension::State::linked)
            continue;
        extension.state = Extension::State::starting;
        link::Complaint complaint;
        const VirtAddr start =
            MUST(extension.find(extension_start_name.name(), complaint)); // as before
        const Result<void> answer = reinterpret_cast<decltype(extension_start)*>(start.raw())(
            kernel.quotas[slot_of(extension)].reference(), extension.program);
        extension.state = Extension::State::running;
        if (extension.starter != nullptr) {
            extension.starter->started = answer;
            make_ready(*extension.starter);
        }
        return;
    }
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

// What an extension may import beyond SpinPublic and those that are there.
enum class Trust : std::uint8_t { none, system, loader };

Result<void> resolve_kernel(Extension& extension, Trust trust) {
    TRY(Domain::resolve(kernel.modules.spin_public, extension));
    switch (trust) {
    case Trust::none:
        return {};
    case Trust::system:
        return resolve_system(extension);
    case Trust::loader:
        return Domain::resolve(kernel.modules.domain, extension);
    }
    return {};
}

// lib/spin/FILE, as the extension NAME, resolved against the kernel's modules and all that are
// there.
Result<Extension*> create_named(std::string_view name, std::string_view file, Trust trust) {
    link::Complaint complaint;
    const Bytes object = TRY(exec::find_image(initial_ram_disk(), DIRECTORY, file));
    Result<Extension*> created = create_extension(name, object, complaint);
    if (!created) {
        refuse_extension(name, complaint);
        return created;
    }
    TRY(resolve_kernel(**created, trust));
    for (const Extension& other : kernel.extensions)
        if (other.state == Extension::State::running)
            TRY(resolve_extension(other, **created));
    return created;
}

// lib/spin/NAME.o, linked and started for PROGRAM.
Result<void> load_named(std::string_view name, Trust trust, const spin::Program& program) {
    ObjectName object;
    return start_extension(*TRY(create_named(name, object.of(name), trust)), program);
}

// The system's own NAME, without which PROGRAM, of what the machine was asked to run, cannot start.
void load_own(std::string_view name, Trust trust, const spin::Program& context,
              std::string_view program) {
    const Result<void> loaded = load_named(name, trust, context);
    if (loaded)
        return;
    ObjectName object;
    Console console;
    exec::report_no_start(console, program, DIRECTORY, object.of(name), loaded.error());
    end_machine(machine_exit::CANNOT_LOAD);
}

void load_asked_for(std::string_view name, Trust trust) {
    const Result<void> loaded = load_named(name, trust, {});
    if (loaded)
        return;
    Console console;
    print(console, "extension '", name, "' is not there: ", to_words(loaded.error()), "\n");
}

} // namespace

Extension* extension_at(VirtAddr address) {
    const std::uint64_t slot = (address - VirtAddr(EXTENSION_SLOTS)) / EXTENSION_SLOT_SIZE;
    if (slot >= kernel.extensions.size())
        return nullptr;
    Extension& extension = kernel.extensions[slot];
    const bool is_its = extension.state != Extension::State::none && extension.has_code_at(address);
    return is_its ? &extension : nullptr;
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
    Extension& extension = *TRY(free_slot(name));
    TRY(extension.create(name, object, slot_start(extension), complaint));
    extension.state = Extension::State::created;
    begin_quota(extension, kernel.memory.free_count() / 2);
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
    if (extension.state != Extension::State::created)
        return std::unexpected(Error::not_permitted);
    link::Complaint complaint;
    Result<void> linked = extension.link(complaint);
    if (linked)
        if (const Result<VirtAddr> start = extension.find(extension_start_name.name(), complaint);
            !start)
            linked = std::unexpected(start.error());
    if (!linked) {
        refuse_extension(extension.name(), complaint);
        unload_extension(extension);
        return linked;
    }
    for (const Extension& other : kernel.extensions)
        if (!extension.imports_from(other))
            extension.imports &= ~(1U << slot_of(other));
    const std::uint32_t generation = extension.generation;
    Strand& self = running_strand();
    self.started = std::unexpected(Error::not_permitted); // should it break
    extension.state = Extension::State::linked;
    extension.program = program;
    extension.starter = &self;
    const Result<Strand*> strand = create_strand(nullptr, extension.name(), call_start);
    if (strand)
        stop(self);
    else
        self.started = std::unexpected(strand.error());
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

void load_unix() {
    for (const std::string_view name : UNIX)
        load_own(name, Trust::system, {}, program_asked_for());
}

void load_for_wired_program(std::string_view name) {
    const spin::Program program = load_first_strand();
    load_own(name, Trust::none, program, kernel.program->name.view());
}

void load_named_extensions() {
    std::string_view rest = kernel.boot.arguments;
    while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(word.size() + 1, rest.size()));
        if (const std::string_view name = argument(word, "extension"); !name.empty())
            load_asked_for(name, Trust::none);
        else if (const std::string_view loader = argument(word, "loader"); !loader.empty())
            load_asked_for(loader, Trust::loader);
    }
}

Result<void> resolve_system(Extension& extension) {
    begin_quota(extension, kernel.memory.free_count());
    return Domain::resolve(kernel.modules.system, extension);
}

// Extensions: how one comes into the kernel, how it goes, and what happens when it breaks.
// SPDX-License-Identifier: MIT
#pragma once

#include "domain.hpp"

#include "interface/domain.hpp"
#include "interface/extension.hpp"

struct Strand;

struct Extension : Domain {
    enum class State : std::uint8_t { none, created, linked, starting, running };

    State state = State::none;
    std::uint32_t generation = 1;
    // From which others it imports, a bit for each slot; until it is linked, from which it may.
    std::uint32_t imports = 0;
    spin::Program program;     // what its start is told
    Strand* starter = nullptr; // who waits for its start's answer

    spin::DomainReference reference() const;
    static spin::DomainReference reference_to(std::uint32_t number, std::uint32_t generation) {
        return {number, generation};
    }
    static std::uint32_t number_of(spin::DomainReference reference) { return reference.number(); }
};

// A free slot gets the extension NAME, from OBJECT, which stays where it is. too_many;
// errors of Domain::create, with a COMPLAINT.
Result<Extension*> create_extension(std::string_view name, Bytes object,
                                    link::Complaint& complaint);

// Domain.Resolve of two extensions: TARGET falls with SOURCE. not_permitted: TARGET is linked
// already.
Result<void> resolve_extension(const Extension& source, Extension& target);
// EXTENSION is the system's: it may import the machine's devices, and take all of the kernel's
// memory.
Result<void> resolve_system(Extension& extension);

// Links EXTENSION, calls its start for PROGRAM on a strand of its own, and waits for the answer. An
// error takes it away again; why it could not be linked is said on the console. What
// extension_start answers; errors of Domain::link; not_permitted: it broke.
Result<void> start_extension(Extension& extension, const spin::Program& program);

// Says on the console why the extension NAME is not taken.
void refuse_extension(std::string_view name, const link::Complaint& complaint);

// Takes EXTENSION away, and with it who imports from it and who stood on a stack together with it:
// no stack shows them any more, and what they held is free.
void unload_extension(Extension& extension);

// The extension that PC is in, in the middle of a call, has passed its deadline; RETURN_ADDRESS and
// FRAME_POINTER are what ra and s0 held there. It falls. Called on the stack for traps from the
// kernel.
[[noreturn]] void end_overrun(VirtAddr pc, VirtAddr return_address, VirtAddr frame_pointer);

// Personalities: extensions of the initial RAM disk's lib/spin that are the machine's operating
// system. If one is refused, that is said on the console, and the machine ends: no program could
// run.
//
// files, pager and unix, which starts process 1.
void load_unix();
// NAME alone, for the program that the machine was asked to run, which the kernel loads whole.
void load_for_wired_program(std::string_view name);

// Brings in what the boot words `extension=NAME` and `loader=NAME` name, in their order, each
// resolved against those before it. What is refused is said on the console.
void load_named_extensions();

// The extension whose code ADDRESS lies in; nullptr: none.
Extension* extension_at(VirtAddr address);
// Its place among the kernel's.
std::uint32_t slot_of(const Extension& extension);

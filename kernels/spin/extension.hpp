// Extensions: how one comes into the kernel, how it goes, and what happens when it breaks.
// SPDX-License-Identifier: MIT
#pragma once

#include "domain.hpp"

#include "interface/extension.hpp"

struct Strand;

struct Extension : Domain {
    enum class State : std::uint8_t { none, linked, starting, running };

    State state = State::none;
    std::uint32_t generation = 1;
    std::uint32_t imports = 0; // from which others; a bit for each slot
    spin::Program program;     // what its start is told
    Result<void> started;      // what its start answered
    Strand* starter = nullptr; // who waits for that
};

// A free slot gets the extension NAME, linked from OBJECT with what SOURCE offers. NAME and OBJECT
// stay where they are. too_many; errors of Domain::create and Domain::resolve, with a COMPLAINT.
Result<Extension*> load_extension(std::string_view name, Bytes object, const Domain& source,
                                  link::Complaint& complaint);

// Calls its start for PROGRAM on a strand of its own, and waits for the answer. What
// extension_start answers; not_permitted: it broke.
Result<void> start_extension(Extension& extension, const spin::Program& program);

// Takes EXTENSION away, and with it who imports from it and who stood on a stack together with it:
// no stack shows them any more, and what they held is free.
void unload_extension(Extension& extension);

// Brings spin/pager.o of the initial RAM disk into the kernel. If it is refused, that is said on
// the console, and the machine ends: no program could run.
void load_pager();

// Lets the pager install its handlers for PROGRAM. The same.
void start_pager(const spin::Program& program);

// The extension whose code ADDRESS lies in; nullptr: none.
Extension* extension_at(VirtAddr address);
// Its place among the kernel's.
std::uint32_t slot_of(const Extension& extension);

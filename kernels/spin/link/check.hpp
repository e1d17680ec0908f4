// The object check: what is looked at before anything of an extension is linked.
// SPDX-License-Identifier: MIT
//
// Pure code, also compiled for the host. Whatever its source was, an object that passes
//   - defines no name of the kernel's, of the runtime's, and `extension_start` once (names.cpp);
//   - has a text that from its start to its end is instructions which a compiler may use, and in
//     which no jump leads between two of them, or out (sweep.cpp);
//   - is patched only where an instruction of the relocation's kind stands, or a whole word of
//   data,
//     and only with places of its own or with what it imports (aim.cpp, check.cpp).
// What it does not see is where a pointer leads that the code computes: that is for language and
// compiler. Before: object.hpp, which knows the sections. Next: relocate.hpp, which finds imports.
#pragma once

#include "kernels/spin/link/marks.hpp"
#include "kernels/spin/link/relocate.hpp"

namespace link {

// How many words of zeroes the check of OBJECT needs.
std::uint64_t room_to_check(const Object& object);

// Checks OBJECT, whose parts' contents, not patched yet, are in MEMORY (aligned as on a page).
// RESERVED: all that the kernel exports, whether this object may import it or not. not_permitted:
// something that an extension may not have; not_found: no start; malformed: what no compiler makes.
Result<void> check(const Object& object, const Memory& memory, std::span<const Export> reserved,
                   std::span<std::uint64_t> room, Complaint& complaint);

// What the parts of the check share.
struct Subject {
    const Object& object;
    const Memory& memory;
    Marks& marks;
    Complaint& complaint;

    std::string_view name_of(const Relocation& relocation) const;
};

// Where a relocation's symbol and addend may lead.
enum class Aim : std::uint8_t {
    none,        // the type is not linked here
    instruction, // of its own
    call,        // the same, or an import
    address,     // its own data, the start of a function of its own, or an import
    base,        // the same, or up to 2 KiB behind its data: from there a load reaches back
    label,       // an instruction of its own: the auipc of which this is the low half
    place,       // of its own: an instruction or data
};

// Whether RELOCATION keeps to AIM. An instruction to which it leads is marked.
Result<void> check_aim(const Subject& subject, const Relocation& relocation, Aim aim);

Result<void> check_names(const Subject& subject, std::span<const Export> reserved);
Result<void> check_text(const Subject& subject);

} // namespace link

// The exokernel's primitives: number in a7, arguments in a0 to a3, answer in a0 and a1.
// SPDX-License-Identifier: MIT
//
// A negative a0 is an abi::ErrorNumber, negated. ra, sp, gp, tp and s0..s11 are kept; every other
// register is cleared, so that nothing of the kernel's (its key least of all) stays in one. Frames,
// pages, blocks and slices go by their physical and virtual names; nothing is allocated that was
// not asked for. SLOT is a place in the caller's binding table, TARGET the slot of an environment
// that may be written to, or SELF.
#pragma once

#include "abi/exo/layout.h"

#include <cstddef>
#include <cstdint>

namespace abi::exo {

enum class Primitive : std::uint64_t {
    // (frame number, slot or NONE): the frame, behind the slot at once; or for NONE its capability,
    // in a0 and a1
    allocate = 1,
    // (capability): the frame is its owner's no more, and its capabilities are stale
    deallocate = 2,
    // (capability, slot): checks it once; the slot stands for it then
    bind = 3,
    // (slot): what was mapped by it stays mapped
    unbind = 4,
    // (slot, page's address, installed_for()): page -> frame, as far as the binding's rights go,
    // whatever stood there
    install = 5,
    // (page's address): takes that translation away
    remove = 6,
    // (slot): unbinds it; a frame of one's own is given back, too
    release = 7,
    // (TARGET, address of Changes, count): how many were done; a1 the error of the one behind
    // these, 0: all were done
    change = 8,
    // (TARGET, from_to(), count, rights): slots there stand for what these here do, with such
    // rights at most
    share = 9,
    // (TARGET, address, slot): the frame becomes the page table of the 2 MiB around the address
    give_table = 10,
    // (TARGET, address, slot or NONE): the table of the 2 MiB around the address, and the part of
    // the binding table around the slot, are both environments'
    graft = 11,
    // (first slot, slot or NONE): a new environment in FRAMES_TO_CREATE frames from there on,
    // behind the slot; or for NONE its capability
    create = 12,
    // (TARGET, address of Contexts)
    set_contexts = 13,
    // (TARGET): its slices may begin from now on
    start = 14,
    // (TARGET)
    destroy = 15,
    // (position, TARGET): a slice of one's own, or of nobody's
    give_slice = 16,
    // (terms in the environment page, deadline): until one holds; see below
    wait = 17,
    // (TARGET; SELF, or once the end was announced: whoever is next)
    yield = 18,
    // (first block, blocks): a capability for that part of the disk
    take_extent = 19,
    // (capability)
    return_extent = 20,
    // (disk_operation(), block of the extent, slot of a frame, word())
    disk = 21,
    // (address, bytes)
    write_console = 22,
    // (slot): what is typed goes into the Keys in that frame
    take_keys = 23,
    // (slot): of a frame of one's own: nobody else binds or maps it any more
    break_bindings = 24,
    // (time): the slice's end is announced then, if it would come later
    alarm = 25,
    // (status, Ending): does not return
    exit = 26,
    // (): the same, for an exception that the library OS could not mend
    end_by_fault = 27,
    // (TARGET, index, slot): the frame becomes that part of the binding table
    give_part = 28,
    // (TARGET, word() or NONE): when the environment ends, the word is one more than before
    tell_end = 29,
    // (count): no frame is free; see below. Who is asked for so many, by number
    want_frames = 30,
};
static_assert(static_cast<std::uint64_t>(Primitive::want_frames) + 1 == EXO_PRIMITIVES);

// Slots of an environment's binding table, in parts of a frame each (give_part, graft).
inline constexpr std::size_t PART_SLOTS = 512;
inline constexpr std::size_t PARTS = 6;
inline constexpr std::size_t BINDINGS = PARTS * PART_SLOTS;
static_assert(BINDINGS == EXO_BINDINGS);

// In place of a slot: the caller itself; no slot.
inline constexpr std::uint64_t SELF = ~std::uint64_t{0};
inline constexpr std::uint64_t NONE = ~std::uint64_t{0};

// Where the first environment finds a capability for itself; others have one from who made them, if
// they have one at all.
inline constexpr std::uint64_t OWN_SLOT = PART_SLOTS - 1;
// And one for the environment that was started beside it (the boot argument `beside`), if one was:
// to be called, and nothing else.
inline constexpr std::uint64_t BESIDE_SLOT = OWN_SLOT - 1;

// For `share`: the first slot here, and the first one there.
constexpr std::uint64_t from_to(std::uint64_t from, std::uint64_t to) { return from | to << 32; }

// How an environment ends: with the first one ends the machine.
enum class Ending : std::uint64_t {
    done,         // with its status
    cannot_begin, // what it was to run is not there, or no program; it has said so
};

// What an environment is made of, in this order: the root of its page table, the two tables below
// it (a GiB each), the tables of EXO_TABLES' first and second half, the environment page. All is
// empty then.
inline constexpr std::size_t FRAMES_TO_CREATE = 6;

inline constexpr std::size_t ENVIRONMENTS = 80;

// The vector of slices, in the order of execution; ticks of `time` each.
inline constexpr std::size_t SLICES = 128;
inline constexpr std::uint64_t SLICE_TICKS = 100'000;
// Who has not yielded when so many further slices' ends have come after the announcement is ended.
inline constexpr std::uint64_t EXCESS_SLICES = 10;

// Visible revocation (Exokernel, SOSP'95, section 3.3): of a want of frames the kernel asks the
// environment that has most of them above GUARANTEED_FRAMES, by EnvironmentPage::frames_wanted. Its
// wait, if it is in one, is over. It chooses which, saves what is in them, and gives so many back
// (release, deallocate); ANSWER_SLICES' time after its next slice has begun it has done so, or is
// ended. One is asked at a time: until it has answered, whoever wants frames hears of that one. It
// may be the caller itself. no_memory: nobody has more than is guaranteed.
inline constexpr std::uint64_t GUARANTEED_FRAMES = 128;
inline constexpr std::uint64_t ANSWER_SLICES = 100;
inline constexpr std::uint64_t MOST_WANTED = 1024; // at a time; more is too_large, 0 invalid

// For `install`: rights, and the access that asks for the page, which the page table notes as the
// machine would. All are sums of 1 (read), 2 (write) and 4 (execute); an access of 0 is none yet.
constexpr std::uint64_t installed_for(std::uint64_t rights, std::uint64_t access) {
    return rights | access << 8;
}

// One of a list of changes to an environment.
struct Change {
    enum class Kind : std::uint64_t {
        install,        // as the primitive, by a slot of the caller's
        remove,         // not_mapped is no error
        protect,        // other rights for what is mapped, no more than its slot allows
        clear_accessed, // not_mapped is no error
        share,          // the same slot of the target's stands for what the caller's does
        release,        // as the primitive, of the caller's slot
    };
    // The address of a page, and in its low bits kind | rights << 3 | access << 6.
    std::uint64_t page;
    std::uint64_t slot;

    static constexpr Change make(Kind kind, std::uint64_t slot, std::uint64_t page = 0,
                                 std::uint64_t rights = 0, std::uint64_t access = 0) {
        return {page | static_cast<std::uint64_t>(kind) | rights << 3 | access << 6, slot};
    }
};

// Of one list: so no primitive takes longer than the end of a slice can wait.
inline constexpr std::uint64_t CHANGES = 512;

// Where an environment is entered. Nothing is checked: the hardware checks every jump.
struct Contexts {
    std::uint64_t exception;    // registers as they were; t0: the save area (environment.hpp)
    std::uint64_t begin;        // of a slice; no register has a meaning
    std::uint64_t end;          // of a slice is near; registers as they were; t0: the save area
    std::uint64_t transfer = 0; // protected entry; 0: nobody may enter. t0: the caller's number
};

// A word of a frame that is bound: slot and offset of 8 bytes. For `wait` and `disk`.
constexpr std::uint64_t word(std::uint64_t slot, std::uint64_t offset) {
    return slot << 12 | offset;
}

// Protected control transfer (Exokernel, SOSP'95, section 5.2.1): an ecall with EXO_TRANSFER + the
// slot of an environment in a7. The callee is entered at Contexts::transfer, at once, in the rest
// of the caller's slice, with the caller's registers: t0 to t4 are the kernel's, all others are not
// touched, on neither way. An ecall with EXO_TRANSFER_RETURN goes back; then the caller goes on 8
// bytes behind its ecall. 4 bytes behind it goes on if it was refused: no such slot, no entry, it
// has ended, or one of the two takes part in another transfer.
// While it is called the callee cannot wait or yield (busy), and hears of no end of a slice; the
// caller does as soon as it goes on. A callee that stays for EXCESS_SLICES longer is ended. Where
// the callee ends, the caller goes on at its `begin`; where the caller ends, the return is refused.

// A wait is over once a term holds, or `time` has come to its deadline: evaluated when it is set,
// and whenever a slice of the environment would begin. Then it is entered at Contexts::begin;
// `wait` returns, with 0, only if a term held when it was set.
struct Term {
    std::uint64_t word;  // is not
    std::uint64_t value; // this
};
inline constexpr std::size_t TERMS = 4;

enum class DiskOperation : std::uint64_t { read = 0, write = 1, flush = 2 };
constexpr std::uint64_t disk_operation(DiskOperation operation, std::uint64_t extent_slot) {
    return static_cast<std::uint64_t>(operation) | extent_slot << 8;
}
// What the word holds while a request is under way; then 0, or an abi::ErrorNumber, negated.
inline constexpr std::uint64_t UNDER_WAY = 1;
inline constexpr std::size_t DISK_REQUESTS = 64;
inline constexpr std::size_t DISK_REQUESTS_EACH = 8; // of an environment

// A ring of what is typed. The kernel stores at `written` and moves it on, the library moves
// `taken`; both only grow. While it is full, the device keeps what comes.
struct Keys {
    static constexpr std::size_t BYTES = 1024;
    std::uint64_t written;
    std::uint64_t taken;
    unsigned char bytes[BYTES];
};

// A self-authenticating capability: whoever holds these two words holds the right.
struct Capability {
    std::uint64_t name;          // what it is for; drawn in kernels/exo/capability.hpp
    std::uint64_t authenticator; // the kernel's seal over it
};

// In which a primitive answers.
struct ReturnRegisters {
    std::uint64_t first;      // a0
    std::uint64_t second = 0; // a1
};

} // namespace abi::exo

// micro: what else there is than messages: spaces, threads, page tables' frames, devices.
// SPDX-License-Identifier: MIT
//
// Each is an operation of ipc.hpp, with arguments in a0.. and a result in a0: 0, a value, or an
// error's number. All of them name what they act on by a capability in the caller's own table; none
// waits. not_permitted: the slot holds no capability with the right for this.
//
//   give (token, slot, rights)       the caller that waits under TOKEN and ACCEPTS gets the
//                                    capability in SLOT, with those of its rights, in its slot.
//                                    no_process; not_permitted
//   create_space (slot)              a new space in the empty SLOT, with all rights; its tables
//                                    come from what the caller gave (give_table). too_many;
//                                    no_memory: a table is wanted; exists: the slot is not empty
//   destroy_space (slot)             it ends, if it has not; the slot is empty. Its tables are free
//                                    for the next; a thread that was in it is in none. busy: the
//                                    caller is
//   change_space (slot, address, n)  carries out the n SpaceItems at ADDRESS, in one page of the
//                                    caller's. How many were: fewer, where one failed, which tells
//                                    why. bad_address
//   set_pager (slot, first, end, badge, thread slot)  page faults from the address FIRST to END
//                                    go to that thread (which one controls, or SELF), under BADGE,
//                                    and nobody else any more. Up to four ranges; the first one's
//                                    pager is OWN_PAGER. too_many; invalid
//   count_tables (slot)              how many frames the space's tables take
//   give_table (address)             the frame of the caller's page, which nobody else has mapped,
//                                    is the kernel's, for tables of spaces that the caller makes.
//                                    not_mapped; busy: mapped elsewhere, or a device has it
//   take_table ()                    one of them that is free stands where it stood. Its address;
//                                    no_memory: none is free; exists: another page stands there
//   create_thread (slot, badge, priority)  a new thread in the empty SLOT, with all rights: in no
//                                    space, not running, with its creator under BADGE behind its
//                                    own slot HANDLER. too_many; exists; invalid: a priority above
//                                    the caller's
//   destroy_thread (slot)            it ends, if it has not; the slot is empty
//   set_space (slot, space slot)     the thread runs in that space (ENTER), or NO_SPACE
//   read_registers (slot, address)   into a ThreadContext. bad_address
//   write_registers (slot, address)  out of one; whatever the thread waited for, it runs
//   give_to_thread (slot, its slot, own slot, rights, badge)  a copy into the thread's table.
//                                    Of a thread that one controls: to send to it, under BADGE;
//                                    else under the badge that it has
//   name_thread (slot, address, bytes)  for people: up to 15 bytes count
//   describe_thread (slot, address)  a ThreadUse
//   set_scheduler (slot, scheduler slot, tag, bits)  from now on the thread has its turns from the
//                                    other (SEND, NOTIFY): TURN_WANTED, with the tag, when it
//                                    could run, and again when its turn is over. If it has a turn
//                                    and waits, while the processor has nothing more urgent to do,
//                                    its turn is over, and the scheduler gets BITS as a notice.
//                                    NO_SCHEDULER: from the kernel, as when its scheduler ends
//   end_turn (token)                 that thread's turn is over, whose scheduler the caller is:
//                                    TURN_WANTED follows, or the notice. no_process
//   use_of (token)                   twice the ticks that such a thread ran, and 1 more if it has
//                                    a turn. no_process
//
// With a capability for the machine, in slot MACHINE:
//   map_memory (space slot, page, physical page, n, rights)  MEMORY. invalid: the kernel's;
//                                    no_memory: a table is wanted
//   bind_interrupt (source, bit)     INTERRUPTS. It becomes a notice of the caller, and is
//                                    complete when the caller next takes notices
//   pin (token, offset, Access)      DMA. The physical address of the page that begins there in the
//                                    window of who waits under TOKEN, which a device will load or
//                                    store; its frame cannot become a table before unpin.
//                                    not_permitted: no window for that; not_mapped; invalid: no
//                                    page begins there; too_many
//   unpin ()                         all that the caller has pinned
//   end_machine (status)             END
#pragma once

#include "abi/micro/ipc.hpp"
#include "lib/fault.hpp"

#include <array>

namespace abi::micro {

// Slots with a meaning.
inline constexpr CapSlot HANDLER{0};      // who gets a thread's exceptions, and its exit
inline constexpr CapSlot MACHINE{1};      // what it may do with the machine
inline constexpr CapSlot OWN_PAGER{0xff}; // only to call: who mends faults of the thread's space
inline constexpr std::uint64_t NO_SPACE = ~0ULL;
inline constexpr std::uint64_t SELF = ~0ULL; // in place of a thread's slot
inline constexpr std::uint64_t NO_SCHEDULER = ~0ULL;

// What a capability carries: rights to a thread, to a space, or to the machine.
namespace right {
inline constexpr std::uint64_t SEND = 1;    // to a thread
inline constexpr std::uint64_t NOTIFY = 2;  // to a thread
inline constexpr std::uint64_t CONTROL = 4; // a thread
inline constexpr std::uint64_t MANAGE = 8;  // a space
inline constexpr std::uint64_t ENTER = 16;  // a space, by a thread that one controls
inline constexpr std::uint64_t CREATE = 32; // the machine: threads and spaces; with many slots
inline constexpr std::uint64_t MEMORY = 64; // the machine
inline constexpr std::uint64_t INTERRUPTS = 128;
inline constexpr std::uint64_t DMA = 256;
inline constexpr std::uint64_t END = 512;
inline constexpr std::uint64_t ALL = 1023;
} // namespace right

// The highest of those who can run does; who has the same takes turns.
namespace priority {
inline constexpr std::uint64_t USUAL = 0;
inline constexpr std::uint64_t SERVER = 1; // on behalf of others, who wait
inline constexpr std::uint64_t DRIVER = 2; // now, or something is lost
inline constexpr std::uint64_t COUNT = 3;
} // namespace priority

// How many slots a thread has: few, or, with CREATE, many.
inline constexpr std::uint64_t FEW_SLOTS = 8;
inline constexpr std::uint64_t MANY_SLOTS = 160;

// Where root finds what it is told (the kernel's task.cpp).
inline constexpr std::uint64_t ROOT_BOOT_PAGE = 0x70000000;
inline constexpr std::uint64_t ROOT_RAM_DISK = 0x71000000;
inline constexpr CapSlot ROOT_SPACE{2}; // its own

// One change of a space:
//
//   what     63..12 page    11..8 Access + 1, or 0    6..4 SpaceAction    2..0 rights (x w r)
//   operand  map, install: own page (an address). Afterwards the outcome: 0 or a Usage; or an
//            error's number
//
// map: exists, if a page stands there; no_memory: a table is wanted. install: whatever stood there,
// as if the Access in bits 11..8 had been made already. Of a page that is not mapped a usage is 0.
enum class SpaceAction : std::uint64_t {
    map = 1,
    install = 2,
    protect = 3,
    unmap = 4,
    examine = 5,
    forget_access = 6
};

struct SpaceItem {
    std::uint64_t what = 0;
    std::uint64_t operand = 0;

    static constexpr SpaceItem of(SpaceAction action, Page page, Rights rights = {},
                                  std::uint64_t operand = 0) {
        return {page.start().raw() | static_cast<std::uint64_t>(action) << 4 | rights.raw(),
                operand};
    }
    constexpr SpaceItem after(Access access) const {
        return {what | (static_cast<std::uint64_t>(access) + 1) << 8, operand};
    }
    constexpr Page page() const { return Page::containing(VirtAddr(what)); }
    constexpr Rights rights() const { return Rights::from_raw(what & 7); }
    constexpr SpaceAction action() const { return static_cast<SpaceAction>(what >> 4 & 7); }
    constexpr std::uint64_t access() const { return what >> 8 & 0xf; } // + 1
};
inline constexpr std::size_t MOST_ITEMS = 64;

// Bits of a Usage.
inline constexpr std::uint64_t ACCESSED = 1;
inline constexpr std::uint64_t DIRTY = 2;

struct ThreadContext {
    std::uint64_t pc;
    std::array<std::uint64_t, 31> registers; // x1..x31
};

struct ThreadUse {
    enum class State : std::uint64_t { ready = 0, waits = 1 };
    State state;          // waits: for a message, an answer, or time
    std::uint64_t faults; // that were mended
    std::uint64_t ticks;  // of `time`, that it ran
};

// What the root server finds at ROOT_BOOT_PAGE: all there is.
struct BootPage {
    std::uint64_t first_frame; // free RAM: physical page numbers
    std::uint64_t frame_count;
    std::uint64_t ram_disk_bytes; // of the RAM disk, at ROOT_RAM_DISK
    std::uint64_t timebase;
    std::uint64_t uart_registers; // physical address; 0: none
    std::uint64_t uart_interrupt;
    std::uint64_t virtio_count;
    struct Device {
        std::uint64_t registers; // physical address
        std::uint64_t interrupt;
    };
    std::array<Device, 32> virtio;
    std::uint64_t argument_bytes;
    std::array<char, 2048> arguments; // the kernel's command line
};
static_assert(sizeof(BootPage) <= PAGE_SIZE);

} // namespace abi::micro

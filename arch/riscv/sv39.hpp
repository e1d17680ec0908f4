// Sv39 page tables: entries, and walking, mapping, unmapping and protecting by them.
// SPDX-License-Identifier: MIT
//
// RISC-V Privileged Architecture, "Sv39: Page-Based 39-bit Virtual-Memory System". Pure code: it
// touches tables only through the TableMemory that it is given and runs no CSR instruction, so the
// host compiles it too (for tests, and to read a guest's tables from outside). After a change of a
// translation that is in force the caller executes one sfence.vma (csr.hpp).
#pragma once

#include "lib/address.hpp"
#include "lib/fault.hpp"
#include "lib/result.hpp"

#include <array>
#include <concepts>
#include <cstdint>

namespace sv39 {

inline constexpr unsigned LEVELS = 3;
inline constexpr unsigned ENTRIES = 512;

// An address-space identifier, satp bits 59..44.
class Asid {
public:
    explicit constexpr Asid(std::uint16_t raw) : raw_(raw) {}
    constexpr std::uint16_t raw() const { return raw_; }
    constexpr bool operator==(const Asid&) const = default;

private:
    std::uint16_t raw_;
};

// Bits 0..7 of an entry.
class PteFlags {
public:
    constexpr PteFlags() = default;
    // lab 1 task 1: hole flags
    // A page of a program or server. A and D are set: the access that asked for the page is about
    // to set them, and an implementation may fault on clear ones (Svade).
    static constexpr PteFlags user(Rights rights) {
        return PteFlags(of(rights) | VALID | USER | ACCESSED | DIRTY);
    }
    // The same for a page whose contents its backing still has: D is clear, until the machine sets
    // it on the first store or, where it does not do that by itself, faults (Svade).
    static constexpr PteFlags unwritten(Rights rights) {
        return PteFlags(of(rights) | VALID | USER | ACCESSED);
    }
    // lab 1 end
    // A page that a program gets for ACCESS, as the machine itself would leave it then.
    static constexpr PteFlags used(Rights rights, Access access) {
        return unwritten(rights).after(access);
    }
    // lab 1 task 1: hole kernel-flags
    // A page of the kernel, in every address space.
    static constexpr PteFlags kernel(Rights rights) {
        return PteFlags(of(rights) | VALID | GLOBAL | ACCESSED | DIRTY);
    }
    // lab 1 end
    static constexpr PteFlags from_raw(std::uint8_t raw) { return PteFlags(raw); }

    constexpr PteFlags with(Rights rights) const {
        // lab 1 task 5: hole with
        return PteFlags((raw_ & ~of(Rights::all())) | of(rights));
        // lab 1 end
    }
    // What the machine does to the flags when the program makes ACCESS.
    constexpr PteFlags after(Access access) const {
        return PteFlags(raw_ | ACCESSED | (access == Access::store ? DIRTY : 0));
    }
    // Whether a program may make ACCESS by an entry with these flags.
    constexpr bool let_program(Access access) const {
        const unsigned needed = VALID | USER | static_cast<unsigned>(access) << 1;
        return (raw_ & needed) == needed;
    }
    constexpr PteFlags not_accessed() const { return PteFlags(raw_ & ~ACCESSED); }

    constexpr Rights rights() const { return Rights::from_raw(raw_ >> 1); }
    constexpr bool is_user() const { return (raw_ & USER) != 0; }
    constexpr bool is_global() const { return (raw_ & GLOBAL) != 0; }
    constexpr bool accessed() const { return (raw_ & ACCESSED) != 0; }
    constexpr bool dirty() const { return (raw_ & DIRTY) != 0; }
    constexpr std::uint8_t raw() const { return raw_; }
    constexpr bool operator==(const PteFlags&) const = default;

private:
    friend class Pte;
    static constexpr unsigned VALID = 1 << 0;
    static constexpr unsigned USER = 1 << 4;
    static constexpr unsigned GLOBAL = 1 << 5;
    static constexpr unsigned ACCESSED = 1 << 6;
    static constexpr unsigned DIRTY = 1 << 7;

    explicit constexpr PteFlags(unsigned raw) : raw_(static_cast<std::uint8_t>(raw)) {}
    // R, W and X are bits 1, 2, 3, in the order of Rights.
    static constexpr unsigned of(Rights rights) { return static_cast<unsigned>(rights.raw()) << 1; }
    std::uint8_t raw_ = 0;
};

// One entry: bits 53..10 the frame's number, 9..8 free for software, 7..0 the flags.
class Pte {
public:
    constexpr Pte() = default;
    // lab 1 task 1: hole entry
    static constexpr Pte leaf(Frame frame, PteFlags flags) {
        return Pte(frame.number() << FRAME_SHIFT | flags.raw());
    }
    static constexpr Pte table(Frame frame) {
        return Pte(frame.number() << FRAME_SHIFT | PteFlags::VALID);
    }
    // lab 1 end
    static constexpr Pte from_raw(std::uint64_t raw) { return Pte(raw); }

    // lab 1 task 1: hole decode
    constexpr bool is_valid() const { return (raw_ & PteFlags::VALID) != 0; }
    constexpr bool is_leaf() const { return flags().rights() != Rights::none(); }
    // Valid, and points to a table of the next level: V without R, W, X.
    constexpr bool is_table() const { return (raw_ & 0xf) == PteFlags::VALID; }
    constexpr Frame frame() const { return Frame(raw_ >> FRAME_SHIFT & FRAME_MASK); }
    constexpr PteFlags flags() const { return PteFlags(static_cast<unsigned>(raw_ & 0xff)); }
    // lab 1 end
    constexpr std::uint64_t raw() const { return raw_; }
    constexpr bool operator==(const Pte&) const = default;

private:
    // lab 1 task 1: hole layout
    static constexpr unsigned FRAME_SHIFT = 10;
    static constexpr std::uint64_t FRAME_MASK = (1ULL << 44) - 1;
    // lab 1 end

    explicit constexpr Pte(std::uint64_t raw) : raw_(raw) {}
    std::uint64_t raw_ = 0;
};

struct alignas(PAGE_SIZE) Table {
    std::array<Pte, ENTRIES> entries;
};
static_assert(sizeof(Table) == PAGE_SIZE);

// lab 1 task 1: hole round-trip
static_assert(Pte::leaf(Frame(0x80200), PteFlags::user(Rights::read_write())).frame() ==
              Frame(0x80200));
static_assert(Pte::leaf(Frame(1), PteFlags::user(Rights::read_execute())).flags().rights() ==
              Rights::read_execute());
static_assert(Pte::table(Frame(7)).is_table() && !Pte::table(Frame(7)).is_leaf());
static_assert(Pte::leaf(Frame(0x80200), PteFlags::user(Rights::read_write())).raw() == 0x200800d7);
// lab 1 end

// satp with mode 8 (Sv39).
constexpr std::uint64_t satp_value(Frame root, Asid asid) {
    return 8ULL << 60 | static_cast<std::uint64_t>(asid.raw()) << 44 | root.number();
}

// The index of PAGE in the table of LEVEL (2 is the root).
constexpr unsigned index_at(Page page, unsigned level) {
    // lab 1 task 2: hole index-at
    return static_cast<unsigned>(page.number() >> (9 * level) & (ENTRIES - 1));
    // lab 1 end
}

// How tables are reached: by the direct map in a kernel, in an array on the host.
template <class M>
concept TableView = requires(M& memory, Frame frame) {
    { memory.table(frame) } -> std::same_as<Table&>; // the table in that frame
};

// And where more of them come from.
template <class M>
concept TableMemory = TableView<M> && requires(M& memory) {
    { memory.new_table() } -> std::same_as<Result<Frame>>; // a zeroed frame for one more
};

// The last-level entry of PAGE; nullptr where a table is missing on the way, or a large leaf stands
// there.
template <TableView M>
inline Pte* find_entry(M& memory, Frame root, Page page) {
    // lab 1 task 2: hole find-entry
    Table* table = &memory.table(root);
#pragma GCC unroll 2
    for (unsigned level = LEVELS - 1; level != 0; --level) {
        const Pte entry = table->entries[index_at(page, level)];
        if (!entry.is_table()) [[unlikely]]
            return nullptr;
        table = &memory.table(entry.frame());
    }
    return &table->entries[index_at(page, 0)];
    // lab 1 end
}

// The same, with missing tables made. no_memory: none to be had; already_mapped: a large leaf.
template <TableMemory M>
[[gnu::noinline, gnu::cold]] Result<Pte*> make_entry(M& memory, Frame root, Page page) {
    // lab 1 task 3: hole make-entry
    Table* table = &memory.table(root);
    for (unsigned level = LEVELS - 1; level != 0; --level) {
        Pte& entry = table->entries[index_at(page, level)];
        if (!entry.is_valid()) [[unlikely]]
            entry = Pte::table(TRY(memory.new_table()));
        else if (entry.is_leaf()) [[unlikely]]
            return std::unexpected(Error::already_mapped);
        table = &memory.table(entry.frame());
    }
    return &table->entries[index_at(page, 0)];
    // lab 1 end
}

// Makes ENTRY, of the last level, a leaf. already_mapped when it is valid.
inline Result<void> set_leaf(Pte& entry, Frame frame, PteFlags flags) {
    // lab 1 task 3: hole set-leaf
    if (entry.is_valid()) [[unlikely]]
        return std::unexpected(Error::already_mapped);
    entry = Pte::leaf(frame, flags);
    return {};
    // lab 1 end
}

// PAGE -> FRAME with FLAGS, with the tables that are missing. already_mapped; no_memory.
template <TableMemory M>
Result<void> map(M& memory, Frame root, Page page, Frame frame, PteFlags flags) {
    return set_leaf(*TRY(make_entry(memory, root, page)), frame, flags);
}

// Removes PAGE's translation and returns its frame. not_mapped.
template <TableView M>
Result<Frame> unmap(M& memory, Frame root, Page page) {
    // lab 1 task 4: hole unmap
    Pte* entry = find_entry(memory, root, page);
    if (entry == nullptr || !entry->is_valid())
        return std::unexpected(Error::not_mapped);
    const Frame frame = entry->frame();
    *entry = Pte();
    return frame;
    // lab 1 end
}

// Gives PAGE other flags. not_mapped.
template <TableView M>
Result<void> protect(M& memory, Frame root, Page page, PteFlags flags) {
    // lab 1 task 5: hole protect
    Pte* entry = find_entry(memory, root, page);
    if (entry == nullptr || !entry->is_valid())
        return std::unexpected(Error::not_mapped);
    *entry = Pte::leaf(entry->frame(), flags);
    return {};
    // lab 1 end
}

// Whether a leaf may carry RIGHTS: none at all would make it a table, and writing without reading
// is reserved (Privileged Architecture, "Addressing and Memory Protection").
constexpr bool has_encoding(Rights rights) {
    // lab 1 task 5: hole has-encoding
    return rights.can_read() || (rights.can_execute() && !rights.can_write());
    // lab 1 end
}

// PAGE as a program in this space may use it: its valid entry, if it is a user page; else nullptr.
// The indices ignore an address's upper bits, but the machine does not: the program half ends at
// 2^38.
template <TableView M>
const Pte* find_user(M& memory, Frame root, Page page) {
    if (page.number() >> (38 - PAGE_SHIFT) != 0) [[unlikely]]
        return nullptr;
    const Pte* entry = find_entry(memory, root, page);
    return entry != nullptr && entry->is_valid() && entry->flags().is_user() ? entry : nullptr;
}

// The same by value. not_mapped.
template <TableView M>
Result<Pte> translate_user(M& memory, Frame root, Page page) {
    const Pte* entry = find_user(memory, root, page);
    if (entry == nullptr)
        return std::unexpected(Error::not_mapped);
    return *entry;
}

} // namespace sv39

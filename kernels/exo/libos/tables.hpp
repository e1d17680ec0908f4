// The process's own page tables: which there are, and what stands in them, to be read.
// SPDX-License-Identifier: MIT
//
// The kernel maps each table a second time, read-only, at EXO_TABLES (../space.cpp). Where there is
// none, nothing is mapped, so the library keeps a bit for each that it gave.
#pragma once

#include "abi/address_map.h"
#include "lib/fault.hpp"

#include <array>
#include <bit>
#include <cstdint>

// An entry of the last level, as the machine sees it (RISC-V Privileged Architecture, "Sv39").
class TableEntry {
public:
    constexpr TableEntry() = default;
    explicit constexpr TableEntry(std::uint64_t raw) : raw_(raw) {}
    constexpr bool is_valid() const { return (raw_ & 1) != 0; }
    constexpr Rights rights() const { return Rights::from_raw(raw_ >> 1); }
    constexpr bool accessed() const { return (raw_ >> 6 & 1) != 0; }
    constexpr bool dirty() const { return (raw_ >> 7 & 1) != 0; }
    constexpr Frame frame() const { return Frame(raw_ >> 10 & ((1ULL << 44) - 1)); }

private:
    std::uint64_t raw_ = 0;
};

class Tables {
public:
    static constexpr unsigned SHIFT = 21; // 2 MiB a table
    static constexpr std::uint64_t BYTES = 1ULL << SHIFT;

    bool has(std::uint64_t address) const {
        const std::uint64_t table = address >> SHIFT;
        return (given_[table / 64] >> table % 64 & 1) != 0;
    }
    void note(std::uint64_t address) {
        const std::uint64_t table = address >> SHIFT;
        given_[table / 64] |= 1ULL << table % 64;
    }
    void forget(std::uint64_t address) {
        const std::uint64_t table = address >> SHIFT;
        given_[table / 64] &= ~(1ULL << table % 64);
    }
    bool has_part(std::uint64_t part) const { return (parts_ >> part & 1) != 0; }
    void note_part(std::uint64_t part) { parts_ |= 1ULL << part; }

    // What stands at ADDRESS, whose table there is.
    TableEntry at(std::uint64_t address) const {
        const auto* const entries = reinterpret_cast<const volatile std::uint64_t*>(EXO_TABLES);
        return TableEntry(entries[address / PAGE_SIZE]);
    }
    // The same; an entry that is not valid where there is no table.
    TableEntry look(std::uint64_t address) const {
        return address < USER_END && has(address) ? at(address) : TableEntry();
    }
    // VISIT(address of the first byte) for each table.
    template <class Visit>
    void for_each(Visit visit) const {
        for (std::uint64_t word = 0; word < given_.size(); ++word)
            for (std::uint64_t left = given_[word]; left != 0; left &= left - 1) {
                const auto bit = static_cast<std::uint64_t>(std::countr_zero(left));
                visit((word * 64 + bit) << SHIFT);
            }
    }

    // VISIT(address) for each page that is mapped by the table of ADDRESS, which there is.
    template <class Visit>
    void for_each_valid(std::uint64_t address, Visit visit) const {
        constexpr std::uint64_t AT_ONCE = 8; // most of a table is empty
        const auto* entry = reinterpret_cast<const volatile std::uint64_t*>(EXO_TABLES) +
                            address / BYTES * (BYTES / PAGE_SIZE);
        for (std::uint64_t page = address; page < address + BYTES; page += AT_ONCE * PAGE_SIZE) {
            std::uint64_t any = 0;
            for (std::uint64_t i = 0; i < AT_ONCE; ++i)
                any |= entry[i];
            for (std::uint64_t i = 0; i < AT_ONCE && any != 0; ++i)
                if (TableEntry(entry[i]).is_valid())
                    visit(page + i * PAGE_SIZE);
            entry += AT_ONCE;
        }
    }

private:
    std::array<std::uint64_t, (USER_END >> SHIFT) / 64> given_{};
    std::uint64_t parts_ = 0;
};

inline constinit Tables tables;

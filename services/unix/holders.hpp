// Who is in the middle of a read or write, and of which open file.
// SPDX-License-Identifier: MIT
//
// A read or write that stops on the way (the disk is slow, a page of the program's is not there, a
// pipe is full) holds its file until it is over, so that nobody else gets at the offset or between
// the bytes. A process is in one call at a time, and so holds one file at most. Who excludes whom
// is transfers.hpp's matter.
#pragma once

#include "services/unix/names.hpp"

#include <array>
#include <bit>
#include <optional>

namespace unix {

enum class Way : std::uint8_t { in, out }; // a read, a write

struct Holder {
    ProcessIndex process;
    OpenFileIndex file;
    Way way = Way::in;
};

class Holders {
public:
    bool is_empty() const { return holding_ == 0; }
    bool has(ProcessIndex process) const { return (holding_ & bit(process)) != 0; }
    // What PROCESS holds, which holds something.
    OpenFileIndex file_of(ProcessIndex process) const { return holders_[process.number()].file; }

    // HOLDER's process holds this file, and none that it held before.
    void set(const Holder& holder) {
        holders_[holder.process.number()] = holder;
        holding_ |= bit(holder.process);
    }
    void remove(ProcessIndex process) { holding_ &= ~bit(process); }

    // Some holder for which WANTED holds.
    template <class Wanted>
    std::optional<Holder> find(Wanted wanted) const {
        for (std::uint64_t left = holding_; left != 0; left &= left - 1) {
            const Holder& holder = holders_[static_cast<std::size_t>(std::countr_zero(left))];
            if (wanted(holder))
                return holder;
        }
        return std::nullopt;
    }

private:
    static constexpr std::uint64_t bit(ProcessIndex process) {
        return std::uint64_t{1} << process.number();
    }
    static_assert(PROCESSES <= 64);

    std::uint64_t holding_ = 0;               // a bit for each process that holds something
    std::array<Holder, PROCESSES> holders_{}; // by process
};

} // namespace unix

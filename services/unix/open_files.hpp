// The table of open files: what descriptors of one or several processes share.
// SPDX-License-Identifier: MIT
//
// fork and dup make users, of one offset; open makes a new open file. Whoever lets go last closes
// it (system.hpp knows what that means for each kind).
#pragma once

#include "services/unix/names.hpp"

#include "lib/fault.hpp"
#include "lib/result.hpp"

#include <array>

namespace unix {

template <class Inode>
struct OpenFile {
    enum class Kind : std::uint8_t { none, file, directory, pipe, terminal, null, zero };
    // While the file system is busy with a read or write here, the offset is not to be moved.
    enum class Use : std::uint8_t { idle, busy };

    Kind kind = Kind::none;
    Use use = Use::idle;
    bool appends = false;
    bool has_inode = false; // of kinds that come by way of the file system
    Rights rights;          // read, write
    PipeIndex pipe;         // of a pipe; which end is told by the rights
    std::uint16_t users = 0;
    std::uint64_t offset = 0; // of a file or directory
    Inode inode{};            // held
};

template <class Inode>
class OpenFiles {
public:
    OpenFile<Inode>& at(OpenFileIndex index) { return files_[index.number()]; }
    const OpenFile<Inode>& at(OpenFileIndex index) const { return files_[index.number()]; }
    std::size_t in_use() const { return in_use_; }

    // One with one user. too_many: all are in use.
    Result<OpenFileIndex> allocate() {
        if (in_use_ == OPEN_FILES)
            return std::unexpected(Error::too_many);
        std::size_t chosen = ever_used_;
        if (first_free_ != NONE) {
            chosen = first_free_ - 1U;
            first_free_ = next_free_[chosen];
        } else {
            ++ever_used_;
        }
        files_[chosen] = OpenFile<Inode>{};
        files_[chosen].users = 1;
        ++in_use_;
        return OpenFileIndex(chosen);
    }
    void free(OpenFileIndex index) {
        files_[index.number()] = OpenFile<Inode>{};
        next_free_[index.number()] = first_free_;
        first_free_ = static_cast<std::uint16_t>(index.number() + 1);
        --in_use_;
    }

private:
    static constexpr std::uint16_t NONE = 0;
    std::array<OpenFile<Inode>, OPEN_FILES> files_{};
    std::array<std::uint16_t, OPEN_FILES> next_free_{}; // an index and 1
    std::uint16_t first_free_ = NONE;                   // an index and 1
    std::uint16_t ever_used_ = 0;                       // below this, files were used before
    std::size_t in_use_ = 0;
};

} // namespace unix

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
#include <utility>

namespace unix {

template <class Inode>
struct OpenFile {
    enum class Kind : std::uint8_t { none, file, directory, pipe, terminal, null, zero };
    Kind kind = Kind::none;
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
        OpenFileIndex chosen(ever_used_ + 1);
        if (first_free_ == OpenFileIndex()) {
            ++ever_used_;
        } else {
            chosen = first_free_;
            first_free_ = next_free_[chosen.number()];
        }
        at(chosen).users = 1;
        ++in_use_;
        return chosen;
    }
    void free(OpenFileIndex index) {
        at(index) = OpenFile<Inode>{};
        next_free_[index.number()] = std::exchange(first_free_, index);
        --in_use_;
    }

private:
    std::array<OpenFile<Inode>, OPEN_FILES + 1> files_{}; // the first is none
    std::array<OpenFileIndex, OPEN_FILES + 1> next_free_{};
    OpenFileIndex first_free_;
    std::size_t ever_used_ = 0; // up to here, files were used before
    std::size_t in_use_ = 0;
};

} // namespace unix

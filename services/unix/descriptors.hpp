// A process's descriptors: small numbers that stand for open files.
// SPDX-License-Identifier: MIT
//
// Only numbers move here; who counts the users of an open file is open_files.hpp.
#pragma once

#include "services/unix/names.hpp"

#include "lib/result.hpp"

#include <array>
#include <span>

namespace unix {

class Descriptors {
public:
    // None, when nothing is open there.
    OpenFileIndex find(Descriptor descriptor) const {
        return descriptor.raw() < DESCRIPTORS ? files_[descriptor.raw()] : OpenFileIndex();
    }
    std::span<const OpenFileIndex> all() const { return files_; }
    // The lowest from FROM on. too_many: all are in use.
    Result<Descriptor> lowest_free(std::uint64_t from = 0) const {
        for (std::uint64_t i = from; i < DESCRIPTORS; ++i)
            if (files_[i] == OpenFileIndex())
                return Descriptor(i);
        return std::unexpected(Error::too_many);
    }
    void set(Descriptor descriptor, OpenFileIndex file) { files_[descriptor.raw()] = file; }
    void clear(Descriptor descriptor) { files_[descriptor.raw()] = OpenFileIndex(); }

private:
    std::array<OpenFileIndex, DESCRIPTORS> files_{};
};

} // namespace unix

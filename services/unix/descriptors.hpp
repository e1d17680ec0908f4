// A process's descriptors: small numbers that stand for open files.
// SPDX-License-Identifier: MIT
//
// Only numbers move here; who counts the users of an open file is open_files.hpp.
#pragma once

#include "services/unix/names.hpp"

#include "lib/result.hpp"

#include <array>
#include <optional>

namespace unix {

class Descriptors {
public:
    // bad_descriptor: nothing is open there.
    Result<OpenFileIndex> find(Descriptor descriptor) const {
        if (descriptor.raw() >= DESCRIPTORS || files_[descriptor.raw()] == NONE)
            return std::unexpected(Error::bad_descriptor);
        return OpenFileIndex(files_[descriptor.raw()] - 1U);
    }
    // The lowest from FROM on. too_many: all are in use.
    Result<Descriptor> lowest_free(std::uint64_t from = 0) const {
        for (std::uint64_t i = from; i < DESCRIPTORS; ++i)
            if (files_[i] == NONE)
                return Descriptor(i);
        return std::unexpected(Error::too_many);
    }
    void set(Descriptor descriptor, OpenFileIndex file) {
        files_[descriptor.raw()] = static_cast<std::uint16_t>(file.number() + 1);
    }
    void clear(Descriptor descriptor) { files_[descriptor.raw()] = NONE; }

private:
    static constexpr std::uint16_t NONE = 0;
    std::array<std::uint16_t, DESCRIPTORS> files_{}; // an index and 1
};

} // namespace unix

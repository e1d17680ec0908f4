// The lock that a process of ExOS holds over a wait: a word that names its holder.
// SPDX-License-Identifier: MIT
//
// For what is not whole while somebody waits in the middle of it: the file system, which waits for
// the disk. In critical sections, so that taking one that is free is a load and a store. The
// ordering law (docs/services.md): UNIX holds none; virtual memory is private, and needs none.
#pragma once

#include "services/io/turn.hpp"
#include "services/unix/names.hpp"

#include <cstdint>
#include <optional>

class Lock {
public:
    void acquire();
    void release();
    std::optional<unix::ProcessIndex> holder() const {
        if (holder_ == 0)
            return std::nullopt;
        return unix::ProcessIndex(holder_ - 1);
    }

private:
    volatile std::uint64_t holder_ = 0; // a process's index + 1
};

static_assert(io::Lock<Lock>);

// Places services/vm on the host: frames are entries of an array.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/memory.hpp"
#include "lib/result.hpp"

#include <array>
#include <vector>

struct HostFrames {
    using Name = std::size_t;
    struct alignas(PAGE_SIZE) Page {
        std::array<std::byte, PAGE_SIZE> bytes;
    };
    explicit HostFrames(std::size_t count) : pages(count) {}

    Result<Name> take() {
        if (taken == pages.size())
            return std::unexpected(Error::no_memory);
        return taken++;
    }
    PageBytes bytes(Name name) { return PageBytes(pages[name].bytes); }

    std::vector<Page> pages;
    std::size_t taken = 0;
};

namespace vm {
using Frames = HostFrames;
} // namespace vm

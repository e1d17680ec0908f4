// Places services/vm where it reaches no page table, swap device or file: without.hpp.
// SPDX-License-Identifier: MIT
#pragma once

#include "services/vm/stock.hpp"
#include "services/vm/without.hpp"

#include <memory>

// As many as its tables say, but the machine has fewer: so memory is promised that is not there.
struct FewFrames {
    static constexpr std::size_t MOST = 32;
    static constexpr std::size_t COUNT = 16;
    struct alignas(PAGE_SIZE) Page {
        std::array<std::byte, PAGE_SIZE> bytes{};
    };

    std::uint64_t most() const { return MOST; }
    Result<void> hold(vm::FrameIndex frame) {
        if (frame.raw() >= COUNT)
            return std::unexpected(Error::no_memory);
        return {};
    }
    PageBytes bytes(vm::FrameIndex frame) const { return PageBytes(pages[frame.raw()].bytes); }

    std::unique_ptr<Page[]> pages = std::make_unique<Page[]>(COUNT);
};

namespace vm {
using Frames = Stock<::FewFrames>;
using Translations = NoTranslations;
using Swap = NoSwap;
using Files = NoFiles;
} // namespace vm

// Places services/vm on the host: frames in an array, page tables in a map, nothing else.
// SPDX-License-Identifier: MIT
#pragma once

#include "services/vm/without.hpp"

#include <map>
#include <memory>
#include <utility>
#include <vector>

struct HostFrames {
    static constexpr std::size_t COUNT = 64;
    struct alignas(PAGE_SIZE) Page {
        std::array<std::byte, PAGE_SIZE> bytes{};
    };

    HostFrames() {
        for (std::size_t i = 0; i < COUNT; ++i)
            give(vm::FrameIndex(i));
    }
    Result<vm::FrameIndex> take() {
        if (free.empty())
            return std::unexpected(Error::no_memory);
        const vm::FrameIndex frame = free.back();
        free.pop_back();
        return frame;
    }
    // Whoever takes it next finds something in it.
    void give(vm::FrameIndex frame) {
        pages[frame.raw()].bytes.fill(std::byte{0xd1});
        free.push_back(frame);
    }
    PageBytes bytes(vm::FrameIndex frame) const { return PageBytes(pages[frame.raw()].bytes); }
    std::uint64_t free_count() const { return free.size(); }
    bool is_shared(vm::FrameIndex) const { return false; }

    std::unique_ptr<Page[]> pages = std::make_unique<Page[]>(COUNT);
    std::vector<vm::FrameIndex> free;
};

struct HostTranslations {
    struct Entry {
        vm::FrameIndex frame;
        Rights rights;
        vm::Usage usage;
    };
    using Place = std::pair<std::uint64_t, std::uint64_t>; // space, page

    static Place place(vm::SpaceId space, Page page) { return {space.raw(), page.number()}; }
    Result<void> map(vm::SpaceId space, Page page, vm::FrameIndex frame, Rights rights) {
        entries[place(space, page)] = {frame, rights, {}};
        return {};
    }
    vm::Usage unmap(vm::SpaceId space, Page page) {
        const vm::Usage before = usage(space, page);
        entries.erase(place(space, page));
        return before;
    }
    vm::Usage protect(vm::SpaceId space, Page page, Rights rights) {
        const auto found = entries.find(place(space, page));
        if (found == entries.end())
            return {};
        found->second.rights = rights;
        return found->second.usage;
    }
    vm::Usage usage(vm::SpaceId space, Page page) const {
        const auto found = entries.find(place(space, page));
        return found == entries.end() ? vm::Usage{} : found->second.usage;
    }
    void clear_accessed(vm::SpaceId space, Page page) {
        if (const auto found = entries.find(place(space, page)); found != entries.end())
            found->second.usage.accessed = false;
    }
    void settle() {}

    std::map<Place, Entry> entries;
};

namespace vm {
using Frames = HostFrames;
using Translations = HostTranslations;
using Swap = NoSwap;
using Files = NoFiles;
} // namespace vm

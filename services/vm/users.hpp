// Going through everybody who uses a frame, and through the records of a range.
// SPDX-License-Identifier: MIT
//
// Private: parts of services/vm/*.cpp, which include it after memory.hpp.
#pragma once

#include "services/vm/memory.hpp"

namespace vm {

// There is no list of a frame's users. A private page stands at the same page number in all spaces
// that share it; a file's page stands where their regions put that file.
template <class Visit>
void Memory::for_each_user(FrameIndex frame, Visit visit) {
    if (core_[frame].is_of_file())
        for_each_user_of_file(frame, visit);
    else
        for_each_user_by_fork(frame, visit);
}

template <class Visit>
void Memory::for_each_user_by_fork(FrameIndex frame, Visit visit) {
    const std::uint64_t first = core_[frame].space;
    const Page page(core_[frame].page);
    std::uint64_t left = core_[frame].users;
    // The first guess is nearly always right, and nobody else has the frame.
    for (std::uint64_t i = 0; i < spaces_.size() && left != 0; ++i) {
        const SpaceId space((first + i) % spaces_.size());
        if (!names(space, page, frame))
            continue;
        visit(space, page);
        --left;
    }
}

template <class Visit>
void Memory::for_each_user_of_file(FrameIndex frame, Visit visit) {
    const FileId file = core_[frame].file();
    const std::uint64_t index = core_[frame].page;
    std::uint64_t left = core_[frame].users;
    for (std::uint64_t i = 0; i < spaces_.size() && left != 0; ++i)
        for (const Region& region : spaces_[i].regions.all()) {
            const std::uint64_t offset = index - region.file_offset / PAGE_SIZE;
            const bool shows = region.backing != Backing::anonymous && region.file == file &&
                               offset < region.pages();
            if (!shows || !names(SpaceId(i), region.first + offset, frame))
                continue;
            visit(SpaceId(i), region.first + offset);
            --left;
        }
}

// VISIT(page, record) for every page of RANGE that is not absent. All of RANGE is covered.
template <class Visit>
void Memory::for_each_record(Space& space, PageRange range, Visit visit) {
    for (Page page = range.first; page < range.end;) {
        const std::uint64_t in_window = NODE_RECORDS - page.number() % NODE_RECORDS;
        const std::uint64_t count = std::min(in_window, range.end - page);
        space.pages.reach(nodes_, page);
        const RecordPlace first = space.pages.place(page);
        for (std::uint64_t i = 0; i < count; ++i) {
            Record& record = nodes_[RecordPlace(first.raw() + i)];
            if (!record.is_absent())
                visit(page + i, record);
        }
        page = page + count;
    }
}

} // namespace vm

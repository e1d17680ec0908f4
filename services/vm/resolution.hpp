// What is to stand at the faulting page: what fault_resolve found out, for the stages after it.
// SPDX-License-Identifier: MIT
#pragma once

#include "services/vm/core_map.hpp"
#include "services/vm/page_map.hpp"

namespace vm {

// Where the page's contents come from. The last three need no other frame, and no filling.
enum class Supply : std::uint8_t {
    zero,
    copy, // of `source`: copy on write
    file,
    swap,
    present, // the page has its frame; only the translation was missing or narrower
    reuse,   // copy on write, and nobody else has the frame any more; or a shared file's page
    shared,  // the file's page is resident for another space, or at another place
};
inline constexpr std::size_t SUPPLIES = 7;

// Whether a valid translation may stand at the page, to be replaced.
enum class Standing : std::uint8_t { nothing, maybe };

// Whose the page in a new frame is: only this space's, or the file's, for others to find.
enum class Holder : std::uint8_t { space, file };

// The fault that is being mended. Members that its supply does not need hold anything.
struct Resolution {
    Page page;
    SpaceId space;
    Rights rights; // of the translation: without write where a store has to be seen first
    Access access;
    Supply supply;
    Standing standing; // of what the translation replaces
    Holder holder;
    RecordPlace place; // of the page's record
    FrameIndex frame;  // to be installed: known after fault_frame, of those that have one before
    FrameIndex source; // copy: what is copied
    SwapSlot slot;     // swap
    FilePage file;     // file, shared; reuse of a file's page
};

} // namespace vm

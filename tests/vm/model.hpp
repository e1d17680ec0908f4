// What programs must see, said in the simplest way: a model to hold services/vm against.
// SPDX-License-Identifier: MIT
//
// It knows no frame, no slot and no sharing: a page of a space is eight words and rights; a shared
// file's page is eight words of the file's.
#pragma once

#include "services/vm/region.hpp"

#include <array>
#include <map>

using Words = std::array<std::uint64_t, 8>; // of a page: those at 512 * i

struct ModelPage {
    Rights rights;
    Rights maximum = Rights::all();
    vm::Backing backing = vm::Backing::anonymous;
    std::uint64_t file_page = 0; // Backing::file_shared
    Words words{};

    // Whether nothing stands there, since a shared file ends before.
    bool is_beyond(std::uint64_t file_pages) const {
        return backing == vm::Backing::file_shared && file_page >= file_pages;
    }
};

struct ModelSpace {
    std::map<std::uint64_t, ModelPage> pages; // by page number
    std::uint64_t heap_bytes = 0;
};

struct Model {
    std::map<std::uint64_t, ModelSpace> spaces; // by SpaceId
    std::map<std::uint64_t, Words> shared;      // pages of the shared file
    Words& words(ModelPage& page) {
        return page.backing == vm::Backing::file_shared ? shared[page.file_page] : page.words;
    }
};

// A small file system on a new disk, which must be consistent at the test's end.
// SPDX-License-Identifier: MIT
#pragma once

#include "check.hpp"
#include "snapshot.hpp"

struct Fresh {
    mkfs::Disk disk = *mkfs::format(SMALL);
    Volume<mkfs::Disk> volume{disk};
    Fresh() { REQUIRE(volume.mount().has_value()); }
    ~Fresh() {
        CHECK(volume.files.checkpoint().has_value());
        CHECK(mkfs::check(disk).errors.empty());
    }
};

inline constexpr fs::Kind DIRECTORY{.type = fs::FileType::directory};

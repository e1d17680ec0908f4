// Files and directories as programs see them: every call, every error by its name.
// SPDX-License-Identifier: MIT
#include "volume.hpp"

namespace {

struct Fresh {
    mkfs::Disk disk = *mkfs::format(SMALL);
    Volume<mkfs::Disk> volume{disk};
    Fresh() { REQUIRE(volume.mount().has_value()); }
};

} // namespace

TEST_CASE("fs: what is written is read, across blocks and mounts") {
    Fresh fresh;
    auto& volume = fresh.volume;
    CHECK(*volume.write("/a", 0, "hello") == 5);
    CHECK(*volume.read("/a") == "hello");
    const std::string big(3 * fs::BLOCK_SIZE + 17, 'x');
    CHECK(*volume.write("/a", 4, big) == big.size());
    CHECK(*volume.read("/a") == "hell" + big);
    REQUIRE(volume.files.checkpoint().has_value());
    Volume<mkfs::Disk> again(fresh.disk);
    REQUIRE(again.mount().has_value());
    CHECK(*again.read("/a") == "hell" + big);
}

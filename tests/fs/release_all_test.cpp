// Whoever held files is gone: as over a restart, but the file system goes on.
// SPDX-License-Identifier: MIT
#include "fresh.hpp"

TEST_CASE("fs: everything that is held is released at once, with its uses") {
    Fresh fresh;
    auto& volume = fresh.volume;
    auto& files = volume.files;
    REQUIRE(volume.make("/d", DIRECTORY).has_value());
    REQUIRE(volume.write("/kept", 0, "kept").has_value());
    REQUIRE(volume.write("/run", 0, "run").has_value());
    const fs::Counts before = files.counts();

    // Held often, in use both ways, and one without a name.
    const fs::InodeRef kept = *files.lookup("/kept", volume.root());
    REQUIRE(files.hold(kept).has_value());
    REQUIRE(files.begin_use(kept, io::FileUse::writing).has_value());
    const fs::InodeRef run = *files.lookup("/run", volume.root());
    REQUIRE(files.begin_use(run, io::FileUse::running).has_value());
    REQUIRE(volume.write("/gone", 0, std::string(30 * fs::BLOCK_SIZE, 'x')).has_value());
    const fs::InodeRef gone = *files.lookup("/gone", volume.root());
    REQUIRE(files.hold(gone).has_value());
    REQUIRE(volume.unlink("/gone").has_value());
    static_cast<void>(*files.lookup("/d", volume.root()));
    static_cast<void>(files.root());
    CHECK(files.counts().inodes_in_use == before.inodes_in_use + 4);

    files.release_all();
    const fs::Counts after = files.counts();
    CHECK(after.inodes_in_use == before.inodes_in_use);
    CHECK(after.free_blocks == before.free_blocks);
    CHECK(after.free_inodes == before.free_inodes);
    for (const fs::InodeRef ref : {kept, run, gone})
        CHECK(files.stat(ref).error() == Error::invalid);

    // Whoever comes next finds the files, and uses them as he likes.
    CHECK(*volume.read("/kept") == "kept");
    const fs::InodeRef again = *files.lookup("/kept", volume.root());
    CHECK(files.begin_use(again, io::FileUse::running).has_value());
    files.end_use(again, io::FileUse::running);
    files.release(again);
    const fs::InodeRef written = *files.lookup("/run", volume.root());
    CHECK(files.begin_use(written, io::FileUse::writing).has_value());
    files.end_use(written, io::FileUse::writing);
    files.release(written);
    files.release_all();
    CHECK(files.counts().inodes_in_use == before.inodes_in_use);
}

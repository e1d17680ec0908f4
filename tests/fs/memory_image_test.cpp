// Files found in an image in memory, as kernels find programs there while they boot.
// SPDX-License-Identifier: MIT
#include "format.hpp"
#include "services/exec/images.hpp"
#include "services/fs/memory_image.hpp"
#include "tree.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <random>

namespace {

using Image = std::vector<std::byte>;

Image image_of(const mkfs::Disk& disk) {
    Image image(disk.block_count() * fs::BLOCK_SIZE);
    for (const auto& [number, block] : disk.written())
        std::memcpy(image.data() + number * fs::BLOCK_SIZE, block.bytes.data(), fs::BLOCK_SIZE);
    return image;
}

// Text that differs from block to block.
std::string text_of(std::size_t bytes) {
    std::string text;
    while (text.size() < bytes)
        text += std::to_string(text.size()) + " ";
    text.resize(bytes);
    return text;
}

const std::string LARGE = text_of((fs::DIRECT + fs::PER_INDEX + 3) * fs::BLOCK_SIZE + 5);

Image sample() {
    auto disk = *mkfs::format({.blocks = 2048, .inodes = 64, .log = 64, .swap = 0});
    mkfs::Tree tree(disk, "sample");
    tree.add_file("/bin/small", "small");
    tree.add_file("/bin/empty", "");
    tree.add_file("/bin/middle", text_of((fs::DIRECT + 2) * fs::BLOCK_SIZE));
    tree.add_file("/lib/exo/large", LARGE);
    tree.finish();
    return image_of(disk);
}

std::string found(const Image& image, std::string_view directory, std::string_view name) {
    const Result<Bytes> bytes = exec::find_image(image, directory, name);
    if (!bytes)
        return std::string(to_words(bytes.error()));
    return {reinterpret_cast<const char*>(bytes->data()), bytes->size()};
}

} // namespace

TEST_CASE("fs: files of every size lie in one run in a new image, and are found in place") {
    const Image image = sample();
    CHECK(found(image, "bin", "small") == "small");
    CHECK(found(image, "bin", "empty").empty());
    CHECK(found(image, "bin", "middle") == text_of((fs::DIRECT + 2) * fs::BLOCK_SIZE));
    CHECK(found(image, "lib/exo", "large") == LARGE);
}

TEST_CASE("fs: what is not in an image is missed by name") {
    const Image image = sample();
    CHECK(found(image, "bin", "smal") == "not found");
    CHECK(found(image, "bin", "") == "not found");
    CHECK(found(image, "sbin", "small") == "not found");
    CHECK(found(image, "lib", "exo") == "is a directory");
    CHECK(found(image, "bin/small", "x") == "not a directory");
    CHECK(found(Image(100), "bin", "small") == "malformed");
    CHECK(found(Image(8192), "bin", "small") == "malformed");
}

TEST_CASE("fs: a file in pieces is refused, since it cannot be shown in place") {
    auto disk = *mkfs::format({.blocks = 128, .inodes = 64, .log = 64, .swap = 0});
    {
        mkfs::Tree tree(disk, "pieces");
        tree.add_file("/a", text_of(fs::BLOCK_SIZE));
        tree.add_file("/b", text_of(fs::BLOCK_SIZE));
        tree.add_file("/a", text_of(3 * fs::BLOCK_SIZE)); // around /b
        tree.finish();
    }
    CHECK(found(image_of(disk), "", "b") == text_of(fs::BLOCK_SIZE));
    CHECK(found(image_of(disk), "", "a") == "malformed");
}

TEST_CASE("fs: no damaged or cut image leads out of itself") {
    const Image image = sample();
    std::mt19937 random(1);
    for (int round = 0; round < 300; ++round) {
        Image damaged = image;
        // Superblock, inodes and the first directories; then an end too early.
        for (int i = 0; i < 8; ++i)
            damaged[random() % (72 * fs::BLOCK_SIZE)] = std::byte(random());
        if (round % 3 == 0)
            damaged.resize(random() % damaged.size());
        for (const char* name : {"small", "middle", "large"}) {
            const Result<Bytes> bytes =
                exec::find_image(damaged, *name == 'l' ? "lib/exo" : "bin", name);
            if (bytes && !bytes->empty()) {
                CHECK(bytes->data() >= damaged.data());
                CHECK(bytes->data() + bytes->size() <= damaged.data() + damaged.size());
            }
        }
    }
}

// The disk driver on the real machine: tests/guest/disk_test.cpp, and what it leaves in the image.
// SPDX-License-Identifier: MIT
#include "command.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace {

// The same in tests/guest/disk_test.cpp.
constexpr std::uint64_t DISK_BLOCKS = 64;
constexpr std::uint64_t WORDS_A_BLOCK = 512;
constexpr std::uint64_t WRITTEN = 5;
constexpr std::uint64_t WRITTEN_SEED = 0x600d;
constexpr int NO_DISK = 2;

using Block = std::vector<std::uint64_t>;

Block block_of(std::uint64_t seed) {
    Block words(WORDS_A_BLOCK);
    for (std::uint64_t i = 0; i < words.size(); ++i)
        words[i] = seed << 32 | i;
    return words;
}

// A disk image whose words tell where they stand; gone at the end.
class Image {
public:
    explicit Image(const std::string& name)
        : path_(std::filesystem::temp_directory_path() /
                ("faultline-disk-test-" + std::to_string(getpid()) + "-" + name)) {
        std::ofstream file(path_, std::ios::binary);
        for (std::uint64_t number = 0; number < DISK_BLOCKS; ++number) {
            const Block words = block_of(number);
            file.write(reinterpret_cast<const char*>(words.data()), 8 * WORDS_A_BLOCK);
        }
    }
    Image(const Image&) = delete;
    Image& operator=(const Image&) = delete;
    ~Image() { std::filesystem::remove(path_); }

    Block read(std::uint64_t number) const {
        Block words(WORDS_A_BLOCK);
        std::ifstream file(path_, std::ios::binary);
        file.seekg(static_cast<std::streamoff>(number * 8 * WORDS_A_BLOCK));
        file.read(reinterpret_cast<char*>(words.data()), 8 * WORDS_A_BLOCK);
        return words;
    }
    // QEMU's options that make it the machine's disk.
    std::string options(const std::string& more = "") const {
        return "-drive 'file=" + path_.string() + ",if=none,format=raw,id=disk" + more +
               "' -device virtio-blk-device,drive=disk";
    }

private:
    std::filesystem::path path_;
};

const std::string MODERN = "-global virtio-mmio.force-legacy=false ";

Answer boot(const std::string& build, const std::string& options) {
    return shell("'" QEMU "' -M virt -cpu rv64,sstc=off -m 128M -display none -monitor none "
                 "-serial stdio -icount shift=0 -no-reboot -append program=test -kernel '" BUILD
                 "/guest-" +
                 build + "/disk-test.elf' " + options);
}

} // namespace

TEST_CASE("disk: blocks are read, written and flushed by interrupt, and land in the image") {
    for (const std::string build : {"release", "debug"}) {
        const Image image(build);
        const Answer run = boot(build, MODERN + image.options());
        CAPTURE(run.output);
        CHECK(run.status == 0);
        CHECK(run.output.find(":FAIL") == std::string::npos);
        CHECK(run.output.find("8 Tests 0 Failures 0 Ignored") != std::string::npos);
        for (std::uint64_t number = 0; number < DISK_BLOCKS; ++number)
            CHECK(image.read(number) == block_of(number == WRITTEN ? WRITTEN_SEED : number));
    }
}

TEST_CASE("disk: a read-only disk takes no write") {
    const Image image("read-only");
    const Answer run = boot("release", MODERN + image.options(",readonly=on"));
    CAPTURE(run.output);
    CHECK(run.status == 1);
    CHECK(run.output.find("a block that was written and flushed is read back:FAIL: "
                          "world.disk->write(WRITTEN, buffer()).has_value()") != std::string::npos);
    CHECK(image.read(WRITTEN) == block_of(WRITTEN));
}

TEST_CASE("disk: without a disk, and with a legacy one, the machine says so in words") {
    const Answer none = boot("release", MODERN);
    CHECK(none.status == NO_DISK);
    CHECK(none.output.find("no disk: the virtio slot is empty") != std::string::npos);
    const Image image("legacy");
    const Answer legacy = boot("release", image.options());
    CHECK(legacy.status == NO_DISK);
    CHECK(legacy.output.find("no disk: the virtio device speaks the legacy protocol only; start "
                             "QEMU with -global virtio-mmio.force-legacy=false") !=
          std::string::npos);
}

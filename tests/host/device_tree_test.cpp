// The device tree: what is read from a small one, and that damaged ones lead nowhere.
// SPDX-License-Identifier: MIT
#include "arch/riscv/device_tree.hpp"
#include "world.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

// Writes a tree token by token (Devicetree Specification, chapter 5).
class TreeWriter {
public:
    void begin(const std::string& name) {
        cell(1);
        text(structure_, name);
    }
    void end() { cell(2); }
    void property(const std::string& name, const Buffer& value) {
        cell(3);
        cell(static_cast<std::uint32_t>(value.size()));
        cell(static_cast<std::uint32_t>(strings_.size()));
        const auto* bytes = reinterpret_cast<const std::byte*>(name.c_str());
        strings_.insert(strings_.end(), bytes, bytes + name.size() + 1);
        structure_.insert(structure_.end(), value.begin(), value.end());
        pad(structure_);
    }
    Buffer finish() {
        cell(9);
        Buffer tree;
        const std::uint32_t strings_at = 40 + static_cast<std::uint32_t>(structure_.size());
        const std::uint32_t total = strings_at + static_cast<std::uint32_t>(strings_.size());
        for (const std::uint32_t value : {0xd00dfeedU, total, 40U, strings_at, 0U, 17U, 16U, 0U,
                                          static_cast<std::uint32_t>(strings_.size()),
                                          static_cast<std::uint32_t>(structure_.size())})
            big(tree, value);
        tree.insert(tree.end(), structure_.begin(), structure_.end());
        tree.insert(tree.end(), strings_.begin(), strings_.end());
        return tree;
    }
    static void big(Buffer& buffer, std::uint32_t value) {
        for (int shift = 24; shift >= 0; shift -= 8)
            buffer.push_back(static_cast<std::byte>(value >> shift));
    }

private:
    void cell(std::uint32_t value) { big(structure_, value); }
    static void pad(Buffer& buffer) { buffer.resize((buffer.size() + 3) / 4 * 4); }
    static void text(Buffer& buffer, const std::string& value) {
        const auto* bytes = reinterpret_cast<const std::byte*>(value.c_str());
        buffer.insert(buffer.end(), bytes, bytes + value.size() + 1);
        pad(buffer);
    }
    Buffer structure_;
    Buffer strings_;
};

Buffer cells(std::initializer_list<std::uint32_t> values) {
    Buffer buffer;
    for (const std::uint32_t value : values)
        TreeWriter::big(buffer, value);
    return buffer;
}

Buffer words(const std::string& text) {
    const auto* bytes = reinterpret_cast<const std::byte*>(text.c_str());
    return {bytes, bytes + text.size() + 1};
}

Buffer sample() {
    TreeWriter tree;
    tree.begin("");
    tree.begin("chosen");
    tree.property("bootargs", words("program=hello"));
    tree.property("linux,initrd-start", cells({0x84200000}));
    tree.property("linux,initrd-end", cells({0, 0x84300000}));
    tree.end();
    tree.begin("memory@80000000");
    tree.property("reg", cells({0, 0x80000000, 0, 0x8000000}));
    tree.end();
    tree.begin("cpus");
    tree.property("timebase-frequency", cells({10000000}));
    tree.begin("cpu@0");
    tree.property("reg", cells({0}));
    tree.end();
    tree.begin("cpu@1");
    tree.end();
    tree.end();
    tree.begin("test@100000");
    tree.property("reg", cells({0, 0x100000, 0, 0x1000}));
    tree.end();
    tree.end();
    return tree.finish();
}

} // namespace

TEST_CASE("device tree: memory, harts, timebase, arguments, initial RAM disk, test device") {
    const Buffer tree = sample();
    const auto info = read_device_tree(tree);
    REQUIRE(info.has_value());
    CHECK(info->memory.start == PhysAddr(0x80000000));
    CHECK(info->memory.size() == 0x8000000);
    CHECK(info->hart_count == 2);
    CHECK(info->timebase == 10000000);
    CHECK(info->arguments == "program=hello");
    CHECK(info->initial_ram_disk.start == PhysAddr(0x84200000));
    CHECK(info->initial_ram_disk.end == PhysAddr(0x84300000));
    CHECK(info->test_device == PhysAddr(0x100000));
}

TEST_CASE("device tree: none, or one without memory, is an error") {
    CHECK(read_device_tree(Buffer(100)).error() == Error::malformed);
    TreeWriter empty;
    empty.begin("");
    empty.end();
    CHECK(read_device_tree(empty.finish()).error() == Error::not_found);
}

TEST_CASE("device tree: damaged trees stay inside themselves") {
    with_damaged_copies(sample(), 20000, [](const Buffer& copy) {
        const auto info = read_device_tree(copy);
        if (info)
            for (const char character : info->arguments)
                (void)character; // the sanitizer looks
    });
}

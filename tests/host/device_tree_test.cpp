// The device tree: what is read from a small one, and that damaged ones lead nowhere.
// SPDX-License-Identifier: MIT
#include "arch/riscv/device_tree.hpp"
#include "world.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace std::string_literals;

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

void add_hart_controller(TreeWriter& tree, std::uint32_t phandle) {
    tree.begin("interrupt-controller");
    tree.property("compatible", words("riscv,cpu-intc"));
    tree.property("phandle", cells({phandle}));
    tree.end();
}

struct Registers {
    std::uint32_t start;
    std::uint32_t size;
};

// As QEMU writes it: `compatible` last.
void add_device(TreeWriter& tree, const std::string& name, const std::string& compatible,
                Registers registers, std::uint32_t interrupt) {
    tree.begin(name);
    if (interrupt != 0)
        tree.property("interrupts", cells({interrupt}));
    tree.property("reg", cells({0, registers.start, 0, registers.size}));
    tree.property("compatible", words(compatible));
    tree.end();
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
    add_hart_controller(tree, 4);
    tree.end();
    tree.begin("cpu@1");
    tree.property("reg", cells({1}));
    add_hart_controller(tree, 2);
    tree.end();
    tree.end();
    add_device(tree, "test@100000", "sifive,test1\0sifive,test0\0syscon"s, {0x100000, 0x1000}, 0);
    add_device(tree, "serial@10000000", "ns16550a", {0x10000000, 0x100}, 10);
    add_device(tree, "virtio_mmio@10002000", "virtio,mmio", {0x10002000, 0x1000}, 2);
    add_device(tree, "virtio_mmio@10001000", "virtio,mmio", {0x10001000, 0x1000}, 1);
    tree.begin("plic@c000000");
    tree.property("reg", cells({0, 0xc000000, 0, 0x600000}));
    tree.property("interrupts-extended", cells({4, 11, 4, 9, 2, 11, 2, 9}));
    tree.property("compatible", words("sifive,plic-1.0.0\0riscv,plic0"s));
    tree.end();
    tree.end();
    return tree.finish();
}

} // namespace

TEST_CASE("device tree: memory, harts, timebase, arguments, initial RAM disk, test device") {
    const Buffer tree = sample();
    const auto info = read_device_tree(tree, 1);
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

TEST_CASE("device tree: devices are found by what they are compatible with") {
    const auto info = read_device_tree(sample(), 1);
    REQUIRE(info.has_value());
    CHECK(info->uart.registers.start == PhysAddr(0x10000000));
    CHECK(info->uart.interrupt == 10);
    REQUIRE(info->virtio_count == 2);
    CHECK(info->virtio[0].registers.start == PhysAddr(0x10002000));
    CHECK(info->virtio[0].interrupt == 2);
    CHECK(info->virtio[1].registers.size() == 0x1000);
    CHECK(info->plic.registers.start == PhysAddr(0xc000000));
}

TEST_CASE("device tree: a PLIC context is that of the hart's own S-mode") {
    const Buffer tree = sample();
    CHECK(read_device_tree(tree, 0)->plic.context == 1);
    CHECK(read_device_tree(tree, 1)->plic.context == 3);
    CHECK(read_device_tree(tree, 2)->plic.registers.size() == 0); // no such hart
}

TEST_CASE("device tree: more virtio slots than there is room for are an error") {
    TreeWriter tree;
    tree.begin("");
    for (std::size_t i = 0; i <= MOST_VIRTIO_SLOTS; ++i)
        add_device(tree, "virtio_mmio@" + std::to_string(i), "virtio,mmio", {0x1000, 0x1000}, 1);
    tree.end();
    CHECK(read_device_tree(tree.finish(), 0).error() == Error::too_many);
}

TEST_CASE("device tree: none, or one without memory, is an error") {
    CHECK(read_device_tree(Buffer(100), 0).error() == Error::malformed);
    TreeWriter empty;
    empty.begin("");
    empty.end();
    CHECK(read_device_tree(empty.finish(), 0).error() == Error::not_found);
}

TEST_CASE("device tree: damaged trees stay inside themselves") {
    with_damaged_copies(sample(), 20000, [](const Buffer& copy) {
        const auto info = read_device_tree(copy, 1);
        if (info)
            for (const char character : info->arguments)
                (void)character; // the sanitizer looks
    });
}

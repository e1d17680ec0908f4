// The kernel's own linking of an extension gives, byte by byte, what GNU ld gives.
// SPDX-License-Identifier: MIT
//
// spin/wired.o is linked here by the kernel's code, with the exports that stand in spin.elf, and
// compared with spin/wired.elf. Debuggers and the probe rely on that: they read the latter.
#include "abi/address_map.h"
#include "kernels/spin/link/relocate.hpp"
#include "lib/elf.hpp"
#include "tests/host/world.hpp"

#include <doctest/doctest.h>

#include <elf.h>
#include <fstream>
#include <iterator>
#include <string>

namespace {

constexpr std::uint64_t WIRED =
    EXTENSION_SLOTS + 4 * EXTENSION_SLOT_SIZE; // kernels/spin/CMakeLists.txt

Buffer read_file(const std::string& path) {
    std::ifstream input(path, std::ios::binary);
    REQUIRE_MESSAGE(input.good(), path);
    const std::string text{std::istreambuf_iterator<char>(input), {}};
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

// A linked image, as it would stand in memory.
class Image {
public:
    Image(const std::string& path, std::uint64_t base)
        : file_(read_file(path)),
          executable_(MUST(elf::Executable::parse(file_, {VirtAddr(base), EXTENSION_SLOT_SIZE}))) {}

    Buffer bytes(VirtAddr start, std::uint64_t count) const {
        Buffer result(count);
        for (const elf::Segment& segment : executable_.segments())
            for (std::uint64_t i = 0; i < count; ++i)
                if (start + i >= segment.start && start + i - segment.start < segment.file.size())
                    result[i] = segment.file[start + i - segment.start];
        return result;
    }
    std::uint64_t word(VirtAddr at) const {
        return MUST(load<std::uint64_t>(bytes(at, sizeof(std::uint64_t)), 0));
    }

    VirtAddr symbol(std::string_view name) const {
        const auto header = MUST(load<Elf64_Ehdr>(file_, 0));
        for (unsigned i = 0; i < header.e_shnum; ++i) {
            const Elf64_Shdr table = section(i);
            for (std::uint64_t at = 0; table.sh_type == SHT_SYMTAB && at < table.sh_size;
                 at += sizeof(Elf64_Sym)) {
                const auto entry = MUST(load<Elf64_Sym>(file_, table.sh_offset + at));
                const auto* text = reinterpret_cast<const char*>(file_.data()) +
                                   section(table.sh_link).sh_offset + entry.st_name;
                if (name == text)
                    return VirtAddr(entry.st_value);
            }
        }
        FAIL("no symbol " << name);
        return {};
    }

private:
    Elf64_Shdr section(unsigned index) const {
        const auto header = MUST(load<Elf64_Ehdr>(file_, 0));
        return MUST(load<Elf64_Shdr>(file_, header.e_shoff + index * sizeof(Elf64_Shdr)));
    }

    Buffer file_;
    elf::Executable executable_;
};

// What exports.S made, out of the kernel's image.
struct Exports {
    std::vector<Buffer> names;
    std::vector<link::Export> table;

    explicit Exports(const Image& kernel) {
        const VirtAddr end = kernel.symbol("spin_public_end");
        for (VirtAddr at = kernel.symbol("spin_public"); at < end; at = at + sizeof(link::Export)) {
            const std::uint64_t length = kernel.word(at + 8);
            names.push_back(kernel.bytes(VirtAddr(kernel.word(at)), length));
            table.push_back(
                {reinterpret_cast<const char*>(names.back().data()), length, kernel.word(at + 16)});
        }
    }
};

struct Linked {
    link::Layout layout;
    std::array<Buffer, link::PARTS.size()> memory;
    link::Complaint complaint;

    Result<void> link(const Buffer& file, const Exports& exports) {
        const link::Object object = TRY(link::Object::parse(file, complaint));
        layout = TRY(link::Layout::of(object, VirtAddr(WIRED), EXTENSION_SLOT_SIZE));
        link::Memory spans;
        for (const link::Part part : link::PARTS) {
            const link::Section& section = object.section(part);
            Buffer& bytes = memory[index_of(part)];
            bytes.assign(section.contents.begin(), section.contents.end());
            bytes.resize(section.bytes);
            spans[index_of(part)] = bytes;
        }
        const std::array offers{link::Offer(exports.table)};
        link::UsedOffers used = 0;
        return link::relocate(object, layout, spans, offers, used, complaint);
    }
};

Exports exports_of(const std::string& build) {
    return Exports(Image(BUILD "/guest-" + build + "/spin.elf", KERNEL_OFFSET + KERNEL_LOAD));
}
std::string member(const std::string& build) {
    return BUILD "/guest-" + build + "/staged/spin/wired.o"; // without debug information
}

} // namespace

TEST_CASE("the kernel links an extension as GNU ld does") {
    for (const std::string build : {"release", "debug"}) {
        CAPTURE(build);
        const Image expected(BUILD "/guest-" + build + "/spin/wired.elf", WIRED);
        Linked linked;
        const Result<void> done = linked.link(read_file(member(build)), exports_of(build));
        REQUIRE_MESSAGE(done, linked.complaint.what, linked.complaint.name);
        for (const link::Part part : link::PARTS) {
            const Buffer& memory = linked.memory[index_of(part)];
            CHECK(memory == expected.bytes(linked.layout.start(part), memory.size()));
        }
        CHECK(!linked.memory[index_of(link::Part::text)].empty());
    }
}

TEST_CASE("nothing is exported that no interface declares") {
    std::vector<std::string> names;
    for (const Buffer& name : exports_of("release").names)
        names.emplace_back(reinterpret_cast<const char*>(name.data()), name.size());
    CHECK(names == std::vector<std::string>{"phys_addr_allocate",
                                            "phys_addr_limit",
                                            "phys_addr_deallocate",
                                            "phys_addr_install_reclaim",
                                            "virt_addr_read",
                                            "virt_addr_write",
                                            "virt_addr_first_unreachable",
                                            "translation_create",
                                            "translation_destroy",
                                            "translation_add_mapping",
                                            "translation_remove_mapping",
                                            "translation_examine_mapping",
                                            "translation_protect_mapping",
                                            "translation_forget_access",
                                            "translation_install_page_not_present",
                                            "translation_install_page_not_present_guarded",
                                            "translation_install_bad_address",
                                            "translation_install_protection_fault",
                                            "strand_create",
                                            "strand_create_program",
                                            "strand_set_name",
                                            "strand_set_space",
                                            "strand_leave_space",
                                            "strand_self",
                                            "strand_registers",
                                            "strand_set_registers",
                                            "strand_block",
                                            "strand_block_until",
                                            "strand_unblock",
                                            "scheduler_block",
                                            "scheduler_unblock",
                                            "strand_yield",
                                            "strand_pause",
                                            "strand_notify",
                                            "strand_use",
                                            "strand_switches",
                                            "strand_time",
                                            "strand_deadline_in",
                                            "strand_exit",
                                            "strand_end_turn",
                                            "strand_install",
                                            "strand_install_notice",
                                            "trap_install_system_call",
                                            "trap_install_exception",
                                            "extension_failed",
                                            "spin_interface_3",
                                            "extension_memory",
                                            "console_write",
                                            "memcpy",
                                            "memmove",
                                            "memset",
                                            "memcmp",
                                            "memchr",
                                            "strlen",
                                            "__clzdi2",
                                            "__ctzdi2",
                                            "__popcountdi2",
                                            "copy_across_domains",
                                            "_Z9zero_pageSt4spanISt4byteLm4096EE",
                                            "_Z9copy_pageSt4spanISt4byteLm4096EES_IKS0_Lm4096EE"});
}

TEST_CASE("a damaged extension is linked or refused, and nothing else is touched") {
    const Exports exports = exports_of("release");
    const Buffer file = read_file(member("release"));
    std::mt19937 random(20261121);
    for (int round = 0; round < 2000; ++round) {
        Buffer copy = file;
        for (unsigned change = random() % 8 + 1; change != 0; --change)
            copy[random() % copy.size()] = static_cast<std::byte>(random());
        Linked linked;
        const Result<void> done = linked.link(copy, exports);
        CHECK((done || !linked.complaint.what.empty()));
    }
    for (std::size_t length = 0; length < file.size(); length += 97) {
        Linked linked;
        const Buffer part(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(length));
        CHECK(!linked.link(part, exports));
    }
}

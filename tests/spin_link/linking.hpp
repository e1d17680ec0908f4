// The kernel's image, what it exports, and an extension linked on the host as it links it.
// SPDX-License-Identifier: MIT
//
// Used by link_test.cpp (against GNU ld) and check_test.cpp.
#pragma once

#include "abi/address_map.h"
#include "kernels/spin/link/check.hpp"
#include "lib/elf.hpp"
#include "tests/host/world.hpp"

#include <doctest/doctest.h>

#include <elf.h>
#include <fstream>
#include <iterator>
#include <string>

namespace spin_link {

inline constexpr std::uint64_t WIRED =
    EXTENSION_SLOTS + 4 * EXTENSION_SLOT_SIZE; // kernels/spin/CMakeLists.txt

inline Buffer read_file(const std::string& path) {
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

// What exports.S made between two names, out of the kernel's image.
struct Exports {
    std::vector<Buffer> names;
    std::vector<link::Export> table;

    Exports(const Image& kernel, std::string_view first, std::string_view last) {
        const VirtAddr end = kernel.symbol(last);
        for (VirtAddr at = kernel.symbol(first); at < end; at = at + sizeof(link::Export)) {
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
    bool is_checked = false; // and passed

    // RESERVED are the kernel's names; EXPORTS those that may be imported.
    Result<void> link(const Buffer& file, const Exports& exports, const Exports& reserved) {
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
        std::vector<std::uint64_t> room(link::room_to_check(object));
        TRY(link::check(object, spans, reserved.table, room, complaint));
        is_checked = true;
        const std::array offers{link::Offer(exports.table)};
        link::UsedOffers used = 0;
        return link::relocate(object, layout, spans, offers, used, complaint);
    }
};

inline Image kernel_of(const std::string& build) {
    return Image(BUILD "/guest-" + build + "/spin.elf", KERNEL_OFFSET + KERNEL_LOAD);
}
inline Exports exports_of(const std::string& build) {
    return Exports(kernel_of(build), "spin_public", "spin_public_end");
}
inline Exports all_exports_of(const std::string& build) {
    return Exports(kernel_of(build), "module_phys_addr", "modules_end");
}

} // namespace spin_link

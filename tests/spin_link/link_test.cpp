// The kernel's own linking of an extension gives, byte by byte, what GNU ld gives.
// SPDX-License-Identifier: MIT
//
// spin/wired.o is linked here by the kernel's code, with the exports that stand in spin.elf, and
// compared with spin/wired.elf. Debuggers and the probe rely on that: they read the latter.
#include "linking.hpp"

#include <doctest/doctest.h>

namespace {

using namespace spin_link;

std::string without_hash(const std::string& name) { return name.substr(0, name.find('.')); }
std::string member(const std::string& build) {
    return BUILD "/guest-" + build + "/staged/spin/wired.o"; // without debug information
}

} // namespace

TEST_CASE("the kernel links an extension as GNU ld does") {
    for (const std::string build : {"release", "debug"}) {
        CAPTURE(build);
        const Image expected(BUILD "/guest-" + build + "/spin/wired.elf", WIRED);
        Linked linked;
        const Result<void> done =
            linked.link(read_file(member(build)), exports_of(build), all_exports_of(build));
        REQUIRE_MESSAGE(done, linked.complaint.what, linked.complaint.name);
        for (const link::Part part : link::PARTS) {
            const Buffer& memory = linked.memory[index_of(part)];
            CHECK(memory == expected.bytes(linked.layout.start(part), memory.size()));
        }
        CHECK(!linked.memory[index_of(link::Part::text)].empty());
    }
}

TEST_CASE("the interface's names have a hash, what compiled code calls by itself has none") {
    for (const Buffer& bytes : exports_of("release").names) {
        const std::string name(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        const std::string hash = name.substr(without_hash(name).size());
        const bool is_of_interface = name.find("_addr_") != name.npos ||
                                     name.starts_with("strand_") ||
                                     name.starts_with("translation_");
        CAPTURE(name);
        if (is_of_interface)
            CHECK(hash.size() == 17);
        if (name.starts_with("mem") || name.starts_with("_"))
            CHECK(hash.empty());
    }
}

TEST_CASE("nothing is exported that no interface declares") {
    std::vector<std::string> names;
    for (const Buffer& name : exports_of("release").names)
        names.push_back(without_hash({reinterpret_cast<const char*>(name.data()), name.size()}));
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
    const Exports reserved = all_exports_of("release");
    const Buffer file = read_file(member("release"));
    std::mt19937 random(20261121);
    for (int round = 0; round < 2000; ++round) {
        Buffer copy = file;
        for (unsigned change = random() % 8 + 1; change != 0; --change)
            copy[random() % copy.size()] = static_cast<std::byte>(random());
        Linked linked;
        const Result<void> done = linked.link(copy, exports, reserved);
        CHECK((done || !linked.complaint.what.empty()));
    }
    constexpr std::size_t SIGNATURE = 16; // behind what is linked
    for (std::size_t length = 0; length < file.size() - SIGNATURE; length += 97) {
        Linked linked;
        const Buffer part(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(length));
        CHECK(!linked.link(part, exports, reserved));
    }
}

// Programs on the disk of a test, and what is in use while they run.
// SPDX-License-Identifier: MIT
#pragma once

#include "calls.hpp"
#include "tests/host/executable.hpp"

// What is in use all together.
struct InUse {
    unix::Counts unix;
    std::uint64_t inodes;
    std::size_t spaces;
    bool operator==(const InUse&) const = default;
};
inline InUse in_use(Calls& calls) {
    return {calls.system.counts(), calls.world.fs.counts().inodes_in_use, calls.memory.in_use()};
}

inline void make_file(Calls& calls, std::string_view path, const Buffer& bytes) {
    calls.world.make(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// The system library, and a program that can be executed.
inline void make_programs(Calls& calls) {
    make_file(calls, "/library", executable({{.address = LIBRARY_BASE}}, LIBRARY_BASE + 4));
    make_file(calls, "/program", executable({{}}));
    REQUIRE(call::find_library().has_value());
}

// The same before there is a process that could make files: process 1 of UNIX alone makes them.
inline void make_programs_of_nobody(Calls& calls) {
    calls.system.start("maker");
    make_programs(calls);
    calls.system.abandon(calls.world.first);
}

// Whether FILE can be opened for writing: nobody runs it.
inline bool is_writable(Calls& calls, std::string_view path) {
    const auto opened = calls.world.open(path, abi::open::WRITE);
    if (opened)
        CHECK(calls.system.close(calls.world.first, *opened).has_value());
    return opened.has_value();
}

// exec of PATH with two arguments; its words lie in CALLER's memory.
inline Arguments exec_of(Calls& calls, Caller& caller, std::string_view path) {
    const VirtAddr views = DATA + 512;
    calls.set(caller, DATA, path);
    calls.set(caller, DATA + 256, "oneand");
    calls.set_value(caller, views, abi::TextView{DATA.raw() + 256, 3});
    calls.set_value(caller, views + sizeof(abi::TextView), abi::TextView{DATA.raw() + 259, 3});
    return {DATA.raw(), path.size(), views.raw(), 2, 0, 0};
}

// What the tests of the API share: comparing results, children, and addresses that nobody has.
// SPDX-License-Identifier: MIT
#pragma once

#include "tests/guest/test.hpp"

#include "user/lib/os.hpp"

#include "abi/address_map.h"
#include "abi/calls/processes.hpp"
#include "lib/address.hpp"
#include "lib/print.hpp"

#include <array>

namespace unix_tests {

// Whether FOUND is EXPECTED; says what it is otherwise.
inline bool is(std::int64_t found, std::int64_t expected) {
    if (found == expected)
        return true;
    os::Output output;
    print(output, "  found ", found, found < 0 ? " (" : "", found < 0 ? os::words(found) : "",
          found < 0 ? ")" : "", ", expected ", expected, "\n");
    return false;
}

// A child that runs ACTION and ends with its result.
template <class Action>
std::int64_t child(Action action) {
    const std::int64_t number = os::fork();
    if (number == 0)
        os::exit(action());
    return number;
}

// The status of the one child there is.
inline std::int64_t wait_status() {
    std::int64_t status = -1;
    const std::int64_t ended = os::wait(status);
    return ended < 0 ? ended : status;
}

// The status of a child that runs ACTION.
template <class Action>
std::int64_t status_of(Action action) {
    const std::int64_t number = child(action);
    return number < 0 ? number : wait_status();
}

// NUMBER's row, once it is in STATE; all zeroes if it does not come there.
inline os::ProcessInfo row_in(os::ProcessState state, std::int64_t number, int patience = 5'000) {
    for (; patience != 0; --patience) {
        std::array<os::ProcessInfo, 64> rows{};
        const std::int64_t count = os::processes(rows);
        for (const os::ProcessInfo& row : std::span(rows).first(static_cast<std::size_t>(count)))
            if (static_cast<std::int64_t>(row.id) == number && row.state == state)
                return row;
        os::sleep(os::TICKS_PER_MILLISECOND);
    }
    return {};
}

inline void compute_until(std::uint64_t time) {
    while (os::uptime() < time) {
    }
}

inline void store(std::uint64_t address, std::uint8_t value) {
    *reinterpret_cast<volatile std::uint8_t*>(address) = value;
}
inline std::uint8_t load(std::uint64_t address) {
    return *reinterpret_cast<volatile std::uint8_t*>(address);
}

// PAGES pages of zeroes, wherever there is room.
inline std::uint64_t map(std::uint64_t pages, Rights rights = Rights::read_write()) {
    return static_cast<std::uint64_t>(os::mmap({.bytes = pages * PAGE_SIZE, .rights = rights}));
}

// The status of a child that stores at ADDRESS.
inline std::int64_t touch_status(std::uint64_t address) {
    return status_of([&] {
        store(address, 1);
        return 0;
    });
}

inline constexpr std::int64_t FAULT = static_cast<std::int64_t>(abi::status::FAULT);
inline constexpr std::int64_t KILLED = static_cast<std::int64_t>(abi::status::KILLED);

using Ends = std::array<std::int64_t, 2>;

inline void close_both(const Ends& ends) {
    os::close(ends[0]);
    os::close(ends[1]);
}

// Writes all of TEXT to a fresh file PATH; whether that worked.
inline bool make_file(std::string_view path, std::string_view text) {
    const std::int64_t file = os::open(path, os::WRITE | os::CREATE | os::TRUNCATE);
    const std::int64_t written = os::write(file, text);
    return os::close(file) == 0 && written == static_cast<std::int64_t>(text.size());
}

// Makes TO a copy of FROM: 0, or the first error.
inline std::int64_t copy_file(std::string_view from, std::string_view to) {
    static constinit std::array<char, PAGE_SIZE> block{};
    const std::int64_t source = os::open(from);
    const std::int64_t copy = os::open(to, os::WRITE | os::CREATE | os::TRUNCATE);
    std::int64_t result = source < 0 ? source : copy;
    while (result >= 0 && (result = os::read(source, std::span(block))) > 0)
        result = os::write(copy, {block.data(), static_cast<std::size_t>(result)});
    os::close(source);
    os::close(copy);
    return result < 0 ? result : 0;
}

// Whether PATH holds TEXT (of up to 64 bytes) and no more.
inline bool holds(std::string_view path, std::string_view text) {
    std::array<char, 65> found{};
    const std::int64_t file = os::open(path);
    const std::int64_t count = os::read(file, std::span(found));
    os::close(file);
    return count >= 0 && std::string_view(found.data(), static_cast<std::size_t>(count)) == text;
}

} // namespace unix_tests

// The machine's exceptions, by number and in words.
// SPDX-License-Identifier: MIT
//
// RISC-V Privileged Architecture, "Supervisor cause register (scause) values after trap". Here and
// not in arch/, because a library OS reads them too.
#pragma once

#include "lib/fault.hpp"

#include <cstdint>
#include <string_view>

namespace exception {

inline constexpr std::uint64_t FETCH_PAGE_FAULT = 12;
inline constexpr std::uint64_t LOAD_PAGE_FAULT = 13;
inline constexpr std::uint64_t STORE_PAGE_FAULT = 15;

constexpr bool is_page_fault(std::uint64_t cause) {
    return cause == FETCH_PAGE_FAULT || cause == LOAD_PAGE_FAULT || cause == STORE_PAGE_FAULT;
}

// The access that a page fault tells of.
constexpr Access access_of(std::uint64_t cause) {
    if (cause == STORE_PAGE_FAULT)
        return Access::store;
    return cause == LOAD_PAGE_FAULT ? Access::load : Access::fetch;
}

// And back.
constexpr std::uint64_t page_fault_of(Access access) {
    if (access == Access::store)
        return STORE_PAGE_FAULT;
    return access == Access::load ? LOAD_PAGE_FAULT : FETCH_PAGE_FAULT;
}
static_assert(access_of(page_fault_of(Access::fetch)) == Access::fetch);

constexpr std::string_view in_words(std::uint64_t cause) {
    switch (cause) {
    case 0:
        return "instruction address misaligned";
    case 1:
        return "instruction access fault";
    case 2:
        return "illegal instruction";
    case 3:
        return "breakpoint";
    case 4:
        return "load address misaligned";
    case 5:
        return "load access fault";
    case 6:
        return "store address misaligned";
    case 7:
        return "store access fault";
    case 8:
        return "environment call";
    case FETCH_PAGE_FAULT:
    case LOAD_PAGE_FAULT:
    case STORE_PAGE_FAULT:
        return to_words(access_of(cause));
    default:
        return "unknown exception";
    }
}

} // namespace exception

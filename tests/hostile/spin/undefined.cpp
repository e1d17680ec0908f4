// Extensions that do what C++ leaves undefined: a wrong value or a trap is to come of it, no more.
// SPDX-License-Identifier: MIT
//
// What the compiler's flags are for (cmake/DefinedBehaviour.cmake); each of the first
// kind fails by name if its flag is missing. The page fault is then served, by extension.cpp.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"
#include "kernels/spin/interface/trap.hpp"

#include "lib/panic.hpp"

#include <array>

using spin::PageNotPresent;

extern "C" Result<void> serves_well(const PageNotPresent& event); // extension.cpp

namespace {

// What the compiler knows nothing about.
template <class T>
T hidden(T value) {
    volatile T place = value;
    return place;
}

void expect(std::string_view what, bool holds) {
    if (!holds)
        panic(what);
}

constinit std::array<std::uint64_t, 2148> table{};

// Largest without overflow: 2^31 / 1000000, within the table; so the check of the index could go.
[[gnu::noipa]] void store_at_millions_of(std::uint16_t a, std::uint16_t b) {
    const int product = a * b;
    table[static_cast<std::size_t>(product / 1000000)] = 1;
}

[[gnu::noipa]] void leave_ones_on_the_stack() {
    std::array<std::uint64_t, 64> ones;
    ones.fill(~0ULL);
    asm volatile("" : : "r"(ones.data()) : "memory");
}

struct HalfMade {
    std::uint64_t given;
    std::array<std::uint64_t, 16> left; // by the constructor, as it was
    explicit HalfMade(std::uint64_t value) : given(value) {}
};

[[gnu::noipa]] std::uint64_t last_of(const std::array<std::uint64_t, 16>& numbers) {
    return numbers.back();
}

[[gnu::noipa]] std::uint64_t read_of_local() {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
    std::array<std::uint64_t, 16> numbers;
    return last_of(numbers);
#pragma GCC diagnostic pop
}

[[gnu::noipa]] std::uint64_t read_of_half_made() {
    const HalfMade made(1);
    return last_of(made.left);
}

[[gnu::noipa]] std::uint64_t first_after_second(std::uint64_t& first, std::uint32_t& second) {
    first = 1;
    second = 2;
    return first;
}

[[gnu::noipa]] bool is_null(const std::uint64_t* place) {
    static_cast<void>(*place); // no load comes of it
    return place == nullptr;
}

// All 2^20 numbers once; what comes of it nobody uses.
[[gnu::noipa]] void walk_in_a_circle(std::uint32_t start) {
    std::uint32_t at = start;
    do
        at = (at * 1664525 + 1013904223) % (1U << 20);
    while (at != start);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wreturn-type"
[[gnu::noipa]] std::uint64_t answers_sometimes(std::uint64_t question) {
    if (question == 1)
        return 1;
}
#pragma GCC diagnostic pop

} // namespace

extern "C" {

// --- A value ------------------------------------------------------------------------------------

Result<void> overflows_a_product(const PageNotPresent& event) {
    store_at_millions_of(65535, 65535); // -131071
    expect("a signed product did not wrap", table[0] == 1);
    return serves_well(event);
}

Result<void> reads_unwritten_numbers(const PageNotPresent& event) {
    leave_ones_on_the_stack();
    expect("a local showed what stood on the stack", read_of_local() == 0);
    leave_ones_on_the_stack();
    expect("a member showed what stood on the stack", read_of_half_made() == 0);
    return serves_well(event);
}

Result<void> looks_with_two_types(const PageNotPresent& event) {
    std::uint64_t number = 0;
    auto& half = reinterpret_cast<std::uint32_t&>(number);
    expect("a store by another type was not seen", first_after_second(number, half) == 2);
    return serves_well(event);
}

Result<void> asks_late_for_null(const PageNotPresent& event) {
    expect("a check for null was dropped", is_null(hidden<const std::uint64_t*>(nullptr)));
    return serves_well(event);
}

Result<void> loops_without_effect(const PageNotPresent& event) {
    const std::uint64_t before = strand_time();
    walk_in_a_circle(hidden(1U));
    expect("a loop was dropped", strand_time() != before);
    return serves_well(event);
}

// --- A trap -------------------------------------------------------------------------------------

Result<void> shifts_too_far(const PageNotPresent& event) {
    return hidden(1ULL) << hidden(64) == 1 ? serves_well(event) : Result<void>();
}

Result<void> divides_by_zero(const PageNotPresent& event) {
    return hidden(1) / hidden(0) == 1 ? serves_well(event) : Result<void>();
}

Result<void> does_not_return(const PageNotPresent& event) {
    return answers_sometimes(hidden(2ULL)) == 1 ? serves_well(event) : Result<void>();
}

Result<void> comes_where_nobody_comes(const PageNotPresent& event) {
    if (hidden(1) == 1)
        __builtin_unreachable();
    return serves_well(event);
}

Result<void> loads_two_as_bool(const PageNotPresent& event) {
    std::uint8_t two = hidden<std::uint8_t>(2);
    return reinterpret_cast<volatile bool&>(two) ? serves_well(event) : Result<void>();
}

} // extern "C"

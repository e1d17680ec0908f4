// Builds a query of lab 1 and the right answers to it, step by step.
// SPDX-License-Identifier: MIT
#include "sv39_query.hpp"

namespace lab::sv39 {

using namespace sv39_lab;

namespace {
constexpr std::uint64_t RAM_FRAME = 0x80000;

std::uint64_t word_of(Use use) { return static_cast<std::uint64_t>(use); }
} // namespace

std::uint64_t Numbers::page_below(std::uint64_t roots) {
    for (;;) {
        const std::uint64_t top = below(roots), middle = 1 + below(500), last = 1 + below(500);
        if (top != middle && middle != last && top != last)
            return (top * 512 + middle) * 512 + last;
    }
}

std::uint64_t Numbers::page() { return page_below(PROGRAM_ENTRY - 2) + 512 * 512; }

std::uint64_t Numbers::low_page() { return page_below(2); }

Query::Query() { put(sv39_lab::place(0, PROGRAM_ENTRY), leaf(RAM_FRAME, USER_RW | X)); }

std::uint64_t Query::entry(std::uint64_t page, unsigned level) {
    std::uint64_t table = 0;
    for (unsigned at = 2; at != level; --at) {
        const std::uint64_t where = sv39_lab::place(table, index_of(page, at));
        if (!words_.contains(where))
            put(where, leaf(FIRST_FRAME + next_table_++, V));
        table = words_[where] / 1024 - FIRST_FRAME;
    }
    return sv39_lab::place(table, index_of(page, level));
}

void Query::put(std::uint64_t where, std::uint64_t word) {
    words_[where] = word;
    step(Step::write, {where, word});
}

void Query::step(Step step, std::initializer_list<std::uint64_t> arguments,
                 std::initializer_list<std::uint64_t> answers) {
    made_.query.push_back(static_cast<std::uint64_t>(step));
    made_.query.insert(made_.query.end(), arguments);
    made_.expect.insert(made_.expect.end(), answers);
}

void Query::change(Step what, std::initializer_list<std::uint64_t> arguments,
                   std::initializer_list<std::uint64_t> answers, DueFence due) {
    step(what, arguments, answers);
    made_.fences.push_back(due);
}

void Query::reads(std::uint64_t where, std::uint64_t word) { step(Step::read, {where}, {word}); }

void Query::loads(std::uint64_t page, std::uint64_t frame) {
    step(Step::access, {word_of(Use::load), address_of(page)}, {0, mark_of(frame)});
}

void Query::stores(std::uint64_t page) {
    step(Step::access, {word_of(Use::store), address_of(page) + 8}, {0, 0});
}

void Query::fetches(std::uint64_t page) {
    step(Step::access, {word_of(Use::fetch), address_of(page)}, {0, 0});
}

void Query::faults(Use use, std::uint64_t page) {
    const std::uint64_t cause = use == Use::load ? 13 : use == Use::store ? 15 : 12;
    step(Step::access, {word_of(use), address_of(page)}, {cause, address_of(page)});
}

std::uint64_t Query::stock(std::uint64_t count) {
    const std::uint64_t first = next_table_;
    step(Step::stock, {first, count});
    next_table_ += count;
    return first;
}

} // namespace lab::sv39

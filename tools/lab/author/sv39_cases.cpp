// Lab 1's cases, task by task: what each asks, and what is right.
// SPDX-License-Identifier: MIT
//
// A part of a task is one idea that a student may have missed. Visible cases show one example of
// each; hidden ones ask again with other numbers. sv39_table_cases.cpp has the tasks that need
// tables.
#include "sv39_cases.hpp"

namespace lab::sv39 {

using namespace sv39_lab;

namespace {

constexpr std::uint64_t FRAME_BITS = (1ULL << 44) - 1;

// Rights that a leaf may carry.
constexpr std::array<std::uint64_t, 5> RIGHTS = {1, 3, 4, 5, 7};

// Of all rights that there are: no other numbers could be asked, so they are asked once.
void flags_of(Cases& cases, Maker maker, const char* name, std::uint64_t more, const char* hint) {
    if (cases.shown == Shown::hidden)
        return;
    Query query;
    for (const std::uint64_t rights : RIGHTS)
        query.step(Step::flags, {static_cast<std::uint64_t>(maker), rights},
                   {V | rights << 1 | more});
    cases.add("1", std::string("flags, ") + name, query,
              "V, the rights, and what such a page has besides", hint,
              std::string("break sv39::PteFlags::") + name);
}

void encode(Cases& cases) {
    flags_of(cases, Maker::user, "user", U | A | D, "V, U, A and D, and R, W, X from of(rights).");
    flags_of(cases, Maker::unwritten, "unwritten", U | A,
             "As user, without D: the first store shall show.");
    flags_of(cases, Maker::kernel, "kernel", G | A | D,
             "G, and no U: a kernel's page is in every space, and no program's.");
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t frame = cases.numbers.word() & FRAME_BITS;
        for (const std::uint64_t f : {frame, frame >> 20, std::uint64_t{1}, FRAME_BITS})
            query.step(Step::leaf, {f, USER_RO}, {leaf(f, USER_RO)});
        query.step(Step::leaf, {frame >> 12, V | X | G | A | D},
                   {leaf(frame >> 12, V | X | G | A | D)});
        cases.add("1", "a leaf", query, "the frame's number from bit 10 on, the flags below",
                  "The number is shifted by 10, not by 12: two bits between are software's.",
                  "break sv39::Pte::leaf");
    }
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        for (const unsigned shift : {0U, 12U, 30U}) {
            const std::uint64_t frame = (cases.numbers.word() & FRAME_BITS) >> shift;
            query.step(Step::table, {frame}, {leaf(frame, V)});
        }
        cases.add("1", "an entry for a table", query, "V and no other flag",
                  "U, A and D are reserved in an entry that points to a table, and any of R, W, X "
                  "would make it a leaf.",
                  "break sv39::Pte::table");
    }
}

void expect_decoded(Query& query, std::uint64_t word) {
    const bool valid = (word & V) != 0;
    const bool is_leaf = (word & (R | W | X)) != 0;
    query.step(Step::decode, {word},
               {valid, is_leaf, valid && !is_leaf, word / 1024 & FRAME_BITS, word & 0xff});
}

void decode(Cases& cases) {
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t frame = (cases.numbers.word() & FRAME_BITS) >> 4;
        for (const std::uint64_t flags : {USER_RW, USER_RX, V, std::uint64_t{0}, V | X | G})
            expect_decoded(query, leaf(frame + flags, flags));
        cases.add("1", "decode", query, "what an entry says",
                  "is_table is V without any of R, W, X; is_leaf looks at those three alone.",
                  "break sv39::Pte::is_table");
    }
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t upper = (1 + cases.numbers.below(1023)) << 54;
        const std::uint64_t software = (1 + cases.numbers.below(3)) << 8;
        const std::uint64_t frame = cases.numbers.word() & FRAME_BITS;
        expect_decoded(query, upper | software | leaf(frame, USER_RO));
        expect_decoded(query, software | leaf(frame, V));
        expect_decoded(query, upper | leaf(frame, USER_RW & ~V));
        cases.add("1", "decode with other bits set", query,
                  "bits 63..54 and 9..8 belong neither to the frame nor to the flags",
                  "Mask the frame's number to its 44 bits.", "break sv39::Pte::frame");
    }
}

// has_encoding and with, which need no table.
void rights(Cases& cases) {
    Query encoding;
    for (std::uint64_t rights = 0; rights < 8; ++rights)
        encoding.step(Step::has_encoding, {rights}, {rights != 0 && (rights & 3) != 2});
    if (cases.shown == Shown::visible) // there are no more rights
        cases.add(
            "5", "rights without encoding", encoding, "all rights but none, W, and W X",
            "None at all would make a table of it; W without R is reserved, with X or without.",
            "break sv39::has_encoding");
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        for (const std::uint64_t kept : {V | U | A | D, V | U | A, V | G | D, V | U}) {
            const std::uint64_t before = RIGHTS[cases.numbers.below(5)];
            const std::uint64_t after = RIGHTS[cases.numbers.below(5)];
            query.step(Step::with, {kept | before << 1, after}, {kept | after << 1});
        }
        query.step(Step::with, {V | R | W | X | U | A, 1}, {V | R | U | A});
        cases.add("5", "other rights, the same flags", query,
                  "V, U, G, A and D stay, R, W and X are the new ones",
                  "What the machine noted of a page's use (A, D) is true whatever its rights are.",
                  "break sv39::PteFlags::with");
    }
}

void kernel(Cases& cases) {
    const std::vector<std::string> all = {"receive", "dispatch", "resolve", "frame",
                                          "fill",    "install",  "resume"};
    const auto add = [&](const char* program, const char* access,
                         const std::vector<std::string>& stages, std::uint64_t fences,
                         const char* words) {
        Case made{.task = "7", .part = program, .name = std::string("kernel: ") + program};
        made.kernel = {.kernel = "monolithic",
                       .program = program,
                       .status = 0,
                       .stages = stages,
                       .access = access,
                       .completed = true,
                       .fences = fences,
                       .hung = "the kernel's own map is wrong: enter_kernel_map in "
                               "arch/riscv/kernel_map.cpp makes it with your Pte::leaf, "
                               "Pte::table and index_at"};
        made.words = words;
        made.hint = "Tasks 1 to 6 first; then the debugger shows where its road leaves the table.";
        made.debug = std::string("./faultline debug monolithic ") + program +
                     "\n(gdb) break fault_install\n(gdb) continue";
        cases.add(std::move(made));
    };
    if (cases.shown == Shown::visible) {
        add("zero-fill", "store", all, 1,
            "a store to a page that is not there yet takes all seven stages and goes through");
        add("cow", "store", all, 1,
            "a store to a page shared with a child takes all seven stages and goes through");
        add("protect", "store", {"receive", "dispatch", "resolve", "handler"}, 1,
            "a store to a read-only page reaches the program's own handler, which mprotects it");
    } else {
        add("file", "load", all, 1, "a load from a mapped file takes all seven stages");
        add("stack", "store", all, 1, "a stack that grows takes all seven stages");
        add("swap", "load", all, 1, "a load of a page that was swapped out takes all seven stages");
    }
}

void numbers(Cases& cases) {
    if (cases.shown == Shown::hidden)
        return;
    for (const char* field : {"instructions", "loads", "stores"}) {
        Case made{.task = "8", .part = field, .name = std::string("measured: ") + field};
        made.number = {.key = std::string("new-table.") + field,
                       .more = "labs/01-sv39/far.cpp",
                       .less = "labs/01-sv39/near.cpp",
                       .field = field,
                       .percent = 5};
        made.words = std::string("row `") + field +
                     "` of far.cpp less that of near.cpp, on your kernel, within 5 %";
        made.hint = "Measure again when your code has changed. Write the number alone.";
        made.debug = "./faultline compare labs/01-sv39/far.cpp --kernels monolithic, and the same "
                     "with near.cpp";
        cases.add(std::move(made));
    }
}

} // namespace

void Cases::add(Case made) {
    made.hidden = shown == Shown::hidden;
    made_.push_back(std::move(made));
}

void Cases::add(const std::string& task, const std::string& part, Query& query,
                const std::string& words, const std::string& hint, const std::string& debug) {
    add(rig_case(made_, shown,
                 {.task = task,
                  .part = part,
                  .rig = query.take(),
                  .words = words,
                  .hint = hint,
                  .debug = debug}));
}

} // namespace lab::sv39

namespace lab {

std::vector<Case> sv39_cases(std::uint64_t seed, Shown shown) {
    // Visible and hidden cases are two rows of numbers.
    constexpr std::uint64_t HIDDEN = 0x9e3779b97f4a7c15;
    sv39::Cases cases(seed ^ (shown == Shown::hidden ? HIDDEN : 0), shown);
    sv39::encode(cases);
    sv39::decode(cases);
    sv39::walk_cases(cases);
    sv39::map_cases(cases);
    sv39::unmap_cases(cases);
    sv39::protect_cases(cases);
    sv39::rights(cases);
    sv39::fence_cases(cases);
    sv39::kernel(cases);
    sv39::numbers(cases);
    return cases.take();
}

} // namespace lab

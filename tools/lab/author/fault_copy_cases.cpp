// Lab 2's cases of copy on write: what fork leaves, and what a store finds then.
// SPDX-License-Identifier: MIT
//
// Space 0 is the parent, 1 its child. Each touches pages by the student's first three stages, and
// the rig puts them in force, so nothing here needs fault_install.
#include "fault_query.hpp"

namespace lab::fault {

namespace {

const char* const FORK = "break vm::Memory::fork_page";

// A parent with a page that it stored to, and one that it only read.
struct Family {
    explicit Family(Cases& cases) : page(cases.numbers.page()), word(cases.numbers.word()) {
        query.step(Step::note);
        query.step(Step::begin);
        query.region(0, page, 4, RW);
        query.step(Step::soil);
        query.touches(0, STORE, page, RW, 1);
        query.touches(0, LOAD, page + 1, RW, 2);
        query.pokes(0, page, word);
    }
    void forks() { query.step(Step::fork, {0}, {0}); }

    Query query;
    std::uint64_t page;
    std::uint64_t word;
};

void narrowed(Cases& cases) {
    for (unsigned i = 0; i < cases.times(1); ++i) {
        Family made(cases);
        made.forks();
        made.query.same(0, 1, made.page, true);
        made.query.peeks(1, made.page, made.word);
        made.query.flags(1, made.page, used(R, LOAD));
        made.query.flags(0, made.page, used(R, STORE));
        made.query.flags(0, made.page + 1, used(R, LOAD));
        made.query.flags(1, made.page + 2, 0);
        cases.add("5", "narrowed at fork", made.query,
                  "parent and child share the frame, and neither's translation may write; what the "
                  "machine noted (A, D) stays",
                  "The parent's translation is in force already: Translations::protect. The child "
                  "gets no more than both may have.",
                  FORK);
    }
}

void gets_a_copy(Cases& cases) {
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Family made(cases);
        Query& query = made.query;
        const bool child = i % 2 == 0;
        const std::uint64_t writer = child ? 1 : 0;
        made.forks();
        query.copies(writer, made.page, RW, 3);
        query.same(0, 1, made.page, false);
        query.peeks(writer, made.page, made.word);
        query.pokes(writer, made.page, ~made.word);
        query.peeks(1 - writer, made.page, made.word);
        query.step(Step::counted, {COPY}, {1});
        cases.add("5", "a store gets a copy", query,
                  "a frame of its own with the same contents; the other process keeps the old one",
                  "resolve says copy and names the source; fill copies it.",
                  "break vm::Memory::take_copy");
    }
}

void last_one_keeps(Cases& cases) {
    for (unsigned i = 0; i < cases.times(1); ++i) {
        Family made(cases);
        Query& query = made.query;
        made.forks();
        query.copies(1, made.page, RW, 3);
        query.keeps(0, STORE, made.page, RW, REUSE, 3);
        query.flags(0, made.page, used(RW, STORE));
        query.peeks(0, made.page, made.word);
        cases.add("5", "the last one keeps it", query,
                  "who is alone with the frame may store to it again, without a copy",
                  "The source has a user less after the copy: drop_user.",
                  "break vm::Memory::translation_rights");
    }
    Family made(cases);
    Query& query = made.query;
    made.forks();
    query.step(Step::fork, {0}, {0});
    query.copies(2, made.page, RW, 3);
    query.copies(0, made.page, RW, 4);
    query.keeps(1, STORE, made.page, RW, REUSE, 4);
    cases.add("5", "the last one keeps it", query, "of three users two get a copy",
              "Users are counted by fork, too.", "break vm::Memory::translation_rights");
}

void loads_share(Cases& cases) {
    for (unsigned i = 0; i < cases.times(1); ++i) {
        Family made(cases);
        Query& query = made.query;
        query.region(0, made.page + 8, 2, R);
        query.touches(0, LOAD, made.page + 8, R, 3);
        made.forks();
        query.keeps(1, LOAD, made.page, R, PRESENT, 3);
        query.same(0, 1, made.page, true);
        query.keeps(0, LOAD, made.page, R, PRESENT, 3);
        query.refuses(1, STORE, address_of(made.page + 8), Reply::not_permitted);
        cases.add("5", "loads share", query,
                  "a load gets the frame that is there, without the right to write",
                  "translation_rights says what a translation of a shared frame may allow.",
                  "break vm::Memory::translation_rights");
    }
}

void nothing_lost(Cases& cases) {
    for (unsigned i = 0; i < cases.times(1); ++i) {
        Family made(cases);
        Query& query = made.query;
        made.forks();
        query.copies(0, made.page, RW, 3);
        query.step(Step::end, {0});
        query.peeks(1, made.page, made.word);
        query.step(Step::end, {1});
        query.step(Step::spent, {}, {0});
        cases.add("5", "no frame is lost", query,
                  "when both processes have ended, all frames are free again",
                  "Who stores to a copy is no user of the source any more, and a source without "
                  "users is free: drop_user.",
                  "break vm::Memory::take_copy");
    }
}

} // namespace

void copy_cases(Cases& cases) {
    narrowed(cases);
    gets_a_copy(cases);
    last_one_keeps(cases);
    loads_share(cases);
    nothing_lost(cases);
}

} // namespace lab::fault

// Takes UNIX away in the middle of its work, sees what lives on, and loads a fresh one.
// SPDX-License-Identifier: MIT
//
// It is loaded as a loader (`loader=replacer`), behind `extension=second`, a personality beside
// UNIX. In turn only `unix` is replaced, over the others, which are still there, and all four:
// who loses what it imports falls, too. What the machine was asked to run begins anew each time,
// and finds on the disk what the one before it left (tests/machine/personality_test.cpp); its end
// is the machine's.
#include "tests/extensions/second.hpp"

#include "kernels/spin/interface/domain.hpp"
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include "lib/print.hpp"

#include <array>

namespace {

constexpr std::uint64_t A_WHILE = 5'000'000; // ticks of `time`: half a second
constexpr int TURNS = 8;                     // then the program does not end any more

struct Part {
    std::string_view name;
    std::string_view object;
};
// In the order in which they import from each other.
constexpr std::array<Part, 4> PARTS{Part{"files", "files.o"}, Part{"pager", "pager.o"},
                                    Part{"scheduler", "scheduler.o"}, Part{"unix", "unix.o"}};

struct Console {
    void put(std::string_view text) { console_write(text); }
};

void wait_a_while() { strand_block_until(strand_deadline_in(A_WHILE)); }

// PARTS[index], against the kernel and the parts before it.
Result<void> load(std::size_t index) {
    const auto object = TRY(domain_find_object(PARTS[index].object));
    const spin::DomainReference part = TRY(domain_create(PARTS[index].name, object));
    TRY(domain_resolve(domain_spin_public(), part));
    TRY(domain_resolve(domain_system(), part));
    for (std::size_t before = 0; before < index; ++before)
        TRY(domain_resolve(TRY(domain_find(PARTS[before].name)), part));
    return domain_start(part);
}

// The scheduler imports from nobody before it.
bool falls_with(std::size_t part, std::size_t first) {
    return part == first || (part > first && PARTS[part].name != "scheduler");
}

// Unloads PARTS[first], with which those fall that import from it, and loads them again.
Result<void> replace_from(std::size_t first) {
    Console console;
    TRY(domain_unload(TRY(domain_find(PARTS[first].name))));
    for (std::size_t i = 0; i < PARTS.size(); ++i)
        if (domain_find(PARTS[i].name).has_value() == falls_with(i, first))
            print(console, "replacer: wrong: ", PARTS[i].name, "\n");
    const std::uint64_t before = second::second_count();
    wait_a_while();
    const std::uint64_t after = second::second_count();
    print(console, "replacer: without ", PARTS[first].name, " the second personality ",
          after > before ? "counts on" : "stands still", "\n");
    for (std::size_t i = first; i < PARTS.size(); ++i)
        if (falls_with(i, first))
            TRY(load(i));
    print(console, "replacer: loaded again from ", PARTS[first].name, " on\n");
    return {};
}

void replace() {
    Console console;
    for (int turn = 0; turn < TURNS; ++turn) {
        wait_a_while();
        if (const Result<void> done = replace_from(turn % 2 == 0 ? 3 : 0); !done) {
            print(console, "replacer: ", to_words(done.error()), "\n");
            return;
        }
    }
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota frames, const spin::Program&) {
    TRY(strand_create(frames, replace));
    return {};
}

// Reference strings that tell policies apart.
// SPDX-License-Identifier: MIT
#include "replacement_traces.hpp"

#include "replacement.hpp"

namespace lab::replacement {

Trace loop(Numbers& numbers) {
    Trace trace{"loop", numbers.from_to(14, 20), {}};
    const std::uint64_t circle = trace.pool + numbers.from_to(2, 5);
    for (std::uint64_t i = 0; i < LONGEST; ++i)
        trace.pages.push_back(i % circle);
    return trace;
}

Trace drift(Numbers& numbers) {
    Trace trace{"drift", numbers.from_to(14, 20), {}};
    std::uint64_t at = 0;
    for (std::uint64_t i = 0; i < LONGEST; ++i) {
        if (numbers.below(24) == 0)
            at = numbers.below(100);
        at += numbers.below(3) == 0 ? 1 : 0;
        trace.pages.push_back((at + numbers.below(10)) % 100);
    }
    return trace;
}

Trace twice(Numbers& numbers) {
    Trace trace{"twice", numbers.from_to(16, 22), {}};
    const std::uint64_t gap = (trace.pool + 1) / 2;
    for (std::uint64_t page = 0; trace.pages.size() < LONGEST; ++page) {
        trace.pages.push_back(page % 250);
        if (page >= gap)
            trace.pages.push_back((page - gap) % 250);
    }
    trace.pages.resize(LONGEST);
    return trace;
}

Trace mixed(Numbers& numbers, std::uint64_t pool, std::uint64_t references) {
    Trace trace{"mixed", pool, {}};
    std::uint64_t walk = 0;
    for (std::uint64_t i = 0; i < references; ++i) {
        const bool often = numbers.below(5) < 2;
        walk += often ? 0 : 1;
        trace.pages.push_back(often ? numbers.below(pool) : walk % (2 * pool + 3));
    }
    return trace;
}

// Whether a policy that tells the two kinds of pages apart shows, and one that does not, does not.
static bool is_telling(const Scan& scan) {
    const Pages pages = pages_of(scan.walk);
    const auto faults = [&](const char* policy) { return faults_of(policy, scan.pool, pages); };
    const std::uint64_t clock = faults("clock");
    return faults("own") * 8 <= clock * 7 && faults("lru") * 10 >= clock * 9 &&
           faults("mru") >= clock;
}

Scan scan(Numbers& numbers) {
    for (;;) {
        const std::uint64_t pool = numbers.from_to(36, 44);
        const Scan made{pool,
                        {.state = numbers.below(1ULL << 32),
                         .hot = pool * 11 / 16,
                         .once = 120,
                         .count = 2400}};
        if (is_telling(made))
            return made;
    }
}

Pages pages_of(replacement_lab::Walk walk) {
    Pages pages;
    for (std::uint64_t i = 0; i < walk.count; ++i)
        pages.push_back(walk.next());
    return pages;
}

// Before its first reference a program has used its stack, where exec put the arguments, the system
// library, its own text, and the library's constants. Each reference is an instruction, which is to
// be fetched, and repeated until both pages are there at once.
Pages program_faults(const std::string& policy, std::uint64_t pool,
                     const replacement_lab::Walk& walk) {
    constexpr std::uint64_t STACK = CODE + 1, LIBRARY = CODE + 2, CONSTANTS = CODE + 3;
    Replacement memory(policy, pool);
    for (const std::uint64_t page : {STACK, LIBRARY, CODE, CONSTANTS})
        memory.refer(page);
    Pages faults;
    const auto refer = [&](std::uint64_t page) {
        const bool faulted = memory.refer(page);
        if (faulted)
            faults.push_back(page);
        return faulted;
    };
    for (const std::uint64_t page : pages_of(walk))
        while (refer(CODE) || refer(page)) {
        }
    return faults;
}

std::uint64_t faults_of(const std::string& policy, std::uint64_t pool, const Pages& pages) {
    Replacement memory(policy, pool);
    for (const std::uint64_t page : pages)
        memory.refer(page);
    return memory.faults();
}

} // namespace lab::replacement

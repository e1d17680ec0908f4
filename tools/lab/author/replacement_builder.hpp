// Puts lab 3's cases together: names, words and numbers.
// SPDX-License-Identifier: MIT
#pragma once

#include "cases.hpp"
#include "replacement_traces.hpp"

#include <string>
#include <utility>
#include <vector>

namespace lab::replacement {

// The cases so far, and the numbers for the next.
class Cases {
public:
    Cases(std::uint64_t seed, Shown shown)
        : numbers(seed ^ (shown == Shown::hidden ? HIDDEN : 0)), shown_(shown) {}

    Numbers numbers;

    bool is_hidden() const { return shown_ == Shown::hidden; }
    unsigned times() const { return is_hidden() ? 4 : 2; }

    Case& add(const char* task, const std::string& part, const char* words, const char* hint) {
        unsigned same = 1;
        for (const Case& other : made_)
            same += other.task == task && other.part == part ? 1 : 0;
        Case made{.task = task,
                  .part = part,
                  .name = part + (is_hidden() ? ", hidden " : ", ") + std::to_string(same)};
        made.words = words;
        made.hint = hint;
        made.hidden = is_hidden();
        made_.push_back(std::move(made));
        return made_.back();
    }
    // Of the rig; POLICY is whose `choose` shows it.
    Case& ask(const char* task, const std::string& part, const char* policy, const char* words,
              const char* hint, RigCase query) {
        Case& made = add(task, part, words, hint);
        made.rig = std::move(query);
        made.debug = "./faultline lab debug \"" + (is_hidden() ? part + ", 1" : made.name) +
                     "\"\n(gdb) break choose_by\n(gdb) continue\n(gdb) step (into " +
                     std::string(policy) + ".hpp)";
        return made;
    }

    std::vector<Case> take() { return std::move(made_); }

private:
    static constexpr std::uint64_t HIDDEN = 0x9e37'79b9'7f4a'7c15;
    Shown shown_;
    std::vector<Case> made_{};
};

// replacement_own_cases.cpp: task 5; tasks 6 and 7, which nobody can be asked unseen.
void own_cases(Cases& cases, std::uint64_t seed);
void claim_cases(Cases& cases, std::uint64_t seed);

// Program refer under that policy.
Faults walked(const char* policy, std::uint64_t pool, const replacement_lab::Walk& walk);
std::string boot_words(const char* policy, std::uint64_t pool);
std::string debug_kernel(const Faults& faults);

} // namespace lab::replacement

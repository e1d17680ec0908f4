// Carries out a tree of commands: processes, pipes, redirections.
// SPDX-License-Identifier: MIT
//
// Before: a line that the parser understood. Commands that must change the shell itself (cd, exit,
// ...) are in builtins.cpp; every other one is a process of its own. In an interactive shell each
// pipeline is a process group, the one in the foreground named to the console, so that Ctrl-C ends
// all of it and not the shell.
#pragma once

#include "expand.hpp"
#include "jobs.hpp"
#include "syntax.hpp"

namespace sh {

inline constexpr std::int64_t NOT_FOUND = 117;      // the status where a command is not there
inline constexpr std::int64_t NOT_EXECUTABLE = 116; // where it is there, and cannot run
inline constexpr std::int64_t WRONG = 2;            // where a line or an argument is wrong

// Makes DESCRIPTOR mean what FROM means, and FROM nothing. All descriptors below DESCRIPTOR are
// open, so dup finds this one.
void move_descriptor(std::int64_t from, std::int64_t descriptor);

class Runner {
public:
    enum class Mode : std::uint8_t { interactive, script };
    explicit constexpr Runner(Mode mode) : mode_(mode) {}

    // Runs all of TREE; the status of its last command, also in status().
    std::int64_t run(const Tree& tree);

    std::int64_t status() const { return status_; }
    void set_status(std::int64_t status) { status_ = status; }

    // Says which jobs have ended, and forgets them.
    void report_jobs();
    // Waits for everything in the background; Ctrl-C ends the waiting. 0, or INTERRUPTED.
    std::int64_t wait_for_jobs();
    // Waits until all of PROCESSES, children, have ended: the status of the last of them.
    std::int64_t wait_for(std::span<const std::int64_t> processes);
    Jobs& jobs() { return jobs_; }

private:
    // Where a stage of a pipeline is connected to; -1: nowhere.
    struct Ends {
        std::int64_t input = -1;
        std::int64_t output = -1;
        std::int64_t other = -1; // the read end for the next stage, not this one's
    };
    using Words = std::span<const std::string_view>;

    std::int64_t run(const Tree& tree, NodeIndex index);
    std::int64_t run_pipeline(const Tree& tree, NodeIndex index);
    std::int64_t run_simple(const Tree& tree, NodeIndex index);
    std::int64_t run_in_background(const Tree& tree, const Node& node);
    std::int64_t start(const Tree& tree, NodeIndex index, const Ends& ends, std::int64_t group);
    [[noreturn]] void run_as_child(const Tree& tree, NodeIndex index);
    [[noreturn]] void execute(Words words);
    Result<Words> expand(const Tree& tree, const Node& node);
    std::int64_t redirect(const Tree& tree, const Node& node);
    std::int64_t open_target(const Redirection& redirection);
    std::int64_t run_builtin(const Tree& tree, const Node& node, Words words);
    bool was_interrupted() const;

    Values values() const { return {status_, shell_}; }

    Mode mode_;
    std::int64_t status_ = 0;
    std::int64_t shell_ = 0; // its process; children expand words, too
    Jobs jobs_;
    Expansion expansion_;
    std::array<std::string_view, Tree::WORDS> words_{};
};

} // namespace sh

// Carrying out a tree: the shapes of it, processes and waiting.
// SPDX-License-Identifier: MIT
//
// Next: commands.cpp, for one command with its words and redirections.
#include "runner.hpp"

#include "ending.hpp"

#include "user/lib/message.hpp"
#include "user/lib/os.hpp"

#include <algorithm>

namespace sh {

using Kind = Node::Kind;

namespace {

constexpr std::size_t STAGES = 16; // of a pipeline
constexpr auto INTERRUPTED = static_cast<std::int64_t>(abi::status::INTERRUPTED);

} // namespace

void move_descriptor(std::int64_t from, std::int64_t descriptor) {
    if (from == descriptor)
        return;
    os::close(descriptor);
    os::dup(from);
    os::close(from);
}

std::int64_t Runner::run(const Tree& tree) {
    shell_ = os::getpid();
    if (!tree.empty())
        status_ = run(tree, tree.root());
    return status_;
}

std::int64_t Runner::run(const Tree& tree, NodeIndex index) {
    const Node& node = tree[index];
    switch (node.kind) {
    case Kind::simple:
        return status_ = run_simple(tree, index);
    case Kind::group:
    case Kind::pipeline:
        return status_ = run_pipeline(tree, index);
    case Kind::both:
        return run(tree, node.left) == 0 ? run(tree, node.right) : status_;
    case Kind::either:
        return run(tree, node.left) != 0 && !was_interrupted() ? run(tree, node.right) : status_;
    case Kind::sequence:
        run(tree, node.left);
        return was_interrupted() ? status_ : run(tree, node.right);
    case Kind::background:
        return status_ = run_in_background(tree, node);
    }
    return status_;
}

// Whoever presses Ctrl-C means all of the line.
bool Runner::was_interrupted() const {
    return mode_ == Mode::interactive && status_ == INTERRUPTED;
}

// One process of a pipeline, in GROUP (0: the first one, which makes it). Its number, or an error.
std::int64_t Runner::start(const Tree& tree, NodeIndex index, const Ends& ends,
                           std::int64_t group) {
    const std::int64_t child = os::fork();
    if (child != 0) {
        // Both sides say it: whoever comes first, nobody runs on outside of the group.
        if (child > 0 && mode_ == Mode::interactive)
            os::group(child, group == 0 ? child : group);
        return child;
    }
    if (mode_ == Mode::interactive)
        os::group(0, group);
    if (ends.input >= 0)
        move_descriptor(ends.input, os::INPUT);
    if (ends.output >= 0)
        move_descriptor(ends.output, os::OUTPUT);
    if (ends.other >= 0)
        os::close(ends.other);
    run_as_child(tree, index);
}

// A child of the shell's for one command: it ends with the command's status.
void Runner::run_as_child(const Tree& tree, NodeIndex index) {
    mode_ = Mode::script; // its own children are of its own group
    jobs_.forget_all();
    const Node& node = tree[index];
    if (node.kind != Kind::simple && node.kind != Kind::group)
        os::exit(run(tree, index));
    if (redirect(tree, node) != 0)
        os::exit(WRONG);
    if (node.kind == Kind::group)
        os::exit(run(tree, node.left));
    const Result<Words> words = expand(tree, node);
    if (!words)
        os::exit(WRONG);
    execute(*words);
}

// A pipeline of one or more stages; the status of its last one.
std::int64_t Runner::run_pipeline(const Tree& tree, NodeIndex index) {
    std::array<std::int64_t, STAGES> processes{};
    std::size_t started = 0;
    Ends ends;
    std::int64_t failure = 0;
    for (bool last = false; !last && failure == 0;) {
        last = tree[index].kind != Kind::pipeline;
        const NodeIndex stage = last ? index : tree[index].left;
        std::array<std::int64_t, 2> pipe{-1, -1};
        if (started == STAGES)
            failure = -abi::TOO_MANY;
        else if (!last)
            failure = os::pipe(pipe);
        ends.output = pipe[1];
        ends.other = pipe[0];
        std::int64_t child = failure;
        if (failure >= 0)
            child = start(tree, stage, ends, processes[0]);
        for (const std::int64_t done : {ends.input, ends.output})
            if (done >= 0)
                os::close(done);
        ends.input = pipe[0];
        if (child < 0)
            failure = child;
        else
            processes[started++] = child;
        index = tree[index].right;
    }
    if (failure != 0) {
        os::report("sh: cannot start a command: ", os::words(failure));
        if (ends.input >= 0)
            os::close(ends.input);
    }
    if (mode_ == Mode::interactive && started != 0)
        os::foreground(processes[0]);
    const std::int64_t status = wait_for(std::span(processes).first(started));
    return failure != 0 ? WRONG : status;
}

std::int64_t Runner::run_in_background(const Tree& tree, const Node& node) {
    // Without input: it would take keys away from the shell.
    const Ends ends{.input = os::open("/dev/null")};
    const std::int64_t child = start(tree, node.left, ends, 0);
    if (ends.input >= 0)
        os::close(ends.input);
    if (child < 0) {
        os::report("sh: cannot start '", node.text, "': ", os::words(child));
        return 1;
    }
    jobs_.add(child, tree[node.left].text);
    if (mode_ == Mode::interactive)
        os::report("[", child, "]");
    return 0;
}

// They may end in any order. Other children that end meanwhile are jobs.
std::int64_t Runner::wait_for(std::span<const std::int64_t> processes) {
    std::int64_t last = 0;
    for (std::size_t left = processes.size(); left != 0;) {
        std::int64_t status = 0;
        const std::int64_t ended = os::wait(status);
        if (ended < 0)
            return 1;
        if (std::ranges::find(processes, ended) == processes.end()) {
            jobs_.note_end(ended, status);
            continue;
        }
        --left;
        if (mode_ == Mode::interactive)
            report_ending(ended, status);
        if (ended == processes.back())
            last = status;
    }
    return last;
}

void Runner::report_jobs() {
    for (Jobs::Job& job : jobs_.all())
        if (job.process != 0 && job.ended) {
            os::report("[", job.process, "] ended with status ", job.status, ": ", job.text.view());
            jobs_.forget(job);
        }
}

std::int64_t Runner::wait_for_jobs() {
    // Ctrl-C ends who is in the foreground: somebody who does nothing else.
    const bool guarded = mode_ == Mode::interactive && jobs_.running() != 0;
    const std::int64_t guard = guarded ? os::fork() : 0;
    if (guarded && guard == 0) {
        os::group(0, 0);
        os::sleep(os::FOREVER);
    }
    if (guard > 0) {
        os::group(guard, guard);
        os::foreground(guard);
    }
    while (jobs_.running() != 0) {
        std::int64_t status = 0;
        const std::int64_t ended = os::wait(status);
        if (ended < 0 || ended == guard)
            return status;
        jobs_.note_end(ended, status);
    }
    if (guard > 0) {
        os::kill(guard);
        os::wait();
    }
    return 0;
}

} // namespace sh

// Where a stranger's work runs: a compiler over a student's source, QEMU with a student's kernel.
// SPDX-License-Identifier: MIT
//
// Three kinds. `bubblewrap` shows the job a file system that holds nothing but the compiler and
// what the job is given. `user` is for containers in which bubblewrap cannot work: root starts the
// job under a user id of its own, behind a filter of system calls. `none` only limits. A kind is
// tried before it is taken (sandbox_trial.cpp): what it enforces is what was seen. Before: grade.
// Next: process.hpp starts what wrapped() puts together; confine.cpp is what runs first inside.
#pragma once

#include "process.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lab {

struct JobLimits {
    std::chrono::milliseconds wall{60'000};
    std::chrono::seconds processor{120};           // of each process
    std::uint64_t memory = std::uint64_t{1} << 30; // bytes of address space, of each process
    std::uint64_t file = 16 << 20;                 // bytes that a file may grow to
    std::uint64_t disk = 256 << 20;                // bytes that its folder may hold
    std::uint64_t processes = 32;                  // and threads
};

struct Job {
    std::vector<std::string> command{};
    std::filesystem::path folder{}; // where it may write; below it nobody else is at work
    std::vector<std::filesystem::path> reads{}; // what it may read, besides the system's programs
    std::filesystem::path directory{};          // where it begins; empty: its folder
    JobLimits limits{};
};

enum class JobEnding {
    by_itself, // `ended` has its exit status
    wall,      // it was ended for its time
    processor, // the same, by the host kernel
    file,      // a file of it, or what it printed, grew too big
    disk,      // its folder grew too big
    signal,    // it crashed, or the host kernel ended it
};

struct JobEnd {
    JobEnding how = JobEnding::by_itself;
    faultline::Ended ended{};
    std::string output{}; // both streams; at most limits.file
};

enum class SandboxKind { bubblewrap, user, none };

// What was tried before use, and held.
struct Enforced {
    bool network = false;   // nobody can be reached, on this machine neither
    bool memory = false;    // a process cannot take more than its share
    bool processes = false; // there cannot be any number of them; none outlives the job
    bool time = false;      // it ends, whether it works or sleeps
    bool files = false;     // it reads and writes nothing of the judge's
    bool given = false;     // it reads nothing but the system's programs and what it is given
    bool output = false;    // what it writes is bounded

    bool holds() const; // all but `given`
    std::vector<std::string> words() const;
};

class Sandbox {
public:
    virtual ~Sandbox() = default;
    virtual SandboxKind kind() const = 0;

    // Each to its end, with everything that it started. Folders must be there.
    std::vector<JobEnd> run(const std::vector<Job>& jobs, std::size_t at_a_time) const;
    JobEnd run(const Job& job) const { return run(std::vector<Job>{job}, 1).front(); }

    const Enforced& enforced() const { return enforced_; }
    void try_it(); // fills enforced()

protected:
    // USER: the id that the job gets; nothing: our own.
    virtual std::vector<std::string> wrapped(const Job& job,
                                             std::optional<unsigned> user) const = 0;

private:
    struct Running;
    void start(Running& running) const;
    Enforced enforced_{};
};

// That kind, not yet tried; throws a Failure when this machine has no such thing.
std::unique_ptr<Sandbox> make_sandbox(SandboxKind kind);
// The first kind that holds what it should. Throws a Failure that says of each why not.
std::unique_ptr<Sandbox> find_sandbox();

const char* to_words(SandboxKind kind);

} // namespace lab

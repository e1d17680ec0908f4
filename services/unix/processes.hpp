// The table of processes: who is whose child, who has ended and how, who is in which group.
// SPDX-License-Identifier: MIT
//
// A process's life: unused -> embryo (fork, while the kernel copies its space) -> alive -> ending
// (closing its files) -> ended (waiting for its parent) -> unused. Process 1 stands first in the
// table, inherits orphans and cannot be killed. Nothing here waits or wakes: system.hpp does.
#pragma once

#include "services/unix/descriptors.hpp"
#include "services/unix/fault_handler.hpp"

#include "abi/calls/processes.hpp"

#include <array>
#include <string_view>

namespace unix {

// What a parent is told by wait.
class ExitStatus {
public:
    constexpr ExitStatus() = default;
    // As the program said, at most LAST_OF_PROGRAM.
    static constexpr ExitStatus of_program(std::uint64_t status) {
        return ExitStatus(status < abi::status::LAST_OF_PROGRAM ? status
                                                                : abi::status::LAST_OF_PROGRAM);
    }
    static constexpr ExitStatus fault() { return ExitStatus(abi::status::FAULT); }
    static constexpr ExitStatus killed() { return ExitStatus(abi::status::KILLED); }
    static constexpr ExitStatus interrupted() { return ExitStatus(abi::status::INTERRUPTED); }
    constexpr std::uint64_t raw() const { return raw_; }
    constexpr bool operator==(const ExitStatus&) const = default;

private:
    explicit constexpr ExitStatus(std::uint64_t raw) : raw_(raw) {}
    std::uint64_t raw_ = 0;
};

struct Process {
    enum class State : std::uint8_t { unused, embryo, alive, ending, ended };

    State state = State::unused;
    ProcessIndex parent;
    ProcessId id;
    GroupId group;
    std::optional<ExitStatus> killed; // with what it ends as soon as it notices
    ExitStatus status;                // once it ended
    Event awaits;                     // of the call that said would_block last
    FaultHandler handler;
    Descriptors descriptors;
    std::array<char, 32> name{}; // padded with zeroes
};

// A child that has ended, and is there until it is reaped.
struct EndedChild {
    ProcessIndex index;
    ProcessId id;
    ExitStatus status;
};

class Processes {
public:
    static constexpr ProcessIndex FIRST{}; // process 1

    Process& at(ProcessIndex index) { return processes_[index.number()]; }
    const Process& at(ProcessIndex index) const { return processes_[index.number()]; }
    std::size_t in_use() const { return in_use_; }

    // Process 1, alive, in a group of its own; the first call of all, while nobody else is there.
    ProcessIndex start();
    // A child of PARENT, embryo, with its descriptors, group, name and handler. too_many.
    Result<ProcessIndex> fork(ProcessIndex parent);
    // INDEX, embryo or ended, is no more.
    void free(ProcessIndex index);
    // INDEX has ended with STATUS; its children are process 1's.
    void retire(ProcessIndex index, ExitStatus status);

    // no_child: PARENT has none; would_block: none of them has ended.
    Result<EndedChild> ended_child(ProcessIndex parent) const;
    // no_process: nobody has this number.
    Result<ProcessIndex> find(ProcessId id) const;
    // Whether anybody is in GROUP.
    bool has_group(GroupId group) const;
    // Whether INDEX is there and can be killed.
    bool is_mortal(ProcessIndex index) const;

    void set_name(ProcessIndex index, std::string_view name);

private:
    std::array<Process, PROCESSES> processes_{};
    std::size_t in_use_ = 0;
    std::uint64_t last_id_ = 0;
};

} // namespace unix

// What the UNIX service calls things: processes, descriptors, pipes, and events to wait for.
// SPDX-License-Identifier: MIT
//
// All are numbers, each of a type of its own. Indices are dense, so that a kernel may keep tables
// of its own beside the service's: a process's space and stack, the queue of those who wait.
#pragma once

#include "lib/number.hpp"

namespace unix {

inline constexpr std::size_t PROCESSES = 64;
inline constexpr std::size_t DESCRIPTORS = 32; // of one process
inline constexpr std::size_t OPEN_FILES = 256;
inline constexpr std::size_t PIPES = 64;
inline constexpr std::uint64_t MOST_BYTES = 1U << 30; // that one read or write moves
// The same to the terminal, which is slow: in between, keys are heard, and others may run.
inline constexpr std::uint64_t TERMINAL_BYTES = 1024;
// Offsets and counts are answers too, and answers that are negative would be errors.
inline constexpr std::uint64_t MOST_OFFSET = ~std::uint64_t{0} >> 1;

// A process's place in the tables, below PROCESSES; used again after the process was reaped.
using ProcessIndex = Index<struct ProcessTag, std::uint8_t>;
// A process's number as programs see it: from 1 on, never used again.
using ProcessId = Number<struct ProcessIdTag>;
// A group of processes, named after the process that began it.
using GroupId = Number<struct GroupTag>;
// What a program calls an open file by; any number may come, and is checked where it is used.
using Descriptor = Number<struct DescriptorTag>;
// A place in the table of open files, from 1 on; descriptors of several processes may share it.
// Place 0 is none: nothing is ever open there, so that looking there needs no question.
using OpenFileIndex = Index<struct OpenFileTag, std::uint16_t>;
using PipeIndex = Index<struct PipeTag, std::uint8_t>;

// Something that a call may have to wait for. After it, the call is worth another try, no more.
class Event {
public:
    static constexpr std::size_t COUNT = PROCESSES + 2 * PIPES + OPEN_FILES + 2;

    constexpr Event() = default;
    // A child of PARENT has ended.
    static constexpr Event child_of(ProcessIndex parent) { return Event(parent.number()); }
    // The pipe has bytes, or nobody is left to write.
    static constexpr Event readable(PipeIndex pipe) { return Event(PROCESSES + pipe.number()); }
    // The pipe has room, or nobody is left to read.
    static constexpr Event writable(PipeIndex pipe) {
        return Event(PROCESSES + PIPES + pipe.number());
    }
    // The process that is in the middle of a read or write of FILE is done with it.
    static constexpr Event idle(OpenFileIndex file) {
        return Event(PROCESSES + 2 * PIPES + file.number() - 1);
    }
    // The terminal has a line, or bytes in raw mode.
    static constexpr Event terminal() { return Event(COUNT - 2); }
    // The process that was in the middle of an exec is done with it.
    static constexpr Event exec_over() { return Event(COUNT - 1); }
    // Two that nobody wakes: the call's own deadline has come; others have had their turn.
    static constexpr Event deadline() { return Event(COUNT); }
    static constexpr Event turn() { return Event(COUNT + 1); }

    // Whether somebody wakes it: not the last two.
    constexpr bool is_woken() const { return number_ < COUNT; }
    // Below COUNT, if so.
    constexpr std::size_t number() const { return number_; }
    constexpr bool operator==(const Event&) const = default;

private:
    explicit constexpr Event(std::size_t number) : number_(static_cast<std::uint16_t>(number)) {}
    std::uint16_t number_ = 0;
};

} // namespace unix

// Lives of processes: fork, exit, wait, kill, groups.
// SPDX-License-Identifier: MIT
//
// Part of services/unix/system.hpp, which includes it and says what each call means.
#pragma once

#include "services/unix/system.hpp"

namespace unix {

template <FileSystem F, Placement P>
ProcessIndex System<F, P>::start(std::string_view name) {
    const ProcessIndex first = processes_.start();
    processes_.set_name(first, name);
    directories_[first.number()] = files_.root();
    return first;
}

template <FileSystem F, Placement P>
Result<ProcessIndex> System<F, P>::fork(ProcessIndex parent) {
    const ProcessIndex child = TRY(processes_.fork(parent));
    for (const OpenFileIndex file : processes_.at(child).descriptors.all())
        if (file != OpenFileIndex())
            ++open_files_.at(file).users;
    directories_[child.number()] = directories_[parent.number()];
    files_.hold(directories_[child.number()]);
    programs_[child.number()] = programs_[parent.number()];
    if (const std::optional<Inode> program = programs_[child.number()]) {
        files_.hold(*program);
        // It is run already, so it is refused only where the file server has gone, which notes
        // nothing any more.
        static_cast<void>(files_.begin_use(*program, io::FileUse::running));
    }
    return child;
}

template <FileSystem F, Placement P>
void System<F, P>::launch(ProcessIndex child) {
    processes_.at(child).state = Process::State::alive;
    if (killed(child))
        placement_.interrupt(child);
}

template <FileSystem F, Placement P>
void System<F, P>::abandon(ProcessIndex child) {
    close_all(child);
    processes_.free(child);
}

template <FileSystem F, Placement P>
void System<F, P>::execute(ProcessIndex process, std::string_view name, Inode program) {
    processes_.set_name(process, name);
    processes_.at(process).handler = FaultHandler();
    release_program(process);
    programs_[process.number()] = program;
}

template <FileSystem F, Placement P>
void System<F, P>::release_program(ProcessIndex process) {
    const std::optional<Inode> program = std::exchange(programs_[process.number()], std::nullopt);
    if (!program)
        return;
    files_.end_use(*program, io::FileUse::running);
    files_.release(*program);
}

// Closing may wait for the disk; only afterwards does the parent hear of it.
template <FileSystem F, Placement P>
void System<F, P>::exit(ProcessIndex process, ExitStatus status) {
    processes_.at(process).state = Process::State::ending;
    let_go(process);
    close_all(process);
    processes_.retire(process, status);
    placement_.wake(Event::child_of(processes_.at(process).parent));
    // Among the orphans may be some that have ended.
    placement_.wake(Event::child_of(Processes::FIRST));
}

template <FileSystem F, Placement P>
Result<EndedChild> System<F, P>::wait(ProcessIndex parent) {
    Result<EndedChild> child = processes_.ended_child(parent);
    if (!child && child.error() == Error::would_block)
        return must_wait(parent, Event::child_of(parent));
    return child;
}

template <FileSystem F, Placement P>
std::unexpected<Error> System<F, P>::must_wait(ProcessIndex process, Event event) {
    if (killed(process))
        return std::unexpected(Error::interrupted);
    processes_.at(process).awaits = event;
    return std::unexpected(Error::would_block);
}

// The first reason stays. Who is ending or has ended cannot be killed any more; who does not run
// yet hears of it when it does (launch).
template <FileSystem F, Placement P>
void System<F, P>::kill_one(ProcessIndex process, ExitStatus status) {
    Process& victim = processes_.at(process);
    if (victim.killed || victim.state == Process::State::ending ||
        victim.state == Process::State::ended)
        return;
    victim.killed = status;
    if (victim.state == Process::State::alive)
        placement_.interrupt(process);
}

template <FileSystem F, Placement P>
Result<void> System<F, P>::end_group(GroupId group, ExitStatus status) {
    if (!processes_.has_group(group))
        return std::unexpected(Error::no_process);
    bool was_anybody = false;
    for (std::size_t i = 0; i < PROCESSES; ++i) {
        const ProcessIndex member(i);
        if (!processes_.is_mortal(member) || processes_.at(member).group != group)
            continue;
        was_anybody = true;
        kill_one(member, status);
    }
    if (!was_anybody)
        return std::unexpected(Error::not_permitted);
    return {};
}

template <FileSystem F, Placement P>
Result<void> System<F, P>::kill(ProcessId target) {
    const ProcessIndex process = TRY(processes_.find(target));
    if (!processes_.is_mortal(process))
        return std::unexpected(Error::not_permitted);
    kill_one(process, ExitStatus::killed());
    return {};
}

template <FileSystem F, Placement P>
Result<void> System<F, P>::set_group(ProcessIndex caller, ProcessId process, GroupId group) {
    const ProcessIndex target = process == ProcessId() ? caller : TRY(processes_.find(process));
    if (target != caller && processes_.at(target).parent != caller)
        return std::unexpected(Error::no_process);
    const GroupId own(processes_.at(target).id.raw());
    const GroupId chosen = group == GroupId() ? own : group;
    if (chosen != own && !processes_.has_group(chosen))
        return std::unexpected(Error::not_found);
    processes_.at(target).group = chosen;
    return {};
}

template <FileSystem F, Placement P>
std::optional<abi::ProcessInfo> System<F, P>::info(ProcessIndex process) const {
    const Process& row = processes_.at(process);
    if (row.state == Process::State::unused)
        return std::nullopt;
    const bool has_ended = row.state == Process::State::ended;
    return abi::ProcessInfo{
        .id = row.id.raw(),
        .parent = process == Processes::FIRST ? 0 : id(row.parent).raw(),
        .group = row.group.raw(),
        .state = has_ended ? abi::ProcessState::ended : abi::ProcessState::runnable,
        .resident_pages = 0,
        .faults = 0,
        .ticks = 0,
        .name = row.name,
    };
}

template <FileSystem F, Placement P>
std::string_view System<F, P>::name(ProcessIndex process) const {
    const std::string_view padded(processes_.at(process).name);
    return padded.substr(0, padded.find('\0'));
}

template <FileSystem F, Placement P>
Result<void> System<F, P>::set_foreground(GroupId group) {
    if (!processes_.has_group(group))
        return std::unexpected(Error::no_process);
    foreground_ = group;
    return {};
}

template <FileSystem F, Placement P>
bool System<F, P>::may_interrupt() const {
    if (foreground_ == GroupId() || terminal_.mode() != TerminalMode::lines)
        return false;
    for (std::size_t i = 0; i < PROCESSES; ++i) {
        const ProcessIndex member(i);
        const Process& process = processes_.at(member);
        if (process.group == foreground_ && process.state == Process::State::alive &&
            !process.killed && processes_.is_mortal(member))
            return true;
    }
    return false;
}

template <FileSystem F, Placement P>
Result<TerminalMode> System<F, P>::set_terminal_mode(std::uint64_t mode) {
    const TerminalMode before = terminal_.mode();
    if (mode > 1)
        return std::unexpected(Error::invalid);
    terminal_did(
        terminal_.set_mode(mode == 0 ? TerminalMode::lines : TerminalMode::raw, placement_));
    return before;
}

template <FileSystem F, Placement P>
void System<F, P>::terminal_did(Received what) {
    if (what == Received::input)
        placement_.wake(Event::terminal());
    if (what == Received::interrupt)
        (void)end_group(foreground_, ExitStatus::interrupted()); // nobody may be left
}

} // namespace unix

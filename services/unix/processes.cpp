// The table of processes: fork, end, wait.
// SPDX-License-Identifier: MIT
#include "services/unix/processes.hpp"

#include <algorithm>

namespace unix {

ProcessIndex Processes::start() {
    Process& process = at(FIRST);
    process.state = Process::State::alive;
    last_id_ = 1;
    process.id = ProcessId(last_id_);
    process.group = GroupId(process.id.raw());
    in_use_ = 1;
    return FIRST;
}

Result<ProcessIndex> Processes::fork(ProcessIndex parent) {
    std::size_t free = 0;
    while (free < PROCESSES && processes_[free].state != Process::State::unused)
        ++free;
    if (free == PROCESSES)
        return std::unexpected(Error::too_many);
    Process& child = processes_[free];
    child = at(parent);
    child.state = Process::State::embryo;
    child.parent = parent;
    child.id = ProcessId(++last_id_);
    child.killed = std::nullopt;
    ++in_use_;
    return ProcessIndex(free);
}

void Processes::free(ProcessIndex index) {
    at(index) = Process();
    --in_use_;
}

void Processes::retire(ProcessIndex index, ExitStatus status) {
    for (Process& process : processes_)
        if (process.parent == index)
            process.parent = FIRST;
    at(index).status = status;
    at(index).state = Process::State::ended;
}

Result<EndedChild> Processes::ended_child(ProcessIndex parent) const {
    bool has_children = false;
    // Process 1 is its own parent, and nobody's child.
    for (std::size_t i = FIRST.number() + 1; i < PROCESSES; ++i) {
        const Process& child = processes_[i];
        if (child.parent != parent || child.state == Process::State::unused)
            continue;
        if (child.state == Process::State::ended)
            return EndedChild{ProcessIndex(i), child.id, child.status};
        has_children = true;
    }
    return std::unexpected(has_children ? Error::would_block : Error::no_child);
}

Result<ProcessIndex> Processes::find(ProcessId id) const {
    for (std::size_t i = 0; i < PROCESSES; ++i)
        if (processes_[i].state != Process::State::unused && processes_[i].id == id)
            return ProcessIndex(i);
    return std::unexpected(Error::no_process);
}

bool Processes::has_group(GroupId group) const {
    return std::ranges::any_of(processes_, [group](const Process& process) {
        return process.state != Process::State::unused && process.group == group;
    });
}

bool Processes::is_mortal(ProcessIndex index) const {
    return index != FIRST && at(index).state != Process::State::unused;
}

void Processes::set_name(ProcessIndex index, std::string_view name) {
    std::array<char, 32>& letters = at(index).name;
    for (std::size_t i = 0; i < letters.size(); ++i)
        letters[i] = i < name.size() ? name[i] : '\0';
}

} // namespace unix

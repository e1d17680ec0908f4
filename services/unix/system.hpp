// UNIX: the calls of processes, files, pipes and the terminal, over whatever file system there is.
// SPDX-License-Identifier: MIT
//
// Who calls: the kernel's (or server's) table of system calls, with the calling process's index and
// plain arguments. Nothing here waits: would_block means that awaited(process) must happen first,
// and then the call is made again. Only the file system under it may wait for the disk; meanwhile
// other processes may call (docs/services.md, "The ordering law"). docs/unix.md says what each call
// answers.
//
// One idea a file: lifetimes.hpp (fork to wait), files.hpp (open to close), transfers.hpp (read,
// write), paths.hpp (names), over the tables processes, descriptors, open_files, holders, pipes,
// terminal.
#pragma once

#include "services/unix/holders.hpp"
#include "services/unix/open_files.hpp"
#include "services/unix/pipes.hpp"
#include "services/unix/placement.hpp"
#include "services/unix/processes.hpp"
#include "services/unix/terminal.hpp"

namespace unix {

struct PipeEnds {
    Descriptor reading;
    Descriptor writing;
};

// What is in use, for tests that look for leaks.
struct Counts {
    std::size_t processes;
    std::size_t open_files;
    std::size_t pipes;
    bool operator==(const Counts&) const = default;
};

template <FileSystem F, Placement P>
class System {
public:
    using Inode = typename F::Inode;

    // What a mapping of a file needs: not held, so hold it.
    struct Mappable {
        Inode inode;
        Rights rights; // that the descriptor has: read, write
    };

    // STORAGE for pipes: Pipes::BYTES each.
    constexpr System(F& files, P& placement) : files_(files), placement_(placement) {}
    void set_up(std::span<std::byte> storage) { pipes_.set_up(storage); }

    // --- lifetimes.hpp ---

    // Process 1, called NAME, in the root directory, without descriptors.
    ProcessIndex start(std::string_view name);
    // A child that does not run yet: the kernel copies the space, then calls either launch or
    // abandon, which process 1 can be, too, before it runs. too_many.
    Result<ProcessIndex> fork(ProcessIndex parent);
    void launch(ProcessIndex child);
    void abandon(ProcessIndex child);
    // An exec has succeeded: the process runs PROGRAM now, is called NAME, and has no fault
    // handler. PROGRAM is held and in use for running, and that is the process's from here on.
    void execute(ProcessIndex process, std::string_view name, Inode program);
    // Ends PROCESS: closes its files, hands its children to process 1, tells its parent.
    void exit(ProcessIndex process, ExitStatus status);
    // A child that has ended; it stays until reap. no_child, would_block, interrupted.
    Result<EndedChild> wait(ProcessIndex parent);
    void reap(ProcessIndex child) { processes_.free(child); }
    // no_process; not_permitted: process 1.
    Result<void> kill(ProcessId target);
    // All in GROUP. no_process: nobody is; not_permitted: nobody but process 1.
    Result<void> kill_group(GroupId group) { return end_group(group, ExitStatus::killed()); }
    // With what PROCESS must exit as soon as it notices, once it was killed.
    std::optional<ExitStatus> killed(ProcessIndex process) const {
        return processes_.at(process).killed;
    }
    // Puts PROCESS (0: CALLER) into GROUP (0: one of its own). no_process: neither the caller nor
    // a child of it; not_found: no such group.
    Result<void> set_group(ProcessIndex caller, ProcessId process, GroupId group);
    ProcessId id(ProcessIndex process) const { return processes_.at(process).id; }
    GroupId group(ProcessIndex process) const { return processes_.at(process).group; }
    // Its fault handler; the kernel asks it what to do with a fault (fault_handler.hpp).
    FaultHandler& handler(ProcessIndex process) { return processes_.at(process).handler; }
    // A row for os::processes, if anybody is there: what the kernel knows is left 0, and who has
    // not ended is said to be runnable.
    std::optional<abi::ProcessInfo> info(ProcessIndex process) const;
    std::string_view name(ProcessIndex process) const;
    // Whether PROCESS, which is there, was launched: it runs, or has run.
    bool has_begun(ProcessIndex process) const {
        return processes_.at(process).state != Process::State::embryo;
    }
    // Whether PROCESS was launched, and has not begun to end.
    bool is_alive(ProcessIndex process) const {
        return processes_.at(process).state == Process::State::alive;
    }

    // --- files.hpp ---

    // FLAGS: abi::open. Errors of paths; invalid flags; is_directory, not_supported (a device that
    // nobody knows), too_many, busy (to write to a program that runs). would_block, interrupted: to
    // empty a file in the middle of somebody's read or write.
    Result<Descriptor> open(ProcessIndex process, std::string_view path, std::uint64_t flags);
    // The terminal, for reading and writing, without asking the file system. too_many.
    Result<Descriptor> open_terminal(ProcessIndex process);
    Result<PipeEnds> pipe(ProcessIndex process);
    Result<Descriptor> dup(ProcessIndex process, Descriptor descriptor);
    Result<void> close(ProcessIndex process, Descriptor descriptor);
    Result<abi::Stat> stat(ProcessIndex process, Descriptor descriptor);
    Result<std::uint64_t> seek(ProcessIndex process, Descriptor descriptor, std::uint64_t offset);
    // not_supported: not a file; not_permitted: not open for reading.
    Result<Mappable> mappable(ProcessIndex process, Descriptor descriptor) const;

    // --- transfers.hpp ---

    // A read or write that stops before it is over (DESTINATION or SOURCE failed, a pipe is full)
    // holds its file from then on: until PROCESS goes on with it, or lets go, nobody else reads or
    // writes there (docs/unix.md). How far it got only the caller keeps.

    // Up to COUNT bytes; 0: the end. Short when the end, the pipe or the line is short, or when
    // DESTINATION failed in the middle: who knows that it did, mends that and asks again.
    template <io::Destination D>
    Result<std::uint64_t> read(ProcessIndex process, Descriptor descriptor, std::uint64_t count,
                               D& destination);
    // Up to COUNT bytes, 1 at least unless COUNT is 0: a program's write is repeated with the rest
    // until all is done or an error comes. Every try needs a SOURCE that starts where it starts.
    template <io::Source S>
    Result<std::uint64_t> write(ProcessIndex process, Descriptor descriptor, std::uint64_t count,
                                S& source);
    // PROCESS does not go on with a read or write that stopped.
    void let_go(ProcessIndex process) {
        if (!holders_.is_empty()) [[unlikely]]
            drop_hold(process);
    }
    // What PROCESS's last call needs, which said would_block.
    Event awaited(ProcessIndex process) const { return processes_.at(process).awaits; }
    // Says would_block for a call of PROCESS's that is not this service's, and waits for EVENT.
    // interrupted: who was killed does not wait any more.
    std::unexpected<Error> must_wait(ProcessIndex process, Event event);

    // --- paths.hpp ---

    Result<void> make_directory(ProcessIndex process, std::string_view path);
    Result<void> make_device(ProcessIndex process, std::string_view path, std::uint64_t major,
                             std::uint64_t minor);
    Result<void> link(ProcessIndex process, std::string_view existing, std::string_view path);
    Result<void> unlink(ProcessIndex process, std::string_view path);
    Result<void> change_directory(ProcessIndex process, std::string_view path);
    // Held for the caller: a program's file, for exec.
    Result<Inode> find(ProcessIndex process, std::string_view path);

    // --- the terminal ---

    // A byte from the driver: wakes who waits for it, or interrupts the foreground group.
    void terminal_input(std::byte byte) { terminal_did(terminal_.receive(byte, placement_)); }
    // Whether ^C would end somebody: then a key is worth waiting for, though nobody reads.
    bool may_interrupt() const;
    // The mode before. invalid: MODE is none.
    Result<TerminalMode> set_terminal_mode(std::uint64_t mode);
    // Whom ^C interrupts. no_process: nobody is in GROUP.
    Result<void> set_foreground(GroupId group);
    void set_new_line(NewLine how) { terminal_.set_new_line(how); }

    Counts counts() const { return {processes_.in_use(), open_files_.in_use(), pipes_.in_use()}; }

private:
    using File = OpenFile<Inode>;
    using Kind = typename File::Kind;

    void kill_one(ProcessIndex process, ExitStatus status);
    Result<void> end_group(GroupId group, ExitStatus status);
    // What PROCESS runs is not in use by it any more.
    void release_program(ProcessIndex process);
    void terminal_did(Received what);

    // The open file behind DESCRIPTOR. bad_descriptor.
    Result<OpenFileIndex> opened(ProcessIndex process, Descriptor descriptor) const;
    // One user less; the last closes it.
    void release(OpenFileIndex index);
    void close_all(ProcessIndex process);
    Result<Inode> open_inode(ProcessIndex process, std::string_view path, std::uint64_t flags);
    // Turns INODE, held, into what FILE is.
    Result<void> open_as(ProcessIndex process, File& file, Inode inode, std::uint64_t flags);
    std::unexpected<Error> release_and_say(Inode inode, Error why) {
        files_.release(inode);
        return std::unexpected(why);
    }
    Result<void> open_file(ProcessIndex process, File& file, Inode inode, std::uint64_t flags);

    // Waits until nobody for whom IN_THE_WAY holds is in the middle of a read or write.
    template <class InTheWay>
    Result<void> wait_for_holders(ProcessIndex process, InTheWay in_the_way);
    Result<void> wait_for_turn(ProcessIndex process, OpenFileIndex index, Way way);
    bool excludes(const Holder& holder, OpenFileIndex index, Way way) const;
    // A read or write has been tried; STOPPED: it is not over.
    enum class Progress : std::uint8_t { over, stopped };
    void note(ProcessIndex process, OpenFileIndex index, Way way, Progress progress) {
        if (progress == Progress::stopped) [[unlikely]]
            holders_.set({process, index, way});
        else
            let_go(process);
    }
    void drop_hold(ProcessIndex process);

    // A read is not over, however much it got, when a piece was refused for now; a write when some
    // of it is left.
    template <io::Destination D>
    static Progress progress_of(const D& destination) {
        return destination.stopped() ? Progress::stopped : Progress::over;
    }
    static Progress progress_of(const Result<std::uint64_t>& written, std::uint64_t count);
    template <io::Destination D>
    Result<std::uint64_t> read_terminal(ProcessIndex process, OpenFileIndex index,
                                        std::uint64_t count, D& destination);
    template <io::Source S>
    Result<std::uint64_t> write_terminal(ProcessIndex process, OpenFileIndex index,
                                         std::uint64_t count, S& source);
    std::uint64_t end_of(const File& file);
    template <io::Destination D>
    Result<std::uint64_t> read_file(ProcessIndex process, OpenFileIndex index, std::uint64_t count,
                                    D& destination);
    template <io::Source S>
    Result<std::uint64_t> write_file(ProcessIndex process, OpenFileIndex index, std::uint64_t count,
                                     S& source);

    F& files_;
    P& placement_;
    Holders holders_; // near the start: every read and write looks here
    Processes processes_;
    std::array<Inode, PROCESSES> directories_{};             // where each process is; held
    std::array<std::optional<Inode>, PROCESSES> programs_{}; // held and in use for running
    OpenFiles<Inode> open_files_;
    Pipes pipes_;
    Terminal terminal_;
    GroupId foreground_; // 0: none
};

} // namespace unix

#include "services/unix/files.hpp"
#include "services/unix/lifetimes.hpp"
#include "services/unix/paths.hpp"
#include "services/unix/transfers.hpp"

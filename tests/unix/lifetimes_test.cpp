// Processes through the service's calls: fork, exit, wait, kill, groups, fault handlers.
// SPDX-License-Identifier: MIT
#include "abi/errors.hpp"
#include "world.hpp"

TEST_CASE("unix: process 1 stands first, in a group of its own") {
    World world;
    CHECK(world.system.id(world.first) == ProcessId(1));
    CHECK(world.system.name(world.first) == "init");
    const auto info = world.system.info(world.first);
    REQUIRE(info.has_value());
    CHECK(info->id == 1);
    CHECK(info->parent == 0);
    CHECK(info->group == 1);
    CHECK(info->state == abi::ProcessState::runnable);
    CHECK(world.system.wait(world.first).error() == Error::no_child);
    CHECK(!world.system.info(ProcessIndex(1)));
    world.check_nothing_left();
}

TEST_CASE("unix: a child ends, its parent is woken, told and may forget it") {
    World world;
    auto& system = world.system;
    const ProcessIndex child = world.fork(world.first);
    CHECK(system.id(child) == ProcessId(2));
    CHECK(system.name(child) == "init");
    CHECK(system.info(child)->parent == 1);
    CHECK(system.wait(world.first).error() == Error::would_block);
    CHECK(system.awaited(world.first) == Event::child_of(world.first));
    world.around.woken.clear();
    system.exit(child, ExitStatus::of_program(7));
    CHECK(world.around.has_woken(Event::child_of(world.first)));
    CHECK(system.info(child)->state == abi::ProcessState::ended);
    const auto ended = system.wait(world.first);
    REQUIRE(ended.has_value());
    CHECK(ended->index == child);
    CHECK(ended->id == ProcessId(2));
    CHECK(ended->status.raw() == 7);
    CHECK(system.wait(world.first)->id == ProcessId(2)); // until it is reaped
    system.reap(child);
    CHECK(system.wait(world.first).error() == Error::no_child);
    CHECK(system.id(world.fork(world.first)) == ProcessId(3)); // numbers are not used again
}

TEST_CASE("unix: a status tells a program's own from the system's") {
    CHECK(ExitStatus::of_program(0).raw() == 0);
    CHECK(ExitStatus::of_program(119).raw() == 119);
    CHECK(ExitStatus::of_program(120).raw() == 119);
    CHECK(ExitStatus::of_program(~0ULL).raw() == 119);
    CHECK(ExitStatus::fault().raw() == 122);
    CHECK(ExitStatus::killed().raw() == 124);
    CHECK(ExitStatus::interrupted().raw() == 125);
}

TEST_CASE("unix: orphans become process 1's, those that have ended too") {
    World world;
    auto& system = world.system;
    const ProcessIndex shell = world.fork(world.first);
    const ProcessIndex parent = world.fork(shell);
    const ProcessIndex living = world.fork(parent);
    const ProcessIndex ended = world.fork(parent);
    system.exit(ended, ExitStatus::of_program(3));
    CHECK(system.wait(world.first).error() == Error::would_block);
    world.around.woken.clear();
    system.exit(parent, ExitStatus::of_program(4));
    CHECK(world.around.has_woken(Event::child_of(shell)));
    CHECK(world.around.has_woken(Event::child_of(world.first)));
    CHECK(system.info(living)->parent == 1);
    CHECK(system.wait(shell)->status.raw() == 4);
    system.reap(parent);
    system.exit(shell, ExitStatus::of_program(5));
    std::vector<std::uint64_t> statuses;
    for (int i = 0; i < 2; ++i) {
        const auto child = system.wait(world.first);
        statuses.push_back(child->status.raw());
        system.reap(child->index);
    }
    CHECK(std::ranges::is_permutation(statuses, std::vector<std::uint64_t>{3, 5}));
    CHECK(system.wait(world.first).error() == Error::would_block);
    world.end(living);
    world.check_nothing_left();
}

TEST_CASE("unix: 64 processes, then too many, and everything as before") {
    World world;
    auto& system = world.system;
    const Descriptor terminal = *system.open_terminal(world.first);
    std::vector<ProcessIndex> children;
    while (system.counts().processes < unix::PROCESSES)
        children.push_back(world.fork(world.first));
    CHECK(system.fork(world.first).error() == Error::too_many);
    CHECK(system.fork(children.back()).error() == Error::too_many);
    CHECK(system.counts().open_files == 1);
    const ProcessIndex last = children.back();
    world.end(last);
    CHECK(world.fork(children[0]) == last);
    for (const ProcessIndex child : children)
        world.end(child);
    CHECK(system.close(world.first, terminal).has_value());
    world.check_nothing_left();
}

TEST_CASE("unix: a fork that the kernel cannot finish leaves nothing") {
    World world;
    auto& system = world.system;
    const unix::PipeEnds ends = *system.pipe(world.first);
    const ProcessIndex child = *system.fork(world.first);
    system.abandon(child);
    CHECK(!system.info(child));
    CHECK(system.wait(world.first).error() == Error::no_child);
    CHECK(system.close(world.first, ends.writing).has_value());
    CHECK(world.read(world.first, ends.reading) == ""); // no writer is left over
    CHECK(system.close(world.first, ends.reading).has_value());
    world.check_nothing_left();
}

TEST_CASE("unix: a child that is killed while it is being made hears of it when it runs") {
    World world;
    auto& system = world.system;
    const ProcessIndex child = *system.fork(world.first);
    CHECK(system.kill_group(GroupId(1)).has_value());
    CHECK(world.around.interrupted.empty());
    system.launch(child);
    CHECK(world.around.interrupted == std::vector{child});
    CHECK(system.killed(child) == ExitStatus::killed());
}

TEST_CASE("unix: kill interrupts what it hits, once, and wait says so") {
    World world;
    auto& system = world.system;
    const ProcessIndex child = world.fork(world.first);
    const unix::PipeEnds ends = *system.pipe(child);
    CHECK(world.read(child, ends.reading) == "would block");
    CHECK(system.awaited(child) == Event::readable(unix::PipeIndex(0)));
    CHECK(!system.killed(child));
    CHECK(system.kill(ProcessId(2)).has_value());
    CHECK(world.around.interrupted == std::vector{child});
    CHECK(system.killed(child) == ExitStatus::killed());
    CHECK(world.read(child, ends.reading) == "interrupted");
    CHECK(system.wait(child).error() == Error::no_child);
    CHECK(system.kill(ProcessId(2)).has_value()); // is being killed already
    CHECK(world.around.interrupted.size() == 1);
    system.exit(child, *system.killed(child));
    CHECK(system.kill(ProcessId(2)).has_value()); // has ended, is there until it is reaped
    CHECK(world.around.interrupted.size() == 1);
    CHECK(system.wait(world.first)->status == ExitStatus::killed());
    system.reap(child);
    CHECK(system.kill(ProcessId(2)).error() == Error::no_process);
    CHECK(system.kill(ProcessId(0)).error() == Error::no_process);
    for (const std::int64_t wrong :
         {std::int64_t{-1}, abi::to_number(Error::no_memory), abi::to_number(Error::too_many),
          std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()}) {
        const auto raw = static_cast<std::uint64_t>(wrong);
        CHECK(system.kill(ProcessId(raw)).error() == Error::no_process);
        CHECK(system.kill_group(GroupId(raw)).error() == Error::no_process);
    }
    world.check_nothing_left();
}

TEST_CASE("unix: a killed process is interrupted wherever it would wait") {
    World world;
    auto& system = world.system;
    const ProcessIndex child = world.fork(world.first);
    const ProcessIndex grandchild = world.fork(child);
    const Descriptor terminal = *system.open_terminal(child);
    const unix::PipeEnds ends = *system.pipe(child);
    CHECK(world.write(child, ends.writing, std::string(4'096, 'x')) == "4096");
    REQUIRE(system.kill(ProcessId(2)).has_value());
    CHECK(world.write(child, ends.writing, "x") == "interrupted");
    CHECK(world.read(child, terminal) == "interrupted");
    CHECK(system.wait(child).error() == Error::interrupted);
    CHECK(world.read(child, ends.reading, 3) == "xxx"); // nothing to wait for
    CHECK(!system.killed(grandchild));
    // A child of who is about to end is not killed with it.
    CHECK(!system.killed(world.fork(child)));
}

TEST_CASE("unix: process 1 is not killed, by its number or its group") {
    World world;
    auto& system = world.system;
    CHECK(system.kill(ProcessId(1)).error() == Error::not_permitted);
    CHECK(system.kill_group(GroupId(1)).error() == Error::not_permitted);
    const ProcessIndex child = world.fork(world.first); // in its group
    CHECK(system.kill_group(GroupId(1)).has_value());
    CHECK(system.killed(child) == ExitStatus::killed());
    CHECK(!system.killed(world.first));
    CHECK(world.around.interrupted == std::vector{child});
}

TEST_CASE("unix: groups are joined and made by oneself or the parent") {
    World world;
    auto& system = world.system;
    const ProcessIndex shell = world.fork(world.first);
    const ProcessIndex left = world.fork(shell);
    const ProcessIndex right = world.fork(shell);
    CHECK(system.info(left)->group == 1);
    CHECK(system.set_group(shell, system.id(left), GroupId()).has_value());
    CHECK(system.info(left)->group == system.id(left).raw());
    CHECK(system.set_group(right, ProcessId(), GroupId(system.id(left).raw())).has_value());
    CHECK(system.info(right)->group == system.id(left).raw());
    CHECK(system.set_group(shell, system.id(right), GroupId(99)).error() == Error::not_found);
    CHECK(system.set_group(shell, ProcessId(99), GroupId()).error() == Error::no_process);
    CHECK(system.set_group(left, system.id(right), GroupId()).error() == Error::no_process);
    CHECK(system.set_group(left, system.id(shell), GroupId()).error() == Error::no_process);
    CHECK(system.kill_group(GroupId(system.id(left).raw())).has_value());
    CHECK(system.killed(left).has_value());
    CHECK(system.killed(right).has_value());
    CHECK(!system.killed(shell));
    CHECK(system.kill_group(GroupId(77)).error() == Error::no_process);
}

TEST_CASE("unix: ^C ends the foreground group, and nobody when it is gone") {
    World world;
    auto& system = world.system;
    const ProcessIndex shell = world.fork(world.first);
    const ProcessIndex program = world.fork(shell);
    REQUIRE(system.set_group(program, ProcessId(), GroupId()).has_value());
    const GroupId group(system.id(program).raw());
    system.terminal_input(std::byte{3}); // before anybody is in the foreground
    CHECK(world.around.interrupted.empty());
    CHECK(!system.may_interrupt());
    CHECK(system.set_foreground(group).has_value());
    CHECK(system.may_interrupt());
    CHECK(system.set_terminal_mode(1).has_value()); // there ^C is a byte
    CHECK(!system.may_interrupt());
    CHECK(system.set_terminal_mode(0).has_value());
    CHECK(system.set_foreground(GroupId(99)).error() == Error::no_process);
    world.around.screen.clear();
    system.terminal_input(std::byte{3});
    CHECK(world.around.screen == "^C\n");
    CHECK(system.killed(program) == ExitStatus::interrupted());
    CHECK(!system.may_interrupt());
    CHECK(!system.killed(shell));
    world.end(program);
    system.terminal_input(std::byte{3});
    CHECK(world.around.interrupted.size() == 1);
}

TEST_CASE("unix: an exec names the process anew and takes the handler away") {
    World world;
    auto& system = world.system;
    const ProcessIndex child = world.fork(world.first);
    CHECK(system.handler(child).set(VirtAddr(0x1000)) == VirtAddr());
    world.make("/sh");
    CHECK(world.execute(child, "sh", "/sh").has_value());
    CHECK(system.name(child) == "sh");
    CHECK(system.name(world.first) == "init");
    CHECK(!system.handler(child).deliver(unix::FaultKind::access));
    CHECK(world.execute(child, std::string(40, 'n'), "/sh").has_value());
    CHECK(system.name(child) == std::string(32, 'n'));
    CHECK(system.info(child)->name.back() == 'n');
}

TEST_CASE("unix: a fault goes to the handler, one inside the handler ends the process") {
    using unix::FaultKind;
    unix::FaultHandler handler;
    CHECK(!handler.deliver(FaultKind::access));
    CHECK(handler.resume().error() == Error::invalid);
    CHECK(handler.set(VirtAddr(0x1000)) == VirtAddr());
    CHECK(!handler.deliver(FaultKind::resource));
    CHECK(handler.deliver(FaultKind::access) == VirtAddr(0x1000));
    CHECK(!handler.deliver(FaultKind::access));
    CHECK(!handler.deliver(FaultKind::exception));
    CHECK(handler.resume().has_value());
    CHECK(handler.resume().error() == Error::invalid);
    CHECK(handler.deliver(FaultKind::exception) == VirtAddr(0x1000));
    // A handler that is set from inside the handler counts from the return on.
    CHECK(handler.set(VirtAddr(0x2000)) == VirtAddr(0x1000));
    CHECK(!handler.deliver(FaultKind::access));
    CHECK(handler.resume().has_value());
    CHECK(handler.deliver(FaultKind::access) == VirtAddr(0x2000));
    CHECK(handler.resume().has_value());
    CHECK(handler.set(VirtAddr()) == VirtAddr(0x2000));
    CHECK(!handler.deliver(FaultKind::access));
    CHECK(unix::kind_of(Error::bad_address) == FaultKind::access);
    CHECK(unix::kind_of(Error::not_permitted) == FaultKind::access);
    CHECK(unix::kind_of(Error::no_memory) == FaultKind::resource);
    CHECK(unix::kind_of(Error::input_output) == FaultKind::resource);
}

// Exec and the first process: what fails leaves everything as it was.
// SPDX-License-Identifier: MIT
#include "programs.hpp"

TEST_CASE("calls: exec fails at every step, and its caller goes on as it was") {
    Calls calls;
    make_programs(calls);
    Caller& child = calls.fork(calls.first);
    const abi::FaultContext registers = child.context;
    const std::optional<vm::SpaceId> space = child.space;
    const Arguments arguments = exec_of(calls, child, "/program");
    const InUse before = in_use(calls);
    unsigned step = 0;
    for (;; ++step) {
        CAPTURE(step);
        calls.memory.evict(*child.space);
        calls.place.steps.until_failure = step;
        const std::uint64_t answer = calls.call(child, SystemCall::exec, arguments);
        if (calls.place.steps.until_failure) {
            CHECK(answer == 0x10000004);
            break;
        }
        // A page of the caller's that cannot be had is its address's fault.
        CHECK((words(answer) == "no memory" || words(answer) == "bad address"));
        CHECK(in_use(calls) == before);
        CHECK(child.space == space);
        CHECK(child.context.registers == registers.registers);
        CHECK(is_writable(calls, "/program"));
        CHECK(!calls.place.exec.is_busy);
    }
    CHECK(step > 5);
    calls.place.steps.until_failure.reset();
    CHECK(!is_writable(calls, "/program"));
    CHECK(in_use(calls).spaces == before.spaces);
    CHECK(calls.system.name(child.index()) == "program");
    // The arguments, as the program finds them.
    CHECK(child.context.pc == LIBRARY_BASE);
    CHECK(child.context.registers[Threads::A0 + 1] == 2);
    const VirtAddr views(child.context.registers[Threads::A0 + 2]);
    CHECK(views.raw() == child.context.registers[Threads::SP]);
    const auto last = calls.value<abi::TextView>(child, views + sizeof(abi::TextView));
    CHECK(calls.memory.text(*child.space, VirtAddr(last.address), last.bytes) == "and");
    calls.end(child);
    CHECK(is_writable(calls, "/program"));
    CHECK(calls.memory.in_use() == 1);
}

TEST_CASE("calls: a disk that fails anywhere in an exec leaves its caller as it was") {
    Calls calls;
    make_programs(calls);
    Caller& child = calls.fork(calls.first);
    const Arguments arguments = exec_of(calls, child, "/program");
    const InUse before = in_use(calls);
    std::vector<std::string> passed;
    calls.world.files.before = [&](std::string_view step) {
        passed.emplace_back(step);
        return calls.place.steps.take();
    };
    calls.place.steps.why = Error::input_output;
    for (unsigned step = 0;; ++step) {
        CAPTURE(step);
        passed.clear();
        calls.memory.evict(*child.space);
        calls.place.steps.until_failure = step;
        const std::uint64_t answer = calls.call(child, SystemCall::exec, arguments);
        if (calls.place.steps.until_failure) {
            CHECK(answer == 0x10000004);
            break;
        }
        CHECK(words(answer) == "input/output error");
        CHECK(in_use(calls) == before);
        CHECK(!calls.place.exec.is_busy);
        CHECK(is_writable(calls, "/program"));
    }
    CHECK(passed == std::vector<std::string>{"lookup", "begin_use", "stat", "read"});
    calls.world.files.before = nullptr;
    CHECK(!is_writable(calls, "/program"));
    calls.end(child);
    CHECK(is_writable(calls, "/program"));
}

TEST_CASE("calls: exec tells UNIX the program's name before its thread enters it") {
    Calls calls;
    make_programs(calls);
    Caller& child = calls.fork(calls.first);
    CHECK(calls.call(child, SystemCall::exec, exec_of(calls, child, "/program")) == 0x10000004);
    CHECK(child.entered_as == "program");
}

TEST_CASE("calls: the system library is found, or nothing of it is held") {
    Calls calls;
    CHECK(call::find_library().error() == Error::not_found);
    calls.world.make("/library", "no library");
    const InUse before = in_use(calls);
    CHECK(call::find_library().error() == Error::malformed);
    CHECK(in_use(calls) == before);
    make_file(calls, "/library", executable({{.address = LIBRARY_BASE}}, LIBRARY_BASE + 4));
    unsigned step = 0;
    for (;; ++step) {
        calls.place.steps.until_failure = step;
        calls.world.files.before = [&](std::string_view) { return calls.place.steps.take(); };
        const bool found = call::find_library().has_value();
        calls.world.files.before = nullptr;
        if (found)
            break;
        CHECK(in_use(calls) == before);
        CHECK(is_writable(calls, "/library"));
    }
    CHECK(step == 4); // lookup, stat, read, begin_use
    CHECK(!is_writable(calls, "/library"));
    CHECK(in_use(calls).inodes == before.inodes + 1);
}

TEST_CASE("calls: process 1 starts with the console, or without a descriptor") {
    for (const auto descriptors : {call::FirstDescriptors::console, call::FirstDescriptors::none}) {
        Calls calls(Begin::nothing);
        const bool has_console = descriptors == call::FirstDescriptors::console;
        CAPTURE(has_console);
        make_programs_of_nobody(calls);
        const InUse before = in_use(calls);
        CHECK(before.unix == unix::Counts{.processes = 0, .open_files = 0, .pipes = 0});
        REQUIRE(calls.place.exec.arguments.add("program").has_value());
        unsigned step = 0;
        for (;; ++step) {
            CAPTURE(step);
            calls.place.steps.until_failure = step;
            calls.world.files.before = [&](std::string_view) { return calls.place.steps.take(); };
            const Result<void> started = call::start_first_process("/program", descriptors);
            calls.world.files.before = nullptr;
            if (calls.place.steps.until_failure) {
                CHECK(started.has_value());
                break;
            }
            CHECK(started.error() == Error::no_memory);
            CHECK(in_use(calls) == before);
            CHECK(calls.first.life == Caller::Life::none);
        }
        // lookup, begin_use, stat, read; the space and its 3 regions; texts, views; the thread
        CHECK(step == 11);
        calls.place.steps.until_failure.reset();
        CHECK(calls.first.life == Caller::Life::started);
        CHECK(calls.first.id == ProcessId(1));
        CHECK(calls.first.entered_as == "program");
        CHECK(calls.first.context.pc == LIBRARY_BASE);
        CHECK(calls.first.context.registers[Threads::A0 + 1] == 1); // argument
        CHECK(in_use(calls).spaces == 1);
        CHECK(calls.system.counts().open_files == (has_console ? 1 : 0));
        for (const std::uint64_t descriptor : {0, 1, 2, 3}) {
            CAPTURE(descriptor);
            const auto stat = calls.system.stat(calls.first.index(), Descriptor(descriptor));
            CHECK(stat.has_value() == (has_console && descriptor < 3));
        }
        CHECK(call::start_first_process("/nowhere", descriptors).error() == Error::not_found);
    }
}

TEST_CASE("calls: what is no program is not executed, and is held by nobody") {
    Calls calls;
    make_programs(calls);
    calls.world.make("/text", "no program");
    REQUIRE(calls.on_path(calls.first, SystemCall::mkdir, "/directory") == 0);
    REQUIRE(calls.on_path(calls.first, SystemCall::mknod, "/null", abi::device::NOTHING) == 0);
    const Descriptor written = *calls.world.open("/program", abi::open::WRITE);
    const InUse before = in_use(calls);
    const std::pair<std::string_view, std::string_view> wrong[] = {
        {"/text", "malformed"},    {"/directory", "is a directory"}, {"/null", "not permitted"},
        {"/nowhere", "not found"}, {"/program", "file busy"},
    };
    for (const auto& [path, why] : wrong) {
        CAPTURE(path);
        CHECK(words(calls.call(calls.first, SystemCall::exec, exec_of(calls, calls.first, path))) ==
              why);
        CHECK(in_use(calls) == before);
    }
    CHECK(calls.system.close(calls.world.first, written).has_value());
    CHECK(is_writable(calls, "/text"));
}

TEST_CASE("calls: a second exec waits for the first one's end, and is woken") {
    Calls calls;
    make_programs(calls);
    Caller& one = calls.fork(calls.first);
    Caller& two = calls.fork(calls.first);
    RequestWords second = words_of(SystemCall::exec, exec_of(calls, two, "/program"));
    bool was_there = false;
    const Arguments arguments = exec_of(calls, one, "/program");
    calls.world.lock.other_process = [&] {
        was_there = true;
        CHECK(calls.serve(two, second).must_wait);
        CHECK(calls.system.awaited(two.index()) == Event::exec_over());
        calls.world.around.woken.clear();
    };
    CHECK(calls.call(one, SystemCall::exec, arguments) == 0x10000004);
    CHECK(was_there);
    CHECK(calls.world.around.has_woken(Event::exec_over()));
    CHECK(calls.serve(two, second).answer == 0x10000004);
}

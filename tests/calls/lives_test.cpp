// Calls that wait, and lives of programs: what fails leaves everything as it was.
// SPDX-License-Identifier: MIT
#include "calls.hpp"
#include "lib/exception.hpp"
#include "tests/host/executable.hpp"

namespace {

constexpr std::uint64_t NEVER = ~std::uint64_t{0};
constexpr std::uint64_t HANDLER = DATA.raw() + 0x40;
constexpr VirtAddr STACK = DATA + 4 * PAGE_SIZE;

// What is in use all together.
struct InUse {
    unix::Counts unix;
    std::uint64_t inodes;
    std::size_t spaces;
    bool operator==(const InUse&) const = default;
};
InUse in_use(Calls& calls) {
    return {calls.system.counts(), calls.world.fs.counts().inodes_in_use, calls.memory.in_use()};
}

void make_file(Calls& calls, std::string_view path, const Buffer& bytes) {
    calls.world.make(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// The system library, and a program that can be executed.
void make_programs(Calls& calls) {
    make_file(calls, "/library", executable({{.address = LIBRARY_BASE}}, LIBRARY_BASE + 4));
    make_file(calls, "/program", executable({{}}));
    REQUIRE(call::find_library().has_value());
}

// The same before there is a process that could make files: process 1 of UNIX alone makes them.
void make_programs_of_nobody(Calls& calls) {
    calls.system.start("maker");
    make_programs(calls);
    calls.system.abandon(calls.world.first);
}

// Whether FILE can be opened for writing: nobody runs it.
bool is_writable(Calls& calls, std::string_view path) {
    const auto opened = calls.world.open(path, abi::open::WRITE);
    if (opened)
        CHECK(calls.system.close(calls.world.first, *opened).has_value());
    return opened.has_value();
}

// exec of PATH with two arguments; its words lie in CALLER's memory.
Arguments exec_of(Calls& calls, Caller& caller, std::string_view path) {
    const VirtAddr views = DATA + 512;
    calls.set(caller, DATA, path);
    calls.set(caller, DATA + 256, "oneand");
    calls.set_value(caller, views, abi::TextView{DATA.raw() + 256, 3});
    calls.set_value(caller, views + sizeof(abi::TextView), abi::TextView{DATA.raw() + 259, 3});
    return {DATA.raw(), path.size(), views.raw(), 2, 0, 0};
}

} // namespace

TEST_CASE("calls: sleep is answered at its deadline, and never before") {
    Calls calls;
    RequestWords words = words_of(SystemCall::sleep, {500});
    REQUIRE(calls.serve(calls.first, words).must_wait);
    CHECK(calls.system.awaited(calls.world.first) == Event::deadline());
    const call::Request request{call::Request::Words(words)};
    CHECK(request.done() == 1'500);
    for (calls.threads.ticks = 1'001; calls.threads.ticks < 1'500; calls.threads.ticks += 83)
        CHECK(calls.serve(calls.first, words).must_wait);
    calls.threads.ticks = 1'500;
    CHECK(calls.serve(calls.first, words).answer == 0);

    RequestWords forever = words_of(SystemCall::sleep, {NEVER});
    Caller& child = calls.fork(calls.first);
    CHECK(calls.serve(child, forever).must_wait);
    calls.threads.ticks = NEVER - 1;
    CHECK(calls.serve(child, forever).must_wait);
    CHECK(calls.system.kill(child.id).has_value());
    CHECK(::words(calls.serve(child, forever).answer) == "interrupted");
}

TEST_CASE("calls: a child's status arrives before the child goes") {
    Calls calls;
    CHECK(words(calls.call(calls.first, SystemCall::wait, {})) == "no child process");
    Caller& child = calls.fork(calls.first);
    const std::uint64_t id = child.id.raw();
    RequestWords waits = words_of(SystemCall::wait, {DATA.raw()});
    CHECK(calls.serve(calls.first, waits).must_wait);
    const Event event = calls.system.awaited(calls.world.first);
    calls.world.around.woken.clear();
    RequestWords ends = words_of(SystemCall::exit, {9});
    CHECK(calls.serve(child, ends).is_for_nobody);
    CHECK(child.life == Caller::Life::ended);
    CHECK(calls.world.around.has_woken(event));
    // To where nothing can be stored: the child stays.
    CHECK(words(calls.call(calls.first, SystemCall::wait, {USER_END})) == "bad address");
    calls.memory.evict(*calls.first.space);
    CHECK(calls.serve(calls.first, waits).answer == id);
    CHECK(calls.value<std::uint64_t>(calls.first, DATA) == 9);
    CHECK(calls.system.counts().processes == 1);
}

TEST_CASE("calls: fork fails at every step, and nothing is left of it") {
    Calls calls;
    const InUse before = in_use(calls);
    unsigned step = 0;
    for (;; ++step) {
        CAPTURE(step);
        calls.place.steps.until_failure = step;
        const std::uint64_t answer = calls.call(calls.first, SystemCall::fork, {});
        if (calls.place.steps.until_failure)
            break;
        CHECK(words(answer) == "no memory");
        CHECK(in_use(calls) == before);
    }
    CHECK(step == 2); // the space, the thread
    CHECK(in_use(calls).spaces == 2);
}

TEST_CASE("calls: processes are listed while one is being made") {
    Calls calls;
    Caller& child = calls.fork(calls.first);
    calls.memory.before_fork = [&] {
        CHECK(calls.call(child, SystemCall::processes, {DATA.raw(), 10}) == 3);
        CHECK(calls.value<abi::ProcessInfo>(child, DATA + 2 * sizeof(abi::ProcessInfo)).parent ==
              1);
    };
    calls.fork(calls.first);
}

TEST_CASE("calls: of a process without a thread only what UNIX knows is listed") {
    Calls calls;
    Caller& child = calls.fork(calls.first);
    const auto row = [&](std::size_t index) {
        CHECK(calls.call(calls.first, SystemCall::processes, {DATA.raw(), 10}) == index + 1);
        return calls.value<abi::ProcessInfo>(calls.first, DATA + index * sizeof(abi::ProcessInfo));
    };
    CHECK(row(1).faults == 101); // of its thread
    const ProcessIndex embryo = *calls.system.fork(child.index());
    const abi::ProcessInfo seen = row(2);
    CHECK(seen.id == calls.system.id(embryo).raw());
    CHECK(seen.state == abi::ProcessState::runnable);
    CHECK(seen.faults == 0);
    CHECK(seen.resident_pages == 0);
    calls.system.abandon(embryo);
    // Its thread is gone, and its row not yet.
    RequestWords ends = words_of(SystemCall::exit, {0});
    CHECK(calls.serve(child, ends).is_for_nobody);
    CHECK(row(1).state == abi::ProcessState::ended);
    CHECK(row(1).faults == 101);
    CHECK(row(1).resident_pages == 0);
}

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

TEST_CASE("calls: a program that exits lets go of its pipes, and those at the other ends hear") {
    Calls calls;
    Caller& parent = calls.fork(calls.first);
    const InUse before = in_use(calls);
    for (const unix::Way left : {unix::Way::in, unix::Way::out}) {
        const bool reader_stays = left == unix::Way::in;
        CAPTURE(reader_stays);
        const std::uint64_t ends_at = DATA.raw() + 64;
        REQUIRE(calls.call(parent, SystemCall::pipe, {ends_at}) == 0);
        const auto ends = calls.value<std::array<std::uint64_t, 2>>(parent, VirtAddr(ends_at));
        Caller& child = calls.fork(parent);
        const std::uint64_t mine = ends[reader_stays ? 0 : 1];
        const std::uint64_t other = ends[reader_stays ? 1 : 0];
        REQUIRE(calls.call(parent, SystemCall::close, {other}) == 0);
        REQUIRE(calls.call(child, SystemCall::close, {mine}) == 0);
        const std::uint64_t count = reader_stays ? 10 : unix::Pipes::BYTES + 1;
        RequestWords waits = words_of(reader_stays ? SystemCall::read : SystemCall::write,
                                      {mine, DATA.raw() + PAGE_SIZE, count});
        Tried tried = calls.serve(parent, waits);
        for (unsigned tries = 0;
             tries < 10 && tried.must_wait && calls.system.awaited(parent.index()) == Event::turn();
             ++tries) // a page had to be mended
            tried = calls.serve(parent, waits);
        REQUIRE(tried.must_wait);
        const Event event = calls.system.awaited(parent.index());
        calls.world.around.woken.clear();
        RequestWords exits = words_of(SystemCall::exit, {0});
        CHECK(calls.serve(child, exits).is_for_nobody);
        CHECK(calls.world.around.has_woken(event));
        tried = calls.serve(parent, waits);
        CHECK(!tried.must_wait);
        // The end; of a write, how much the pipe took, and only the next one fails.
        CHECK(tried.answer == (reader_stays ? 0 : unix::Pipes::BYTES));
        if (!reader_stays)
            CHECK(words(calls.call(parent, SystemCall::write, {mine, DATA.raw(), 1})) ==
                  "broken pipe");
        CHECK(calls.call(parent, SystemCall::close, {mine}) == 0);
        CHECK(calls.call(parent, SystemCall::wait, {}) != 0);
        CHECK(in_use(calls) == before);
    }
}

TEST_CASE("calls: who reads an empty pipe waits for it, is woken by a write, and reads on") {
    Calls calls;
    REQUIRE(calls.call(calls.first, SystemCall::pipe, {DATA.raw()}) == 0);
    const auto ends = calls.value<std::array<std::uint64_t, 2>>(calls.first, DATA);
    Caller& reader = calls.fork(calls.first);
    Caller& second = calls.fork(calls.first);
    const VirtAddr place = DATA + PAGE_SIZE;
    calls.set(calls.first, place, "abcdef");
    const Arguments arguments{ends[0], place.raw(), 4};
    RequestWords reads = words_of(SystemCall::read, arguments);
    RequestWords also_reads = words_of(SystemCall::read, arguments);
    REQUIRE(calls.serve(reader, reads).must_wait);
    REQUIRE(calls.serve(second, also_reads).must_wait);
    CHECK(reads == words_of(SystemCall::read, arguments)); // nothing moved
    const Event event = calls.system.awaited(reader.index());
    CHECK(event.is_woken());
    CHECK(event == calls.system.awaited(second.index()));
    // Woken for nothing, it waits again.
    CHECK(calls.serve(reader, reads).must_wait);
    calls.world.around.woken.clear();
    CHECK(calls.call(calls.first, SystemCall::write, {ends[1], place.raw(), 6}) == 6);
    CHECK(calls.world.around.has_woken(event));
    // The rest waits in the pipe for the second one, whose page is missing first.
    Tried tried = calls.serve(reader, reads);
    while (tried.must_wait && calls.system.awaited(reader.index()) == Event::turn())
        tried = calls.serve(reader, reads);
    CHECK(tried.answer == 4);
    CHECK(calls.memory.text(*reader.space, place, 4) == "abcd");
    CHECK(calls.call(second, SystemCall::read, arguments) == 2);
    CHECK(calls.memory.text(*second.space, place, 2) == "ef");
    // A kill ends the wait, and what was read before stays.
    RequestWords once_more = words_of(SystemCall::read, arguments);
    REQUIRE(calls.serve(reader, once_more).must_wait);
    REQUIRE(calls.system.kill(reader.id).has_value());
    CHECK(words(calls.serve(reader, once_more).answer) == "interrupted");
    CHECK(calls.memory.text(*reader.space, place, 4) == "abcd");
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

TEST_CASE("calls: a fault enters the program's handler, once, and resume leaves it exactly") {
    Calls calls;
    Caller& child = calls.fork(calls.first);
    CHECK(calls.call(child, SystemCall::handler, {HANDLER}) == 0);
    CHECK(calls.call(child, SystemCall::handler, {HANDLER}) == HANDLER);
    CHECK(words(calls.call(child, SystemCall::handler, {USER_END})) == "bad address");
    CHECK(words(calls.call(child, SystemCall::resume, {DATA.raw()})) == "invalid argument");
    const Fault fault{VirtAddr(0x20), DATA, Access::store};
    // Whatever a0 held, also what would be an error's number if a call had answered it.
    for (const std::uint64_t a0 :
         {std::uint64_t{0}, std::uint64_t{5}, NEVER,
          static_cast<std::uint64_t>(abi::to_number(Error::would_block))}) {
        CAPTURE(a0);
        child.context.pc = DATA.raw();
        child.context.registers[Threads::SP] = STACK.raw() + 5;
        child.context.registers[Threads::A0] = a0;
        const abi::FaultContext before = child.context;
        calls.memory.evict(*child.space);
        call::deliver_fault(child, fault, Error::bad_address);
        REQUIRE(child.life == Caller::Life::started);
        CHECK(child.context.pc == HANDLER);
        const std::uint64_t place = child.context.registers[Threads::A0];
        CHECK(place % 16 == 0);
        CHECK(place == child.context.registers[Threads::SP]);
        const auto told = calls.value<abi::FaultContext>(child, VirtAddr(place));
        CHECK(told.pc == before.pc);
        CHECK(told.registers == before.registers);
        CHECK(told.address == 0x20);
        CHECK(told.cause == exception::STORE_PAGE_FAULT);
        RequestWords resumes = words_of(SystemCall::resume, {place});
        const Tried tried = calls.serve(child, resumes);
        CHECK(!tried.must_wait);
        CHECK(tried.answer == a0);
        CHECK(child.context.registers == before.registers);
    }
    // Inside the handler there is no other one.
    call::deliver_exception(child, 2, 0);
    REQUIRE(child.life == Caller::Life::started);
    call::deliver_fault(child, fault, Error::bad_address);
    CHECK(child.life == Caller::Life::ended);
    CHECK(calls.place.console == "program 'init' ended: store page fault at pc 0x10010000, address "
                                 "0x20: bad address (process 2)\n");
    CHECK(calls.memory.in_use() == 1);
}

TEST_CASE("calls: faults that nobody takes end the program in words") {
    Calls calls;
    const auto end_by = [&](auto deliver) {
        Caller& child = calls.fork(calls.first);
        child.context.pc = 0x1234;
        calls.place.console.clear();
        deliver(child);
        CHECK(child.life == Caller::Life::ended);
        CHECK(calls.call(calls.first, SystemCall::wait, {DATA.raw()}) == child.id.raw());
        CHECK(calls.value<std::uint64_t>(calls.first, DATA) == abi::status::FAULT);
        return calls.place.console;
    };
    CHECK(end_by([](Caller& child) { call::deliver_exception(child, 2, 7); }) ==
          "program 'init' ended: illegal instruction at pc 0x1234, value 0x7 (process 2)\n");
    const Fault fault{VirtAddr(0x20), VirtAddr(0x1234), Access::load};
    // A handler does not hear of what it cannot mend, nor one without a stack of anything.
    CHECK(end_by([&](Caller& child) {
              calls.call(child, SystemCall::handler, {HANDLER});
              call::deliver_fault(child, fault, Error::no_memory);
          }) == "program 'init' ended: load page fault at pc 0x1234, address 0x20: no memory "
                "(process 3)\n");
    CHECK(end_by([&](Caller& child) {
              calls.call(child, SystemCall::handler, {HANDLER});
              child.context.registers[Threads::SP] = 8;
              call::deliver_fault(child, fault, Error::not_permitted);
          }) == "program 'init' ended: load page fault at pc 0x1234, address 0x20: not permitted "
                "(process 4)\n");
    CHECK_THROWS_AS(call::end_process(calls.first, ExitStatus::of_program(3)), MachineEnded);
}

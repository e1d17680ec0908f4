// unix-fuzz: a hundred thousand calls with hostile arguments, which the kernel outlives unharmed.
// SPDX-License-Identifier: MIT
//
//   unix-fuzz [SEED [CALLS]]
//
// Children make the calls, a thousand each at most; a child may be ended by what it does to itself
// (an exec, an unmapped stack, an exit), and the next one goes on with a seed of its own. It tells
// of every fifty calls through a pipe. In the end nothing may be lost: the counters of the system
// must be what they were.
#include "calls.hpp"

#include "tests/programs/reaper.hpp"

#include "user/lib/directory.hpp"
#include "user/lib/message.hpp"
#include "user/lib/numbers.hpp"

#include "abi/calls/processes.hpp"
#include "lib/print.hpp"

namespace {

using abi::SystemCall;
using hostile::Places;
using hostile::Random;

constexpr std::uint64_t CALLS_OF_A_CHILD = 1000;
constexpr std::uint64_t CALLS_A_BYTE = 50; // that a child tells of
constexpr std::int64_t TELLING = 20;       // the descriptor for that, which no argument names
constexpr std::uint64_t LAST_CALL = static_cast<std::uint64_t>(SystemCall::memory);

extern "C" std::int64_t raw_call(std::uint64_t number,
                                 const std::uint64_t* arguments); // raw_call.S

class Fuzzer {
public:
    explicit Fuzzer(std::uint64_t seed) : random_(seed) {}

    void run() {
        for (std::uint64_t i = 1; i <= CALLS_OF_A_CHILD; ++i) {
            make_call();
            if (i % CALLS_A_BYTE == 0)
                os::write(TELLING, std::string_view("."));
        }
    }

private:
    using Arguments = std::array<std::uint64_t, 6>;

    void make_call() {
        const std::uint64_t number =
            random_.one_in(20) ? random_.of(hostile::NUMBERS) : random_.below(LAST_CALL + 1);
        Arguments arguments{};
        for (std::uint64_t& argument : arguments)
            argument = any_argument();
        shape(static_cast<SystemCall>(number), arguments);
        if (may_be_made(static_cast<SystemCall>(number), arguments))
            raw_call(number, arguments.data());
    }

    std::uint64_t any_argument() {
        switch (random_.below(4)) {
        case 0:
            return places_.address(random_);
        case 1:
            return random_.below(8); // a descriptor, a flag
        default:
            return random_.of(hostile::NUMBERS);
        }
    }

    void put_path(SystemCall call, std::uint64_t& address, std::uint64_t& bytes) {
        if (random_.one_in(8))
            return; // as wild as it came
        const std::string_view path = random_.of(hostile::PATHS);
        const bool own = !path.starts_with('/');
        // Where it would hurt others it is not asked for: what is not the fuzzer's own is not
        // unlinked, and it stays below its directory.
        if ((call == SystemCall::unlink && !own) ||
            (call == SystemCall::chdir && (!own || path.find("..") != std::string_view::npos)))
            return;
        address = reinterpret_cast<std::uint64_t>(path.data());
        bytes = own && random_.one_in(16) ? bytes : path.size();
    }

    // Half of all calls shall make some sense, to come further than the first check.
    void shape(SystemCall call, Arguments& arguments) {
        if (random_.one_in(4))
            return;
        const std::uint64_t descriptor = random_.below(12);
        switch (call) {
        case SystemCall::exec:
            put_path(call, arguments[0], arguments[1]);
            if (random_.one_in(4)) {
                constexpr std::string_view PROGRAM = "/bin/true";
                arguments[0] = reinterpret_cast<std::uint64_t>(PROGRAM.data());
                arguments[1] = PROGRAM.size();
            }
            break;
        case SystemCall::open:
        case SystemCall::mkdir:
        case SystemCall::mknod:
        case SystemCall::unlink:
        case SystemCall::chdir:
            put_path(call, arguments[0], arguments[1]);
            arguments[2] = random_.one_in(2) ? random_.next() & 0xe02 : arguments[2];
            break;
        case SystemCall::link:
            put_path(call, arguments[0], arguments[1]);
            put_path(call, arguments[2], arguments[3]);
            break;
        case SystemCall::read:
        case SystemCall::write:
            arguments[0] = descriptor;
            arguments[1] = random_.one_in(2) ? places_.address(random_) : places_.writable();
            arguments[2] = random_.one_in(2) ? random_.below(3 * PAGE_SIZE) : arguments[2];
            break;
        case SystemCall::close:
        case SystemCall::dup:
        case SystemCall::fstat:
        case SystemCall::seek:
            arguments[0] = descriptor;
            arguments[1] = random_.one_in(2) ? places_.writable() : arguments[1];
            break;
        case SystemCall::mmap:
            arguments[1] = random_.below(64) * PAGE_SIZE;
            arguments[2] = random_.below(8);
            arguments[3] = random_.below(8);
            arguments[4] = descriptor;
            arguments[5] = random_.below(4) * PAGE_SIZE;
            break;
        default:
            break;
        }
    }

    // What by design never comes back, or hits somebody else, is not made, or made less.
    bool may_be_made(SystemCall call, Arguments& arguments) {
        switch (call) {
        case SystemCall::exit:
            return random_.one_in(50);
        case SystemCall::sleep:
            arguments[0] %= 1000;
            return true;
        case SystemCall::fork:
            return fork_and_leave();
        case SystemCall::wait:
            return random_.one_in(2);
        case SystemCall::kill: // the parent, the watchdog, a shell: anybody could be meant
        case SystemCall::group:
        case SystemCall::foreground:
        case SystemCall::terminal:
            arguments[0] = 1ULL << 40 | (arguments[0] & 0xffff'ffff);
            if (random_.one_in(2))
                arguments[0] = -arguments[0];
            return true;
        case SystemCall::memory:
            arguments[0] = ~0ULL - arguments[0] % 2;
            return true;
        case SystemCall::read: // the console would wait for somebody to type
            return arguments[0] != 0;
        case SystemCall::write: // a little noise is enough
            if (arguments[0] == 1 || arguments[0] == 2)
                arguments[2] = arguments[2] <= PAGE_SIZE ? 0 : arguments[2];
            return arguments[2] < (1U << 20) || random_.one_in(4);
        default:
            return true;
        }
    }

    // A child of the child now and then, which makes calls of its own; no call is left to make.
    bool fork_and_leave() {
        if (depth_ != 0 || !random_.one_in(4))
            return false;
        const std::int64_t child = os::fork();
        if (child != 0)
            return false;
        ++depth_;
        for (unsigned i = 0; i < 20; ++i)
            make_call();
        os::exit(0);
    }

    Random random_;
    Places places_;
    unsigned depth_ = 0;
};

using Ends = std::array<std::int64_t, 2>;

// Its own descriptors: input and output nowhere near a person's.
[[noreturn]] void run_child(std::uint64_t seed, const Ends& pipe) {
    while (os::dup(pipe[1]) < TELLING)
        continue;
    for (std::int64_t descriptor = 0; descriptor < TELLING; ++descriptor)
        os::close(descriptor);
    const std::int64_t nothing = os::open("/dev/null", os::READ_WRITE);
    os::dup(nothing);
    os::dup(nothing);
    Fuzzer(seed).run();
    os::exit(0);
}

// Ends GROUP when PATIENCE has passed: a child may wait for what never comes, such as a byte of a
// pipe that only it can write to.
std::int64_t start_watchdog(std::int64_t group) {
    constexpr std::uint64_t PATIENCE = 50 * os::TICKS_PER_MILLISECOND;
    const std::int64_t watchdog = os::fork();
    if (watchdog != 0)
        return watchdog;
    os::sleep(PATIENCE);
    os::kill(-group);
    os::exit(0);
}

void wait_for(std::int64_t process) {
    for (std::int64_t ended = 0; ended != process && ended >= 0;)
        ended = os::wait();
}

// How many calls a child made, however it was ended; or an error.
std::int64_t calls_of_child(std::uint64_t seed, const Ends& pipe) {
    const std::int64_t child = os::fork();
    if (child == 0) {
        os::group(0, 0);
        run_child(seed, pipe);
    }
    if (child < 0)
        return child;
    os::group(child, child);
    const std::int64_t watchdog = start_watchdog(child);
    wait_for(child);
    os::kill(-child); // its children
    os::kill(watchdog);
    wait_for(watchdog);
    // One byte more, so that there is something to read.
    std::array<char, 2 * CALLS_OF_A_CHILD / CALLS_A_BYTE> bytes{};
    os::write(pipe[1], std::string_view("."));
    const std::int64_t told = os::read(pipe[0], std::span(bytes));
    return told < 0 ? told : (told - 1) * static_cast<std::int64_t>(CALLS_A_BYTE);
}

// A name in the current directory that is neither . nor ..; none: it is empty.
std::optional<os::FixedText<64>> first_name() {
    os::Directory directory(".");
    while (const auto entry = directory.next())
        if (entry->name != "." && entry->name != "..") {
            os::FixedText<64> name;
            name.put(entry->name);
            return name;
        }
    return std::nullopt;
}

// Empties the current directory, and those in it however deep they are.
void remove_everything() {
    for (unsigned depth = 0;;) {
        const auto name = first_name();
        if (!name && depth-- == 0)
            return;
        if (!name)
            os::chdir("..");
        else if (os::unlink(name->view()) == -abi::NOT_EMPTY && os::chdir(name->view()) == 0)
            ++depth;
    }
}

// Says what differs; whether nothing does.
bool is_same(const os::Statistics& before, const os::Statistics& after) {
    struct Counter {
        std::string_view name;
        std::uint64_t os::Statistics::*value;
    };
    bool same = true;
    for (const Counter& counter : {Counter{"frames", &os::Statistics::frames},
                                   Counter{"free frames", &os::Statistics::free_frames},
                                   Counter{"free swap slots", &os::Statistics::free_swap_slots},
                                   Counter{"processes", &os::Statistics::processes},
                                   Counter{"open files", &os::Statistics::open_files},
                                   Counter{"inodes in use", &os::Statistics::inodes_in_use},
                                   Counter{"free inodes", &os::Statistics::free_inodes},
                                   Counter{"free blocks", &os::Statistics::free_blocks},
                                   Counter{"page nodes", &os::Statistics::page_nodes}})
        if (before.*counter.value != after.*counter.value) {
            os::report("unix-fuzz: ", counter.name, ": ", before.*counter.value, " before, ",
                       after.*counter.value, " after");
            same = false;
        }
    return same;
}

os::Statistics settled() {
    os::Statistics now{};
    os::sleep(20 * os::TICKS_PER_MILLISECOND); // orphans end
    os::sync();
    os::statistics(now);
    return now;
}

} // namespace

int main(os::Arguments arguments) {
    reaper::let_a_child_go_on();
    const std::uint64_t seed = arguments.size() > 1 ? os::to_number(arguments[1]).value_or(1) : 1;
    const std::uint64_t calls =
        arguments.size() > 2 ? os::to_number(arguments[2]).value_or(0) : 100'000;
    Ends pipe{};
    if (const std::int64_t error = os::pipe(pipe); error < 0) {
        os::report("unix-fuzz: pipe: ", os::words(error));
        return 1;
    }
    os::mkdir("/fuzz");
    os::chdir("/fuzz");
    // Once beforehand, so that what stays for good (a page, a table) is there.
    calls_of_child(~seed, pipe);
    remove_everything();
    const os::Statistics before = settled();
    std::uint64_t made = 0;
    std::uint64_t children = 0;
    for (; made < calls; ++children) {
        const std::int64_t more = calls_of_child(seed * 1'000'003 + children, pipe);
        if (more < 0 || children > calls) {
            os::report("unix-fuzz: child ", children, ": ", os::words(more));
            return 1;
        }
        made += static_cast<std::uint64_t>(more);
    }
    remove_everything();
    const bool same = is_same(before, settled());
    os::chdir("/");
    const std::int64_t removed = os::unlink("/fuzz");
    os::Output output;
    print(output, "unix-fuzz: seed ", seed, ": ", made, " calls by ", children,
          " children; the system is ", same ? "as it was" : "not as it was", "\n");
    return same && removed == 0 ? 0 : 1;
}

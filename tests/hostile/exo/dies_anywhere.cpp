// A child that ends in the middle of an operation: OPERATION FROM STEP EXCEPTION-ENTRY BEGIN
// SPDX-License-Identifier: MIT
//
// The end of the child's slice is announced FROM ticks after it has begun, and there it ends
// itself, whatever ExOS is at; the next one STEP ticks later, until the operation is done before.
// Either its parent, and all others, go on, and that is tried; or ExOS ends in words, and a test
// begins again behind the last number that was told.
#include "primitives.hpp"

#include "lib/print.hpp"
#include "user/lib/message.hpp"
#include "user/lib/numbers.hpp"
#include "user/lib/os.hpp"

using namespace hostile;

extern "C" const char dies[]; // dies.S

namespace {

using Ends = std::array<std::int64_t, 2>;

bool keeps_a_file() {
    const std::int64_t file = os::open("/kept", os::READ_WRITE | os::CREATE | os::TRUNCATE);
    std::array<char, 5> read{};
    const bool well = os::write(file, std::string_view("words")) == 5 && os::seek(file, 0) == 0 &&
                      os::read(file, std::span(read)) == 5 && read[0] == 'w';
    return os::close(file) == 0 && well;
}

bool passes_a_byte() {
    Ends ends{};
    std::array<char, 1> byte{};
    const bool well = os::pipe(ends) == 0 && os::write(ends[1], std::string_view(".")) == 1 &&
                      os::read(ends[0], std::span(byte)) == 1;
    return os::close(ends[0]) == 0 && os::close(ends[1]) == 0 && well;
}

// How CHILD ended. Process 1 is told of orphans, too.
std::int64_t wait_for(std::int64_t child) {
    std::int64_t status = -1;
    for (std::int64_t ended = 0; ended != child && ended >= 0;)
        ended = os::wait(status);
    return status;
}

bool makes_a_process() {
    const std::int64_t child = os::fork();
    if (child == 0)
        os::exit(0);
    return child > 0 && wait_for(child) == 0;
}

// Others than the child may have done it before.
void do_operation(std::uint64_t operation) {
    switch (operation) {
    case 0: // the file system's lock, the log, the disk
        os::mkdir("/made");
        keeps_a_file();
        os::sync();
        os::unlink("/made");
        break;
    case 1: // pipes, descriptors, words to wait by
        passes_a_byte();
        break;
    case 2: // environments, and the table of processes
        makes_a_process();
        break;
    case 3: { // all of a program
        constexpr std::array<std::string_view, 1> words{"true"};
        os::exec("/bin/true", words);
        break;
    }
    default: // virtual memory, which is the child's own
        os::mmap({.bytes = 4 * PAGE_SIZE});
        os::sbrk(PAGE_SIZE);
        break;
    }
}

// Where ExOS is entered, which only its image knows.
struct Entries {
    std::uint64_t exception;
    std::uint64_t begin;
};

[[noreturn]] void be_the_child(std::uint64_t operation, std::uint64_t ticks,
                               const Entries& entries) {
    const auto end = address_of(dies);
    static_cast<void>(*reinterpret_cast<const volatile char*>(end)); // its page is there
    set_contexts(SELF, {entries.exception, entries.begin, end});
    ask(Primitive::alarm, read_time() + ticks);
    do_operation(operation);
    os::exit(1);
}

// Whether the child was there still when it was to end.
bool ends_in_the_middle(std::uint64_t operation, std::uint64_t ticks, const Entries& entries) {
    const std::int64_t child = os::fork();
    if (child == 0)
        be_the_child(operation, ticks, entries);
    return wait_for(child) == abi::status::FAULT;
}

void say(std::string_view what, std::uint64_t ticks) {
    os::FixedText<64> line;
    print(line, what, " ", ticks, "\n");
    os::write(line.view());
}

} // namespace

int main(os::Arguments arguments) {
    std::array<std::uint64_t, 5> numbers{};
    for (std::size_t i = 0; i < numbers.size() && i + 1 < arguments.size(); ++i)
        numbers[i] = os::to_number(arguments[i + 1]).value_or(0);
    const auto [operation, from, step, exception, begin] = numbers;
    for (std::uint64_t ticks = from;; ticks += step) {
        say("at", ticks);
        const bool ended = ends_in_the_middle(operation, ticks, {exception, begin});
        if (!keeps_a_file() || !passes_a_byte() || !makes_a_process()) {
            say("nothing goes on after", ticks);
            return 1;
        }
        if (!ended) {
            say("done before", ticks);
            return 0;
        }
    }
}

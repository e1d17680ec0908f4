// pressure: four times as much memory as there is, written and read again, page by page.
// SPDX-License-Identifier: MIT
//
//   pressure [PAGES]
//
// Without a number, four times the frames that programs may use. What a page holds depends on its
// number and on the pass, so that no old content passes for a new one. Eight children share the
// work, since there may be more pages than one space has room for; meanwhile their parent uses the
// file system. At the end, when memory is full, there is room for one more process and program.
#include "user/lib/message.hpp"
#include "user/lib/numbers.hpp"
#include "user/lib/os.hpp"

#include "abi/address_map.h"
#include "lib/address.hpp"
#include "lib/print.hpp"

namespace {

constexpr std::uint64_t CHILDREN = 8;
constexpr std::uint64_t PASSES = 2;

constexpr std::uint64_t value_of(std::uint64_t child, std::uint64_t page, std::uint64_t pass) {
    return (child << 48 ^ page << 8 ^ pass) * 0x9e3779b97f4a7c15;
}

// First, middle and last word of a page.
constexpr std::array<std::uint64_t, 3> WORDS{0, PAGE_SIZE / 16, PAGE_SIZE / 8 - 1};

// A child's part: its pages, and the pipe that tells it when to go over them once more.
class Part {
public:
    Part(std::uint64_t child, std::uint64_t pages) : child_(child), pages_(pages) {}

    // Whether there is memory for it.
    bool map() {
        const std::int64_t mapped = os::mmap({.bytes = pages_ * PAGE_SIZE});
        if (mapped < 0)
            os::report("pressure: mmap of ", pages_, " pages: ", os::words(mapped));
        start_ = mapped < 0 ? 0 : static_cast<std::uint64_t>(mapped);
        return mapped >= 0;
    }

    // Looks whether every page holds what pass - 1 stored, and stores anew; how many words did not.
    std::uint64_t run(std::uint64_t pass) {
        std::uint64_t wrong = 0;
        for (std::uint64_t page = 0; page < pages_; ++page)
            for (const std::uint64_t word : WORDS) {
                volatile std::uint64_t& at =
                    reinterpret_cast<volatile std::uint64_t*>(start_ + page * PAGE_SIZE)[word];
                const std::uint64_t expected = pass == 0 ? 0 : value_of(child_, page, pass - 1);
                wrong += at != expected ? 1U : 0U;
                at = value_of(child_, page, pass);
            }
        return wrong;
    }

private:
    std::uint64_t child_;
    std::uint64_t pages_;
    std::uint64_t start_ = 0;
};

using Ends = std::array<std::int64_t, 2>;
using Word = std::array<std::uint64_t, 1>;

// All processes live until the end, so that all pages must be kept: the parent tells one child
// after the other to make its next pass, and gets the number of wrong words.
[[noreturn]] void run_child(Part part, const Ends& orders, const Ends& answers) {
    os::close(orders[1]);
    const Word refused{part.map() ? 0U : 1U};
    os::write(answers[1], std::as_bytes(std::span(refused)));
    for (std::uint64_t pass = 0;; ++pass) {
        std::array<char, 1> order{};
        if (os::read(orders[0], std::span(order)) != 1)
            os::exit(0);
        const Word wrong{part.run(pass)};
        os::write(answers[1], std::as_bytes(std::span(wrong)));
    }
}

std::uint64_t next_answer(const Ends& answers) {
    Word answer{};
    const std::int64_t got = os::read(answers[0], std::as_writable_bytes(std::span(answer)));
    return got == sizeof(answer) ? answer[0] : 1;
}

// Writes a file and reads it back; whether it held what was written.
bool file_keeps(std::uint64_t pass) {
    static constinit std::array<std::uint64_t, 2'048> words{};
    const auto bytes = std::as_writable_bytes(std::span(words));
    for (std::uint64_t i = 0; i < words.size(); ++i)
        words[i] = value_of(CHILDREN, i, pass);
    const std::int64_t file = os::open("/pressure", os::READ_WRITE | os::CREATE | os::TRUNCATE);
    bool well = os::write(file, bytes) == sizeof(words) && os::sync() == 0;
    words.fill(0);
    os::seek(file, 0);
    well = well && os::read(file, bytes) == sizeof(words);
    for (std::uint64_t i = 0; i < words.size(); ++i)
        well = well && words[i] == value_of(CHILDREN, i, pass);
    os::close(file);
    return os::unlink("/pressure") == 0 && well;
}

bool another_runs() {
    const std::int64_t number = os::fork();
    if (number == 0) {
        constexpr std::array<std::string_view, 1> words{"true"};
        os::exec("/bin/true", words);
        os::exit(1);
    }
    std::int64_t status = -1;
    return number > 0 && os::wait(status) == number && status == 0;
}

struct Found {
    bool complete = true;
    std::uint64_t wrong = 0;
};

Found press(std::uint64_t pages) {
    std::array<Ends, CHILDREN> orders{};
    std::uint64_t made = 0;
    Ends answers{};
    os::pipe(answers);
    for (std::uint64_t child = 0; child < CHILDREN; ++child) {
        os::pipe(orders[child]);
        const std::int64_t number = os::fork();
        if (number == 0) {
            for (std::uint64_t older = 0; older < child; ++older)
                os::close(orders[older][1]);
            run_child(Part(child, pages / CHILDREN + 1), orders[child], answers);
        }
        os::close(orders[child][0]);
        if (number < 0)
            os::report("pressure: fork: ", os::words(number));
        made += number < 0 ? 0U : 1U;
    }
    os::close(answers[1]);
    Found result{.complete = made == CHILDREN};
    for (std::uint64_t child = 0; child < made; ++child) // others will not answer
        result.complete = next_answer(answers) == 0 && result.complete;
    for (std::uint64_t pass = 0; result.complete && pass <= PASSES; ++pass)
        for (const Ends& order : orders) {
            os::write(order[1], std::string_view("."));
            result.wrong += file_keeps(pass) ? 0U : 1U;
            result.wrong += next_answer(answers);
        }
    result.complete = result.complete && another_runs();
    for (const Ends& order : orders)
        os::close(order[1]);
    while (os::wait() > 0)
        continue;
    return result;
}

} // namespace

int main(os::Arguments arguments) {
    os::Statistics before{};
    if (const std::int64_t error = os::statistics(before); error < 0) {
        os::report("pressure: statistics: ", os::words(error));
        return 1;
    }
    const std::uint64_t pages =
        arguments.size() > 1 ? os::to_number(arguments[1]).value_or(0) : 4 * before.frames;
    const Found result = press(pages);
    os::Statistics after{};
    os::statistics(after);
    os::Output output;
    print(output, "pressure: ", pages, " pages in ", before.frames, " frames, ", PASSES + 1,
          " passes: ", result.wrong, " wrong words",
          result.complete ? "; " : ", and not all of it was there; ",
          after.page_faults - before.page_faults, " faults, ", after.pages_in - before.pages_in,
          " pages in, ", after.pages_out - before.pages_out, " out, ",
          after.evictions - before.evictions, " evictions, ",
          after.evictions_in_fault - before.evictions_in_fault, " in a fault\n");
    return result.complete && result.wrong == 0 ? 0 : 1;
}

// grep: lines that match a pattern.
// SPDX-License-Identifier: MIT
#include "pattern.hpp"
#include "tool.hpp"

namespace tools {

namespace {

struct Options {
    bool others = false;  // -v: lines that do not match
    bool numbers = false; // -n: with their numbers
    bool count = false;   // -c: only how many
};

} // namespace

// 0: some line was selected; 1: none.
int grep(os::Arguments arguments) {
    Options options;
    std::size_t first = 1;
    for (; first < arguments.size() && arguments[first].size() > 1 && arguments[first][0] == '-';
         ++first)
        for (const char flag : arguments[first].substr(1))
            (flag == 'v' ? options.others : flag == 'n' ? options.numbers : options.count) = true;
    if (first == arguments.size())
        return say_usage(arguments);
    const Pattern pattern(arguments[first]);
    const os::Arguments files = arguments.from(first + 1);
    os::Writer out(os::OUTPUT);
    std::uint64_t selected = 0;
    const int status =
        for_each_input(arguments, files, [&](std::int64_t descriptor, std::string_view name) {
            const bool named = files.size() > 1;
            const std::string_view prefix = named ? name : "";
            const std::string_view colon = named ? ":" : "";
            os::Reader reader(descriptor);
            std::uint64_t number = 0;
            std::uint64_t here = 0;
            while (const auto line = reader.line()) {
                ++number;
                if (pattern.matches(*line) == options.others)
                    continue;
                ++here;
                if (options.count)
                    continue;
                print(out, prefix, colon);
                if (options.numbers)
                    print(out, number, ":");
                print(out, *line, "\n");
            }
            selected += here;
            if (options.count)
                print(out, prefix, colon, here, "\n");
            return reader.failure() < 0 ? complain(arguments, name, reader.failure()) : DONE;
        });
    const int written = finish(arguments, out);
    if (status != DONE || written != DONE)
        return WRONG_USE; // what was looked for may be in what could not be read
    return selected != 0 ? DONE : FAILED;
}

} // namespace tools

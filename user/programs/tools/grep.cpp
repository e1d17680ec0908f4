// grep: lines that match a pattern.
// SPDX-License-Identifier: MIT
#include "tool.hpp"

#include "heap_list.hpp"
#include "pattern.hpp"

namespace tools {

namespace {

struct Options {
    bool others = false;  // -v: lines that do not match
    bool numbers = false; // -n: with their numbers
    bool count = false;   // -c: only how many
};

// Whole lines, however long: one that comes in pieces is put together in LONG_LINE.
class Lines {
public:
    Lines(std::int64_t descriptor, HeapList<char>& long_line)
        : reader_(descriptor), long_line_(long_line) {}

    // Nothing at the end, or after an error; -NO_MEMORY: the line is too long for it. The text is
    // good until the next call.
    std::optional<std::string_view> next() {
        const auto first = reader_.piece();
        if (!first)
            return std::nullopt;
        ++number_;
        if (first->ends_line)
            return first->text;
        long_line_.forget_all();
        for (auto piece = first; piece; piece = reader_.piece()) {
            if (!long_line_.add_all(piece->text)) {
                failure_ = -abi::NO_MEMORY;
                return std::nullopt;
            }
            if (piece->ends_line)
                return std::string_view(long_line_.all().data(), long_line_.all().size());
        }
        return std::nullopt; // the input failed
    }

    std::uint64_t number() const { return number_; } // of the line, from 1 on
    std::int64_t failure() const { return failure_ != 0 ? failure_ : reader_.failure(); }

private:
    os::Reader reader_;
    HeapList<char>& long_line_;
    std::uint64_t number_ = 0;
    std::int64_t failure_ = 0;
};

int complain_of_line(os::Arguments arguments, std::string_view name, const Lines& lines) {
    os::report(arguments.name(), ": ", name, ": line ", lines.number(), ": ",
               os::words(lines.failure()));
    return FAILED;
}

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
    HeapList<char> long_line;
    std::uint64_t selected = 0;
    const int status =
        for_each_input(arguments, files, [&](std::int64_t descriptor, std::string_view name) {
            const bool named = files.size() > 1;
            const std::string_view prefix = named ? name : "";
            const std::string_view colon = named ? ":" : "";
            Lines lines(descriptor, long_line);
            std::uint64_t here = 0;
            while (const auto line = lines.next()) {
                if (pattern.matches(*line) == options.others)
                    continue;
                ++here;
                if (options.count)
                    continue;
                print(out, prefix, colon);
                if (options.numbers)
                    print(out, lines.number(), ":");
                print(out, *line, "\n");
            }
            selected += here;
            if (options.count)
                print(out, prefix, colon, here, "\n");
            if (lines.failure() == -abi::NO_MEMORY)
                return complain_of_line(arguments, name, lines);
            return lines.failure() < 0 ? complain(arguments, name, lines.failure()) : DONE;
        });
    const int written = finish(arguments, out);
    if (status != DONE || written != DONE)
        return WRONG_USE; // what was looked for may be in what could not be read
    return selected != 0 ? DONE : FAILED;
}

} // namespace tools

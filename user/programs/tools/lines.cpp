// wc, head, tail, sort: texts by the line.
// SPDX-License-Identifier: MIT
#include "tool.hpp"

#include "heap_list.hpp"

#include <algorithm>

namespace tools {

namespace {

struct LineCount {
    std::uint64_t lines = 10;
    os::Arguments files;
    bool valid = true;
};

// -n LINES, and files.
LineCount line_count(os::Arguments arguments) {
    LineCount result{.files = arguments.from(1)};
    if (arguments.size() > 1 && arguments[1] == "-n") {
        const auto lines = arguments.size() > 2 ? os::to_number(arguments[2]) : std::nullopt;
        result = {
            .lines = lines.value_or(0), .files = arguments.from(3), .valid = lines.has_value()};
    }
    return result;
}

struct Counts {
    std::uint64_t lines = 0;
    std::uint64_t words = 0;
    std::uint64_t bytes = 0;
};

void put_counts(os::Writer& out, const Counts& counts, std::string_view name) {
    os::put_right(out, counts.lines, 7);
    os::put_right(out, counts.words, 8);
    os::put_right(out, counts.bytes, 8);
    print(out, " ", name, "\n");
}

// 0, or the error.
std::int64_t count(std::int64_t descriptor, Counts& counts) {
    std::array<char, 4096> buffer; // NOLINT: filled before it is read
    bool in_word = false;
    for (;;) {
        const std::int64_t got = os::read(descriptor, std::span(buffer));
        if (got <= 0)
            return got;
        for (const char byte : std::string_view(buffer.data(), static_cast<std::size_t>(got))) {
            const bool blank = byte == ' ' || (byte >= '\t' && byte <= '\r');
            counts.words += !blank && !in_word ? 1U : 0U;
            counts.lines += byte == '\n' ? 1U : 0U;
            in_word = !blank;
        }
        counts.bytes += static_cast<std::uint64_t>(got);
    }
}

// All of a file, behind what TEXT holds already: 0, or the error.
std::int64_t read_all(std::int64_t descriptor, HeapList<char>& text) {
    for (;;) {
        if (!text.reserve(4096))
            return -abi::NO_MEMORY;
        const std::int64_t got = os::read(descriptor, text.spare().first(4096));
        if (got <= 0)
            return got;
        text.use(static_cast<std::size_t>(got));
    }
}

// The end of TEXT that holds its last LINES lines.
std::string_view last_lines(std::string_view text, std::uint64_t lines) {
    std::size_t at = text.ends_with('\n') ? text.size() - 1 : text.size();
    for (; lines != 0 && at != 0; --lines) {
        const std::size_t end = text.substr(0, at).find_last_of('\n');
        if (end == std::string_view::npos)
            return text;
        at = end;
        if (lines == 1)
            return text.substr(end + 1);
    }
    return lines == 0 ? std::string_view() : text;
}

} // namespace

int wc(os::Arguments arguments) {
    os::Writer out(os::OUTPUT);
    Counts total;
    const os::Arguments files = arguments.from(1);
    const int status =
        for_each_input(arguments, files, [&](std::int64_t descriptor, std::string_view name) {
            Counts counts;
            if (const std::int64_t error = count(descriptor, counts); error < 0)
                return complain(arguments, name, error);
            put_counts(out, counts, files.size() == 0 ? "" : name);
            total = {total.lines + counts.lines, total.words + counts.words,
                     total.bytes + counts.bytes};
            return DONE;
        });
    if (files.size() > 1)
        put_counts(out, total, "in all");
    return std::max(status, finish(arguments, out));
}

int head(os::Arguments arguments) {
    const LineCount wanted = line_count(arguments);
    if (!wanted.valid)
        return say_usage(arguments);
    os::Writer out(os::OUTPUT);
    const int status = for_each_input(
        arguments, wanted.files, [&](std::int64_t descriptor, std::string_view name) {
            os::Reader reader(descriptor);
            for (std::uint64_t i = 0; i < wanted.lines;) {
                const auto piece = reader.piece();
                if (!piece)
                    break;
                print(out, piece->text, piece->ends_line ? "\n" : "");
                i += piece->ends_line ? 1U : 0U;
            }
            return reader.failure() < 0 ? complain(arguments, name, reader.failure()) : DONE;
        });
    return std::max(status, finish(arguments, out));
}

int tail(os::Arguments arguments) {
    const LineCount wanted = line_count(arguments);
    if (!wanted.valid)
        return say_usage(arguments);
    os::Writer out(os::OUTPUT);
    HeapList<char> text;
    const int status = for_each_input(
        arguments, wanted.files, [&](std::int64_t descriptor, std::string_view name) {
            text.forget_all();
            if (const std::int64_t error = read_all(descriptor, text); error < 0)
                return complain(arguments, name, error);
            out.put(last_lines({text.all().data(), text.all().size()}, wanted.lines));
            return DONE;
        });
    return std::max(status, finish(arguments, out));
}

int sort(os::Arguments arguments) {
    const bool backwards = arguments.size() > 1 && arguments[1] == "-r";
    HeapList<char> text;
    const int status = for_each_input(arguments, arguments.from(backwards ? 2 : 1),
                                      [&](std::int64_t descriptor, std::string_view name) {
                                          const std::size_t before = text.all().size();
                                          std::int64_t error = read_all(descriptor, text);
                                          if (error == 0 && text.all().size() != before &&
                                              text.all().back() != '\n' && !text.add('\n'))
                                              error = -abi::NO_MEMORY;
                                          if (error == 0)
                                              return DONE;
                                          // Its last line may be half of one: nothing of it is
                                          // sorted.
                                          text.forget_from(before);
                                          return complain(arguments, name, error);
                                      });
    // The second list starts where the first one ends; that one does not grow any more.
    HeapList<std::string_view> lines;
    std::string_view left(text.all().data(), text.all().size());
    while (!left.empty()) {
        const std::size_t end = left.find('\n');
        if (!lines.add(left.substr(0, end)))
            return complain(arguments, "input", -abi::NO_MEMORY);
        left.remove_prefix(end + 1);
    }
    std::ranges::sort(lines.all());
    if (backwards)
        std::ranges::reverse(lines.all());
    os::Writer out(os::OUTPUT);
    for (const std::string_view line : lines.all())
        print(out, line, "\n");
    return std::max(status, finish(arguments, out));
}

} // namespace tools

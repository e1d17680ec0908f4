// cat, cp, touch: whole files.
// SPDX-License-Identifier: MIT
#include "tool.hpp"

namespace tools {

namespace {

// FROM's bytes to TO: 0, or the error, of reading or of writing.
struct Copied {
    std::int64_t reading = 0;
    std::int64_t writing = 0;
};
Copied copy(std::int64_t from, std::int64_t to) {
    std::array<char, 4096> buffer; // NOLINT: filled before it is read
    for (;;) {
        const std::int64_t count = os::read(from, std::span(buffer));
        if (count <= 0)
            return {.reading = count};
        std::string_view left(buffer.data(), static_cast<std::size_t>(count));
        while (!left.empty()) {
            const std::int64_t written = os::write(to, left);
            if (written <= 0)
                return {.writing = written < 0 ? written : -abi::NO_SPACE};
            left.remove_prefix(static_cast<std::size_t>(written));
        }
    }
}

// 0, or FAILED in words.
int copy_in_words(os::Arguments arguments, std::int64_t from, std::string_view from_name,
                  std::int64_t to, std::string_view to_name) {
    const Copied copied = copy(from, to);
    if (copied.reading < 0)
        return complain(arguments, from_name, copied.reading);
    if (copied.writing == -abi::BROKEN_PIPE)
        return FAILED;
    return copied.writing < 0 ? complain(arguments, to_name, copied.writing) : DONE;
}

int copy_file(os::Arguments arguments, std::string_view from, std::string_view to) {
    os::Stat source{};
    os::Stat target{};
    const std::int64_t input = os::open(from);
    if (input < 0)
        return complain(arguments, from, input);
    int status = DONE;
    os::fstat(input, source);
    if (source.type == os::FileType::directory)
        status = complain(arguments, from, -abi::IS_DIRECTORY);
    else if (os::stat(to, target) == 0 && target.inode == source.inode) {
        os::report(arguments.name(), ": ", from, " and ", to, " are the same file");
        status = FAILED;
    }
    if (status == DONE) {
        const std::int64_t output = os::open(to, os::WRITE | os::CREATE | os::TRUNCATE);
        status = output < 0 ? complain(arguments, to, output)
                            : copy_in_words(arguments, input, from, output, to);
        if (output >= 0)
            os::close(output);
    }
    os::close(input);
    return status;
}

} // namespace

int cat(os::Arguments arguments) {
    return for_each_input(
        arguments, arguments.from(1), [&](std::int64_t descriptor, std::string_view name) {
            return copy_in_words(arguments, descriptor, name, os::OUTPUT, "output");
        });
}

int cp(os::Arguments arguments) { return into(arguments, copy_file); }

int touch(os::Arguments arguments) {
    int worst = DONE;
    for (const std::string_view name : arguments.from(1)) {
        const std::int64_t descriptor = os::open(name, os::WRITE | os::CREATE);
        if (descriptor < 0)
            worst = complain(arguments, name, descriptor);
        else
            os::close(descriptor);
    }
    return worst;
}

} // namespace tools

// A line is split into words, and the words are found in a table of commands.
// SPDX-License-Identifier: MIT
//
// Does: a class walks over a view; the table is an array of structs with names and functions'
// kinds.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <optional>

namespace {

enum class Command : std::uint8_t { help, show, set };

struct Entry {
    std::string_view name;
    Command command;
    std::size_t arguments;
};
constexpr std::array<Entry, 3> COMMANDS{{
    {"help", Command::help, 0},
    {"show", Command::show, 1},
    {"set", Command::set, 2},
}};

class Words {
public:
    explicit constexpr Words(std::string_view line) : rest_(line) {}
    constexpr std::optional<std::string_view> next() {
        while (!rest_.empty() && rest_.front() == ' ')
            rest_.remove_prefix(1);
        if (rest_.empty())
            return std::nullopt;
        const std::size_t end = std::min(rest_.find(' '), rest_.size());
        const std::string_view word = rest_.substr(0, end);
        rest_.remove_prefix(end);
        return word;
    }

private:
    std::string_view rest_;
};

Result<Command> parse(std::string_view line) {
    Words words(line);
    const std::optional<std::string_view> name = words.next();
    if (!name)
        return std::unexpected(Error::invalid);
    for (const Entry& entry : COMMANDS) {
        if (entry.name != *name)
            continue;
        for (std::size_t i = 0; i < entry.arguments; ++i)
            if (!words.next())
                return std::unexpected(Error::invalid);
        return entry.command;
    }
    return std::unexpected(Error::not_found);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const Command command = TRY(parse("set  color blue"));
    return command == Command::set ? Result<void>() : std::unexpected(Error::malformed);
}

// Reading the command line: numbers, names, percent signs.
// SPDX-License-Identifier: MIT
#include "services/exec/boot_arguments.hpp"

#include "lib/numerals.hpp"

#include <algorithm>

namespace exec {

namespace {

constexpr std::string_view POLICIES = "policy=fifo, clock, lru, mru or own";
constexpr std::string_view SCHEDULERS = "scheduler=round-robin or stride";
constexpr std::string_view POOL = "pool= and a number of frames, 8 at least";
constexpr std::string_view WATERMARKS =
    "watermarks=LOW,HIGH, numbers of frames, LOW not above HIGH";
constexpr std::string_view TOO_MANY = "at most 63 words arg=, 4096 bytes together";
constexpr std::string_view PERCENT = "two hexadecimal digits behind a percent sign";

// Takes the first word off REST.
std::string_view next_word(std::string_view& rest) {
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(word.size());
    return word;
}

// The value of WORD, if it is KEY=VALUE.
std::optional<std::string_view> value_of(std::string_view word, std::string_view key) {
    if (!word.starts_with(key))
        return std::nullopt;
    return word.substr(key.size());
}

bool read_watermarks(std::string_view value, vm::Configuration& memory) {
    const auto comma = value.find(',');
    if (comma == std::string_view::npos)
        return false;
    const auto low = from_digits(value.substr(0, comma));
    const auto high = from_digits(value.substr(comma + 1));
    if (!low || !high || *low > *high)
        return false;
    memory.watermarks = vm::Watermarks{*low, *high};
    return true;
}

bool read_policy(std::string_view value, vm::Configuration& memory) {
    const Result<vm::Policy> policy = vm::policy_named(value);
    if (policy)
        memory.policy = *policy;
    return policy.has_value();
}

bool read_pool(std::string_view value, vm::Configuration& memory) {
    const auto frames = from_digits(value);
    memory.pool = frames.value_or(0);
    return memory.pool >= vm::LEAST_POOL;
}

bool read_scheduler(std::string_view value, Configuration& configuration) {
    const std::optional<sched::Kind> kind = sched::kind_named(value);
    configuration.scheduler = kind.value_or(sched::Kind::round_robin);
    return kind.has_value();
}

// What WORD should have been; empty where it is right or somebody else's.
std::string_view complaint(std::string_view word, Configuration& configuration) {
    if (const auto value = value_of(word, "policy="); value)
        return read_policy(*value, configuration.memory) ? "" : POLICIES;
    if (const auto value = value_of(word, "pool="); value)
        return read_pool(*value, configuration.memory) ? "" : POOL;
    if (const auto value = value_of(word, "watermarks="); value)
        return read_watermarks(*value, configuration.memory) ? "" : WATERMARKS;
    if (const auto value = value_of(word, "scheduler="); value)
        return read_scheduler(*value, configuration) ? "" : SCHEDULERS;
    return "";
}

// Puts the text that WORD encodes into LIST. What is wrong with it; empty: nothing.
std::string_view add_decoded(std::string_view word, Arguments& list) {
    const auto percents = static_cast<std::size_t>(std::ranges::count(word, '%'));
    if (word.size() < 3 * percents)
        return PERCENT;
    const auto room = list.add_room(word.size() - 2 * percents);
    if (!room)
        return TOO_MANY;
    for (std::byte& place : *room) {
        std::uint64_t byte = static_cast<unsigned char>(word.empty() ? '\0' : word.front());
        std::size_t taken = 1;
        if (byte == '%') {
            const auto decoded =
                word.size() < 3 ? std::nullopt : from_digits(word.substr(1, 2), 16);
            if (!decoded)
                return PERCENT;
            byte = *decoded;
            taken = 3;
        }
        place = static_cast<std::byte>(byte);
        word.remove_prefix(std::min(taken, word.size()));
    }
    return word.empty() ? "" : PERCENT; // a sign at the end without its digits
}

} // namespace

std::expected<Configuration, WrongArgument> read_configuration(std::string_view arguments) {
    Configuration configuration{};
    for (auto word = next_word(arguments); !word.empty(); word = next_word(arguments))
        if (const std::string_view expected = complaint(word, configuration); !expected.empty())
            return std::unexpected(WrongArgument{word, expected});
    return configuration;
}

std::expected<void, WrongArgument>
read_program_arguments(std::string_view arguments, std::string_view program, Arguments& list) {
    if (!list.add(program))
        return std::unexpected(WrongArgument{program, TOO_MANY});
    for (auto word = next_word(arguments); !word.empty(); word = next_word(arguments)) {
        const auto value = value_of(word, "arg=");
        if (!value)
            continue;
        if (const std::string_view expected = add_decoded(*value, list); !expected.empty())
            return std::unexpected(WrongArgument{word, expected});
    }
    return {};
}

} // namespace exec

// Small helpers for words and numbers in messages.
// SPDX-License-Identifier: MIT
//
// Used wherever a message or a command line is put together.
#include "text.hpp"

#include "failure.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace faultline {

std::string hex(std::uint64_t value) {
    char digits[16];
    const auto end = std::to_chars(digits, digits + sizeof digits, value, 16).ptr;
    return "0x" + std::string(digits, end);
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
    const bool is_hex = text.starts_with("0x") || text.starts_with("0X");
    if (is_hex)
        text.remove_prefix(2);
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value, is_hex ? 16 : 10);
    if (error != std::errc{} || stop != end)
        return std::nullopt;
    return value;
}

std::string join(const std::vector<std::string>& words, std::string_view last) {
    std::string result;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0)
            result += i + 1 == words.size() ? last : std::string_view(", ");
        result += words[i];
    }
    return result;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (true) {
        const auto end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

std::vector<std::string> lines_of(std::string_view text) {
    auto lines = split(text, '\n');
    for (auto& line : lines)
        std::erase(line, '\r');
    if (!lines.empty() && lines.back().empty())
        lines.pop_back();
    return lines;
}

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (int i = static_cast<int>(digits.size()) - 3; i > 0; i -= 3)
        digits.insert(static_cast<std::size_t>(i), ",");
    return digits;
}

// Letters put in, left out, exchanged for others, or with their neighbours: each counts one.
static std::size_t edit_distance(std::string_view from, std::string_view to) {
    std::vector<std::vector<std::size_t>> table(from.size() + 1,
                                                std::vector<std::size_t>(to.size() + 1));
    for (std::size_t i = 0; i <= from.size(); ++i)
        for (std::size_t j = 0; j <= to.size(); ++j) {
            auto& least = table[i][j];
            least = i == 0 || j == 0 ? i + j : table[i - 1][j - 1] + (from[i - 1] != to[j - 1]);
            if (i > 0 && j > 0)
                least = std::min({least, table[i - 1][j] + 1, table[i][j - 1] + 1});
            if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                least = std::min(least, table[i - 2][j - 2] + 1);
        }
    return table[from.size()][to.size()];
}

std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& known) {
    std::optional<std::string> best;
    std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const auto& candidate : known) {
        const bool begins = word.size() >= 2 && candidate.starts_with(word);
        const std::size_t distance = begins ? 1 : edit_distance(word, candidate);
        if (distance < best_distance) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
    if (known.empty())
        return "There are none in this build.";
    std::string result;
    if (const auto near = nearest(word, known))
        result = "Did you mean " + *near + "? ";
    return result + (known.size() == 1 ? "There is only " : "There are ") + join(known) + ".";
}

std::string shell_quoted(const std::string& argument) {
    const std::string_view harmless =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%";
    if (!argument.empty() && argument.find_first_not_of(harmless) == std::string::npos)
        return argument;
    std::string result = "'";
    for (const char c : argument)
        result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return result + "'";
}

std::string shell_line(const std::vector<std::string>& command) {
    std::string result;
    for (const auto& argument : command)
        result += (result.empty() ? "" : " ") + shell_quoted(argument);
    return result;
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in.is_open() || in.bad())
        throw Failure(Exit::failed, "cannot read " + path.string() + ": " + std::strerror(errno),
                      "Check that the file exists and may be read.");
    return content;
}

std::string wrapped(const std::string& text, std::size_t width) {
    std::string result, line;
    for (auto word : split(text, ' ')) {
        if (!line.empty() && line.size() + 1 + word.size() > width) {
            result += line + "\n";
            line = " ";
        }
        for (const std::size_t room = width - 2; word.size() > room; word.erase(0, room)) {
            result += line + (line.empty() ? "" : " ") + word.substr(0, room) + "\n";
            line = " ";
        }
        line += (line.empty() ? "" : " ") + word;
    }
    return result + line + "\n";
}

// `name` is what messages call it.
static void write_as(const std::string& name, const std::filesystem::path& path,
                     std::string_view content) {
    const auto refused = [&](int reason) {
        const char* next = reason == ENOSPC
                               ? "Free some space, or name a folder on another disk in TMPDIR."
                               : "Name a file in a folder that exists and that you may write.";
        return Failure(Exit::failed, "cannot write " + name + ": " + std::strerror(reason), next);
    };
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0)
        throw refused(errno);
    while (!content.empty()) {
        const auto written = ::write(file, content.data(), content.size());
        if (written < 0 && errno != EINTR) {
            const int reason = errno;
            ::close(file);
            throw refused(reason);
        }
        content.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    if (::close(file) != 0)
        throw refused(errno);
}

void write_file(const std::filesystem::path& path, std::string_view content) {
    write_as(path.string(), path, content);
}

void replace_file(const std::filesystem::path& path, std::string_view content) {
    std::error_code error;
    const auto file = std::filesystem::weakly_canonical(path, error); // behind symbolic links
    const bool plain = std::filesystem::is_regular_file(file) || !std::filesystem::exists(file);
    if (error || !plain || ::access(file.parent_path().c_str(), W_OK) != 0)
        return write_file(path, content); // a device, or a file in a folder of somebody else's
    auto beside = file;
    beside += ".tmp-" + std::to_string(::getpid());
    try {
        write_as(path.string(), beside, content);
        std::filesystem::rename(beside, file, error);
        if (error)
            throw Failure(Exit::failed, "cannot write " + path.string() + ": " + error.message(),
                          "Name another file, or another folder.");
    } catch (const Failure&) {
        ::unlink(beside.c_str());
        throw;
    }
}

} // namespace faultline

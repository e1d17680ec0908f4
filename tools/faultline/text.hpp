// Small helpers for words and numbers in messages.
// SPDX-License-Identifier: MIT
//
// Used wherever a message or a command line is put together.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace faultline {

std::string hex(std::uint64_t value);
std::optional<std::uint64_t> parse_number(std::string_view text);

// "a, b and c"
std::string join(const std::vector<std::string>& words, std::string_view last = " and ");
std::vector<std::string> split(std::string_view text, char separator);
std::vector<std::string> lines_of(std::string_view text);

// "1234567" as "1,234,567"
std::string grouped(std::uint64_t number);

// In lines of at most `width` columns, all but the first indented by two. What is longer than a
// line is broken in the middle.
std::string wrapped(const std::string& text, std::size_t width);

// The known word that was probably meant, if one is near enough (edit distance).
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& known);
// "Did you mean X? There are a, b and c."
std::string suggestion(std::string_view word, const std::vector<std::string>& known);

// One argument, or a whole command, as it can be pasted into a shell.
std::string shell_quoted(const std::string& argument);
std::string shell_line(const std::vector<std::string>& command);

// Whole files; both throw a Failure that names the file and the reason.
std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, std::string_view content);
// Writes beside it and renames, so that a full disk leaves the old file as it was.
void replace_file(const std::filesystem::path& path, std::string_view content);

} // namespace faultline

// A student's answers: `name = value`, one a line, and what else was found in the file.
// SPDX-License-Identifier: MIT
//
// Read from a file that anything may have happened to: every oddity becomes a note that names its
// line. Next: marking.cpp.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

struct Answer {
    std::string value;                // without blanks around it; empty: not filled in
    std::size_t line = 0;             // from 1
    std::vector<std::size_t> again{}; // further lines that answer the same question
};

struct Note {
    std::size_t line;
    std::string words;
};

struct Answers {
    std::string file; // its name, without the folder
    std::map<std::string, Answer> by_name;
    std::vector<Note> notes; // lines that are no answer to anything
};

// `questions`: the names that there are. Throws a faultline::Failure (usage) on what is no text.
Answers parse_answers(const std::string& file, std::string_view text,
                      const std::vector<std::string>& questions);
// The same from a file; throws the same when it cannot be read.
Answers read_answers(const std::filesystem::path& path, const std::vector<std::string>& questions);

} // namespace lab

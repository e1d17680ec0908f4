// The rules that a file's text alone decides: words, punctuation, directives, attributes.
// SPDX-License-Identifier: MIT
//
// They hold wherever a word stands, in templates that nobody instantiates too, and where libclang
// shows nothing: constraints, explicit instantiations, first statements of switch and range-for.
#pragma once

#include "report.hpp"

namespace safe {

bool starts_line(const std::vector<Word>& words, std::size_t at);
void check_words(const std::vector<Word>& words, Report& report);
void check_directives(const std::vector<Word>& words, Report& report);
// words[at] and words[at + 1] are "[[".
void check_attribute(const std::vector<Word>& words, std::size_t at, Report& report);
// Lines that continue on the next.
void check_lines(CXTranslationUnit unit, CXFile file, Report& report);

} // namespace safe

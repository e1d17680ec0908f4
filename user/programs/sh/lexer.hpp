// The shell's words and operators, one after the other.
// SPDX-License-Identifier: MIT
//
// Before: Parser in parser.cpp. A word ends at a blank or an operator outside quotes; '...' and
// "..." quote, a backslash quotes one character, and # at the start of a word opens a comment.
#pragma once

#include "syntax.hpp"

namespace sh {

struct Token {
    enum class Kind : std::uint8_t {
        word,
        pipe,       // |
        background, // &
        semicolon,  // ; or a new line
        both,       // &&
        either,     // ||
        open,       // (
        close,      // )
        redirect,   // <, >, >>, >&, with a digit right before it or none
        end,
    };
    Kind kind = Kind::end;
    std::size_t at = 0; // of its first byte in the line
    std::string_view text;
    Redirection redirection; // of a `redirect`, still without its file
};

class Lexer {
public:
    explicit Lexer(std::string_view line) : line_(line) {}
    // Unfinished quotes are an error.
    Parsed<Token> next();

private:
    Token take(Token::Kind kind, std::size_t bytes);
    Token take_redirection(std::int64_t descriptor, std::size_t before);
    Parsed<Token> take_word();
    Parsed<std::size_t> end_of_quote(std::size_t at) const;
    char peek(std::size_t ahead) const {
        return at_ + ahead < line_.size() ? line_[at_ + ahead] : '\0';
    }
    void skip_blanks_and_comment();

    std::string_view line_;
    std::size_t at_ = 0;
};

} // namespace sh

// The shell's words and operators.
// SPDX-License-Identifier: MIT
#include "lexer.hpp"

namespace sh {

namespace {

bool is_blank(char byte) { return byte == ' ' || byte == '\t' || byte == '\r'; }

bool ends_word(char byte) {
    return is_blank(byte) || std::string_view("|&;()<>\n").find(byte) != std::string_view::npos;
}

std::int64_t standard_descriptor(char direction) { return direction == '<' ? 0 : 1; }

} // namespace

void Lexer::skip_blanks_and_comment() {
    while (at_ < line_.size() && is_blank(line_[at_]))
        ++at_;
    if (peek(0) == '#')
        while (at_ < line_.size() && line_[at_] != '\n')
            ++at_;
}

Token Lexer::take(Token::Kind kind, std::size_t bytes) {
    const Token token{kind, at_, line_.substr(at_, bytes), {}};
    at_ += bytes;
    return token;
}

// BEFORE bytes of a descriptor's number stand in front of the arrow.
Token Lexer::take_redirection(std::int64_t descriptor, std::size_t before) {
    using Mode = Redirection::Mode;
    Mode mode = peek(before) == '>' ? Mode::write : Mode::read;
    std::size_t bytes = before + 1;
    if (mode == Mode::write && (peek(bytes) == '>' || peek(bytes) == '&'))
        mode = peek(bytes++) == '>' ? Mode::append : Mode::same;
    Token token = take(Token::Kind::redirect, bytes);
    token.redirection = {mode, descriptor, {}};
    return token;
}

Parsed<Token> Lexer::next() {
    using Kind = Token::Kind;
    skip_blanks_and_comment();
    if (at_ == line_.size())
        return take(Kind::end, 0);
    const char first = peek(0);
    const char second = peek(1);
    switch (first) {
    case '|':
        return second == '|' ? take(Kind::either, 2) : take(Kind::pipe, 1);
    case '&':
        return second == '&' ? take(Kind::both, 2) : take(Kind::background, 1);
    case ';':
    case '\n':
        return take(Kind::semicolon, 1);
    case '(':
        return take(Kind::open, 1);
    case ')':
        return take(Kind::close, 1);
    case '<':
    case '>':
        return take_redirection(standard_descriptor(first), 0);
    default:
        if (first >= '0' && first <= '9' && (second == '<' || second == '>'))
            return take_redirection(first - '0', 1);
        return take_word();
    }
}

// The place behind the quote that opens at AT.
Parsed<std::size_t> Lexer::end_of_quote(std::size_t at) const {
    const char quote = line_[at];
    for (std::size_t i = at + 1; i < line_.size(); ++i) {
        if (quote == '"' && line_[i] == '\\')
            ++i; // the next one is quoted, whatever it is
        else if (line_[i] == quote)
            return i + 1;
    }
    return std::unexpected(SyntaxError{at, "this quote is never closed"});
}

Parsed<Token> Lexer::take_word() {
    std::size_t end = at_;
    while (end < line_.size() && !ends_word(line_[end])) {
        if (line_[end] == '\'' || line_[end] == '"') {
            const Parsed<std::size_t> behind = end_of_quote(end);
            if (!behind)
                return std::unexpected(behind.error());
            end = *behind;
        } else if (line_[end] == '\\') {
            if (end + 1 == line_.size())
                return std::unexpected(SyntaxError{end, "nothing follows this backslash"});
            end += 2;
        } else {
            ++end;
        }
    }
    return take(Token::Kind::word, end - at_);
}

} // namespace sh

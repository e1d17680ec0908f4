// Reading C++ as far as braces: tokens, scopes, bodies.
// SPDX-License-Identifier: MIT
#include "bodies.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <span>

namespace {

struct Token {
    enum class Kind : std::uint8_t { word, keyword, literal, sign };
    Kind kind;
    std::string text;
    std::size_t index; // of its line

    bool is(std::string_view wanted) const { return kind != Kind::literal && text == wanted; }
};
using Tokens = std::vector<Token>;

// Those that make a difference to what a body does; every other word is a name.
const std::set<std::string, std::less<>> KEYWORDS{
    "alignas",  "asm",      "auto",     "bool",     "break",   "case",      "catch",
    "char",     "class",    "co_await", "concept",  "const",   "constexpr", "continue",
    "decltype", "default",  "delete",   "do",       "double",  "else",      "enum",
    "extern",   "false",    "final",    "float",    "for",     "friend",    "goto",
    "if",       "inline",   "int",      "long",     "mutable", "namespace", "new",
    "noexcept", "nullptr",  "operator", "override", "private", "protected", "public",
    "register", "requires", "return",   "short",    "signed",  "sizeof",    "static",
    "struct",   "switch",   "template", "this",     "throw",   "true",      "try",
    "typename", "union",    "unsigned", "using",    "virtual", "void",      "volatile",
    "while"};

bool begins_word(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_in_word(char c) { return begins_word(c) || is_digit(c); }

// All of FILE's tokens. Lines of the preprocessor have none.
class Reader {
public:
    explicit Reader(const SourceFile& file) {
        for (const std::string& line : file.lines)
            text_ += line + '\n';
    }

    Tokens all() {
        while (at_ < text_.size())
            read();
        return std::move(tokens_);
    }

private:
    char here() const { return peek(0); }
    char peek(std::size_t ahead) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    bool is_at(std::string_view wanted) const {
        return std::string_view(text_).substr(at_).starts_with(wanted);
    }
    void go_to(std::size_t end) {
        end = std::min(end, text_.size());
        line_ += static_cast<std::size_t>(
            std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                       text_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
        at_ = end;
    }
    // Behind the next ENDING.
    void skip_past(std::string_view ending) {
        const std::size_t found = text_.find(ending, at_);
        go_to(found == std::string::npos ? text_.size() : found + ending.size());
    }
    void add(Token::Kind kind, std::size_t end) {
        tokens_.push_back({kind, text_.substr(at_, end - at_), line_});
        go_to(end);
    }

    void read() {
        const bool is_first = tokens_.empty() || tokens_.back().index != line_;
        if (is_at("//"))
            skip_past("\n");
        else if (is_at("/*"))
            skip_past("*/");
        else if (std::isspace(static_cast<unsigned char>(here())) != 0)
            go_to(at_ + 1);
        else if (here() == '#' && is_first)
            skip_directive();
        else if (is_at("R\""))
            read_raw();
        else if (here() == '"' || here() == '\'')
            read_quoted(here());
        else if (is_digit(here()))
            read_number();
        else if (begins_word(here()))
            read_word();
        else
            add(Token::Kind::sign, at_ + (is_at("::") || is_at("->") ? 2 : 1));
    }
    void skip_directive() {
        while (at_ < text_.size()) {
            const std::size_t end = std::min(text_.find('\n', at_), text_.size());
            const bool goes_on = end > at_ && text_[end - 1] == '\\';
            go_to(end + 1);
            if (!goes_on)
                return;
        }
    }
    void read_raw() {
        const std::size_t open = text_.find('(', at_);
        const std::string closing = ")" + text_.substr(at_ + 2, open - at_ - 2) + "\"";
        const std::size_t end = text_.find(closing, at_);
        add(Token::Kind::literal, end == std::string::npos ? text_.size() : end + closing.size());
    }
    void read_quoted(char quote) {
        std::size_t end = at_ + 1;
        while (end < text_.size() && text_[end] != quote)
            end += text_[end] == '\\' ? 2 : 1;
        add(Token::Kind::literal, end + 1);
    }
    void read_number() {
        std::size_t end = at_;
        while (end < text_.size() &&
               (is_in_word(text_[end]) || text_[end] == '.' ||
                (text_[end] == '\'' && end + 1 < text_.size() && is_in_word(text_[end + 1]))))
            ++end;
        add(Token::Kind::literal, end);
    }
    void read_word() {
        std::size_t end = at_;
        while (end < text_.size() && is_in_word(text_[end]))
            ++end;
        const bool is_keyword = KEYWORDS.contains(text_.substr(at_, end - at_));
        add(is_keyword ? Token::Kind::keyword : Token::Kind::word, end);
    }

    std::string text_;
    std::size_t at_ = 0;
    std::size_t line_ = 0;
    Tokens tokens_;
};

// Behind the bracket that belongs to the one at OPEN.
std::size_t behind_matching(std::span<const Token> tokens, std::size_t open) {
    const std::string& opening = tokens[open].text;
    const std::string closing = opening == "{" ? "}" : opening == "(" ? ")" : "]";
    std::size_t depth = 0;
    for (std::size_t i = open; i < tokens.size(); ++i) {
        if (tokens[i].is(opening))
            ++depth;
        else if (tokens[i].is(closing) && --depth == 0)
            return i + 1;
    }
    return tokens.size();
}

Tokens without_attributes(const Tokens& tokens) {
    Tokens kept;
    for (std::size_t i = 0; i < tokens.size();) {
        if (tokens[i].is("[") && i + 1 < tokens.size() && tokens[i + 1].is("["))
            i = behind_matching(tokens, i);
        else
            kept.push_back(tokens[i++]);
    }
    return kept;
}

// What a brace holds, by the tokens between the end of what came before and it.
enum class Holds : std::uint8_t { members, function, value };

bool is_one_of(const Token& token, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return token.is(word); });
}

// HEAD without what stands in brackets, and without the parameters of a template.
Tokens outline(std::span<const Token> head) {
    Tokens kept;
    for (std::size_t i = 0; i < head.size(); ++i) {
        if (head[i].is("template") && i + 1 < head.size() && head[i + 1].is("<")) {
            std::size_t depth = 0;
            for (++i; i < head.size(); ++i) {
                depth += head[i].is("<") ? 1 : 0;
                if (head[i].is(">") && --depth == 0)
                    break;
            }
        } else if (head[i].is("(") || head[i].is("{")) {
            kept.push_back(head[i]);
            i = behind_matching(head, i) - 1;
        } else {
            kept.push_back(head[i]);
        }
    }
    return kept;
}

Holds what_holds(std::span<const Token> head) {
    const Tokens signs = outline(head);
    bool has_list = false; // of parameters
    for (std::size_t i = 0; i < signs.size(); ++i) {
        const Token& token = signs[i];
        if (!has_list && is_one_of(token, {"namespace", "class", "struct", "union"}))
            return Holds::members;
        if (!has_list && (token.is("enum") || token.is("concept")))
            return Holds::value;
        if (token.is("operator")) // its sign says nothing
            while (i + 1 < signs.size() && !signs[i + 1].is("("))
                ++i;
        else if (token.is("=") && !(i + 1 < signs.size() && signs[i + 1].is("["))) // no lambda
            return Holds::value;
        has_list |= token.is("(");
    }
    if (has_list) {
        // Behind a constructor's colon a name and a brace are a member and its value.
        const auto colon =
            std::ranges::find_if(signs, [](const Token& token) { return token.is(":"); });
        const bool is_member = colon != signs.end() && head.back().kind == Token::Kind::word;
        return is_member ? Holds::value : Holds::function;
    }
    // extern "C"
    const bool is_linkage = head.size() >= 2 && head[head.size() - 2].is("extern");
    return is_linkage ? Holds::members : Holds::value;
}

std::string shape_of(std::span<const Token> body) {
    std::string shape;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const Token& token = body[i];
        const bool goes_on = i + 1 < body.size() && body[i + 1].is("::");
        if (token.is("::") || (token.kind == Token::Kind::word && goes_on))
            continue; // of a qualified name the last word stands for all
        if (token.kind == Token::Kind::word)
            shape += "name ";
        else if (token.kind == Token::Kind::literal)
            shape += "literal ";
        else
            shape += token.text + ' ';
    }
    return shape;
}

int lines_of(std::span<const Token> body) {
    std::set<std::size_t> lines;
    for (const Token& token : body)
        lines.insert(token.index);
    return static_cast<int>(lines.size());
}

} // namespace

std::vector<Body> bodies_of(const SourceFile& file) {
    const Tokens tokens = without_attributes(Reader(file).all());
    std::vector<Body> all;
    std::size_t head = 0; // where what a brace belongs to may begin
    for (std::size_t i = 0; i < tokens.size();) {
        const Token& token = tokens[i];
        if (token.is("(")) {
            i = behind_matching(tokens, i);
            continue;
        }
        if (!token.is("{")) {
            const bool is_access = token.is(":") && i > head &&
                                   is_one_of(tokens[i - 1], {"public", "private", "protected"});
            ++i;
            if (is_access || is_one_of(token, {";", "}"}))
                head = i;
            continue;
        }
        const std::span<const Token> before(tokens.data() + head, i - head);
        const Holds holds = before.empty() ? Holds::value : what_holds(before);
        const std::size_t end = behind_matching(tokens, i);
        if (holds == Holds::function) {
            const std::span<const Token> body(tokens.data() + i, end - i);
            all.push_back({file.path, token.index, lines_of(body), shape_of(body)});
        }
        i = holds == Holds::members ? i + 1 : end;
        if (holds != Holds::value)
            head = i;
    }
    return all;
}

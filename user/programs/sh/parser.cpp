// From tokens to a tree, by recursive descent.
// SPDX-License-Identifier: MIT
//
// Before: a line, from the line editor, a file or `sh -c`. Next: Runner in runner.cpp.
#include "lexer.hpp"

#include "lib/result.hpp"

namespace sh {

using Kind = Node::Kind;

// One function a rule of the grammar (syntax.hpp). Each leaves the first token that is not its own
// in token_.
class Parser {
public:
    Parser(Tree& tree, std::string_view line) : tree_(tree), line_(line), lexer_(line) {}

    Parsed<void> parse_line() {
        TRY(advance());
        TRY(skip_empty_commands());
        if (token_.kind == Token::Kind::end)
            return {};
        tree_.root_ = TRY(parse_list());
        if (token_.kind == Token::Kind::close)
            return complain("no parenthesis is open here");
        return {};
    }

private:
    static constexpr std::size_t DEPTH = 16; // of parentheses

    std::unexpected<SyntaxError> complain(std::string_view why) const {
        return std::unexpected(SyntaxError{token_.at, why});
    }

    Parsed<void> advance() {
        end_of_last_ = token_.at + token_.text.size();
        token_ = TRY(lexer_.next());
        return {};
    }

    // Empty lines of a script.
    Parsed<void> skip_empty_commands() {
        while (token_.kind == Token::Kind::semicolon && token_.text == "\n")
            TRY(advance());
        return {};
    }

    Parsed<NodeIndex> add(Node node, std::size_t start) {
        if (tree_.node_count_ == Tree::NODES)
            return complain("too many commands");
        node.text = line_.substr(start, end_of_last_ - start);
        tree_.nodes_[tree_.node_count_] = node;
        return static_cast<NodeIndex>(tree_.node_count_++);
    }
    Parsed<NodeIndex> add(Kind kind, NodeIndex left, NodeIndex right, std::size_t start) {
        Node node;
        node.kind = kind;
        node.left = left;
        node.right = right;
        return add(node, start);
    }

    bool at_end_of_list() const {
        return token_.kind == Token::Kind::end || token_.kind == Token::Kind::close;
    }

    Parsed<NodeIndex> parse_list() {
        const std::size_t start = token_.at;
        NodeIndex list = TRY(parse_chain());
        for (;;) {
            if (token_.kind == Token::Kind::background) {
                list = TRY(put_last_into_background(list, start));
            } else if (token_.kind != Token::Kind::semicolon) {
                if (at_end_of_list())
                    return list;
                return complain("a command cannot follow here");
            }
            TRY(advance());
            TRY(skip_empty_commands());
            if (at_end_of_list())
                return list;
            const NodeIndex next = TRY(parse_chain());
            list = TRY(add(Kind::sequence, list, next, start));
        }
    }

    // `a; b &`: the & is b's alone.
    Parsed<NodeIndex> put_last_into_background(NodeIndex list, std::size_t start) {
        const Node before = tree_[list];
        if (before.kind != Kind::sequence)
            return add(Kind::background, list, 0, start);
        const NodeIndex last = TRY(add(Kind::background, before.right, 0, start));
        tree_.nodes_[last].text = tree_[before.right].text;
        tree_.nodes_[list].right = last;
        return list;
    }

    Parsed<NodeIndex> parse_chain() {
        const std::size_t start = token_.at;
        NodeIndex chain = TRY(parse_pipeline());
        while (token_.kind == Token::Kind::both || token_.kind == Token::Kind::either) {
            const Kind kind = token_.kind == Token::Kind::both ? Kind::both : Kind::either;
            TRY(advance());
            const NodeIndex right = TRY(parse_pipeline());
            chain = TRY(add(kind, chain, right, start));
        }
        return chain;
    }

    Parsed<NodeIndex> parse_pipeline() {
        const std::size_t start = token_.at;
        const NodeIndex left = TRY(parse_command());
        if (token_.kind != Token::Kind::pipe)
            return left;
        TRY(advance());
        const NodeIndex right = TRY(parse_pipeline());
        return add(Kind::pipeline, left, right, start);
    }

    Parsed<NodeIndex> parse_command() {
        const std::size_t start = token_.at;
        Node node;
        node.first_word = static_cast<std::uint16_t>(tree_.word_count_);
        node.first_redirection = static_cast<std::uint16_t>(tree_.redirection_count_);
        if (token_.kind == Token::Kind::open) {
            node.kind = Kind::group;
            node.left = TRY(parse_group());
            node.first_word = static_cast<std::uint16_t>(tree_.word_count_);
            node.first_redirection = static_cast<std::uint16_t>(tree_.redirection_count_);
            TRY(parse_words_and_redirections(node));
            if (node.words != 0)
                return complain("after ) come operators and redirections only");
            return add(node, start);
        }
        TRY(parse_words_and_redirections(node));
        if (node.words == 0 && node.redirections == 0)
            return complain("a command is missing here");
        return add(node, start);
    }

    Parsed<NodeIndex> parse_group() {
        const Token opening = token_;
        if (++depth_ > DEPTH)
            return complain("parentheses too deep");
        TRY(advance());
        TRY(skip_empty_commands());
        const NodeIndex list = TRY(parse_list());
        if (token_.kind != Token::Kind::close)
            return std::unexpected(SyntaxError{opening.at, "this parenthesis is never closed"});
        --depth_;
        TRY(advance());
        return list;
    }

    Parsed<void> parse_words_and_redirections(Node& node) {
        for (;;) {
            if (token_.kind == Token::Kind::word) {
                if (tree_.word_count_ == Tree::WORDS)
                    return complain("too many words");
                tree_.words_[tree_.word_count_++] = token_.text;
                ++node.words;
            } else if (token_.kind == Token::Kind::redirect) {
                TRY(parse_redirection());
                ++node.redirections;
                continue;
            } else {
                return {};
            }
            TRY(advance());
        }
    }

    Parsed<void> parse_redirection() {
        if (tree_.redirection_count_ == Tree::REDIRECTIONS)
            return complain("too many redirections");
        Redirection redirection = token_.redirection;
        TRY(advance());
        if (token_.kind != Token::Kind::word)
            return complain("a file's name is missing here");
        redirection.file = token_.text;
        tree_.redirections_[tree_.redirection_count_++] = redirection;
        return advance();
    }

    Tree& tree_;
    std::string_view line_;
    Lexer lexer_;
    Token token_;
    std::size_t end_of_last_ = 0;
    std::size_t depth_ = 0;
};

Parsed<void> Tree::parse(std::string_view line) {
    node_count_ = 0;
    word_count_ = 0;
    redirection_count_ = 0;
    return Parser(*this, line).parse_line();
}

} // namespace sh

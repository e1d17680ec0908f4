// What a line of the shell's language becomes: tokens, and a tree of commands.
// SPDX-License-Identifier: MIT
//
//   list     := chain ((';' | '&') chain)* [';' | '&']
//   chain    := pipeline (('&&' | '||') pipeline)*
//   pipeline := command ('|' command)*
//   command  := (word | redirection)+  |  '(' list ')' redirection*
//
// Everything is slices of the line: a word keeps its quotes until the command runs (expand.hpp),
// because only then is it known what $? is. No allocation: a tree has fixed room.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string_view>

namespace sh {

// Where a line cannot be understood, counted in bytes from its start, and why.
struct SyntaxError {
    std::size_t at;
    std::string_view why;
};
template <class T>
using Parsed = std::expected<T, SyntaxError>;

struct Redirection {
    enum class Mode : std::uint8_t { read, write, append, same }; // same: n>&m
    Mode mode = Mode::read;
    std::int64_t descriptor = 0;
    std::string_view file; // a word; of `same`, a descriptor's number
};

using NodeIndex = std::uint16_t;

struct Node {
    enum class Kind : std::uint8_t {
        simple,     // words
        group,      // (left)
        pipeline,   // left | right
        both,       // left && right
        either,     // left || right
        sequence,   // left ; right
        background, // left &
    };
    Kind kind = Kind::simple;
    NodeIndex left = 0;
    NodeIndex right = 0;
    std::uint16_t first_word = 0;
    std::uint16_t words = 0;
    std::uint16_t first_redirection = 0;
    std::uint16_t redirections = 0;
    std::string_view text; // of the line, for messages
};

// A whole line, understood. An empty line has no node.
class Tree {
public:
    static constexpr std::size_t NODES = 96;
    static constexpr std::size_t WORDS = 96;
    static constexpr std::size_t REDIRECTIONS = 32;

    // LINE must live as long as the tree is used.
    Parsed<void> parse(std::string_view line);

    bool empty() const { return node_count_ == 0; }
    NodeIndex root() const { return root_; }
    const Node& operator[](NodeIndex index) const { return nodes_[index]; }
    std::span<const std::string_view> words(const Node& node) const {
        return std::span(words_).subspan(node.first_word, node.words);
    }
    std::span<const Redirection> redirections(const Node& node) const {
        return std::span(redirections_).subspan(node.first_redirection, node.redirections);
    }

private:
    friend class Parser;
    std::array<Node, NODES> nodes_{};
    std::array<std::string_view, WORDS> words_{};
    std::array<Redirection, REDIRECTIONS> redirections_{};
    std::size_t node_count_ = 0;
    std::size_t word_count_ = 0;
    std::size_t redirection_count_ = 0;
    NodeIndex root_ = 0;
};

} // namespace sh

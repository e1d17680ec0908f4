// What Tab adds: the rest of a command's or a file's name.
// SPDX-License-Identifier: MIT
//
// Two pure steps: what is being typed (to_complete), and what the names that fit have in common
// (Candidates). sh.cpp reads the directories in between.
#pragma once

#include "user/lib/fixed_text.hpp"

#include "syntax.hpp"

#include <algorithm>

namespace sh {

struct Completable {
    enum class Kind : std::uint8_t { command, file };
    Kind kind;
    std::string_view directory; // of a file: what stands up to its last slash; may be empty
    std::string_view prefix;    // the name as far as it is typed
};

// What stands right before the cursor.
inline Completable to_complete(std::string_view before_cursor) {
    const std::size_t operator_or_blank = before_cursor.find_last_of(" \t|&;()<>");
    const std::size_t start = operator_or_blank + 1; // npos + 1 is 0
    const std::string_view word = before_cursor.substr(start);
    std::string_view left = before_cursor.substr(0, start);
    while (left.ends_with(' ') || left.ends_with('\t'))
        left.remove_suffix(1);
    const bool first_word =
        left.empty() || std::string_view("|&;(").find(left.back()) != std::string_view::npos;
    const std::size_t slash = word.find_last_of('/');
    if (first_word && slash == std::string_view::npos)
        return {Completable::Kind::command, {}, word};
    return {Completable::Kind::file, word.substr(0, slash + 1), word.substr(slash + 1)};
}

// The names that fit, as they are offered one after the other.
class Candidates {
public:
    static constexpr std::size_t LIST_BYTES = 2048; // shown at most
    static constexpr std::size_t NAME_BYTES = 64;

    explicit Candidates(std::string_view prefix) : prefix_(prefix) {}

    void offer(std::string_view name) {
        // Hidden ones only for who asks for them.
        if (!name.starts_with(prefix_) || (prefix_.empty() && name.starts_with('.')))
            return;
        if (count_++ == 0)
            common_.put(name);
        const auto apart = std::ranges::mismatch(common_.view(), name).in1;
        common_.cut(static_cast<std::size_t>(apart - common_.view().begin()));
        list_.put(name);
        list_.put("  ");
    }

    std::size_t count() const { return count_; }
    // What all of them have beyond what is typed.
    std::string_view addition() const {
        return count_ == 0 ? std::string_view() : common_.view().substr(prefix_.size());
    }
    std::string_view list() const { return list_.view(); }

private:
    std::string_view prefix_;
    std::size_t count_ = 0;
    os::FixedText<NAME_BYTES> common_;
    os::FixedText<LIST_BYTES> list_;
};

} // namespace sh

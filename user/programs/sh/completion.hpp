// What Tab adds: the rest of a command's or a file's name.
// SPDX-License-Identifier: MIT
//
// Two pure steps: what is being typed (to_complete), and what the names that fit have in common
// (Candidates). sh.cpp reads the directories in between.
#pragma once

#include "user/lib/columns.hpp"
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

// The names that fit, as they are offered one after the other. Not to be copied: slices of itself.
class Candidates {
public:
    static constexpr std::size_t SHOWN = 128; // names, and bytes of them together
    static constexpr std::size_t SHOWN_BYTES = 2048;
    static constexpr std::size_t NAME_BYTES = 64;

    explicit Candidates(std::string_view prefix) : prefix_(prefix) {}
    Candidates(const Candidates&) = delete;
    Candidates& operator=(const Candidates&) = delete;

    void offer(std::string_view name) {
        // Hidden ones only for who asks for them.
        if (!name.starts_with(prefix_) || (prefix_.empty() && name.starts_with('.')))
            return;
        if (count_++ == 0)
            common_.put(name);
        const auto apart = std::ranges::mismatch(common_.view(), name).in1;
        auto length = static_cast<std::size_t>(apart - common_.view().begin());
        while (length > prefix_.size() && length < common_.view().size() &&
               os::continues_letter(common_.view()[length]))
            --length; // whole letters only
        common_.cut(length);
        if (shown_ == SHOWN || SHOWN_BYTES - names_.view().size() < name.size())
            return;
        const std::size_t start = names_.view().size();
        names_.put(name);
        list_[shown_++] = names_.view().substr(start);
    }

    std::size_t count() const { return count_; }
    // What all of them have beyond what is typed.
    std::string_view addition() const {
        return count_ == 0 ? std::string_view() : common_.view().substr(prefix_.size());
    }
    // In the order of their bytes, down columns; of very many as many as there is room for.
    template <Sink S>
    void put_list(S& sink, std::size_t width) {
        std::ranges::sort(std::span(list_).first(shown_));
        os::put_columns(
            sink, shown_, [&](std::size_t i) { return list_[i]; }, width);
        if (shown_ != count_)
            print(sink, "and ", count_ - shown_, " more\n");
    }

private:
    std::string_view prefix_;
    std::size_t count_ = 0;
    os::FixedText<NAME_BYTES> common_;
    os::FixedText<SHOWN_BYTES> names_;
    std::array<std::string_view, SHOWN> list_{}; // slices of names_
    std::size_t shown_ = 0;
};

} // namespace sh

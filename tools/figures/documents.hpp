// Where documents quote measured figures, and how they are brought up to date.
// SPDX-License-Identifier: MIT
//
// A figure is marked by a comment that a reader of the page does not see: 1,022<!-- =KEY -->. The
// output of a command is the fenced block behind a line <!-- =output ./faultline ... -->.
#pragma once

#include "figures.hpp"

#include <set>

namespace figures {

struct Quotes {
    std::set<std::string> keys;
    std::set<std::string> commands;

    void merge(Quotes other) {
        keys.merge(other.keys);
        commands.merge(other.commands);
    }
};

// All pages of the tree that may quote figures, from its top.
std::vector<std::filesystem::path> documents(const std::filesystem::path& top);

Quotes quotes_in(const std::string& text);

// TEXT with each marked figure and block as FIGURES have it. What they do not have stays.
std::string updated(const std::string& text, const Figures& figures);

// What is wrong in the page NAME, a line each: figures that are not FIGURES', and measured figures
// without a mark.
std::vector<std::string> complaints(const std::string& name, const std::string& text,
                                    const Figures& figures);

} // namespace figures

// Function bodies of C++ text, and what is left of one when its names are taken away.
// SPDX-License-Identifier: MIT
//
// For the rule that nothing which is no structure is written twice (copies_test.cpp). Text is read
// as the compiler's first passes do it: comments, literals, words, and braces that belong together.
// Which braces hold a function is told by what stands before them.
#pragma once

#include "tree.hpp"

#include <string>
#include <vector>

struct Body {
    std::string path;  // from the tree's top
    std::size_t index; // of the line with its first brace
    int lines;         // with code, from the first brace to the last
    // Its tokens. Every name is alike, however far it is qualified, and so is every literal;
    // attributes are left out, keywords and signs are not.
    std::string shape;
};

// The bodies of FILE's functions, methods and lambdas outside of functions, in their order. A body
// in a body is part of that.
std::vector<Body> bodies_of(const SourceFile& file);

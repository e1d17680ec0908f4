// Text inside XML and HTML.
// SPDX-License-Identifier: MIT
//
// For result_junit.cpp and author/class_html.cpp.
#pragma once

#include <string>
#include <string_view>

namespace lab {

// Made visible, and without what would be markup there.
std::string markup_text(std::string_view text);

} // namespace lab

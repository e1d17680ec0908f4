// Text inside XML and HTML.
// SPDX-License-Identifier: MIT
#include "markup.hpp"

#include "visible.hpp"

namespace lab {

std::string markup_text(std::string_view text) {
    std::string result;
    for (const char c : faultline::visible(text)) {
        switch (c) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '"':
            result += "&quot;";
            break;
        case '\'':
            result += "&#39;";
            break;
        default:
            result += c;
        }
    }
    return result;
}

} // namespace lab

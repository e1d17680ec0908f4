// Finds [words](target), which may go over a line's end between its words.
// SPDX-License-Identifier: MIT
#include "links.hpp"

namespace lab {

namespace fs = std::filesystem;

// The target as a path from the top; empty for a place in the same page and for the web.
static fs::path target_of(std::string_view written, const fs::path& file) {
    const std::string_view path = written.substr(0, written.find('#'));
    if (path.empty() || path.find_first_of(": \n") != path.npos)
        return {};
    return (file.parent_path() / path).lexically_normal();
}

std::string without_dead_links(std::string_view page, const fs::path& file,
                               const std::function<bool(const fs::path&)>& is_gone) {
    std::string result;
    for (;;) {
        const auto middle = page.find("](");
        const auto end = middle == page.npos ? page.npos : page.find(')', middle);
        if (end == page.npos)
            return result.append(page);
        const auto begin = page.substr(0, middle).rfind('[');
        const fs::path target = target_of(page.substr(middle + 2, end - middle - 2), file);
        if (begin == page.npos || target.empty() || !is_gone(target))
            result.append(page.substr(0, end + 1));
        else
            result.append(page.substr(0, begin)).append(page.substr(begin + 1, middle - begin - 1));
        page.remove_prefix(end + 1);
    }
}

} // namespace lab

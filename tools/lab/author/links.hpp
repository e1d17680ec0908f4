// Links of a page that lead nowhere.
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace lab {

// PAGE, which stands in FILE, with each Markdown link of whose target IS_GONE says so replaced by
// its words. Targets are given from the tree's top; links into the web are left alone.
std::string without_dead_links(std::string_view page, const std::filesystem::path& file,
                               const std::function<bool(const std::filesystem::path&)>& is_gone);

} // namespace lab

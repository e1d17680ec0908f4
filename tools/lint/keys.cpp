// Of each source a key: as long as it is the same, clang-tidy would say the same.
// SPDX-License-Identifier: MIT
#include "keys.hpp"

#include "memory.hpp"

namespace fs = std::filesystem;

namespace lint {

// A change of how this tool itself looks forgets what it found before.
constexpr const char* WAY_OF_LOOKING = "2";

// TEXT as it would read if the tree TOP lay at the root.
static std::string without_top(std::string text, const fs::path& top) {
    const auto& words = top.string();
    for (auto at = text.find(words); at != text.npos; at = text.find(words, at))
        text.erase(at, words.size());
    return text;
}

// Of all includes' content, or nothing when that is not known.
static std::optional<std::string> content_of(const std::vector<fs::path>& files,
                                             const fs::path& top, Contents& contents) {
    Hash hash;
    for (const auto& file : files) {
        const auto& content = contents.of(file);
        if (!content)
            return std::nullopt;
        hash.add(without_top(file.lexically_normal().string(), top));
        hash.add(*content);
    }
    return hash.words();
}

std::vector<std::string> keys_of(const std::vector<Source>& sources, const Includes& includes,
                                 const fs::path& top, const std::vector<std::string>& how) {
    Contents contents;
    std::vector<std::string> keys;
    for (const auto& source : sources) {
        Hash hash;
        hash.add(WAY_OF_LOOKING);
        for (const auto& text : how)
            hash.add(text);
        for (const auto& text : source.flags)
            hash.add(without_top(text, top));
        for (fs::path folder = source.file.parent_path(); folder != top.parent_path();
             folder = folder.parent_path())
            hash.add(contents.of(folder / ".clang-tidy").value_or("none"));
        const auto found = includes.find(source.object.string());
        const auto content =
            found != includes.end() ? content_of(found->second, top, contents) : std::nullopt;
        hash.add(content.value_or(""));
        keys.push_back(content ? hash.words() : "");
    }
    return keys;
}

} // namespace lint

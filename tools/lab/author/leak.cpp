// Looks for runs of tokens.
// SPDX-License-Identifier: MIT
#include "leak.hpp"

#include "marker.hpp"
#include "selection.hpp"
#include "text.hpp"

#include <algorithm>
#include <cctype>
#include <unordered_map>

namespace lab {

namespace fs = std::filesystem;
using Tokens = std::vector<std::string>;

static bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

static bool is_pair(std::string_view text) {
    static const std::vector<std::string_view> PAIRS{"::", "->", "||", "&&", "==", "!=",
                                                     "<=", ">=", "<<", ">>", "[[", "]]",
                                                     "++", "--", "+=", "-="};
    return std::ranges::count(PAIRS, text) != 0;
}

Tokens tokens_of(std::string_view text) {
    Tokens tokens;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + (is_pair(text.substr(at, 2)) ? 2 : 1);
        if (is_word(text[at]))
            while (end < text.size() && is_word(text[end]))
                ++end;
        if (!std::isspace(static_cast<unsigned char>(text[at])))
            tokens.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return tokens;
}

std::string without_comments(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const bool is_line =
            text.starts_with("//") ||
            (text.front() == '#' && (result.empty() || result.back() == '\n' ||
                                     std::isspace(static_cast<unsigned char>(result.back()))));
        const bool is_block = text.starts_with("/*");
        std::size_t size = 1;
        if (is_line)
            size = std::min(text.find('\n'), text.size());
        else if (is_block)
            size = std::min(text.find("*/", 2), text.size() - 2) + 2;
        else
            result += text.front();
        text.remove_prefix(size);
    }
    return result;
}

// A run of so many tokens is looked up; from there it is followed.
static constexpr std::size_t LEAST = 8;

// The hash of the LEAST tokens from each place on.
static std::vector<std::size_t> keys_of(const Tokens& tokens) {
    std::vector<std::size_t> hashes;
    for (const std::string& token : tokens)
        hashes.push_back(std::hash<std::string>()(token));
    std::vector<std::size_t> keys;
    for (std::size_t at = 0; at + LEAST <= hashes.size(); ++at) {
        std::size_t key = 0;
        for (std::size_t i = at; i < at + LEAST; ++i)
            key = key * 0x100000001b3 ^ hashes[i];
        keys.push_back(key);
    }
    return keys;
}

namespace {

struct Secret {
    std::string hole;
    Tokens tokens;

    std::size_t telling() const {
        return std::min(TELLING_TOKENS, std::max(LEAST, tokens.size() * 2 / 3));
    }
};

using Run = Tokens;

// All that was cut out, by what each run of it begins with.
class Secrets {
public:
    explicit Secrets(std::vector<Secret> all) : all_(std::move(all)) {
        for (std::size_t i = 0; i < all_.size(); ++i) {
            const auto keys = keys_of(all_[i].tokens);
            for (std::size_t at = 0; at < keys.size(); ++at)
                places_[keys[at]].push_back({.secret = i, .at = at});
        }
    }

    // Makes each of LONGEST, one a hole, the longer of itself and what TOKENS have of it.
    void look(const Tokens& tokens, std::vector<Run>& longest) const {
        const auto keys = keys_of(tokens);
        for (std::size_t at = 0; at < keys.size(); ++at)
            if (const auto found = places_.find(keys[at]); found != places_.end())
                for (const Place& place : found->second)
                    follow(place, tokens, at, longest[place.secret]);
    }

    const std::vector<Secret>& all() const { return all_; }

private:
    struct Place {
        std::size_t secret;
        std::size_t at;
    };

    void follow(const Place& place, const Tokens& tokens, std::size_t at, Run& longest) const {
        const Secret& secret = all_[place.secret];
        std::size_t size = 0;
        while (place.at + size < secret.tokens.size() && at + size < tokens.size() &&
               secret.tokens[place.at + size] == tokens[at + size])
            ++size;
        const auto first = tokens.begin() + static_cast<std::ptrdiff_t>(at);
        if (size > longest.size() && size >= secret.telling())
            longest.assign(first, first + static_cast<std::ptrdiff_t>(size));
    }

    std::vector<Secret> all_;
    std::unordered_map<std::size_t, std::vector<Place>> places_{};
};

} // namespace

static Secrets secrets_of(const Description& lab, const fs::path& tree) {
    std::vector<Secret> secrets;
    for (const fs::path& file : select(lab, tree_files(tree))) {
        const std::string text = faultline::read_file(tree / file);
        if (!may_have_markers(file) || text.find("lab ") == text.npos)
            continue;
        const auto lines = whole_lines(text);
        for (const Hole& hole : holes_of(lines, lab.number, file.string())) {
            if (std::ranges::count(lab.no_secret, hole.name) != 0)
                continue;
            std::string code;
            for (std::size_t line = hole.first + 1; line < hole.last; ++line)
                if (!parse_marker(lines[line]))
                    code += lines[line];
            secrets.push_back({.hole = hole.name, .tokens = tokens_of(without_comments(code))});
        }
    }
    return Secrets(std::move(secrets));
}

// Each line without what makes it a comment, a quotation or a row of a table.
static std::string without_comment_signs(std::string_view text) {
    std::string result;
    for (const std::string& line : whole_lines(text))
        result += line.substr(std::min(line.find_first_not_of(" \t/*#>|"), line.size() - 1));
    return result;
}

static std::string in_one_line(const Tokens& tokens) {
    std::string text;
    for (const std::string& token : tokens)
        text += (text.empty() ? "" : " ") + token;
    return text;
}

// A text is read as code, as code with comments in between, and as a comment that quotes code.
static std::vector<Run> runs_in(std::string_view text, const Secrets& secrets) {
    std::vector<Run> longest(secrets.all().size());
    secrets.look(tokens_of(text), longest);
    secrets.look(tokens_of(without_comments(text)), longest);
    secrets.look(tokens_of(without_comment_signs(text)), longest);
    return longest;
}

std::vector<Leak> leaks(const Description& lab, const fs::path& tree, const fs::path& kit) {
    std::vector<Leak> found;
    const Secrets secrets = secrets_of(lab, tree);
    for (const fs::path& file : tree_files(kit)) {
        const auto runs = runs_in(faultline::read_file(kit / file), secrets);
        for (std::size_t i = 0; i < runs.size(); ++i)
            if (!runs[i].empty())
                found.push_back({.file = file,
                                 .hole = secrets.all()[i].hole,
                                 .tokens = runs[i].size(),
                                 .text = in_one_line(runs[i])});
    }
    return found;
}

} // namespace lab

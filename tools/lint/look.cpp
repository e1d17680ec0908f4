// Looks at sources: in batches where it can, at suspects alone, at what was clean not again.
// SPDX-License-Identifier: MIT
//
// What clang-tidy says of a source alone is what counts. A batch can only acquit: where it finds
// anything, the sources that this may concern are looked at alone.
#include "look.hpp"

#include "text.hpp"

#include <algorithm>
#include <regex>
#include <set>

namespace lint {

static bool has_main(const Source& source) {
    static const std::regex main_function(R"((^|\n)(int|void|\[\[.*\]\] *void) main\()");
    return std::regex_search(faultline::read_file(source.file), main_function);
}

std::vector<std::vector<Source>> batches_of(const std::vector<Source>& sources) {
    std::map<std::pair<std::filesystem::path, std::vector<std::string>>, std::vector<Source>> equal;
    std::set<std::pair<std::filesystem::path, std::vector<std::string>>> with_main;
    std::vector<std::vector<Source>> batches;
    for (const auto& source : sources) {
        const std::pair kind{source.file.parent_path(), source.flags};
        const bool is_second_main = has_main(source) && !with_main.insert(kind).second;
        if (source.directory.empty() || is_second_main)
            batches.push_back({source});
        else
            equal[kind].push_back(source);
    }
    for (auto& [flags, batch] : equal)
        batches.push_back(std::move(batch));
    return batches;
}

void Look::clean(const Source& source) { memory_.clean(source.file, keys_[source.file]); }

void Look::at_one(const Source& source) {
    ++outcome_.alone;
    const Report report = look_at(tidy_, source);
    if (report.clean)
        clean(source);
    else
        outcome_.words += report.words + '\n';
}

// Sources whose names clash with those of earlier ones (two static functions of one name) leave
// the batch, to make one of their own.
std::vector<Source> Look::take_out_clashes(std::vector<Source>& batch) {
    std::set<std::filesystem::path> clashing;
    for (const auto& finding : parse(tidy_, batch).findings)
        if (finding.stops_compilation)
            clashing.insert(finding.file);
    std::vector<Source> out;
    std::erase_if(batch, [&](const Source& source) {
        if (!clashing.contains(source.file))
            return false;
        out.push_back(source);
        return true;
    });
    return out;
}

void Look::at_batch(std::vector<Source> batch) {
    if (batch.size() == 1)
        return at_one(batch.front());
    std::vector<Source> rest = take_out_clashes(batch);
    if (batch.empty()) { // not one compiles behind the others, the first not even by itself
        for (const auto& source : rest)
            at_one(source);
        return;
    }
    if (batch.size() == 1) {
        at_one(batch.front());
    } else {
        const Report report = look_at(tidy_, batch);
        std::set<std::filesystem::path> suspects;
        for (const auto& finding : report.findings)
            suspects.insert(finding.file);
        const auto is_in_batch = [&](const auto& file) {
            return std::ranges::any_of(batch, [&](const auto& s) { return s.file == file; });
        };
        // In a header, or nowhere: any of them may be the cause.
        const bool all =
            !report.clean && (suspects.empty() || !std::ranges::all_of(suspects, is_in_batch));
        for (const auto& source : batch) {
            if (all || suspects.contains(source.file) || !follow_paths(tidy_, source).clean) {
                at_one(source);
            } else {
                ++outcome_.in_batches;
                clean(source);
            }
        }
    }
    if (!rest.empty())
        at_batch(std::move(rest));
}

Outcome Look::at(const std::vector<Source>& sources, const std::vector<std::string>& keys) {
    std::vector<Source> unknown;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        keys_[sources[i].file] = keys[i];
        if (memory_.is_clean(sources[i].file, keys[i])) {
            ++outcome_.remembered;
            clean(sources[i]);
        } else {
            unknown.push_back(sources[i]);
        }
    }
    for (auto& batch : batches_of(unknown))
        at_batch(std::move(batch));
    return outcome_;
}

Outcome Look::at_each(const std::vector<Source>& sources, const std::vector<std::string>& keys) {
    for (std::size_t i = 0; i < sources.size(); ++i) {
        keys_[sources[i].file] = keys[i];
        at_one(sources[i]);
    }
    return outcome_;
}

} // namespace lint

// Looks for the answers of lab 0 sentence by sentence.
// SPDX-License-Identifier: MIT
//
// A figure is looked for as it is, a count beside what is counted, a place as a sentence that names
// the stage and its domain or mode.
#include "giveaways.hpp"

#include "files.hpp"

#include "text.hpp"
#include "watch_the_fault.hpp"
#include "words.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

namespace lab00 {

namespace {

using Json = nlohmann::json;

std::string value_of(const std::string& question) {
    static const auto answers =
        lab::parse_answers("solution.txt", solution(), the_lab().question_names());
    return answers.by_name.at(question).value;
}

// Code spans without their marks, so that `fault_fill` and fault_fill are one word.
std::vector<std::string> sentences_of(const std::string& page) {
    const std::string ends =
        std::regex_replace(page, std::regex("[.:?!;]\\s|\n\\s*\n|\n\\||\n- "), "\x01");
    std::vector<std::string> all;
    for (const std::string& sentence : faultline::split(ends, '\x01'))
        all.push_back(std::regex_replace(sentence, std::regex("\\s+"), " "));
    return all;
}

bool has(const std::string& text, const std::string& pattern) {
    return std::regex_search(text, std::regex(pattern, std::regex::icase));
}

// The figures of three digits and more that a table of the lab's fault holds.
std::set<std::uint64_t> telling_figures() {
    std::set<std::uint64_t> all;
    const Json recorded = Json::parse(faultline::read_file(TESTS / "measurement.json"));
    const auto& kernels = recorded.at("kernels");
    for (const auto& kernel : kernels) {
        const std::uint64_t total = kernel.at("totals").at("instructions");
        all.insert(total);
        all.insert(total - kernels[0].at("totals").at("instructions").get<std::uint64_t>());
        for (const auto& stage : kernel.at("stages")) {
            all.insert(stage.at("instructions").get<std::uint64_t>());
            all.insert(total - stage.at("instructions").get<std::uint64_t>());
        }
    }
    const Json kept = Json::parse(faultline::read_file(TOP / "docs" / "figures.json"));
    for (const auto& [key, value] : kept.at("numbers").items())
        if (key.find("zero-fill") != key.npos)
            all.insert(value.get<std::uint64_t>());
    all.erase(all.begin(), all.lower_bound(100));
    return all;
}

void look_for_figures(const std::string& page, std::vector<std::string>& found) {
    static const auto figures = telling_figures();
    for (const std::uint64_t figure : figures)
        if (has(page, "(^|[^0-9a-fx,.])(" + std::to_string(figure) + "|" + lab::grouped(figure) +
                          ")([^0-9a-fx]|$)"))
            found.push_back("the figure " + lab::grouped(figure));
    for (const std::string question : {"monolithic.fill.percent", "exo.user.percent"})
        if (has(page, "\\b" + value_of(question) + " ?(%|percent)"))
            found.push_back("the share " + value_of(question) + " %");
}

// "four crossings", "no address-space switch"
void look_for_counts(const std::string& sentence, std::vector<std::string>& found) {
    static const std::map<std::string, std::string> WORDS = {
        {"0", "0|no|zero|without a"}, {"1", "1|one|a single"}, {"2", "2|two"}, {"4", "4|four"}};
    static const std::map<std::string, std::string> COUNTED = {
        {"crossings", "crossings?"}, {"switches", "switch(es)?"}, {"flushes", "flush(es)?"}};
    for (const auto& kernel : lab::KERNELS)
        for (const auto& [name, word] : COUNTED) {
            const std::string value = value_of(kernel + "." + name);
            if (has(sentence, "\\b(" + WORDS.at(value) + ") ([a-z-]+ )?\\*?" + word + "\\b"))
                found.push_back(kernel + "." + name + " = " + value);
        }
}

void look_for_places(const std::string& sentence, std::vector<std::string>& found) {
    static const std::regex PLACE("([a-z]+)\\.([a-z]+)\\.domain");
    for (const auto& name : the_lab().question_names()) {
        std::smatch match;
        if (!std::regex_match(name, match, PLACE) ||
            !has(sentence, "\\bfault_" + match[2].str() + "\\b|`" + match[2].str() + "`"))
            continue;
        const std::string domain = value_of(name);
        const bool user = value_of(match[1].str() + "." + match[2].str() + ".mode") == "U";
        // "kernel" alone stands in every second sentence
        if (domain != "kernel" && has(sentence, "\\b" + domain + "\\b"))
            found.push_back(name + " = " + domain);
        if (has(sentence, user ? "\\b(user|U)[ -]mode\\b" : "\\b(supervisor|S)[ -]mode\\b"))
            found.push_back(match[1].str() + "." + match[2].str() + ".mode");
    }
}

void look_for_comparisons(const std::string& sentence, std::vector<std::string>& found) {
    const std::string most = "\\b(most|largest|longest|grows|biggest)\\b";
    if (has(sentence, "\\bdispatch\\b") && has(sentence, "\\b" + value_of("most.dispatch")) &&
        has(sentence, most))
        found.emplace_back("most.dispatch");
    for (const std::string question : {"monolithic.largest", "micro.grows"})
        if (has(sentence, "\\b(fault_)?" + value_of(question) + "\\b") && has(sentence, most) &&
            has(sentence, "\\b" + question.substr(0, question.find('.'))))
            found.push_back(question);
    if (has(sentence, "\\b(fault_)?fill\\b.*\\b(nearly|almost|about) (equal|the same|alike)"))
        found.emplace_back("fill.differs");
    if (has(sentence, std::regex_replace(value_of("order.instructions"), std::regex("[, ]+"),
                                         "\\W+(\\w+\\W+)?")))
        found.emplace_back("order.instructions");
}

} // namespace

std::vector<std::string> given_away(const std::string& page) {
    std::vector<std::string> found;
    look_for_figures(page, found);
    for (const std::string& sentence : sentences_of(page)) {
        look_for_counts(sentence, found);
        look_for_places(sentence, found);
        look_for_comparisons(sentence, found);
    }
    return found;
}

} // namespace lab00

// Lab 3's parts of a case as JSON.
// SPDX-License-Identifier: MIT
#include "replacement_case.hpp"

#include <nlohmann/json.hpp>

#include <sstream>

namespace lab::replacement {

using Json = nlohmann::ordered_json;

// A thousand numbers in one line, where JSON would take a line for each.
static std::string in_one_line(const std::vector<std::uint64_t>& pages) {
    std::string text;
    for (const std::uint64_t page : pages)
        text += (text.empty() ? "" : " ") +
                (page == Faults::CODE ? std::string("code") : std::to_string(page));
    return text;
}

static std::vector<std::uint64_t> pages_in(const std::string& text) {
    std::vector<std::uint64_t> pages;
    std::istringstream words(text);
    for (std::string word; words >> word;)
        pages.push_back(word == "code" ? Faults::CODE : std::stoull(word));
    return pages;
}

Json to_json(const Parts& parts) {
    Json json = Json::object();
    if (parts.played)
        json["played"] = {{"trace", parts.played->trace},
                          {"clock", parts.played->clock},
                          {"most", parts.played->most}};
    if (parts.claim)
        json["claim"] = parts.claim->kind == Claim::Kind::loses ? "loses" : "counts";
    if (parts.faults)
        json["faults"] = {{"program", parts.faults->program},
                          {"boot", parts.faults->boot},
                          {"arguments", parts.faults->arguments},
                          {"pages", in_one_line(parts.faults->pages)},
                          {"most", parts.faults->most}};
    if (parts.anomaly)
        json["anomaly"] = {{"kind", parts.anomaly->kind == Anomaly::Kind::more ? "more" : "counts"},
                           {"frames", parts.anomaly->frames},
                           {"longest", parts.anomaly->longest}};
    if (parts.cost)
        json["cost"] = {{"key", parts.cost->key},
                        {"program", parts.cost->program},
                        {"boot", parts.cost->boot},
                        {"stage", parts.cost->stage},
                        {"percent", parts.cost->percent}};
    return json;
}

Parts parts_in(const Json& json) {
    Parts parts;
    if (const auto at = json.find("played"); at != json.end())
        parts.played = Played{at->at("trace"), at->at("clock"), at->at("most")};
    if (const auto at = json.find("claim"); at != json.end())
        parts.claim = Claim{*at == "loses" ? Claim::Kind::loses : Claim::Kind::counts};
    if (const auto at = json.find("faults"); at != json.end())
        parts.faults = Faults{.program = at->at("program"),
                              .boot = at->at("boot"),
                              .arguments = at->at("arguments"),
                              .pages = pages_in(at->at("pages")),
                              .most = at->at("most")};
    if (const auto at = json.find("anomaly"); at != json.end())
        parts.anomaly =
            Anomaly{at->at("kind") == "more" ? Anomaly::Kind::more : Anomaly::Kind::counts,
                    at->at("frames"), at->at("longest")};
    if (const auto at = json.find("cost"); at != json.end())
        parts.cost = Cost{at->at("key"), at->at("program"), at->at("boot"), at->at("stage"),
                          at->at("percent")};
    return parts;
}

} // namespace lab::replacement

// The comparison as JSON: a stable contract, described in docs/json.md.
// SPDX-License-Identifier: MIT
//
// Key order is fixed and nothing in it depends on time or place, so two runs give the same bytes.
#include "observation.hpp"
#include "text.hpp"

#include <nlohmann/json.hpp>

namespace faultline {

using Json = nlohmann::ordered_json;

static constexpr int JSON_VERSION = 1;

static Json stages_json(const ObservedFault& fault) {
    Json stages = Json::array();
    for (const auto& stage : fault.stages) {
        Json by_domain = Json::object();
        for (const auto& [domain, instructions] : stage.by_domain)
            by_domain[domain] = instructions;
        stages.push_back({{"stage", stage.stage},
                          {"domain", stage.domain},
                          {"mode", stage.mode},
                          {"instructions", stage.instructions},
                          {"by_domain", std::move(by_domain)}});
    }
    return stages;
}

static Json totals_json(const Totals& totals) {
    Json json = Json::object();
    for (const auto& field : total_fields())
        json[field.key] = totals.*field.member;
    return json;
}

static Json kernel_json(const Observation& kernel) {
    Json json = {{"kernel", kernel.kernel}};
    if (!kernel.missing.empty()) {
        json["missing"] = kernel.missing;
        return json;
    }
    json["kind"] = kernel.fault ? Json(kernel.fault->kind) : Json();
    json["pc"] = kernel.fault && kernel.fault->pc ? Json(hex(*kernel.fault->pc)) : Json();
    json["va"] = kernel.address ? Json(hex(*kernel.address)) : Json();
    json["cause"] = kernel.cause ? Json(words(*kernel.cause)) : Json();
    json["faults"] = kernel.fault ? kernel.fault->faults : 0;
    json["completed"] = kernel.fault ? Json(kernel.fault->completed) : Json();
    json["stages"] = kernel.fault ? stages_json(*kernel.fault) : Json::array();
    json["totals"] = kernel.fault ? totals_json(kernel.fault->totals) : Json();
    json["result"] = {{"status", kernel.status}, {"meaning", kernel.meaning}};
    if (!kernel.refused.empty())
        json["refused"] = kernel.refused;
    return json;
}

std::string comparison_json(const Comparison& comparison) {
    Json kernels = Json::array();
    for (const auto& kernel : comparison.kernels)
        kernels.push_back(kernel_json(kernel));
    const Json json = {{"version", JSON_VERSION},
                       {"scenario", comparison.scenario},
                       {"kernels", std::move(kernels)}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace faultline

// What the probe saw of one run.
// SPDX-License-Identifier: MIT
//
// The probe is part of the same tree, so a malformed result is a fault of ours and is said as such.
#include "probe_result.hpp"

#include "failure.hpp"
#include "text.hpp"

#include <nlohmann/json.hpp>

namespace faultline {

using Json = nlohmann::ordered_json; // keeps the order of domains

const std::vector<TotalField>& total_fields() {
    static const std::vector<TotalField> fields = {
        {"instructions", "instructions", "instructions", &Totals::instructions},
        {"crossings", "crossings (U/S)", "crossings", &Totals::crossings},
        {"address_space_switches", "address-space switches", "AS switches",
         &Totals::address_space_switches},
        {"tlb_flushes", "TLB flushes", "TLB flushes", &Totals::tlb_flushes},
        {"loads", "loads", "loads", &Totals::loads},
        {"stores", "stores", "stores", &Totals::stores},
        {"bytes_copied", "bytes across domains", "bytes across", &Totals::bytes_copied},
        {"interrupts", "interrupts", "interrupts", &Totals::interrupts},
        {"interrupt_instructions", "  their instructions", "  theirs",
         &Totals::interrupt_instructions},
        {"sbi_calls", "SBI calls", "SBI calls", &Totals::sbi_calls},
        {"firmware_instructions", "  firmware instructions", "  firmware",
         &Totals::firmware_instructions},
        {"idle_instructions", "idle instructions", "idle", &Totals::idle_instructions,
         TotalField::Shown::when_any},
        {"other_instructions", "instructions of others", "others", &Totals::other_instructions,
         TotalField::Shown::when_any},
    };
    return fields;
}

static std::uint64_t number_in(const Json& value) {
    if (!value.is_string())
        return value.get<std::uint64_t>();
    const auto number = parse_number(value.get<std::string>());
    return number ? *number : throw std::runtime_error("bad number " + value.dump());
}

static Stage read_stage(const Json& json) {
    Stage stage{.stage = json.at("stage"),
                .domain = json.at("domain"),
                .mode = json.at("mode"),
                .instructions = json.at("instructions"),
                .by_domain = {}};
    for (const auto& [domain, count] : json.at("by_domain").items())
        stage.by_domain.emplace_back(domain, count.get<std::uint64_t>());
    return stage;
}

static ObservedFault read_fault(const Json& json) {
    ObservedFault fault;
    fault.kind = json.at("kind");
    if (const auto& pc = json.at("pc"); !pc.is_null())
        fault.pc = number_in(pc);
    if (const auto address = json.find("va"); address != json.end() && !address->is_null())
        fault.address = number_in(*address);
    fault.access = json.at("access");
    fault.faults = json.at("faults");
    fault.completed = json.at("completed");
    for (const auto& stage : json.at("stages"))
        fault.stages.push_back(read_stage(stage));
    for (const auto& field : total_fields())
        fault.totals.*field.member = json.at("totals").at(field.key).get<std::uint64_t>();
    return fault;
}

static Change read_change(const Json& json) {
    using Kind = ChangeEvent::Kind;
    Change change;
    for (const auto& event : json) {
        const std::string kind = event.at("kind");
        change.push_back({.kind = kind == "store"        ? Kind::store
                                  : kind == "fence_page" ? Kind::fence_page
                                  : kind == "fence_all"  ? Kind::fence_all
                                  : kind == "fence_code" ? Kind::fence_code
                                                         : Kind::more,
                          .pc = number_in(event.at("pc")),
                          .address = kind == "store" ? number_in(event.at("va")) : 0});
    }
    return change;
}

ProbeResult parse_probe_result(const std::string& text) {
    try {
        const Json json = Json::parse(text);
        if (json.at("version") != Json(1))
            throw std::runtime_error("version " + json.at("version").dump());
        ProbeResult result;
        result.limit_reached = json.at("end") == Json("limit");
        result.instructions = json.at("machine").at("instructions");
        if (const auto& fault = json.at("fault"); !fault.is_null())
            result.fault = read_fault(fault);
        if (const auto refused = json.find("refused"); refused != json.end())
            result.refused = refused->get<std::vector<std::string>>();
        if (const auto changes = json.find("changes"); changes != json.end())
            for (const auto& change : *changes)
                result.changes.push_back(read_change(change));
        if (const auto passes = json.find("passes"); passes != json.end())
            result.passes = passes->get<std::map<std::string, std::uint64_t>>();
        if (const auto span = json.find("span"); span != json.end() && !span->is_null())
            result.span = span->at("instructions").get<std::uint64_t>();
        return result;
    } catch (const std::exception& error) {
        throw Failure(Exit::failed,
                      std::string("the probe's result cannot be read: ") + error.what(),
                      "Build again, so that probe and command come from the same tree.");
    }
}

} // namespace faultline

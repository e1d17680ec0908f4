// Reads a comparison's JSON; docs/json.md describes it.
// SPDX-License-Identifier: MIT
//
// Before: `./faultline compare`, now or earlier. Next: the questions (watch_the_fault.cpp).
#include "measurement.hpp"

#include "failure.hpp"
#include "process.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "words.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace lab {

using faultline::Exit;
using faultline::Failure;
using Json = nlohmann::json;

static constexpr int JSON_VERSION = 1;
static const char* const MAKE_ONE = "Make one: ./faultline compare --json measurement.json";

const MeasuredStage& MeasuredKernel::stage(const std::string& name) const {
    const auto found = std::ranges::find(stages_, name, &MeasuredStage::stage);
    if (found == stages_.end())
        throw NotMeasured("in this measurement the " + name_ + " kernel has no stage " + name);
    return *found;
}

std::uint64_t MeasuredKernel::instructions_in(const std::string& stage) const {
    std::uint64_t sum = 0;
    for (const auto& ran : stages_)
        sum += ran.stage == stage ? ran.instructions : 0;
    return sum;
}

std::uint64_t MeasuredKernel::total(const std::string& key) const {
    const auto found = totals_.find(key);
    if (found == totals_.end())
        throw NotMeasured("in this measurement the " + name_ + " kernel has no total " + key);
    return found->second;
}

const MeasuredKernel& Measurement::kernel(const std::string& name) const {
    const auto found = kernels_.find(name);
    if (found != kernels_.end())
        return found->second;
    const auto failed = failed_.find(name);
    if (failed != failed_.end())
        throw NotMeasured("the " + name + " kernel was run, but " + failed->second);
    throw NotMeasured("the " + name + " kernel was not measured (is it in FAULTLINE_KERNELS?)");
}

static std::uint64_t number(const Json& json) {
    if (!json.is_number_unsigned())
        throw std::runtime_error("a number is " + printable(json.dump(-1, ' ', true)));
    return json.get<std::uint64_t>();
}

// As the lab asks: not which of the extensions it was.
static std::string kind_of(const std::string& domain) {
    return domain.starts_with("extension ") ? "extension" : domain;
}

static MeasuredKernel read_kernel(const Json& json) {
    std::vector<MeasuredStage> stages;
    for (const auto& stage : json.at("stages"))
        stages.push_back({.stage = stage.at("stage"),
                          .domain = kind_of(stage.at("domain")),
                          .mode = stage.at("mode"),
                          .instructions = number(stage.at("instructions"))});
    std::map<std::string, std::uint64_t> totals;
    for (const auto& [key, value] : json.at("totals").items())
        totals[key] = number(value);
    return {json.at("kernel"), std::move(stages), std::move(totals)};
}

Measurement::Measurement(std::string_view json, const std::string& scenario,
                         const std::string& where) {
    try {
        const Json all = Json::parse(json);
        if (all.at("version") != JSON_VERSION)
            throw std::runtime_error("its version is " + printable(all.at("version").dump()) +
                                     ", and version 1 is understood here");
        if (all.at("scenario") != scenario)
            throw std::runtime_error("it is one of " + printable(all.at("scenario").dump()) +
                                     ", and this lab asks about " + scenario);
        for (const auto& kernel : all.at("kernels")) {
            const std::string name = kernel.at("kernel");
            const auto& result = kernel.at("result");
            if (kernel.at("totals").is_null())
                failed_[name] = printable(std::string(result.at("meaning"))) + ", without a fault";
            else if (result.at("status") != 0)
                failed_[name] = printable(std::string(result.at("meaning")));
            else
                kernels_.emplace(name, read_kernel(kernel));
        }
    } catch (const std::exception& error) {
        throw Failure(Exit::missing,
                      "no measurement: " + where +
                          " cannot be used: " + printable(error.what(), 300),
                      MAKE_ONE);
    }
    if (kernels_.empty())
        throw Failure(Exit::missing, "no measurement: " + where + " shows no kernel with a fault",
                      MAKE_ONE);
}

Measurement read_measurement(const std::filesystem::path& file, const std::string& scenario) {
    std::error_code ignored;
    const std::string where = printable(file.string(), 200);
    if (!std::filesystem::is_regular_file(file, ignored))
        throw Failure(Exit::missing, "no measurement: " + where + " is not a file", MAKE_ONE);
    std::string json;
    try {
        json = faultline::read_file(file);
    } catch (const Failure& failure) {
        throw Failure(Exit::missing, std::string("no measurement: ") + failure.what(), MAKE_ONE);
    }
    return {json, scenario, where};
}

Measurement measure(const std::filesystem::path& tool, const std::string& scenario) {
    if (!std::filesystem::exists(tool))
        throw Failure(Exit::missing, "no measurement: the command is not built",
                      "Build everything: ./faultline compare");
    const faultline::Scratch scratch;
    const auto output = scratch.path() / "measurement.json";
    faultline::Process compare({.command = {tool.string(), "compare", scenario, "--json", "-"},
                                .input = "/dev/null",
                                .output = output});
    faultline::wait_for(compare); // a failure of one kernel still leaves the others' figures
    std::error_code ignored;
    if (std::filesystem::file_size(output, ignored) == 0 || ignored)
        throw Failure(Exit::missing, "no measurement: ./faultline compare gave none",
                      "See what it says: ./faultline compare " + scenario);
    return read_measurement(output, scenario);
}

} // namespace lab

// Calls the commands, and reads figures out of what they answer.
// SPDX-License-Identifier: MIT
//
// Only those sources are asked of which a document quotes something.
#include "measure.hpp"

#include "failure.hpp"
#include "machine.hpp"
#include "process.hpp"
#include "text.hpp"
#include "tree.hpp"
#include "version.hpp"
#include "visible.hpp"

#include <nlohmann/json.hpp>
#include <regex>

namespace figures {

using faultline::Exit;
using faultline::Failure;
using Json = nlohmann::json;
using Numbers = std::map<std::string, std::uint64_t>;

namespace {

constexpr std::chrono::seconds LIMIT{600}; // against a hung machine

std::string output_of(const std::vector<std::string>& command, const std::string& shown) {
    const auto answer = faultline::capture(command, LIMIT);
    if (answer.ended.status != 0 || answer.ended.signal != 0)
        throw Failure(Exit::failed, shown + " failed:\n" + faultline::last_lines(answer.output, 20),
                      "Call it by hand.");
    return answer.output;
}

std::string faultline_says(std::vector<std::string> arguments) {
    const std::string shown = "./faultline " + faultline::shell_line(arguments);
    arguments.insert(arguments.begin(), FAULTLINE_TOOL);
    return output_of(arguments, shown);
}

std::string words_as_key(const std::string& words) {
    return std::regex_replace(std::regex_replace(words, std::regex("[^a-z0-9]+"), "-"),
                              std::regex("^-|-$"), "");
}

// compare.SCENARIO.
void add_kernel(const Json& kernel, const std::string& prefix, Numbers& numbers) {
    if (!kernel.contains("totals") || kernel.at("totals").is_null())
        return;
    for (const auto& [total, value] : kernel.at("totals").items())
        numbers[prefix + total] = value;
    Numbers stages;
    Numbers domains;
    for (const auto& stage : kernel.at("stages")) {
        stages[stage.at("stage")] += stage.at("instructions").get<std::uint64_t>();
        if (stage.at("stage") != "fill")
            for (const auto& [domain, value] : stage.at("by_domain").items())
                domains[domain] += value.get<std::uint64_t>();
    }
    numbers[prefix + "without-fill"] = numbers[prefix + "instructions"] - stages["fill"];
    for (const auto& [stage, value] : stages)
        numbers[prefix + stage] = value;
    for (const auto& [domain, value] : domains)
        numbers[prefix + words_as_key(domain) + "-without-fill"] = value;
}

void add_compare(const std::string& scenario, Numbers& numbers) {
    const Json json = Json::parse(faultline_says({"compare", scenario, "--json", "-"}));
    for (const auto& kernel : json.at("kernels"))
        add_kernel(kernel,
                   "compare." + scenario + "." + kernel.at("kernel").get<std::string>() + ".",
                   numbers);
}

void add_bench(const std::string& kernel, const std::set<std::string>& operations,
               Numbers& numbers) {
    std::vector<std::string> arguments{"bench", "--kernels", kernel, "--json", "-"};
    arguments.insert(arguments.end(), operations.begin(), operations.end());
    const Json json = Json::parse(faultline_says(arguments));
    for (const auto& row : json.at("rows"))
        numbers["bench." + kernel + "." + row.at("operation").get<std::string>()] =
            row.at("instructions");
}

void add_policy(const std::string& policy, Numbers& numbers) {
    const std::string said = faultline_says(
        {"compare", "policy", "--kernels", "monolithic", "--boot", "policy=" + policy});
    std::smatch match;
    if (!std::regex_search(said, match, std::regex("policy: ([0-9]+) faults in ([0-9]+) access")))
        throw Failure(Exit::failed, "the scenario policy does not say how many faults it took",
                      "Call it by hand: ./faultline compare policy");
    numbers["policy." + policy + ".faults"] = std::stoull(match[1]);
    numbers["policy." + policy + ".accesses"] = std::stoull(match[2]);
}

// "fs: mount 133802 instructions", "unix: fork 319, exit 557, wait 149 instructions"
void add_costs(Numbers& numbers) {
    const std::string said = output_of({"ctest", "--test-dir", faultline::Tree::here().build, "-R",
                                        "^guest: cost of", "-V", "--no-tests=error"},
                                       "ctest -R 'guest: cost of'");
    const std::regex line("[0-9]+: (fs|unix): (.*[0-9].*)");
    const std::regex part("([^0-9]*[a-z]) ([0-9]+)( blocks| instructions)?(, |$)");
    for (const std::string& text : faultline::lines_of(said)) {
        std::smatch match;
        if (!std::regex_match(text, match, line))
            continue;
        const std::string parts = match[2];
        for (std::sregex_iterator at(parts.begin(), parts.end(), part), end; at != end; ++at)
            numbers["cost." + match[1].str() + "." + words_as_key((*at)[1])] =
                std::stoull((*at)[2]);
    }
}

// The sources that KEYS name, each once.
struct Sources {
    std::set<std::string> scenarios;
    std::map<std::string, std::set<std::string>> operations; // by kernel
    std::set<std::string> policies;
    bool costs = false;

    explicit Sources(const std::set<std::string>& keys) {
        for (const std::string& key : keys)
            take(faultline::split(key, '.'));
    }

private:
    void take(const std::vector<std::string>& parts) {
        if (parts.size() == 4 && parts[0] == "compare")
            scenarios.insert(parts[1]);
        else if (parts.size() == 3 && parts[0] == "bench")
            operations[parts[1]].insert(parts[2]);
        else if (parts.size() == 3 && parts[0] == "policy")
            policies.insert(parts[1]);
        else if (parts.size() == 3 && parts[0] == "cost")
            costs = true;
    }
};

Numbers all_numbers(const Sources& sources) {
    Numbers numbers;
    for (const std::string& scenario : sources.scenarios)
        add_compare(scenario, numbers);
    for (const auto& [kernel, operations] : sources.operations)
        add_bench(kernel, operations, numbers);
    for (const std::string& policy : sources.policies)
        add_policy(policy, numbers);
    if (sources.costs)
        add_costs(numbers);
    return numbers;
}

// COMMAND begins with ./faultline, and may be a pipeline.
std::string shell_output(const std::string& command) {
    const std::string tool = faultline::shell_quoted(FAULTLINE_TOOL);
    return output_of({"sh", "-c", tool + command.substr(std::string("./faultline").size())},
                     command);
}

} // namespace

Toolchain toolchain_here() {
    std::string compiler = output_of({CROSS_COMPILER, "-dumpfullversion"}, CROSS_COMPILER);
    compiler.erase(compiler.find_last_not_of('\n') + 1);
    const auto qemu =
        faultline::find_version(output_of({faultline::find_qemu(), "--version"}, "QEMU"));
    return {.compiler = compiler, .qemu = qemu ? qemu->text() : "unknown"};
}

Figures measure(const Quotes& quotes) {
    Figures figures{.toolchain = toolchain_here(), .numbers = {}, .outputs = {}};
    const Numbers numbers = all_numbers(Sources(quotes.keys));
    for (const std::string& key : quotes.keys) {
        const auto found = numbers.find(key);
        if (found == numbers.end())
            throw Failure(Exit::failed, "a document quotes " + key + ", which nothing measures",
                          "tools/figures/measure.hpp says which keys there are.");
        figures.numbers[key] = found->second;
    }
    for (const std::string& command : quotes.commands)
        figures.outputs[command] = shell_output(command);
    return figures;
}

} // namespace figures

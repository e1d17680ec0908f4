// What the machine says: the result of `./faultline compare --json`, as far as labs ask for it.
// SPDX-License-Identifier: MIT
//
// A question on something that was not measured throws NotMeasured; marking.cpp then gives the
// question neither points nor blame.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

inline const std::vector<std::string> KERNELS = {"monolithic", "micro", "spin", "exo"};

class NotMeasured : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct MeasuredStage {
    std::string stage;
    std::string domain;
    std::string mode;
    std::uint64_t instructions;
};

class MeasuredKernel {
public:
    MeasuredKernel(std::string name, std::vector<MeasuredStage> stages,
                   std::map<std::string, std::uint64_t> totals)
        : name_(std::move(name)), stages_(std::move(stages)), totals_(std::move(totals)) {}

    const std::string& name() const { return name_; }
    const MeasuredStage& stage(const std::string& name) const; // the first time that it ran
    const std::vector<MeasuredStage>& stages() const { return stages_; }
    std::uint64_t instructions_in(const std::string& stage) const; // all its times; 0 if none
    std::uint64_t total(const std::string& key) const;

private:
    std::string name_;
    std::vector<MeasuredStage> stages_;
    std::map<std::string, std::uint64_t> totals_;
};

class Measurement {
public:
    // Throws a faultline::Failure (missing) when it is no measurement of `scenario`. `where` is
    // for the message.
    Measurement(std::string_view json, const std::string& scenario, const std::string& where);

    const MeasuredKernel& kernel(const std::string& name) const;

private:
    std::map<std::string, MeasuredKernel> kernels_;
    std::map<std::string, std::string> failed_; // kernel -> what became of it
};

// From a file, or by calling the command at `tool`; what it complains of goes to standard error.
Measurement read_measurement(const std::filesystem::path& file, const std::string& scenario);
Measurement measure(const std::filesystem::path& tool, const std::string& scenario);

} // namespace lab

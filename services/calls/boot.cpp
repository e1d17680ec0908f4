// From words on a command line to process 1.
// SPDX-License-Identifier: MIT
//
// Before: a kernel's boot, with disk and memory there. Next: start_first_process (lives.cpp).
#include "services/calls/boot.hpp"

#include "services/calls/lives.hpp"
#include "services/exec/report.hpp"

#include "abi/calls/files.hpp"
#include "lib/arguments.hpp"
#include "lib/text.hpp"

namespace call {

namespace {

constexpr std::string_view DIRECTORY = "bin"; // where process 1's program is
constexpr std::string_view INIT = "init";

void refuse(const exec::WrongArgument& wrong) {
    world::Console console{};
    print(console, "cannot start: '", wrong.word, "': expected ", wrong.expected, "\n");
}

Result<void> append_path(Text<abi::PATH_BYTES>& path, std::string_view program) {
    TRY(path.append(DIRECTORY));
    TRY(path.append("/"));
    return path.append(program);
}

} // namespace

std::optional<exec::Configuration> configuration_asked_for(std::string_view arguments) {
    const auto configuration = exec::read_configuration(arguments);
    if (configuration)
        return *configuration;
    refuse(configuration.error());
    return std::nullopt;
}

bool start_program(std::string_view arguments) {
    const std::string_view named = argument(arguments, "program");
    const std::string_view program = named.empty() ? INIT : named;
    const auto words = exec::read_program_arguments(arguments, program, world::exec.arguments);
    if (!words) {
        refuse(words.error());
        return false;
    }
    Text<abi::PATH_BYTES> path{};
    Result<void> started = append_path(path, program);
    const FirstDescriptors descriptors =
        named.empty() ? FirstDescriptors::none : FirstDescriptors::console;
    if (started)
        started = start_first_process(path.view(), descriptors);
    if (started)
        return true;
    world::Console console{};
    exec::report_no_start(console, program, DIRECTORY, program, started.error());
    return false;
}

} // namespace call

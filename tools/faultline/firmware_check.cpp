// Boots the bare firmware under the probe: does QEMU load plugins, and which OpenSBI is it?
// SPDX-License-Identifier: MIT
//
// There is no kernel: the firmware prints its banner and then has nowhere to go, so it is watched
// and ended.
#include "firmware_check.hpp"

#include "machine.hpp"
#include "process.hpp"
#include "scratch.hpp"
#include "text.hpp"

namespace faultline {

static std::string content_or_nothing(const std::filesystem::path& file) {
    return std::filesystem::exists(file) ? read_file(file) : "";
}

static std::optional<Version> banner_version(const std::string& console) {
    for (const auto& line : lines_of(console))
        if (line.starts_with("OpenSBI "))
            return find_version(line);
    return std::nullopt;
}

FirmwareCheck boot_firmware(const std::string& firmware, const std::filesystem::path& probe) {
    const Scratch scratch;
    const auto console = scratch.path() / "console";
    const auto errors = scratch.path() / "errors";
    std::vector<std::string> command = {find_qemu().string(),
                                        "-M",
                                        "virt",
                                        "-m",
                                        "128M",
                                        "-display",
                                        "none",
                                        "-monitor",
                                        "none",
                                        "-serial",
                                        "file:" + console.string()};
    if (!firmware.empty())
        command.insert(command.end(), {"-bios", std::filesystem::absolute(firmware).string()});
    const bool with_probe = std::filesystem::exists(probe);
    auto watched = command;
    if (with_probe) {
        const auto config = scratch.path() / "probe.conf";
        write_file(config,
                   "image 0x10000000 0x11000000 program\n"
                   "function trap_vector 0x10000000 0x4\nfunction fault_receive 0x10000004 0x4\n"
                   "watch first 0x10000000 0x11000000\n"
                   "limit 100000000\nout " +
                       (scratch.path() / "result.json").string() + "\n");
        watched.insert(watched.end(),
                       {"-plugin", option_value(probe) + ",config=" + option_value(config)});
    }
    FirmwareCheck check{.plugins = with_probe ? Plugins::work : Plugins::untried,
                        .version = std::nullopt,
                        .errors = ""};
    const auto start = [&](const std::vector<std::string>& line) {
        return Process({.command = line,
                        .input = "/dev/null",
                        .output = "/dev/null",
                        .errors = errors,
                        .group = Group::own});
    };
    Process qemu = start(watched);
    for (int tries = 0; tries < 100 && !check.version; ++tries) {
        wait_for_event(std::chrono::milliseconds(50));
        check.version = banner_version(content_or_nothing(console));
        const auto ended = qemu.poll();
        if (!ended || check.version)
            continue;
        if (check.plugins != Plugins::work || ended->status == PROBE_LIMIT)
            break;
        check.plugins = Plugins::refused; // it ended before the firmware spoke: try without
        check.errors = content_or_nothing(errors);
        qemu = start(command);
    }
    return check;
}

std::optional<std::uint64_t> firmware_tree_address(const std::filesystem::path& firmware) {
    constexpr std::string_view name = "Domain0 Next Arg1";
    const Scratch scratch;
    const auto console = scratch.path() / "console";
    Process qemu({.command = {find_qemu().string(), "-M", "virt", "-m", "1024M", "-display", "none",
                              "-monitor", "none", "-serial", "file:" + option_value(console),
                              "-bios", std::filesystem::absolute(firmware).string()},
                  .input = "/dev/null",
                  .output = "/dev/null",
                  .errors = scratch.path() / "errors",
                  .group = Group::own});
    for (int tries = 0; tries < 400 && !qemu.poll(); ++tries) {
        wait_for_event(std::chrono::milliseconds(50));
        const auto text = content_or_nothing(console);
        for (const auto& line : lines_of(text.substr(0, text.rfind('\n') + 1)))
            if (const auto colon = line.find(": "); line.starts_with(name) && colon != line.npos)
                if (const auto address = parse_number(line.substr(colon + 2)))
                    return address;
    }
    return std::nullopt;
}

} // namespace faultline

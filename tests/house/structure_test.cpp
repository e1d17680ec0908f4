// The floor plan: role files, who may include whom, and the published line budgets.
// SPDX-License-Identifier: MIT
#include "tree.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

namespace fs = std::filesystem;

namespace {

const std::vector<std::string> ROLES{"boot", "entry",    "fault", "frames",    "space",
                                     "task", "schedule", "ipc",   "authority", "syscall"};

std::vector<std::string> kernel_folders() {
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(top() / "kernels"))
        if (entry.is_directory())
            names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

bool has_role(const fs::path& kernel, const std::string& role) {
    return fs::exists(kernel / (role + ".cpp")) || fs::exists(kernel / (role + ".hpp")) ||
           fs::exists(kernel / (role + ".S")) || fs::is_directory(kernel / role);
}

std::string text_of(const fs::path& path) {
    std::ifstream input(path);
    std::ostringstream text;
    text << input.rdbuf();
    return text.str();
}

// The layer that a file belongs to, most special first.
std::string layer_of(const std::string& path) {
    static const std::vector<std::pair<std::regex, std::string>> layers{
        {std::regex("kernels/([a-z]+)/(bench|library|libos|servers|tiny)/.*"), "user side"},
        {std::regex("kernels/spin/extensions/.*"), "extension"},
        {std::regex("kernels/([a-z]+)/.*"), "kernel"},
        {std::regex("services/.*"), "services"},
        {std::regex("arch/.*"), "arch"},
        {std::regex("abi/.*"), "abi"},
        {std::regex("lib/.*"), "lib"},
        {std::regex("user/.*"), "user"},
    };
    for (const auto& [pattern, name] : layers)
        if (std::regex_match(path, pattern))
            return name;
    return "other";
}

// What a file of a layer may include, as path prefixes. sv39.hpp is the pure decoder; ipc.hpp and
// vm_placement.hpp are found where the build says (the way of IPC, the placement of a service).
const std::map<std::string, std::vector<std::string>> MAY_INCLUDE{
    {"lib", {"lib/"}},
    {"abi", {"abi/", "lib/"}},
    {"arch", {"arch/riscv/", "abi/", "lib/"}},
    // services/unix answers calls, in the words of the calls; services/calls in their numbers, and
    // services/exec knows where programs stand.
    {"services",
     {"services/", "lib/", "abi/calls/", "abi/errors.hpp", "abi/address_map.h", "vm_placement.hpp",
      "calls_placement.hpp"}},
    {"kernel", {"services/", "arch/riscv/", "abi/", "lib/", "vm_placement.hpp", "ipc.hpp"}},
    {"user side",
     {"services/", "abi/", "lib/", "user/lib/", "user/programs/bench/", "arch/riscv/sv39.hpp",
      "vm_placement.hpp"}},
    // An extension that handles system calls knows their numbers.
    {"extension",
     {"kernels/spin/interface/", "services/", "lib/", "abi/calls/", "vm_placement.hpp"}},
    // system_call.hpp is found where the build says how a call is made.
    {"user", {"user/lib/", "abi/", "lib/", "system_call.hpp"}},
};

bool may_include(const SourceFile& file, const std::string& header) {
    if (file.path.ends_with(".ld.S")) // a linker script is the build's
        return header.starts_with("abi/") || header.starts_with("lib/link/");
    const std::string layer = layer_of(file.path);
    const auto allowed = MAY_INCLUDE.find(layer);
    if (allowed == MAY_INCLUDE.end())
        return true;
    for (const std::string& prefix : allowed->second)
        if (header.starts_with(prefix))
            return true;
    // Its own folder by bare name, and its own kernel by full name.
    const fs::path folder = fs::path(file.path).parent_path();
    if (fs::exists(top() / folder / header))
        return true;
    const bool structured = layer == "kernel" || layer == "user side" || layer == "extension";
    if (!structured)
        return false;
    const std::string kernel = file.path.substr(0, file.path.find('/', 8) + 1);
    return (layer == "kernel" && fs::exists(top() / kernel / header)) || header.starts_with(kernel);
}

struct Budget {
    std::string folder;
    int lines;
};

// Virtual memory is fork, files, swap and four policies; the file system is journaled, allocates
// all or nothing, and truncates piece by piece. Both stand for what is half a kernel elsewhere.
int budget_of_service(const std::string& name) {
    if (name == "unix")
        return 2500;
    return name == "vm" || name == "fs" ? 1800 : 1200;
}

// What stands in a folder with a budget of its own counts there alone: SPIN's extensions, the
// microkernel's servers, exo's library OS and its benchmark, which their kernels do not trust, and
// SPIN's linker.
bool counts_for(const Budget& budget, const SourceFile& file) {
    for (const std::string own :
         {"kernels/spin/extensions", "kernels/spin/link", "kernels/micro/servers",
          "kernels/micro/library", "kernels/exo/libos", "kernels/exo/bench"})
        if (budget.folder != own && file.path.starts_with(own + "/"))
            return false;
    return true;
}

// Published in README.md, "Budgets".
std::vector<Budget> budgets() {
    std::vector<Budget> all{{"lib", 1000}, {"arch/riscv", 1500}};
    for (const std::string& kernel : kernel_folders())
        all.push_back({"kernels/" + kernel, 2500});
    all.push_back({"kernels/spin/link", 1000}); // pure code, which the host runs as well
    all.push_back({"kernels/spin/extensions", 2500});
    all.push_back({"kernels/micro/servers", 3500});
    all.push_back({"kernels/micro/library", 500});
    all.push_back({"kernels/exo/libos", 2300});
    all.push_back({"kernels/exo/bench", 400});
    for (const fs::directory_entry& entry : fs::directory_iterator(top() / "services"))
        if (entry.is_directory()) {
            const std::string name = entry.path().filename().string();
            all.push_back({"services/" + name, budget_of_service(name)});
        }
    return all;
}

} // namespace

TEST_CASE("every kernel has every role file, or its README says why not") {
    for (const std::string& kernel : kernel_folders()) {
        const fs::path folder = top() / "kernels" / kernel;
        const std::string readme = text_of(folder / "README.md");
        for (const std::string& role : ROLES) {
            const bool excused = readme.find("- `" + role + "`: ") != std::string::npos;
            CHECK_MESSAGE(has_role(folder, role) != excused, kernel, ": role ", role,
                          std::string(has_role(folder, role) ? " is there, and called missing"
                                                             : " is missing without a reason"));
        }
    }
}

TEST_CASE("every kernel defines its trap road and its stages in the same files") {
    for (const std::string& kernel : kernel_folders()) {
        const fs::path folder = top() / "kernels" / kernel;
        CAPTURE(kernel);
        CHECK(text_of(folder / "entry.S").find("\ntrap_vector:") != std::string::npos);
        CHECK(text_of(folder / "fault.cpp").find("fault_install(") != std::string::npos);
        CHECK(text_of(folder / "boot.cpp").find("kernel_main(") != std::string::npos);
    }
}

TEST_CASE("includes go only in the allowed directions") {
    const std::regex include(R"re(\s*#\s*include\s*"([^"]+)".*)re");
    for (const SourceFile& file : guest_sources())
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            std::smatch match;
            if (std::regex_match(file.lines[i], match, include))
                CHECK_MESSAGE(may_include(file, match[1]), place(file, i), " includes ",
                              match[1].str());
        }
}

TEST_CASE("no kernel names another in its code") {
    for (const std::string& kernel : kernel_folders())
        for (const SourceFile& file : sources("kernels/" + kernel, {".cpp", ".hpp", ".S"}))
            for (const std::string& other : kernel_folders())
                if (other != kernel)
                    for (std::size_t i = 0; i < file.lines.size(); ++i)
                        CHECK_MESSAGE(file.lines[i].find("kernels/" + other) == std::string::npos,
                                      place(file, i));
}

TEST_CASE("the microkernel's servers know each other by their stubs alone") {
    const std::string servers = "kernels/micro/servers/";
    const std::regex include("#include \"" + servers + "([^/]+)/(.*)\"");
    for (const SourceFile& file : sources(servers, {".cpp", ".hpp"})) {
        const std::string server = file.path.substr(0, file.path.find('/', servers.size()));
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            std::smatch match;
            if (std::regex_match(file.lines[i], match, include))
                CHECK_MESSAGE((servers + match[1].str() == server || match[2] == "client.hpp"),
                              place(file, i), " includes ", match[1].str(), "'s ", match[2].str());
        }
    }
}

TEST_CASE("line budgets: a warning at the budget, a failure at one and a half times") {
    for (const Budget& budget : budgets()) {
        int lines = 0;
        for (const SourceFile& file : sources(budget.folder, {".cpp", ".hpp", ".h", ".S"}))
            if (counts_for(budget, file))
                lines += code_lines(file);
        WARN_MESSAGE(lines <= budget.lines, budget.folder, ": ", lines, " of ", budget.lines);
        CHECK_MESSAGE(lines * 2 <= budget.lines * 3, budget.folder, ": ", lines);
    }
}

// What is no structure is in services, so that no other kernel writes it again.
TEST_CASE("the monolithic kernel's own code is structure: at most 1,500 lines") {
    int lines = 0;
    for (const SourceFile& file : sources("kernels/monolithic", {".cpp", ".hpp", ".h", ".S"}))
        lines += code_lines(file);
    CHECK(lines <= 1500);
    CHECK(lines > 500); // they were found
}

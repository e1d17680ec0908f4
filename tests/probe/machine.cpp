// Starting QEMU, guarding it, and collecting what it leaves.
// SPDX-License-Identifier: MIT
//
// fork and exec, because the child must ask to die with its parent before it becomes QEMU.
#include "machine.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace fs = std::filesystem;

namespace {

std::string slurp(const fs::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string hex(std::uint64_t value) {
    std::ostringstream text;
    text << "0x" << std::hex << value;
    return text.str();
}

[[noreturn]] void become(std::vector<std::string> command, const fs::path& folder, Disk disk) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const auto redirect = [](const fs::path& path, int number, int flags) {
        const int file = open(path.c_str(), flags, 0644);
        if (file < 0 || dup2(file, number) < 0)
            _exit(99);
    };
    redirect("/dev/null", STDIN_FILENO, O_RDONLY);
    redirect(folder / "output", STDOUT_FILENO, O_WRONLY | O_CREAT | O_TRUNC);
    redirect(folder / "errors", STDERR_FILENO, O_WRONLY | O_CREAT | O_TRUNC);
    if (disk == Disk::full) {
        // What the probe writes first leads to the device that is always full. A limit on the size
        // of files (result_test.cpp) would do for QEMU 7.2 only: 10 makes large ones in memory.
        const auto first = folder / ("result.json.tmp-" + std::to_string(getpid()));
        if (symlink("/dev/full", first.c_str()) != 0)
            _exit(99);
    }
    std::vector<char*> arguments;
    for (auto& word : command)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    execv(arguments[0], arguments.data());
    _exit(99);
}

int guarded_wait(pid_t child) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    int status = 0;
    while (waitpid(child, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > end) {
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            return -1;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace

Folder::Folder() {
    auto pattern = (fs::temp_directory_path() / "probe-test-XXXXXX").string();
    if (!mkdtemp(pattern.data()))
        throw std::runtime_error("no temporary folder");
    path_ = pattern;
}

Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::map<std::string, Symbol> symbols_of(const std::string& guest) {
    const auto command = "'" NM "' -S '" GUESTS "/" + guest + ".elf'";
    std::map<std::string, Symbol> symbols;
    FILE* pipe = popen(command.c_str(), "r");
    if (!pipe)
        throw std::runtime_error("cannot run nm");
    std::array<char, 256> line{};
    while (fgets(line.data(), line.size(), pipe)) {
        // address [size] type name
        std::istringstream text(line.data());
        std::vector<std::string> words{std::istream_iterator<std::string>(text), {}};
        if (words.size() < 3)
            continue;
        const auto size = words.size() == 4 ? std::stoull(words[1], nullptr, 16) : 0;
        symbols[words.back()] = {std::stoull(words[0], nullptr, 16), size};
    }
    pclose(pipe);
    return symbols;
}

std::string watch_pc(const std::string& guest) {
    const auto address = symbols_of(guest).at("scenario_fault").address;
    return "watch pc " + hex(address) + " 0x10000000 0x11000000\n";
}

std::string configuration(const std::string& guest, const std::string& watch, const fs::path& out) {
    const auto symbols = symbols_of(guest);
    std::ostringstream text;
    text << "# made by the test\nimage 0x80200000 0x80300000 kernel\n";
    const auto handler = symbols.find("handler");
    const auto end_of_program = handler == symbols.end() ? 0x11000000 : handler->second.address;
    text << "image 0x10000000 " << hex(end_of_program) << " program\n";
    if (handler != symbols.end())
        text << "image " << hex(end_of_program) << " " << hex(end_of_program + 0x1000)
             << " library OS\n";
    for (const char* name :
         {"trap_vector", "on_timer", "fault_receive", "fault_dispatch", "fault_resolve",
          "fault_frame", "fault_fill", "fault_install", "fault_resume"}) {
        const auto& symbol = symbols.at(name);
        text << "function " << name << " " << hex(symbol.address) << " " << hex(symbol.size)
             << "\n";
    }
    text << watch << "out " << out.string() << "\n";
    return text.str();
}

Run run(const std::string& guest, const std::string& configuration, const Folder& folder,
        Disk disk) {
    const auto file = folder.path() / "probe.conf";
    std::ofstream(file) << configuration;
    const std::vector<std::string> command{
        QEMU,
        "-M",
        "virt",
        "-cpu",
        "rv64,sstc=off",
        "-smp",
        "1",
        "-m",
        "128M",
        "-display",
        "none",
        "-serial",
        "stdio",
        "-monitor",
        "none",
        "-no-reboot",
        "-icount",
        "shift=0,sleep=off",
        "-kernel",
        std::string(GUESTS "/") + guest + ".elf",
        "-plugin",
        std::string(PROBE ",config=") + file.string(),
        "-d",
        "int",
        "-D",
        (disk == Disk::full ? fs::path("/dev/null") : folder.path() / "interrupts").string()};
    const pid_t child = fork();
    if (child < 0)
        throw std::runtime_error("cannot fork");
    if (child == 0)
        become(command, folder.path(), disk);
    Run result{.exit_code = guarded_wait(child),
               .output = slurp(folder.path() / "output"),
               .errors = slurp(folder.path() / "errors"),
               .text = slurp(folder.path() / "result.json"),
               .result = {},
               .interrupt_log = slurp(folder.path() / "interrupts")};
    if (!result.text.empty())
        result.result = nlohmann::json::parse(result.text);
    else
        result.result = {{"fault", nullptr}};
    return result;
}

Run run_watching_pc(const std::string& guest) {
    const Folder folder;
    return run(guest, configuration(guest, watch_pc(guest), folder.path() / "result.json"), folder);
}

std::int64_t left_out_by_qemu(std::int64_t calls) {
    static const bool leaves_out = [] {
        FILE* const asked = popen(QEMU " --version", "r");
        int major = 0;
        int minor = 0;
        const bool told =
            asked && std::fscanf(asked, "QEMU emulator version %d.%d", &major, &minor) == 2;
        if (asked)
            pclose(asked);
        return told && std::pair(major, minor) >= std::pair(11, 1);
    }();
    return leaves_out ? calls : 0;
}

std::int64_t measured(const Run& run) {
    std::istringstream text(run.output);
    std::string line;
    std::string last;
    while (std::getline(text, line))
        if (!line.empty() && line != "\r")
            last = line;
    return std::stoll(last, nullptr, 16);
}

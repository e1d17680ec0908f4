// A session of `faultline debug`.
// SPDX-License-Identifier: MIT
#include "debugged.hpp"

#include "manifest.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tool.hpp"
#include "tree.hpp"

using namespace faultline;

static std::string mark(std::size_t index) { return "<command " + std::to_string(index) + ">"; }
static std::string echo_mark(std::size_t index) { return "echo " + mark(index) + "\\n\n"; }

Debugged::Debugged(const std::string& kernel, const std::vector<std::string>& commands,
                   const std::string& scenario) {
    const Scratch scratch;
    const auto file = scratch.path() / "commands.gdb";
    std::string script = "set pagination off\nset width 0\n";
    for (std::size_t i = 0; i < commands.size(); ++i)
        script += echo_mark(i) + commands[i] + "\n";
    script += echo_mark(commands.size());
    write_file(file, script);
    output_ = call({{"debug", kernel, scenario, "--batch", file.string()}, {}}).output;
    for (std::size_t i = 0; i < commands.size(); ++i) {
        const auto begin = output_.find(mark(i));
        const auto end = output_.find(mark(i + 1));
        const auto from = begin + mark(i).size() + 1; // the line's end
        answers_.push_back(begin == output_.npos ? "" : output_.substr(from, end - from));
    }
}

bool holds(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

std::vector<std::string> debugged_kernels() {
    return load_manifest(Tree::here().guest("debug")).kernel_names();
}

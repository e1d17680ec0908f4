// What a compiler or a linker said of a student's source, for the student.
// SPDX-License-Identifier: MIT
#include "compiler_messages.hpp"

#include "text.hpp"
#include "visible.hpp"

namespace lab {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

namespace {

// A header's place in the tree, for the way there through build/../layers/NAME.
std::string without_layers(std::string text) {
    const std::string layers = "build/guest-release/layers/";
    for (auto at = text.find(layers); at != text.npos; at = text.find(layers)) {
        const auto end = text.find('/', at + layers.size());
        text.erase(at, end == text.npos ? layers.size() : end + 1 - at);
    }
    return text;
}

constexpr const char* TOO_LONG =
    "it was ended for its time: an endless recursion of templates, includes, constexpr or the "
    "assembler's macros looks like this";
constexpr const char* TOO_MUCH =
    "it wrote more than any object of a lab holds: a very large array with values, a repetition in "
    "the assembler or a flood of messages looks like this";
constexpr const char* NO_MEMORY = "it took more memory than there is for it, or crashed";

// The compiler's driver tells in its own words what became of the compiler itself.
const char* why_ended(const JobEnd& end) {
    const auto says = [&](const char* words) {
        return end.output.find(words) != std::string::npos;
    };
    if (end.how == JobEnding::wall || end.how == JobEnding::processor ||
        says("CPU time limit exceeded signal"))
        return TOO_LONG;
    if (end.how == JobEnding::file || end.how == JobEnding::disk ||
        says("File size limit exceeded") || says("File too large"))
        return TOO_MUCH;
    if (end.how == JobEnding::signal || says("out of memory") || says("memory exhausted") ||
        says("signal terminated program") || says("internal compiler error"))
        return NO_MEMORY;
    return "";
}

} // namespace

std::string compiler_message(const std::string& what, const JobEnd& end,
                             const std::filesystem::path& top,
                             const std::filesystem::path& folder) {
    const std::string why = why_ended(end);
    std::string text;
    for (const auto& line : faultline::lines_of(end.output)) // nobody wants a report of these
        if (line.find("bug report") == line.npos && line.find("/README.Bugs") == line.npos)
            text += std::string(line) + "\n";
    text = without_layers(replaced(text, top.string() + "/", ""));
    text = faultline::first_messages(replaced(text, folder.string() + "/", ""));
    return what + ": " + (why.empty() ? "it does not compile" : why) + "\n" + text +
           (text.empty() || text.ends_with('\n') ? "" : "\n");
}

} // namespace lab

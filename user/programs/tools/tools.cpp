// The tools: ls, cat, grep and all the others, in one program with many names.
// SPDX-License-Identifier: MIT
//
// On the disk /bin/ls, /bin/cat, ... are links to /bin/tools: one file, one set of pages, one set
// of symbols. Before: the shell, which gives the tool's name as the first word.
#include "tool.hpp"

#include <array>

namespace tools {

namespace {

constexpr std::array ALL{
    Tool{"cat", "cat [FILE...]: files, one behind the other", cat},
    Tool{"cp", "cp FILE... TO: copies, into TO if that is a directory", cp, {.least = 2}},
    Tool{"echo", "echo [-n] [WORD...]: the words", echo, {.options = Tool::ANY_DASH}},
    Tool{"false", "false: fails", fail, {.options = Tool::ANY_DASH}},
    Tool{"free", "free: memory, swap and disk, in use and free", free, {.most = 0}},
    Tool{"grep",
         "grep [-v] [-n] [-c] PATTERN [FILE...]: lines that match (^ $ . *)",
         grep,
         {.options = "vnc", .least = 1}},
    Tool{"halt",
         "halt: writes everything to the disk and switches the machine off",
         halt,
         {.most = 0}},
    Tool{"head", "head [-n LINES] [FILE...]: the first lines", head, {.options = "n"}},
    Tool{"kill",
         "kill PROCESS...: ends processes; -GROUP a whole group",
         kill,
         {.options = Tool::ANY_DASH, .least = 1}},
    Tool{"ln", "ln FILE NAME: another name for a file", ln, {.least = 2, .most = 2}},
    Tool{"ls", "ls [-l] [-a] [PATH...]: what is in directories", ls, {.options = "la"}},
    Tool{"mkdir", "mkdir NAME...: makes directories", mkdir, {.least = 1}},
    Tool{"mv", "mv FILE... TO: renames files; moves them, if TO is a directory", mv, {.least = 2}},
    Tool{"ps", "ps: the processes", ps, {.most = 0}},
    Tool{"pwd", "pwd: where one is", pwd, {.most = 0}},
    Tool{"rm",
         "rm [-r] NAME...: takes names away; -r directories with all they hold",
         rm,
         {.options = "r", .least = 1}},
    Tool{"rmdir", "rmdir NAME...: takes empty directories away", rmdir, {.least = 1}},
    Tool{"sleep", "sleep SECONDS: waits", sleep, {.least = 1, .most = 1}},
    Tool{"sort", "sort [-r] [FILE...]: lines in the order of their bytes", sort, {.options = "r"}},
    Tool{"stat", "stat PATH...: what is known of a file", stat, {.least = 1}},
    Tool{"sync", "sync: until everything written is on the disk", sync, {.most = 0}},
    Tool{"tail", "tail [-n LINES] [FILE...]: the last lines", tail, {.options = "n"}},
    Tool{"touch", "touch NAME...: makes empty files", touch, {.least = 1}},
    Tool{"true", "true: succeeds", succeed, {.options = Tool::ANY_DASH}},
    Tool{"uptime", "uptime: how long the machine has been running", uptime, {.most = 0}},
    Tool{"wc", "wc [FILE...]: how many lines, words and bytes", wc},
    Tool{"xxd", "xxd [FILE...]: bytes as numbers", xxd},
};

const Tool* find(std::string_view name) {
    for (const Tool& tool : ALL)
        if (tool.name == name)
            return &tool;
    return nullptr;
}

bool is_called_rightly(const Tool& tool, os::Arguments words) {
    if (words.size() < tool.wanted.least || words.size() > tool.wanted.most)
        return false;
    for (const std::string_view word : words) {
        if (!word.starts_with('-') || word == "-" || tool.wanted.options == Tool::ANY_DASH)
            return true;
        if (word.find_first_not_of(tool.wanted.options, 1) != std::string_view::npos)
            return false;
    }
    return true;
}

int list_all() {
    os::Writer out(os::OUTPUT);
    for (const Tool& tool : ALL)
        print(out, "  ", tool.usage, "\n");
    return out.flush() == 0 ? DONE : FAILED;
}

} // namespace

int say_usage(os::Arguments arguments) {
    if (const Tool* tool = find(last_part(arguments.name())))
        os::report("usage: ", tool->usage);
    return WRONG_USE;
}

} // namespace tools

int main(os::Arguments arguments) {
    const std::string_view name = tools::last_part(arguments.name());
    if (const tools::Tool* tool = tools::find(name))
        return tools::is_called_rightly(*tool, arguments.from(1)) ? tool->run(arguments)
                                                                  : tools::say_usage(arguments);
    if (name == "tools" || name.empty())
        return tools::list_all();
    os::report("tools: ", name, " is none of them");
    return tools::list_all() == tools::DONE ? tools::WRONG_USE : tools::FAILED;
}

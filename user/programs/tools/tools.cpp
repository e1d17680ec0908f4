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
    Tool{"cp", "cp FILE... TO: copies, into TO if that is a directory", cp},
    Tool{"echo", "echo [-n] [WORD...]: the words", echo},
    Tool{"false", "false: fails", fail},
    Tool{"free", "free: memory, swap and disk, in use and free", free},
    Tool{"grep", "grep [-v] [-n] [-c] PATTERN [FILE...]: lines that match (^ $ . *)", grep},
    Tool{"halt", "halt: writes everything to the disk and switches the machine off", halt},
    Tool{"head", "head [-n LINES] [FILE...]: the first lines", head},
    Tool{"kill", "kill PROCESS...: ends processes; -GROUP a whole group", kill},
    Tool{"ln", "ln FILE NAME: another name for a file", ln},
    Tool{"ls", "ls [-l] [-a] [PATH...]: what is in directories", ls},
    Tool{"mkdir", "mkdir NAME...: makes directories", mkdir},
    Tool{"mv", "mv FILE... TO: renames; moves, if TO is a directory", mv},
    Tool{"ps", "ps: the processes", ps},
    Tool{"pwd", "pwd: where one is", pwd},
    Tool{"rm", "rm [-r] NAME...: takes names away; -r directories with all they hold", rm},
    Tool{"rmdir", "rmdir NAME...: takes empty directories away", rmdir},
    Tool{"sleep", "sleep SECONDS: waits", sleep},
    Tool{"sort", "sort [-r] [FILE...]: lines in the order of their bytes", sort},
    Tool{"stat", "stat PATH...: what is known of a file", stat},
    Tool{"sync", "sync: until everything written is on the disk", sync},
    Tool{"tail", "tail [-n LINES] [FILE...]: the last lines", tail},
    Tool{"touch", "touch NAME...: makes empty files", touch},
    Tool{"true", "true: succeeds", succeed},
    Tool{"uptime", "uptime: how long the machine has been running", uptime},
    Tool{"wc", "wc [FILE...]: how many lines, words and bytes", wc},
    Tool{"xxd", "xxd [FILE...]: bytes as numbers", xxd},
};

const Tool* find(std::string_view name) {
    for (const Tool& tool : ALL)
        if (tool.name == name)
            return &tool;
    return nullptr;
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
        return tool->run(arguments);
    if (name == "tools" || name.empty())
        return tools::list_all();
    os::report("tools: ", name, " is none of them");
    return tools::list_all() == tools::DONE ? tools::WRONG_USE : tools::FAILED;
}

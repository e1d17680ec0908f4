// ps, kill, halt: processes.
// SPDX-License-Identifier: MIT
#include "tool.hpp"

#include "user/lib/halt.hpp"

namespace tools {

namespace {

constexpr std::size_t MOST = 64; // processes that can exist

std::string_view words_of(os::ProcessState state) {
    switch (state) {
    case os::ProcessState::runnable:
        return "runnable";
    case os::ProcessState::running:
        return "running";
    case os::ProcessState::asleep:
        return "asleep";
    case os::ProcessState::ended:
        return "ended";
    }
    return "unknown";
}

std::string_view name_of(const os::ProcessInfo& process) {
    const std::string_view name(process.name.data(), process.name.size());
    return name.substr(0, name.find('\0'));
}

} // namespace

int ps(os::Arguments arguments) {
    static constinit std::array<os::ProcessInfo, MOST> rows{};
    const std::int64_t count = os::processes(rows);
    if (count < 0)
        return complain(arguments, "processes", count);
    os::Writer out(os::OUTPUT);
    print(out, "  ID  PARENT  GROUP  STATE      PAGES   FAULTS  MILLISECONDS  NAME\n");
    for (const os::ProcessInfo& row :
         std::span(rows).first(std::min(static_cast<std::size_t>(count), rows.size()))) {
        os::put_right(out, row.id, 4);
        os::put_right(out, row.parent, 8);
        os::put_right(out, row.group, 7);
        out.put("  ");
        os::put_left(out, words_of(row.state), 8);
        os::put_right(out, row.resident_pages, 8);
        os::put_right(out, row.faults, 9);
        os::put_right(out, row.ticks / os::TICKS_PER_MILLISECOND, 14);
        print(out, "  ", name_of(row), "\n");
    }
    return finish(arguments, out);
}

int kill(os::Arguments arguments) {
    int worst = DONE;
    for (const std::string_view word : arguments.from(1)) {
        const bool group = word.starts_with('-');
        const auto number = os::to_number(word.substr(group ? 1 : 0));
        if (!number || *number == 0 || *number > INT64_MAX)
            return say_usage(arguments);
        const auto whom = static_cast<std::int64_t>(*number);
        if (const std::int64_t error = group ? os::kill_group(whom) : os::kill(whom); error < 0)
            worst = complain(arguments, word, error);
    }
    return worst;
}

// There is no call that switches the machine off: it goes off when process 1 ends. An orphan's
// status reaches process 1, so an orphan asks for it (user/lib/halt.hpp).
int halt(os::Arguments arguments) {
    const std::int64_t child = os::fork();
    if (child < 0)
        return complain(arguments, "cannot ask process 1", child);
    if (child == 0)
        return os::fork() == 0 ? static_cast<int>(os::HALT_STATUS) : DONE;
    os::wait();
    constexpr std::uint64_t PATIENCE = 2000 * os::TICKS_PER_MILLISECOND;
    os::sleep(PATIENCE); // the shell shall not begin anything new meanwhile
    os::report(arguments.name(), ": process 1 does not listen");
    return FAILED;
}

} // namespace tools

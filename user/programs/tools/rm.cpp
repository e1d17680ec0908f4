// rm: takes names away, with -r directories and all that they hold.
// SPDX-License-Identifier: MIT
#include "tool.hpp"

namespace tools {

namespace {

// The way to the current directory, for messages: as far as there is room for it.
class Way {
public:
    explicit Way(std::string_view start) { text_.put(start); }

    void enter(std::string_view name) {
        if (left_out_ != 0 || name.size() + 1 > abi::PATH_BYTES - text_.view().size()) {
            ++left_out_;
            return;
        }
        text_.put("/");
        text_.put(name);
    }
    void leave() {
        if (left_out_ != 0)
            --left_out_;
        else
            text_.cut(text_.view().find_last_of('/'));
    }
    std::string_view view() const { return text_.view(); }

private:
    os::PathText text_;
    std::size_t left_out_ = 0; // names at the end
};

enum class Went : std::uint8_t { nowhere, down };
struct Emptied {
    std::int64_t error = 0; // WAY then leads to what it is about
    Went went = Went::nowhere;
};

// Goes into the directory NAME. malformed: on a damaged disk it knows another one above it than
// this one, so that ".." would lead to what nobody wanted to empty, or round and round.
std::int64_t go_down(std::string_view name) {
    os::Stat here{};
    os::Stat above{};
    std::int64_t error = os::stat(".", here);
    if (error == 0)
        error = os::chdir(name);
    if (error == 0)
        error = os::stat("..", above);
    return error == 0 && above.inode != here.inode ? -std::int64_t{abi::NOT_EXECUTABLE} : error;
}

// Takes the names of the current directory away, or goes into the first one that holds others.
Emptied empty_here(Way& way) {
    os::Directory directory(".");
    while (const auto entry = directory.next()) {
        if (entry->name == "." || entry->name == "..")
            continue;
        const std::int64_t error = os::unlink(entry->name);
        if (error == 0)
            continue;
        way.enter(entry->name);
        if (error != -abi::NOT_EMPTY)
            return {.error = error};
        return {.error = go_down(entry->name), .went = Went::down};
    }
    return {.error = directory.failure()};
}

// The same with all that is below: down by a name and up by "..", so that a tree may be deeper than
// a path is long. What was emptied goes with the other names of the directory above.
std::int64_t empty_all(Way& way) {
    for (std::size_t depth = 0;;) {
        const Emptied emptied = empty_here(way);
        if (emptied.error < 0)
            return emptied.error;
        if (emptied.went == Went::down) {
            ++depth;
            continue;
        }
        if (depth-- == 0)
            return 0;
        way.leave();
        if (const std::int64_t error = os::chdir(".."); error < 0)
            return error;
    }
}

// Empties the directory NAME, in a process of its own: this one stays where it is, for the other
// names.
int empty_directory(os::Arguments arguments, std::string_view name) {
    const std::int64_t child = os::fork();
    if (child < 0)
        return complain(arguments, name, child);
    if (child == 0) {
        Way way(name);
        std::int64_t error = os::chdir(name);
        if (error == 0)
            error = empty_all(way);
        os::exit(error < 0 ? complain(arguments, way.view(), error) : DONE);
    }
    std::int64_t status = DONE;
    const std::int64_t error = os::wait(status);
    if (error < 0)
        return complain(arguments, name, error);
    return status == DONE ? DONE : FAILED;
}

int remove_all(os::Arguments arguments, std::string_view name) {
    std::int64_t error = os::unlink(name);
    if (error == -abi::NOT_EMPTY) {
        if (empty_directory(arguments, name) != DONE)
            return FAILED;
        error = os::unlink(name);
    }
    return error < 0 ? complain(arguments, name, error) : DONE;
}

int remove_one(os::Arguments arguments, std::string_view name) {
    os::Stat stat{};
    std::int64_t error = os::stat(name, stat);
    if (error == 0)
        error = stat.type == os::FileType::directory ? -abi::IS_DIRECTORY : os::unlink(name);
    return error < 0 ? complain(arguments, name, error) : DONE;
}

} // namespace

int rm(os::Arguments arguments) {
    const bool all = arguments.size() > 1 && arguments[1] == "-r";
    const os::Arguments names = arguments.from(all ? 2 : 1);
    if (names.size() == 0)
        return say_usage(arguments);
    int worst = DONE;
    for (const std::string_view name : names)
        worst = std::max(worst, all ? remove_all(arguments, name) : remove_one(arguments, name));
    return worst;
}

} // namespace tools

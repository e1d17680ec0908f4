// One command: its words and redirections, and who carries it out.
// SPDX-License-Identifier: MIT
//
// Before: runner.cpp. Next: a builtin (builtins.cpp), or exec.
#include "builtins.hpp"

#include "user/lib/directory.hpp"
#include "user/lib/message.hpp"
#include "user/lib/os.hpp"

namespace sh {

namespace {

constexpr std::int64_t LAST_REDIRECTED = 2;

std::uint64_t flags_of(Redirection::Mode mode) {
    if (mode == Redirection::Mode::read)
        return os::READ;
    return os::WRITE | os::CREATE | (mode == Redirection::Mode::append ? os::APPEND : os::TRUNCATE);
}

// The standard descriptors as they were, while a builtin has others.
class Saved {
public:
    void save(std::int64_t descriptor) {
        auto& copy = copies_[static_cast<std::size_t>(descriptor)];
        if (copy < 0)
            copy = os::dup(descriptor);
    }
    ~Saved() {
        for (std::int64_t descriptor = 0; descriptor <= LAST_REDIRECTED; ++descriptor)
            if (copies_[static_cast<std::size_t>(descriptor)] >= 0)
                move_descriptor(copies_[static_cast<std::size_t>(descriptor)], descriptor);
    }

private:
    std::array<std::int64_t, LAST_REDIRECTED + 1> copies_{-1, -1, -1};
};

} // namespace

// Nothing runs when a word is too long: that was said already.
Result<Runner::Words> Runner::expand(const Tree& tree, const Node& node) {
    const Words raw = tree.words(node);
    expansion_.clear();
    for (std::size_t i = 0; i < raw.size(); ++i) {
        const Result<std::string_view> word = expansion_.expand(raw[i], values());
        if (!word) {
            os::report("sh: the words of this command are too long together");
            return std::unexpected(word.error());
        }
        words_[i] = *word;
    }
    return Words(words_).first(raw.size());
}

// A descriptor for what REDIRECTION names, or an error, which was said.
std::int64_t Runner::open_target(const Redirection& redirection) {
    Expansion expansion;
    const Result<std::string_view> file = expansion.expand(redirection.file, values());
    if (!file || redirection.descriptor > LAST_REDIRECTED) {
        os::report("sh: ", redirection.file,
                   file ? ": only 0, 1 and 2 can be redirected" : ": too long");
        return -abi::INVALID;
    }
    const bool digit = file->size() == 1 && file->front() >= '0' && file->front() <= '9';
    std::int64_t opened = -abi::INVALID;
    if (redirection.mode != Redirection::Mode::same)
        opened = os::open(*file, flags_of(redirection.mode));
    else if (digit)
        opened = os::dup(file->front() - '0');
    if (opened < 0)
        os::report("sh: ", *file, ": ", os::words(opened));
    return opened;
}

// 0, or an error, which was said.
std::int64_t Runner::redirect(const Tree& tree, const Node& node) {
    for (const Redirection& redirection : tree.redirections(node)) {
        const std::int64_t opened = open_target(redirection);
        if (opened < 0)
            return opened;
        move_descriptor(opened, redirection.descriptor);
    }
    return 0;
}

std::int64_t Runner::run_builtin(const Tree& tree, const Node& node, Words words) {
    Saved saved;
    for (const Redirection& redirection : tree.redirections(node))
        if (redirection.descriptor <= LAST_REDIRECTED)
            saved.save(redirection.descriptor);
    if (redirect(tree, node) != 0)
        return WRONG;
    return words.empty() ? 0 : run_builtin_command(*this, words);
}

std::int64_t Runner::run_simple(const Tree& tree, NodeIndex index) {
    const Node& node = tree[index];
    const Result<Words> words = expand(tree, node);
    if (!words)
        return WRONG;
    // Redirections alone make or empty files.
    if (words->empty() || is_builtin(words->front()))
        return run_builtin(tree, node, *words);
    return run_pipeline(tree, index);
}

// In a child: becomes the program, found in /bin unless a path is given.
void Runner::execute(Words words) {
    if (words.empty())
        os::exit(0);
    const std::string_view name = words.front();
    if (is_builtin(name))
        os::exit(run_builtin_command(*this, words));
    os::PathText path;
    const bool is_path = name.find('/') != std::string_view::npos;
    if (!is_path)
        os::join(path, "/bin", name);
    const std::int64_t error = os::exec(is_path ? name : path.view(), words);
    if (error == -abi::NOT_FOUND && !is_path)
        os::report("sh: ", name, ": no such command; `help` lists them");
    else if (error == -abi::NOT_EXECUTABLE)
        os::report("sh: ", name, ": not a program; `sh ", name, "` takes it for commands");
    else
        os::report("sh: ", name, ": ", os::words(error));
    os::exit(error == -abi::NOT_FOUND ? NOT_FOUND : NOT_EXECUTABLE);
}

} // namespace sh

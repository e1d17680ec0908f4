// Lines from a person.
// SPDX-License-Identifier: MIT
#include "console.hpp"

#include "builtins.hpp"

#include "user/lib/os.hpp"

namespace sh {

namespace {

void offer_files(Candidates& candidates, std::string_view directory) {
    os::Directory names(directory.empty() ? "." : directory);
    while (const auto entry = names.next())
        candidates.offer(entry->name);
}

bool is_directory(std::string_view directory, std::string_view prefix, std::string_view addition) {
    os::PathText path;
    for (const std::string_view part : {directory, prefix, addition})
        path.put(part);
    os::Stat stat{};
    return path.complete() && os::stat(path.view(), stat) == 0 &&
           stat.type == os::FileType::directory;
}

} // namespace

// "/home $ "; of a long path its end.
void Console::make_prompt() {
    constexpr std::size_t SHOWN = 40;
    os::PathText path;
    const std::int64_t error = os::current_directory(path, SHOWN);
    std::string_view shown = path.view();
    if (error != 0 && error != -abi::TOO_LARGE)
        shown = error == -abi::NOT_FOUND ? "(deleted)" : "(unknown)";
    prompt_.clear();
    if (shown.size() > SHOWN) {
        prompt_.put("...");
        shown.remove_prefix(shown.size() - SHOWN);
        while (!shown.empty() && os::continues_letter(shown.front()))
            shown.remove_prefix(1);
    }
    prompt_.put(shown);
    prompt_.put(" $ ");
}

void Console::complete() {
    const Completable wanted = to_complete(editor_.before_cursor());
    Candidates candidates(wanted.prefix);
    const bool command = wanted.kind == Completable::Kind::command;
    if (command)
        offer_builtins(candidates);
    offer_files(candidates, command ? "/bin" : wanted.directory);
    if (candidates.count() == 1) {
        const std::string_view addition = candidates.addition();
        const bool open = !command && is_directory(wanted.directory, wanted.prefix, addition);
        os::FixedText<Candidates::NAME_BYTES + 1> text;
        text.put(addition);
        text.put(open ? "/" : " ");
        editor_.insert(text.view());
    } else if (!candidates.addition().empty()) {
        editor_.insert(candidates.addition());
    } else if (candidates.count() == 0) {
        editor_.bell();
    } else {
        editor_.show([&](Screen& screen) { candidates.put_list(screen, Editor::WIDTH); });
    }
}

std::optional<Console::Typed> Console::read_line() {
    os::terminal(os::Terminal::bytes);
    make_prompt();
    editor_.start(prompt_.view());
    std::optional<Typed> line;
    for (bool done = false; !done;) {
        screen_.flush();
        // One at a time: what was typed behind this line is the next reader's.
        char byte = 0;
        if (os::read(os::INPUT, std::span(&byte, 1)) <= 0)
            break;
        const Editor::Event event = editor_.feed(byte);
        switch (event) {
        case Editor::Event::none:
            break;
        case Editor::Event::line:
        case Editor::Event::too_long:
            line = {editor_.text(), event == Editor::Event::line};
            done = true;
            break;
        case Editor::Event::abandoned:
            editor_.start(prompt_.view());
            break;
        case Editor::Event::end_of_input:
            done = true;
            break;
        case Editor::Event::complete:
            complete();
            break;
        }
    }
    screen_.flush();
    os::terminal(os::Terminal::lines);
    return line;
}

} // namespace sh

// The words of a command line as a shell would read it, for commands that a build wrote down.
// SPDX-License-Identifier: MIT
#include "shell_words.hpp"

#include "failure.hpp"

namespace lab {

static void refuse(std::string_view line, const char* why) {
    throw faultline::Failure(faultline::Exit::failed,
                             std::string(why) + " in the build's command " + std::string(line),
                             "The guest's build has to be one of plain commands.");
}

std::vector<std::string> shell_words(std::string_view line) {
    std::vector<std::string> words;
    std::string word;
    bool in_word = false;
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        const bool literal = quote == '\'' && c != '\'';
        if (literal || (quote == '"' && c != '"' && c != '\\')) {
            word += c;
        } else if (c == '\\' && i + 1 < line.size()) {
            word += line[++i];
            in_word = true;
        } else if (quote != 0) { // its end
            quote = 0;
        } else if (c == '\'' || c == '"') {
            quote = c;
            in_word = true;
        } else if (c == ' ') {
            if (in_word)
                words.push_back(std::move(word));
            word.clear();
            in_word = false;
        } else if (std::string_view("<>|;$`(){}").find(c) != std::string_view::npos) {
            refuse(line, "there is what only a shell can do");
        } else {
            word += c;
            in_word = true;
        }
    }
    if (quote != 0)
        refuse(line, "a quote does not end");
    if (in_word)
        words.push_back(std::move(word));
    return words;
}

std::vector<std::vector<std::string>> commands_of(std::string_view line) {
    std::vector<std::vector<std::string>> commands(1);
    for (auto& word : shell_words(line))
        if (word == "&&")
            commands.emplace_back();
        else
            commands.back().push_back(std::move(word));
    std::erase_if(commands, [](const auto& words) { return words.empty() || words[0] == ":"; });
    return commands;
}

} // namespace lab

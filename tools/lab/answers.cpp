// Reads an answer file without trusting it.
// SPDX-License-Identifier: MIT
//
// Files of any editor are taken: a byte-order mark, CR LF, a no-break space. UTF-16, archives and
// pictures are refused with a word on what to do.
#include "answers.hpp"

#include "failure.hpp"
#include "text.hpp"
#include "words.hpp"

#include <algorithm>
#include <cctype>

namespace lab {

using faultline::Exit;
using faultline::Failure;

static constexpr std::uintmax_t LARGEST_FILE = 64 * 1024;

static void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

// One kind of line end, one kind of blank.
static std::string plain(const std::string& file, std::string_view text) {
    if (text.empty())
        throw Failure(Exit::usage, file + " is empty",
                      "Copy labs/00-watch-the-fault/answers.txt again and fill that in.");
    if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
        throw Failure(Exit::usage, file + " is UTF-16 text", "Save it as UTF-8 (or plain ASCII).");
    if (text.find('\0') != text.npos)
        throw Failure(Exit::usage, file + " is no text file: it holds zero bytes",
                      "Save it as plain text, one `name = value` a line.");
    std::string result(text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text);
    replace_all(result, "\r\n", "\n");
    replace_all(result, "\r", "\n");
    replace_all(result, "\xc2\xa0", " ");
    return result;
}

static std::string no_such_question(const std::string& name,
                                    const std::vector<std::string>& questions) {
    std::string words = "there is no question '" + printable(name) + "'";
    if (name.size() <= 100) // the search for a near name takes time with its length
        if (const auto near = faultline::nearest(name, questions))
            words += "; did you mean " + *near + "?";
    return words;
}

static void take_line(Answers& answers, std::size_t number, std::string_view line,
                      const std::vector<std::string>& questions) {
    const auto content = trimmed(line.substr(0, line.find('#')));
    if (content.empty())
        return;
    const auto equals = content.find('=');
    if (equals == content.npos) {
        answers.notes.push_back({number, "'" + printable(content) +
                                             "' has no '=': write `name = value`, and # before a "
                                             "remark"});
        return;
    }
    const std::string name = lower(trimmed(content.substr(0, equals)));
    if (std::ranges::find(questions, name) == questions.end()) {
        answers.notes.push_back({number, no_such_question(name, questions)});
        return;
    }
    const Answer answer{.value = trimmed(content.substr(equals + 1)), .line = number};
    const auto [known, first] = answers.by_name.try_emplace(name, answer);
    if (!first)
        known->second.again.push_back(number);
}

Answers parse_answers(const std::string& file, std::string_view text,
                      const std::vector<std::string>& questions) {
    Answers answers{.file = file, .by_name = {}, .notes = {}};
    const std::string content = plain(file, text);
    std::size_t number = 0;
    for (std::size_t begin = 0; begin < content.size();) {
        const auto end = std::min(content.find('\n', begin), content.size());
        take_line(answers, ++number, std::string_view(content).substr(begin, end - begin),
                  questions);
        begin = end + 1;
    }
    return answers;
}

Answers read_answers(const std::filesystem::path& path, const std::vector<std::string>& questions) {
    const std::string shown = printable(path.string(), 200);
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error))
        throw Failure(Exit::usage, shown + (error ? ": " + error.message() : " is not a file"),
                      "Name the file that you filled in (the starter is "
                      "labs/00-watch-the-fault/answers.txt).");
    if (std::filesystem::file_size(path, error) > LARGEST_FILE)
        throw Failure(Exit::usage, shown + " is larger than 64 KiB, so it is no answer file",
                      "Name the file that you filled in.");
    std::string text;
    try {
        text = faultline::read_file(path);
    } catch (const Failure& failure) {
        throw Failure(Exit::usage, failure.what(), failure.next());
    }
    return parse_answers(printable(path.filename().string()), text, questions);
}

} // namespace lab

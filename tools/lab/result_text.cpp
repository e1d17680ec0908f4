// A result as text.
// SPDX-License-Identifier: MIT
#include "result_formats.hpp"

#include "text.hpp"
#include "visible.hpp"

namespace lab {

namespace {

constexpr std::size_t POINTS_END = 62; // columns

class Writer {
public:
    explicit Writer(std::size_t width) : width_(width) {}

    void line(const std::string& text) { text_ += text + "\n"; }
    // One empty line, and none at the beginning.
    void gap() {
        if (!text_.empty() && !text_.ends_with("\n\n"))
            text_ += "\n";
    }
    // NAME, and what it says in a column of its own.
    void field(const std::string& name, const std::string& says) {
        if (says.empty())
            return;
        std::string start = "    " + name;
        start.resize(15, ' ');
        const auto lines =
            faultline::lines_of(faultline::wrapped(faultline::visible(says), width_ - 17));
        for (std::size_t i = 0; i < lines.size(); ++i)
            line((i == 0 ? start : std::string(15, ' ')) + std::string(lines[i]));
    }
    void paragraph(const std::string& text, const std::string& indent) {
        for (const auto& one : faultline::lines_of(text))
            line(indent + faultline::visible(std::string(one)));
    }
    std::string take() { return std::move(text_); }

private:
    std::size_t width_;
    std::string text_;
};

std::string of(unsigned points, unsigned most) {
    return std::to_string(points) + " of " + std::to_string(most);
}

std::string head_of(const TaskResult& task) {
    std::string text = "task " + task.task + "  " + task.title;
    const std::string points = of(task.points, task.of);
    const std::size_t used = text.size() + points.size();
    return text + std::string(used + 2 < POINTS_END ? POINTS_END - used : 2, ' ') + points;
}

void finding(Writer& writer, const Finding& found, Reader reader) {
    const bool closed = found.hidden && reader == Reader::student;
    writer.gap();
    writer.line("  " + faultline::visible(found.test) + (found.hidden ? " (hidden)" : ""));
    if (!closed) {
        writer.field("expected", found.expected);
        writer.field("observed", found.observed);
    }
    writer.field("hint", found.hint);
    if (!closed && !found.debug.empty()) {
        writer.line("    see it:");
        writer.paragraph(found.debug, "        "); // can be copied: it is not wrapped
    }
}

} // namespace

std::string result_text(const LabResult& result, Reader reader, std::size_t width) {
    Writer writer(width);
    if (!result.student.empty())
        writer.line("Lab " + result.lab + ", " + faultline::visible(result.student));
    if (!result.refused.empty()) {
        writer.gap();
        writer.line("Nothing of this submission was run, and it has no points, for:");
        for (const auto& found : result.refused)
            finding(writer, found, reader);
    }
    if (!result.notes.empty()) {
        writer.gap();
        writer.line("Taken otherwise than it was handed in:");
        for (const auto& found : result.notes)
            finding(writer, found, reader);
    }
    if (!result.build.empty()) {
        writer.gap();
        writer.line("The build says:");
        writer.paragraph(result.build, "  ");
    }
    writer.gap();
    for (const auto& task : result.tasks) {
        writer.line(head_of(task));
        for (const auto& found : task.findings)
            finding(writer, found, reader);
        if (!task.findings.empty())
            writer.gap();
    }
    for (const auto& hand : result.by_hand) {
        writer.gap();
        writer.line("by hand, of " + std::to_string(hand.of) + ":");
        writer.field("question", hand.question);
        if (reader == Reader::teacher)
            writer.field("rubric", hand.rubric);
    }
    writer.gap();
    if (!result.sandbox.empty())
        writer.line("Sandbox: " + result.sandbox +
                    (result.enforced.empty()
                         ? "; nothing was tried"
                         : "; tried and enforced: " + faultline::join(result.enforced)));
    writer.line("points " + of(result.points(), result.of()));
    return writer.take();
}

} // namespace lab

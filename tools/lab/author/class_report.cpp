// A class's points as one table: CSV for a spreadsheet, HTML for a browser.
// SPDX-License-Identifier: MIT
//
// Both hold words of students: in CSV no field is taken for a formula, in HTML nothing for markup.
#include "class_report.hpp"

#include "markup.hpp"
#include "result_formats.hpp"
#include "roster.hpp"
#include "visible.hpp"

#include <algorithm>

namespace lab {

namespace {

std::string csv_field(const std::string& text) {
    std::string field = faultline::visible(text);
    if (!field.empty() && std::string("=+-@\t").find(field.front()) != std::string::npos)
        field.insert(0, 1, '\''); // a spreadsheet would compute it
    std::string quoted = "\"";
    for (const char c : field)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c == '\n' ? ' ' : c);
    return quoted + "\"";
}

const TaskResult* task_of(const ClassRow& row, const std::string& task) {
    if (!row.result)
        return nullptr;
    const auto found = std::ranges::find(row.result->tasks, task, &TaskResult::task);
    return found == row.result->tasks.end() ? nullptr : &*found;
}

std::string note_of(const ClassRow& row) {
    std::string note = row.note;
    const auto add = [&](const std::string& words) { note += (note.empty() ? "" : "; ") + words; };
    if (row.result) {
        for (const auto& found : row.result->refused)
            add("refused: " + found.test + " " + found.observed);
        for (const auto& found : row.result->notes)
            add(found.test + ": " + found.observed);
        for (const auto& task : row.result->tasks)
            for (const auto& found : task.findings)
                if (found.test == DECIDED)
                    add("task " + task.task + " " + found.test + ", " + found.observed +
                        (found.hint.empty() ? "" : ": " + found.hint));
    }
    return note;
}

constexpr const char* STYLE =
    "body{font-family:sans-serif;margin:2em;max-width:80em}"
    "table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.3em .6em;text-align:right}"
    "td:first-child,td:nth-child(2),td:last-child{text-align:left}"
    ".lost{background:#fbe6e0}pre{white-space:pre-wrap;background:#f5f5f5;padding:1em}";

std::string html_row(const Description& lab, const ClassRow& row) {
    std::string text = "<tr><td>";
    text += row.result ? "<a href=\"#" + markup_text(row.student) + "\">" +
                             markup_text(row.student) + "</a>"
                       : markup_text(row.student);
    text += "</td><td>" + markup_text(row.name) + "</td>";
    for (const auto& task : lab.tasks) {
        const auto* made = task_of(row, task.id);
        text += made && made->points == made->of ? "<td>" : "<td class=\"lost\">";
        text += (made ? std::to_string(made->points) : "") + "</td>";
    }
    text += "<td>" + (row.result ? std::to_string(row.result->points()) : "") + "</td><td>" +
            std::to_string(row.late_days) + "</td><td><b>" + std::to_string(row.final_points) +
            "</b></td><td></td><td>" + markup_text(note_of(row)) + "</td></tr>\n";
    return text;
}

} // namespace

std::string class_csv(const Description& lab, const std::vector<ClassRow>& rows) {
    std::string text = "student,name";
    for (const auto& task : lab.tasks)
        text += ",task " + task.id;
    text += ",points,of,late days,final,by hand,note\n";
    for (const auto& row : rows) {
        text += csv_field(row.student) + "," + csv_field(row.name);
        for (const auto& task : lab.tasks) {
            const auto* made = task_of(row, task.id);
            text += "," + (made ? std::to_string(made->points) : "");
        }
        text += "," + (row.result ? std::to_string(row.result->points()) : "") + "," +
                std::to_string(lab.points()) + "," + std::to_string(row.late_days) + "," +
                std::to_string(row.final_points) + ",," + csv_field(note_of(row)) + "\n";
    }
    return text;
}

std::string class_html(const Description& lab, const std::vector<ClassRow>& rows) {
    const std::string title = "Lab " + std::to_string(lab.number) + ", " + markup_text(lab.title);
    std::string text = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" +
                       title + "</title><style>" + STYLE + "</style></head><body>\n<h1>" + title +
                       "</h1>\n<table><tr><th>student</th><th>name</th>";
    for (const auto& task : lab.tasks)
        text += "<th title=\"" + markup_text(task.title) + "\">" + markup_text(task.id) + " (" +
                std::to_string(task.points) + ")</th>";
    unsigned by_hand = 0;
    for (const auto& hand : lab.by_hand)
        by_hand += hand.points;
    text += "<th>points (" + std::to_string(lab.points()) +
            ")</th><th>late days</th><th>final</th><th>by hand (" + std::to_string(by_hand) +
            ")</th><th>note</th></tr>\n";
    for (const auto& row : rows)
        text += html_row(lab, row);
    text += "</table>\n";
    for (const auto& row : rows)
        if (row.result)
            text += "<h2 id=\"" + markup_text(row.student) + "\">" + markup_text(row.student) +
                    "</h2>\n<pre>" + markup_text(result_text(*row.result, Reader::teacher, 100)) +
                    "</pre>\n";
    return text + "</body></html>\n";
}

} // namespace lab

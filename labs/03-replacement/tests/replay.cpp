// Plays your traces, or a string of your own, with your policies on the host, and counts faults.
// SPDX-License-Identifier: MIT
//
//     cmake --build --preset default --target lab-03-replay
//     build/default/labs/lab-03-replay                    the traces of task 5 (cases.json)
//     build/default/labs/lab-03-replay 4 1 2 3 4 5 1 2    that string with 4 frames, and with 5
#include "memory.hpp"

#include "abi/lab_replacement.hpp"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <exception>
#include <fstream>
#include <sstream>
#include <string>

namespace {

using Pages = std::vector<std::uint64_t>;
using namespace replacement_lab;

constexpr std::pair<const char*, Choose> POLICIES[] = {
    {"fifo", FIFO}, {"clock", CLOCK}, {"lru", LRU}, {"own", OWN}};

std::string counted(const Pages& pages, std::size_t frames, Choose choose) {
    try {
        return std::to_string(play(pages, frames, choose).faults);
    } catch (const std::exception&) {
        return "-"; // it chose nobody, or a frame that is not there
    }
}

void print_row(const std::string& name, const Pages& pages, std::size_t frames) {
    std::printf("%-10s %7zu", name.c_str(), frames);
    for (const auto& [policy, choose] : POLICIES)
        std::printf(" %7s", counted(pages, frames, choose).c_str());
    std::printf("\n");
}

void print_head() {
    std::printf("%-10s %7s", "faults of", "frames");
    for (const auto& [policy, choose] : POLICIES)
        std::printf(" %7s", policy);
    std::printf("\n");
}

// A query's words (abi/lab_replacement.hpp), as cases.json has them.
Pages words_of(const std::string& text) {
    Pages words;
    std::istringstream stream(text);
    for (std::string word; stream >> word;)
        words.push_back(std::stoull(word, nullptr, 16));
    return words;
}

Pages pages_of(const Pages& query) {
    Pages pages;
    if (static_cast<Ask>(query[0]) == Ask::walk) {
        Walk walk{.state = query[3], .hot = query[4], .once = query[5], .count = query[6]};
        while (pages.size() < walk.count)
            pages.push_back(walk.next());
        return pages;
    }
    for (std::uint64_t i = 0; i < query[3]; ++i)
        pages.push_back(query[4 + i / PACKED] >> 8 * (i % PACKED) & 0xff);
    return pages;
}

int replay_traces() {
    std::ifstream file(LAB_FOLDER "/cases.json");
    if (!file) {
        std::fprintf(stderr, "there is no labs/03-replacement/cases.json: a kit has it\n");
        return 1;
    }
    const nlohmann::json whole = nlohmann::json::parse(file);
    print_head();
    for (const auto& made : whole.at("cases"))
        if (made.contains("replacement") && made["replacement"].contains("played")) {
            const Pages query = words_of(made.at("query"));
            print_row(made["replacement"]["played"].at("trace"), pages_of(query), query[2]);
        }
    return 0;
}

} // namespace

int main(int count, char** words) {
    if (count == 1)
        return replay_traces();
    try {
        const std::size_t frames = std::stoull(words[1]);
        Pages pages;
        for (int i = 2; i < count; ++i)
            pages.push_back(std::stoull(words[i]));
        print_head();
        print_row("string", pages, frames);
        print_row("string", pages, frames + 1);
    } catch (const std::exception&) {
        std::fprintf(stderr, "a number of frames and a row of page numbers are wanted\n");
        return 2;
    }
    return 0;
}

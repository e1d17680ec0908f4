// One run of random use: system and model side by side.
// SPDX-License-Identifier: MIT
//
// model_run.cpp: what happens when, and the comparison. model_changes.cpp: how regions and spaces
// come and go.
#pragma once

#include "tests/vm/model.hpp"
#include "tests/vm/system.hpp"

#include <random>

inline constexpr vm::FileId PRIVATE_FILE{1};
inline constexpr vm::FileId SHARED_FILE{2};
inline constexpr std::uint64_t FILE_PAGES = 6;
inline constexpr std::uint64_t PAGES = 160; // page numbers in use: more than two windows
inline constexpr std::uint64_t HEAP_FIRST = 100;

// What word WORD of page PAGE of FILE holds at first.
std::uint64_t word_of_file(std::uint64_t file, std::uint64_t page, std::size_t word);

class Run {
public:
    Run(unsigned seed, const Sizes& sizes, bool devices_fail);

    void steps(int count);

    // Everything that programs can see is as the model says.
    void compare();

    // All spaces end; nothing is lost, and the shared file has every store.
    void finish();

private:
    std::uint64_t pick(std::uint64_t below) { return random_() % below; }

    // Whether RESULT is a success. Only what a failing device or a full table causes may fail.
    bool passed(const Result<void>& result);

    void step();
    void create();
    void touch(std::uint64_t id, ModelSpace& space);
    // The word, read or newly written.
    Result<std::uint64_t> use(vm::SpaceId id, Page page, std::size_t word, bool store);
    void map(std::uint64_t id, ModelSpace& space);
    Rights some_rights();
    vm::PageRange some_range();
    void unmap(std::uint64_t id, ModelSpace& space);
    void protect(std::uint64_t id, ModelSpace& space);
    void move_break(std::uint64_t id, ModelSpace& space);
    void fork(std::uint64_t parent);
    void end(std::uint64_t id);
    // A page of the shared file could not be written: what it holds now is what the file holds.
    void forget_if_lost(const Result<void>& result);
    void relearn(std::uint64_t file_page, Words& words);
    void relearn_from(vm::SpaceId id, Page page, Rights rights, Words& words);
    // The placement's side: page-out, memory that shrinks and grows, write-back.
    void manage();

    std::mt19937_64 random_;
    bool devices_fail_;
    System system_;
    Model model_;
};

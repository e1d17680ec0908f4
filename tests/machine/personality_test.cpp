// Two personalities on the SPIN kernel: the fall of UNIX, and a fresh one in the same boot.
// SPDX-License-Identifier: MIT
#include "ram_disk.hpp"

#include <doctest/doctest.h>

#include <algorithm>

// tests/extensions/taker.cpp asks for frames of which none is free, while programs have many times
// the memory that there is.
TEST_CASE("personality: who asks for frames gets them of UNIX, whose programs go on with fewer") {
    const std::vector<std::string> with_unix = kernels_with({"processes", "files"});
    if (std::ranges::count(with_unix, "spin") == 0)
        return;
    RamDisk disk("spin");
    disk.set_memory(24);
    disk.put_hostile("spin/taker.o", "spin/taker.o");
    const Answer run = disk.boot_beside_disk("program=pressure arg=4000 extension=taker");
    CAPTURE(run.output);
    CHECK(run.status == 0);
    for (const std::string words :
         {"taker: has 1000 frames, 0 wrong; asked again ", " 0 wrong words;"})
        CHECK_MESSAGE(run.output.find(words) != std::string::npos, words);
    CHECK(run.output.find("asked again 0 times") == std::string::npos); // so it was short
    CHECK(run.output.find("hold something else") == std::string::npos);
}

// tests/extensions/replacer.cpp takes UNIX away and loads it again, in turn alone and with files
// and pager. Process 1 counts its lives on the disk, and ends with the fourth.
TEST_CASE("personality: UNIX falls, a second one lives on, and a fresh UNIX finds the disk whole") {
    const std::vector<std::string> with_unix = kernels_with({"processes", "files"});
    if (std::ranges::count(with_unix, "spin") == 0)
        return;
    const RamDisk disk("spin");
    for (const std::string name : {"second", "replacer"})
        disk.put_hostile("spin/" + name + ".o", "spin/" + name + ".o");
    const std::string script = "cat /3 && exit 7; echo a life; cat /2 && echo x > /3; "
                               "cat /1 && echo x > /2; echo x > /1; sync; sleep-forever";
    std::string arguments;
    for (const std::string& word : {std::string("-c"), script}) {
        arguments += " arg=";
        for (const char c : word)
            arguments += c == ' ' ? "%20" : std::string(1, c);
    }
    const Answer run =
        disk.boot_beside_disk("program=sh extension=second loader=replacer" + arguments);
    CAPTURE(run.output);
    CHECK(run.status == 7);
    for (const std::string words :
         {"replacer: without unix the second personality counts on\n",
          "replacer: without files the second personality counts on\n",
          "replacer: loaded again from unix on\n", "replacer: loaded again from files on\n"})
        CHECK_MESSAGE(run.output.find(words) != std::string::npos, words);
    for (const std::string words : {"replacer: wrong", "stands still", "second: counted", "panic"})
        CHECK_MESSAGE(run.output.find(words) == std::string::npos, words);
}

// What tests of UNIX on the machine share: a run, its end, and what a kernel does not promise.
// SPDX-License-Identifier: MIT
//
// These programs wait for the disk, so time is not tied to instructions.
#pragma once

#include "command.hpp"

#include <set>

// What a kernel needs for UNIX.
inline const std::vector<std::string> UNIX{"processes", "files", "mappings", "handlers", "swap"};

// Runs PROGRAM on KERNEL; MACHINE: further words for QEMU.
Answer run(const std::string& kernel, const std::string& program, const std::string& options = "",
           const std::string& machine = "");
// It ended with STATUS, and has said WORDS.
void expect_end(const Answer& answer, int status, const std::string& words);

using Names = std::set<std::string>;

// The one case of ours that a page may say is not promised; the others are those of unix-tests.
inline constexpr const char* PAGE_OUT =
    "pressure: page-out keeps frames free, so that faults need not evict";

// Cases that the page of KERNEL says it does not promise: the first column of the table below the
// heading that ends with these words. No page, no such heading: none.
Names not_promised(const std::string& kernel);

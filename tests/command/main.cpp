// Entry of the command's test programs.
// SPDX-License-Identifier: MIT
//
// Signals are prepared as in the command's own main, because its process handling is used here too.
#define DOCTEST_CONFIG_IMPLEMENT
#include "process.hpp"

#include <doctest/doctest.h>

int main(int argc, char** argv) {
    faultline::prepare_signals();
    return doctest::Context(argc, argv).run();
}

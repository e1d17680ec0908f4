// Random use under every policy, with memory so short that swap works hard, against the model.
// SPDX-License-Identifier: MIT
#include "tests/vm/model_run.hpp"

#include "../unity/sample.hpp"

#include <doctest/doctest.h>

namespace {

void run(vm::Policy policy, unsigned seed, bool devices_fail, std::size_t slots, bool batches) {
    CAPTURE(seed);
    Run run(seed,
            {.frames = 24,
             .slots = slots,
             .spaces = 4,
             .nodes = 40,
             .configuration = {.policy = policy, .pool = 12, .watermarks = vm::Watermarks{2, 3}},
             .batches = batches},
            devices_fail);
    for (int round = 0; round < 6; ++round) {
        run.steps(400);
        run.compare();
    }
    run.finish();
}

void run_all(bool devices_fail, std::size_t slots, bool batches = false) {
    for (const vm::Policy policy :
         {vm::Policy::fifo, vm::Policy::clock, vm::Policy::lru, vm::Policy::mru, vm::Policy::own}) {
        CAPTURE(policy);
        for (const unsigned seed : sample::of(1, 12, 3))
            run(policy, seed, devices_fail, slots, batches);
    }
}

} // namespace

TEST_CASE("vm: random use sees what the model says") { run_all(false, 60); }
TEST_CASE("vm: random use with few slots, and without any") {
    run_all(false, 7);
    run_all(false, 0);
}
TEST_CASE("vm: random use while devices fail loses nothing but what was refused") {
    run_all(true, 60);
}
TEST_CASE("vm: random use where changes of translations are collected") {
    run_all(false, 60, true);
    run_all(true, 60, true);
}

// Who makes the puppets, has them do things by chance, and compares what comes with the model.
// SPDX-License-Identifier: MIT
#pragma once

#include "model.hpp"
#include "random.hpp"

#include "kernels/micro/library/objects.hpp"
#include "kernels/micro/library/server.hpp"
#include "lib/print.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

class Director {
public:
    explicit Director(std::uint64_t seed, const abi::micro::BootPage& boot);
    // As many steps in new worlds of puppets. False: a difference, which was said.
    bool run(std::uint64_t steps);
    // How often each operation was asked for, and how often it was not refused.
    void print_counts() const;

private:
    using State = model::Thread::State;

    static constexpr micro::CapSlot thread_slot(unsigned puppet) {
        return micro::CapSlot(8 + puppet);
    }
    static constexpr micro::CapSlot home_slot(unsigned home) { return micro::CapSlot(30 + home); }
    static constexpr micro::CapSlot COUNTER{40}; // a space that takes all free tables
    static std::byte* seen(unsigned frame) {
        return reinterpret_cast<std::byte*>(world::WINDOW + frame * PAGE_SIZE);
    }

    // worlds.cpp
    void build();
    void build_home(unsigned home);
    void map_in_home(unsigned home, unsigned page, unsigned frame, Rights rights);
    bool make_puppet(unsigned puppet, unsigned home);
    void give_something(unsigned puppet, std::uint64_t slot);
    bool end_world();
    bool end_a_pager_that_is_handler();
    bool ask(unsigned puppet, micro::Operation operation, std::uint64_t first, std::uint64_t slot);
    bool check_rights(unsigned puppet);
    bool end_what_it_keeps(unsigned puppet);
    bool is_all_back();
    std::uint64_t count_free_tables();

    // director.cpp
    bool step();
    bool act();
    bool pass_time();
    bool carry_out(unsigned who); // what stands in its registers
    bool run_puppet(unsigned puppet, std::uint64_t pc);
    bool stop(unsigned puppet);
    unsigned random_puppet(State state); // or model::NONE
    bool differ(std::string_view what, std::uint64_t expected, std::uint64_t seen_here);

    // comparing.cpp
    bool collect();
    bool check(const micro::Received& report);
    bool learn(unsigned who);
    bool compare_frame(unsigned frame);

    // operations.cpp, arguments.cpp
    bool prepare(unsigned who); // false: the model could not follow
    bool prepare_message(unsigned who, world::Registers& registers);
    bool prepare_object(unsigned who, world::Registers& registers);
    bool prepare_memory(unsigned who, world::Registers& registers);
    std::uint64_t some_slot();
    std::uint64_t some_slot_with(unsigned who, std::uint64_t rights);
    std::uint64_t some_rights();
    bool is_for_a_table(unsigned who, std::uint64_t address) const;
    unsigned some_caller(unsigned who, micro::Operation operation);
    std::uint64_t some_token(unsigned who, micro::Operation operation);
    std::uint64_t some_token();
    std::uint64_t some_address();
    const model::Capability* capability(unsigned who, std::uint64_t slot) const;
    std::uint64_t some_list(unsigned who, std::uint64_t& count);
    std::uint64_t some_context(unsigned who);
    void store(unsigned frame, std::uint64_t offset, std::uint64_t word);

    std::uint64_t seed_;
    Random random_;
    std::uint64_t step_ = 0;
    std::uint64_t next_frame_;
    std::array<std::uint64_t, 256> asked_for_{};
    std::array<std::uint64_t, 256> refused_{};
    std::uint64_t messages_ = 0;  // that came to a puppet
    unsigned who_ = 0;            // who did the last step
    std::uint64_t operation_ = 0; // and what
    world::Registers asked_{};    // with which registers
    std::array<std::uint64_t, world::FRAMES> physical_{};
    std::array<std::uint64_t, world::THREADS> seen_reports_{};
    std::array<std::uint64_t, 64> old_tokens_{}; // also of those that live
    unsigned old_token_count_ = 0;
};

extern model::Model the_model;

// For people: OPERATION, without its flags.
std::string_view name_of(std::uint64_t operation);

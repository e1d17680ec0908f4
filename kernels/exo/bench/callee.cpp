// Making the callee's environment, and going there.
// SPDX-License-Identifier: MIT
#include "callee.hpp"

#include <algorithm>

extern "C" {
extern const char callee_page[], callee_page_end[], callee_entry[], callee_excepted[]; // callee.S
// counting.S: 0, or the kernel refused.
std::uint64_t visit_callee(std::uint64_t slot, std::uint64_t road, std::uint64_t address,
                           Visit& visit);
}

namespace {

using namespace workshop;

constexpr std::uint64_t NOTHING = page(1); // the callee has one page

// Where the callee has what stands at PLACE here.
std::uint64_t in_callee(const char* place) {
    return AREA + static_cast<std::uint64_t>(place - callee_page);
}

} // namespace

void make_callee() {
    using abi::exo::Change;
    take_frame(CODE);
    demand("the callee's page", primitive::install(CODE, page_at(AREA), Rights::read_write(), 3));
    std::copy(callee_page, callee_page_end, reinterpret_cast<char*>(AREA));
    for (std::uint64_t i = 0; i < abi::exo::FRAMES_TO_CREATE; ++i)
        take_frame(PIECES + i);
    demand("create", primitive::create(PIECES, CALLEE));
    take_frame(MATERIAL);
    demand("a table for it", primitive::give_table(CALLEE, AREA, MATERIAL));
    const Change code =
        Change::make(Change::Kind::install, CODE, AREA, Rights::read_execute().raw());
    demand("its page", primitive::change(CALLEE, {&code, 1}));
    const abi::exo::Contexts contexts{.exception = in_callee(callee_excepted),
                                      .begin = 0,
                                      .end = 0,
                                      .transfer = in_callee(callee_entry)};
    demand("its contexts", primitive::set_contexts(CALLEE, contexts));
    demand("start", primitive::start(CALLEE));
}

Visit visit(const char* road) {
    Visit visit{};
    demand_that("a transfer", visit_callee(CALLEE, in_callee(road), NOTHING, visit) == 0);
    return visit;
}

void end_callee() { demand("destroy", primitive::destroy(CALLEE)); }

// How control passes between domains here: an event is raised, and that is a call.
// SPDX-License-Identifier: MIT
//
// dispatcher.hpp is the mechanism; these are the events that exist. fault.cpp raises one,
// syscall.cpp the other.
#pragma once

#include "dispatcher.hpp"
#include "interface/trap.hpp"

// The default implementations: what nobody handles is nobody's page, and no call.
Result<void> refuse_fault(const spin::PageNotPresent& event);
Result<std::uint64_t> refuse_call(const spin::SystemCall& call);

struct Events {
    using PageNotPresent = Event<spin::PageNotPresent, Result<void>>;
    using SystemCall = Event<spin::SystemCall, Result<std::uint64_t>>;

    PageNotPresent page_not_present{refuse_fault};
    SystemCall system_call{refuse_call};
};

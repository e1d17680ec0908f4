// How control passes between domains here: an event is raised, and that is a call.
// SPDX-License-Identifier: MIT
//
// dispatcher.hpp is the mechanism; these are the events that exist. fault.cpp raises one,
// syscall.cpp the other.
#pragma once

#include "dispatcher.hpp"
#include "interface/trap.hpp"

// Of one address space. What nobody handles, the raiser's default answers: a page is nobody's, and
// a system call is the core's (core.hpp).
struct Events {
    using PageFault = Event<spin::PageNotPresent, spin::FaultHandler, 4>;
    using Refusal = Event<spin::BadAddress, spin::RefusalHandler, 4>;
    using SystemCall = Event<spin::SystemCall, spin::SystemCallHandler, 4>;
    using Exception = Event<spin::Exception, spin::ExceptionHandler, 4>;

    PageFault page_not_present;
    SystemCall system_call;
    Refusal bad_address;
    Refusal protection_fault;
    Exception exception;

    std::size_t count() const {
        return page_not_present.count() + system_call.count() + bad_address.count() +
               protection_fault.count() + exception.count();
    }
    void uninstall(const Domain& domain) {
        page_not_present.uninstall(domain);
        system_call.uninstall(domain);
        bad_address.uninstall(domain);
        protection_fault.uninstall(domain);
        exception.uninstall(domain);
    }
};

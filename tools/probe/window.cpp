// Entries and returns of stage functions, crossings, totals.
// SPDX-License-Identifier: MIT
//
// Runs for each S- and U-mode instruction while a window is open, and not at all otherwise.
#include "window.hpp"

namespace probe {
namespace {

AccessKind access_of(const Site* attempt) {
    if (!attempt)
        return AccessKind::fetch;
    return attempt->kind() == Kind::load ? AccessKind::load : AccessKind::store;
}

} // namespace

Window::Window(const Site* attempt, const Site* before)
    : access_(access_of(attempt)), jumped_from_program_(before && before->in_program) {
    if (!attempt)
        return;
    pc_ = attempt->pc;
    image_ = attempt->image;
}

Window::Window(const Site& call, std::uint32_t environment)
    : environment_(environment), caller_(call.domain), event_(Event::call), pc_(call.pc),
      access_(AccessKind::fetch) {
    ledger_.enter(Function::handle, place_of(call));
}

void Window::become(Event event, std::uint64_t pc, const Site& site) {
    event_ = event;
    pc_ = pc;
    ledger_.enter(Function::handle, place_of(site));
}

Place Window::place_of(const Site& site) const {
    return {{site.domain, site.mode == Mode::user ? environment_ : 0}, site.mode};
}

void Window::now_in(Mode mode) {
    if (mode != mode_)
        ++totals.crossings;
    mode_ = mode;
}

void Window::about_to_execute(const Site& site, const Site* before) {
    now_in(site.mode);
    if (event_ != Event::interrupt) // of which the upcall is the heart
        follow_interrupt(site);
    if (interrupt_.active)
        return;
    if (copy_.returns_at(site))
        copy_ = {};
    if (foreign_.active && foreign_.pc == site.pc && foreign_.mode == site.mode)
        foreign_ = {};
    if (call_.returns_at(site) && !foreign_.active) {
        ledger_.leave();
        call_ = {};
    }
    follow_handler(site);
    if (event_ == Event::call)
        follow_call(site);
    // A loop may lead back to a function's first instruction; that is no entry.
    const bool loops_back =
        before && before->function == site.function && before->kind() != Kind::call;
    if (site.entry == Function::none || loops_back)
        return;
    if (site.entry == Function::copy)
        copy_ = call_to(site);
    if (is_station(site.entry) && event_ == Event::call && !foreign_.active) {
        ledger_.enter_station(site.entry, place_of(site));
        call_ = call_to(site);
    }
    if (!is_stage(site.entry) || foreign_.active || event_ != Event::page_fault)
        return;
    in_handler_ = false;
    ledger_.enter(site.entry, place_of(site));
    call_ = call_to(site);
    if (site.entry == Function::resume)
        resume_image_ = site.image;
}

// A kernel that waits polls, and then calls what an interrupt's trap would have called.
void Window::follow_interrupt(const Site& site) {
    if (interrupt_.returns_at(site))
        interrupt_ = {};
    const bool upcall = site.entry == Function::on_timer || site.entry == Function::on_device ||
                        site.entry == Function::polled;
    if (!upcall || interrupt_.active || site.mode != Mode::supervisor)
        return;
    interrupt_ = call_to(site);
    if (interrupt_.active)
        ++totals.interrupts;
}

// The program's own fault handler: all that it does, until the watched instruction runs again.
void Window::follow_handler(const Site& site) {
    if (event_ != Event::page_fault || site.mode != Mode::user || !pc_ || foreign_.active)
        return;
    if (site.pc == *pc_) {
        if (in_handler_)
            ledger_.leave();
        in_handler_ = false;
    } else if (site.in_program && site.image == image_ && !in_handler_) {
        ledger_.enter(Function::handler, place_of(site));
        call_ = {};
        in_handler_ = true;
    }
}

// What the program does between two calls, and where the kernel takes over.
void Window::follow_call(const Site& site) {
    const bool in_caller = site.mode == Mode::user && site.domain == caller_;
    if (in_caller && !ledger_.in_program())
        ledger_.enter_station(Function::handle, place_of(site));
    else if (site.mode == Mode::supervisor && ledger_.in_program())
        ledger_.leave();
}

void Window::about_to_execute_elsewhere(const Site& site, const Site* before) {
    if (before && before->kind() == Kind::call)
        last_call_ = before;
    follow_interrupt(site);
}

void Window::retired_elsewhere(const Site& site) {
    if (site.inside == Function::idle)
        ++totals.idle_instructions;
    else if (interrupt_.active)
        ++totals.interrupt_instructions;
    else
        ++totals.other_instructions;
}

Window::Call Window::call_to(const Site& site) const {
    if (!last_call_)
        return {};
    return {.return_pc = last_call_->next, .mode = site.mode, .active = true};
}

void Window::retired(const Site& site, const Accesses& accesses) {
    if (site.kind() == Kind::call)
        last_call_ = &site;
    if (site.inside == Function::idle || interrupt_.active) {
        retired_elsewhere(site);
        return;
    }
    ledger_.charge(place_of(site));
    totals.loads += accesses.loads;
    totals.stores += accesses.stores;
    if (copy_.active && copy_.mode == site.mode && !site.decoded.through_stack)
        totals.bytes_copied += accesses.bytes_stored;
    switch (site.kind()) {
    case Kind::satp_write:
        ++totals.address_space_switches;
        break;
    case Kind::sfence_vma:
        ++totals.tlb_flushes;
        break;
    case Kind::ecall:
        if (site.mode == Mode::supervisor)
            ++totals.sbi_calls;
        break;
    default:
        break;
    }
}

void Window::foreign_fault(const Site* attempt, Mode mode, std::size_t depth) {
    if (foreign_.active)
        return;
    foreign_ = {.mode = mode, .depth = depth, .active = true};
    if (attempt && mode == Mode::user)
        foreign_.pc = attempt->pc;
}

void Window::returned_from_trap(std::size_t depth) {
    left_kernel_ = true;
    if (foreign_.active && !foreign_.pc && depth < foreign_.depth)
        foreign_ = {};
}

bool Window::shows_fetch_address(const Site& site) const {
    if (pc_ || site.mode != Mode::user || !left_kernel_ || foreign_.active)
        return false;
    return site.in_program || (resume_image_ >= 0 && site.image != resume_image_);
}

} // namespace probe

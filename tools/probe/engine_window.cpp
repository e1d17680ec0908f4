// Where the window begins and ends, and what kind of event it is of.
// SPDX-License-Identifier: MIT
//
// Before: engine.cpp, which settles instructions and keeps the stack of traps. A window opens on
// suspicion; what its trap leads to (fault_receive, on_exception, on_device) confirms it or not.
#include "engine.hpp"

namespace probe {

void Engine::try_to_open(Trap& trap) {
    if (fault_ || trap.from != Mode::user || trap.system_call)
        return;
    if (trap.attempt && !trap.attempt->in_program)
        return;
    if (trap.attempt && watch_.pc && trap.attempt->pc != *watch_.pc)
        return;
    window_.emplace(trap.attempt, last_);
    confirmed_ = false;
    trap.opens = true;
    trap.watched = watch_.end || at_label(trap); // of an interrupt it shows when it is over
}

// Did the instruction at the label raise it? One that is no access shows no failure of its own.
bool Engine::at_label(const Trap& trap) const {
    if (!watch_.pc || !last_ || last_->mode != Mode::user || last_->pc != *watch_.pc)
        return false;
    return trap.attempt || last_->kind() == Kind::plain || last_->kind() == Kind::csr;
}

bool Engine::is_between_labels(const Site& site) const {
    return watch_.end && site.in_program && Range{*watch_.pc, *watch_.end}.contains(site.pc);
}

void Engine::classify(const Site& site) {
    if (traps_.empty())
        return;
    auto& trap = traps_.back();
    if (site.entry == Function::receive && !trap.page_fault && !trap.interrupt)
        page_fault(trap);
    if (site.entry == Function::on_exception && trap.opens && !confirmed_)
        exception(site);
    // Where threads have no kernel stack of their own, no switch tells that the window's has ended.
    if (site.entry == Function::end_thread && window_ && confirmed_ && !away_)
        close(false);
    const bool upcall = site.entry == Function::on_timer || site.entry == Function::on_device;
    if (upcall && !trap.page_fault && !trap.system_call && !trap.interrupt)
        interrupt(trap, site.entry);
}

void Engine::page_fault(Trap& trap) {
    trap.page_fault = true;
    ++machine_.page_faults;
    trap.before.reset();
    if (!window_ || interrupted_at_ != 0 || away_)
        return;
    if (trap.opens)
        confirmed_ = true;
    if (trap.opens || trap.own)
        window_->own_fault();
    else
        window_->foreign_fault(trap.attempt, trap.from, traps_.size());
}

void Engine::interrupt(Trap& trap, Function upcall) {
    trap.interrupt = true;
    ++machine_.interrupts;
    if (!window_ || interrupted_at_ != 0 || away_)
        return;
    if (trap.opens) {
        if (trap.watched && upcall == Function::on_device) {
            interrupted_ = frames_.interrupted();
            window_->become(Event::interrupt, *watch_.pc, *current_);
            confirmed_ = true;
        } else {
            window_.reset();
        }
        return;
    }
    if (!trap.before)
        return;
    const auto firmware = window_->totals.firmware_instructions;
    window_ = std::move(trap.before);
    trap.before.reset();
    window_->totals.firmware_instructions = firmware;
    window_->totals.interrupt_instructions += retired_ - trap.retired_before;
    ++window_->totals.interrupts;
    interrupted_at_ = traps_.size();
}

// Neither page fault nor interrupt: an exception, which counts at the label only.
void Engine::exception(const Site& site) {
    if (!traps_.back().watched || watch_.end) {
        window_.reset();
        return;
    }
    window_->become(Event::exception, *watch_.pc, site);
    confirmed_ = true;
}

// A call is watched from the instruction itself on, to the one behind it.
void Engine::begin_call(const Site& site) {
    if (fault_ || site.mode != Mode::user || !watch_.pc || site.pc != *watch_.pc || watch_.end)
        return;
    const bool far = site.kind() == Kind::auipc; // its jalr follows, 4 bytes long too
    const bool call = far || site.kind() == Kind::ecall || site.kind() == Kind::call;
    if (!call || (window_ && confirmed_))
        return;
    window_.emplace(site, environments_.running());
    call_end_ = far ? site.next + 4 : site.next;
    confirmed_ = true;
}

// What has no instruction to complete ends where the program goes on.
void Engine::end_at(const Site& site) {
    if (site.mode != Mode::user)
        return;
    bool over = false;
    switch (window_->event()) {
    case Event::page_fault:
        return;
    case Event::call:
        over = call_end_ == site.pc;
        break;
    case Event::exception:
        over = watch_.resumed ? site.pc == *watch_.resumed : site.in_program;
        break;
    case Event::interrupt:
        // Servers may work on it, in U-mode, and then a program goes on: the one that was
        // interrupted, or one that they woke. Where it came before the program executed anything
        // between the labels, it returns there at once, and so tells where it came.
        over = is_between_labels(site) || (interrupted_ && site.domain == *interrupted_);
        if (!over && !interrupted_)
            window_.reset();
        break;
    }
    if (!over)
        return;
    window_->now_in(site.mode);
    close(true);
}

void Engine::switched(const Switch& change, const Site& site) {
    if (!window_ || change.from == change.to)
        return;
    if (!away_) {
        if (confirmed_) {
            away_ = Away{change, std::move(traps_), interrupted_at_};
            traps_.clear();
            interrupted_at_ = 0;
        } else {
            window_.reset();
        }
        return;
    }
    if (change.to != away_->left.from)
        return;
    const bool same_thread = site.pc == away_->left.from_is_at;
    traps_ = std::move(away_->traps);
    interrupted_at_ = away_->interrupted_at;
    away_.reset();
    if (same_thread)
        window_->back();
    else // a new one has taken its place: the window's thread has ended
        close(false);
}

void Engine::find_fetch_address(const Site& site) {
    if (!window_->shows_fetch_address(site))
        return;
    const bool wanted =
        watch_.pc ? site.pc == *watch_.pc : site.in_program || window_->jumped_from_program();
    if (wanted)
        window_->set_pc(site.pc);
    else
        window_.reset();
}

void Engine::close(bool completed) {
    window_->close();
    fault_ = Fault{.window = std::move(*window_), .completed = completed};
    window_.reset();
    away_.reset();
    if (!completed || fault_->window.event() != Event::page_fault)
        return;
    const bool fetched = fault_->window.access() == AccessKind::fetch;
    fault_->address = fetched ? *fault_->window.pc() : accesses_.address;
}

} // namespace probe

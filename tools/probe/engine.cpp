// What happened, told from the order of instructions alone.
// SPDX-License-Identifier: MIT
//
// An instruction retired when the next one executes and it did all that it had to do to memory; so
// each is settled when its successor arrives. A trap shows as the execution of trap_vector; what it
// was shows by what came before it (a failed access, an ecall) or by what it leads to
// (fault_receive, on_timer, on_device).
#include "engine.hpp"

namespace probe {

void Engine::execute(const Site& site) {
    if (off_) {
        if (site.pc != reset_vector)
            return;
        off_ = false;
        settle(nullptr);
        current_ = nullptr;
    }
    settle(&site);
    current_ = &site;
    accesses_ = {};
    if (site.mode == Mode::machine)
        return;
    if (site.entry == Function::trap_vector)
        take_trap(site);
    if (site.entry != Function::none)
        classify(site);
    if (!window_ || interrupted_at_ != 0)
        return;
    if (confirmed_)
        find_fetch_address(site);
    if (window_)
        window_->about_to_execute(site, last_);
}

void Engine::accessed(std::uint64_t address, std::uint32_t size, bool store) {
    // A store-conditional is carried out as a comparison, whose read is no load of the program's.
    if (off_ || !current_ || (!store && current_->kind() == Kind::store_conditional))
        return;
    if (accesses_.loads + accesses_.stores == 0)
        accesses_.address = address;
    if (store) {
        ++accesses_.stores;
        accesses_.bytes_stored += size;
    } else {
        ++accesses_.loads;
    }
}

void Engine::finish(UnderWay last) {
    if (last == UnderWay::done)
        settle(nullptr);
    current_ = nullptr;
    if (!window_)
        return;
    // A fetch fault that never completed is told only when any first fault was asked for.
    const bool known = window_->pc() || (!watch_.pc && window_->jumped_from_program());
    if (confirmed_ && known)
        close(false);
    window_.reset();
}

bool Engine::has_retired(const Site& site, const Site* next) const {
    if (!next)
        return true;
    if (site.mode == Mode::user && site.decoded.supervisor_only)
        return false;
    switch (site.kind()) {
    case Kind::load:
        return accesses_.loads != 0;
    case Kind::store:
        return accesses_.stores != 0;
    case Kind::atomic:
        return accesses_.loads != 0 && accesses_.stores != 0;
    case Kind::store_conditional:
        return accesses_.stores != 0 || next->entry != Function::trap_vector;
    case Kind::csr:
        // Firmware probes for CSRs with interrupts off: where it does not go on, there was none.
        return site.mode != Mode::machine || next->pc == site.next;
    default:
        return true;
    }
}

void Engine::settle(const Site* next) {
    if (!current_)
        return;
    const Site& site = *current_;
    const bool retired = has_retired(site, next);
    if (retired)
        ++machine_.instructions;
    if (site.mode == Mode::machine) {
        if (!retired)
            return;
        ++machine_.firmware_instructions;
        if (window_)
            ++window_->totals.firmware_instructions;
        return;
    }
    last_ = &site;
    last_failed_ = !retired;
    if (!retired)
        return;
    ++retired_;
    if (site.kind() == Kind::ecall && site.mode == Mode::supervisor)
        ++machine_.sbi_calls;
    if (window_) {
        if (interrupted_at_ != 0)
            ++window_->totals.interrupt_instructions;
        else
            window_->retired(site, accesses_);
    }
    if (site.kind() == Kind::sret)
        end_trap();
    if (window_ && confirmed_ && interrupted_at_ == 0 && next && window_->watches(site))
        close(true);
}

void Engine::take_trap(const Site& site) {
    ++machine_.traps;
    const bool after_sret = last_ && !last_failed_ && last_->kind() == Kind::sret;
    Trap trap{.from = last_ ? (after_sret ? returned_to_ : last_->mode) : site.mode,
              .attempt = last_failed_ ? last_ : nullptr,
              .system_call = last_ && !last_failed_ && last_->kind() == Kind::ecall &&
                             last_->mode == Mode::user,
              .retired_before = retired_};
    if (trap.system_call)
        ++machine_.system_calls;
    if (!window_) {
        try_to_open(trap);
    } else if (interrupted_at_ == 0) {
        // The mode that an sret led to shows by no instruction when a trap follows at once.
        if (after_sret)
            window_->now_in(trap.from);
        trap.before = *window_;
        const bool fetched_again = after_sret && trap.from == Mode::user && window_->mended();
        trap.own = confirmed_ && (trap.attempt ? window_->watches(*trap.attempt) : fetched_again);
        if (trap.own)
            window_->next_round();
    }
    constexpr std::size_t deepest = 64; // a kernel that never returns from traps costs no memory
    if (traps_.size() == deepest)
        traps_.erase(traps_.begin());
    traps_.push_back(std::move(trap));
}

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
}

void Engine::classify(const Site& site) {
    if (traps_.empty())
        return;
    auto& trap = traps_.back();
    if (site.entry == Function::receive && !trap.page_fault && !trap.interrupt)
        page_fault(trap);
    const bool upcall = site.entry == Function::on_timer || site.entry == Function::on_device;
    if (upcall && !trap.page_fault && !trap.system_call && !trap.interrupt)
        interrupt(trap);
}

void Engine::page_fault(Trap& trap) {
    trap.page_fault = true;
    ++machine_.page_faults;
    trap.before.reset();
    if (!window_ || interrupted_at_ != 0)
        return;
    if (trap.opens)
        confirmed_ = true;
    if (trap.opens || trap.own)
        window_->own_fault();
    else
        window_->foreign_fault(trap.attempt, trap.from, traps_.size());
}

void Engine::interrupt(Trap& trap) {
    trap.interrupt = true;
    ++machine_.interrupts;
    if (!window_ || interrupted_at_ != 0)
        return;
    if (trap.opens) {
        window_.reset();
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

void Engine::end_trap() {
    if (traps_.empty()) {
        returned_to_ = Mode::user;
        return;
    }
    returned_to_ = traps_.back().from;
    const bool was_nothing = traps_.back().opens && !confirmed_;
    traps_.pop_back();
    if (interrupted_at_ > traps_.size()) {
        interrupted_at_ = 0;
    } else if (was_nothing) {
        window_.reset();
    } else if (window_ && interrupted_at_ == 0) {
        window_->returned_from_trap(traps_.size());
    }
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
    if (!completed)
        return;
    const bool fetched = fault_->window.access() == AccessKind::fetch;
    fault_->address = fetched ? *fault_->window.pc() : accesses_.address;
}

} // namespace probe

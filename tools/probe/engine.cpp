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
    if (const auto change = switches_.about_to_execute(site, last_))
        switched(*change, site);
    if (site.entry == Function::trap_vector)
        take_trap(site);
    if (site.entry != Function::none)
        classify(site);
    if (away_)
        window_->about_to_execute_elsewhere(site, last_);
    if (away_ || interrupted_at_ != 0)
        return;
    if (window_ && confirmed_)
        end_at(site);
    begin_call(site);
    if (window_ && confirmed_)
        find_fetch_address(site);
    if (!window_)
        return;
    window_->now_in_environment(environments_.running());
    window_->about_to_execute(site, last_);
}

void Engine::accessed(std::uint64_t address, std::uint32_t size, bool store) {
    // A store-conditional is carried out as a comparison, whose read is no load of the program's.
    if (off_ || !current_ || (!store && current_->kind() == Kind::store_conditional))
        return;
    if (current_->inside == Function::switch_context)
        switches_.accessed(address, store);
    if (store && current_->mode == Mode::supervisor)
        frames_.stored(address);
    if (current_->mode == Mode::supervisor)
        environments_.accessed(address);
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
    const bool known = window_->event() != Event::page_fault || window_->pc() ||
                       (!watch_.pc && window_->jumped_from_program());
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
        if (away_)
            ++window_->totals.other_instructions;
        else if (window_)
            ++window_->totals.firmware_instructions;
        return;
    }
    last_ = &site;
    last_failed_ = !retired;
    if (!retired)
        return;
    ++retired_;
    if (site.kind() == Kind::satp_write)
        environments_.switched();
    if (site.kind() == Kind::ecall && site.mode == Mode::supervisor)
        ++machine_.sbi_calls;
    if (window_) {
        if (away_)
            window_->retired_elsewhere(site);
        else if (interrupted_at_ != 0)
            ++window_->totals.interrupt_instructions;
        else
            window_->retired(site, accesses_);
    }
    if (site.kind() == Kind::sret)
        end_trap();
    const bool mended = window_ && confirmed_ && window_->event() == Event::page_fault && !away_ &&
                        interrupted_at_ == 0 && next && window_->watches(site);
    // A program's first instructions are fetched on demand by some kernels and not by others: of
    // the faults that nobody named, those of fetches count only when they end the program.
    const bool fetched = mended && !watch_.pc && window_->access() == AccessKind::fetch;
    if (fetched)
        window_.reset();
    else if (mended)
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
    const bool is_between = last_ && is_between_labels(*last_);
    frames_.trap(is_between ? std::optional(last_->domain) : std::nullopt, after_sret);
    // A fetch that failed somewhere is not what is watched if that now fails elsewhere.
    if (away_ && !window_->pc() && at_label(trap)) {
        window_.reset();
        away_.reset();
    }
    if (!window_) {
        try_to_open(trap);
    } else if (interrupted_at_ == 0 && !away_) {
        // The mode that an sret led to shows by no instruction when a trap follows at once.
        if (after_sret)
            window_->now_in(trap.from);
        trap.before = *window_;
        const bool fetched_again = after_sret && trap.from == Mode::user && window_->mended();
        trap.own = confirmed_ && window_->event() == Event::page_fault &&
                   (trap.attempt ? window_->watches(*trap.attempt) : fetched_again);
        if (trap.own)
            window_->next_round();
    }
    constexpr std::size_t deepest = 64; // a kernel that never returns from traps costs no memory
    if (traps_.size() == deepest)
        traps_.erase(traps_.begin());
    traps_.push_back(std::move(trap));
}

void Engine::end_trap() {
    if (traps_.empty()) {
        returned_to_ = Mode::user;
        return;
    }
    returned_to_ = traps_.back().from;
    if (traps_.back().opens && !confirmed_ && !away_ && window_)
        exception(*last_);
    traps_.pop_back();
    if (interrupted_at_ > traps_.size()) {
        interrupted_at_ = 0;
    } else if (window_ && interrupted_at_ == 0 && !away_) {
        window_->returned_from_trap(traps_.size());
    }
}

} // namespace probe

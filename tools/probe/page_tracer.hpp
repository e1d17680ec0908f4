// Writes the pages that the watched program refers to (page_trace.hpp) while it runs.
// SPDX-License-Identifier: MIT
//
// plugin.cpp feeds it beside the engine. An instruction is an event once it has completed, that is
// when its successor executes; one whose access failed is none, for the engine then sees a fault.
#pragma once

#include "engine.hpp"
#include "page_trace.hpp"

#include <ostream>

namespace probe {

class PageTracer {
public:
    // `domain` is that of the program's images: its own, and its system library where that is
    // part of it.
    PageTracer(std::ostream& out, std::uint32_t domain) : out_(out), domain_(domain) {
        out_ << page_trace_heading << '\n';
    }

    // `site` is about to execute; the engine has counted so many page faults until now.
    void execute(const Site& site, std::uint64_t page_faults) {
        settle();
        if (page_faults != page_faults_)
            fault();
        page_faults_ = page_faults;
        if (site.entry == Function::trap_vector)
            resumed_in_vain_ = last_was_sret_;
        last_was_sret_ = site.kind() == Kind::sret;
        if (site.mode != Mode::user)
            return;
        // Where a call is a function call, of a library that is not the program's.
        if (site.entry == Function::call_receive)
            write({.kind = PageEvent::Kind::call, .fetch_page = fetched_});
        last_was_traced_ = site.domain == domain_;
        last_may_jump_ = site.kind() == Kind::plain || site.kind() == Kind::call;
        if (last_was_traced_)
            current_ = &site;
    }
    void accessed(std::uint64_t address, bool store) {
        if (!current_)
            return;
        event_.kind = store ? PageEvent::Kind::store : PageEvent::Kind::load;
        event_.data_page = address / page_size;
    }
    void finish() { settle(); }

private:
    static constexpr std::uint64_t page_size = 4096;

    // Who is resumed and cannot even fetch is the program, whoever was in U-mode last: servers have
    // all their memory, and so has a library, which resumes it by a jump.
    void fault() {
        if (resumed_in_vain_ || (!last_was_traced_ && last_may_jump_))
            write({.kind = PageEvent::Kind::fault});
        else if (last_was_traced_)
            write({.kind = PageEvent::Kind::fault, .faulted = failed_});
    }

    void settle() {
        if (!current_)
            return;
        const Kind kind = current_->kind();
        const bool stores = kind == Kind::store || kind == Kind::atomic;
        const bool failed = (kind == Kind::load || stores) && event_.kind == PageEvent::Kind::plain;
        failed_ = !failed  ? PageEvent::Kind::plain
                  : stores ? PageEvent::Kind::store
                           : PageEvent::Kind::load;
        event_.fetch_page = fetched_ = current_->pc / page_size;
        if (kind == Kind::ecall)
            event_.kind = PageEvent::Kind::call;
        if (!failed)
            write(event_);
        event_ = {};
        current_ = nullptr;
    }

    void write(const PageEvent& event) {
        const bool always =
            event.kind == PageEvent::Kind::fault || event.kind == PageEvent::Kind::call;
        if (event != before_ || always)
            out_ << to_line(event) << '\n';
        before_ = event;
    }

    std::ostream& out_;
    std::uint32_t domain_;
    const Site* current_ = nullptr; // executes now, of the program
    PageEvent event_;
    PageEvent before_;
    std::uint64_t fetched_ = 0;                       // the page of the program's last instruction
    PageEvent::Kind failed_ = PageEvent::Kind::plain; // what the last instruction failed to do
    bool last_was_traced_ = false;                    // the last one in U-mode was the program's
    bool last_may_jump_ = false;                      // whosever it was
    bool last_was_sret_ = false;
    bool resumed_in_vain_ = false; // the trap under way came right at a return to user mode
    std::uint64_t page_faults_ = 0;
};

} // namespace probe

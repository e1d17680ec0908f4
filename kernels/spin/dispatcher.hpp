// The dispatcher: an event is a procedure whose handlers are chosen by guards.
// SPDX-License-Identifier: MIT
//
// After SPIN's dispatcher (SOSP'95, section 3.2): whoever may name an event may raise it; handlers
// are installed through the event's own module, which may refuse, and may impose a guard of its own
// beside the handler's. The guard that this kernel imposes, "only what happens in this address
// space", is decided once, when a handler is installed: each space has its own list of handlers
// (space.hpp). An event goes to one handler: of those with a guard of their own the first whose
// guard holds, else the first without one. Choosing and calling are two steps, so that the road of
// a fault shows where one ends and the other begins. ipc.cpp holds the kernel's events.
#pragma once

#include "lib/result.hpp"

#include <algorithm>
#include <array>

class Domain;

// HANDLER: the type of its handlers, functions that take ARGUMENTS by reference or by value.
template <class Arguments, class Handler, std::size_t CAPACITY>
class Event {
public:
    struct Binding {
        const Domain* domain = nullptr;                      // whose handler it is
        bool (*guard)(const Arguments& arguments) = nullptr; // the handler's own; none: always
        Handler handler = nullptr;
    };

    // Who answers for less is asked before who answers for all, whoever came first. no_memory:
    // CAPACITY handlers are there.
    Result<void> install(const Binding& binding) {
        const std::size_t used = count();
        if (used == CAPACITY)
            return std::unexpected(Error::no_memory);
        std::size_t at = used;
        for (; binding.guard != nullptr && at > 0 && bindings_[at - 1].guard == nullptr; --at)
            bindings_[at] = bindings_[at - 1];
        bindings_[at] = binding;
        return {};
    }

    // Takes away all handlers of DOMAIN.
    void uninstall(const Domain& domain) {
        std::size_t kept = 0;
        for (const Binding& binding : bindings_)
            if (binding.handler != nullptr && binding.domain != &domain)
                bindings_[kept++] = binding;
        while (kept < CAPACITY)
            bindings_[kept++] = Binding();
    }

    // The handler for this raise; nullptr: no guard holds, and the event's default answers. A
    // handler without a guard of its own costs no call; nearly every fault finds one.
    const Binding* choose(const Arguments& arguments) const {
        if (sole_handler() != nullptr) [[likely]]
            return bindings_.data();
        return choose_by_guard(arguments);
    }
    // The first one's, if that has no guard; else nullptr.
    Handler sole_handler() const {
        return bindings_[0].guard == nullptr ? bindings_[0].handler : nullptr;
    }

    std::size_t count() const {
        return static_cast<std::size_t>(std::ranges::count_if(
            bindings_, [](const Binding& binding) { return binding.handler != nullptr; }));
    }

private:
    [[gnu::noinline]] const Binding* choose_by_guard(const Arguments& arguments) const {
        for (const Binding& binding : bindings_) {
            if (binding.handler == nullptr)
                break;
            if (binding.guard == nullptr || binding.guard(arguments))
                return &binding;
        }
        return nullptr;
    }

    std::array<Binding, CAPACITY> bindings_{}; // in use up to the first one without a handler
};

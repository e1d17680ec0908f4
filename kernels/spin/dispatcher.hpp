// The dispatcher: an event is a procedure whose handlers are chosen by guards.
// SPDX-License-Identifier: MIT
//
// After SPIN's dispatcher (SOSP'95, section 3.2): whoever may name an event may raise it; handlers
// are installed through the event's own module, which may refuse, and may impose a guard of its own
// beside the handler's. Here an event goes to one handler, the first whose guards hold. Choosing
// and calling are two steps, so that the road of a fault shows where one ends and the other begins.
// ipc.cpp holds the kernel's events.
#pragma once

#include "interface/translation.hpp"

#include <array>
#include <optional>

class Domain;

// ARGUMENTS has a member `context`: the address space in which something happened.
template <class Arguments, class Answer>
class Event {
public:
    static constexpr std::size_t CAPACITY = 8;

    struct Binding {
        const Domain* domain = nullptr; // whose handler it is
        // The imposed guard: raises from this address space only. None: the handler may see all.
        std::optional<spin::TranslationContext> only;
        bool (*guard)(const Arguments& arguments) = nullptr; // the handler's own; none: always
        Answer (*handler)(const Arguments& arguments) = nullptr;

        bool may_see(const Arguments& arguments) const {
            return !only || *only == arguments.context;
        }
        bool accepts(const Arguments& arguments) const {
            return may_see(arguments) && (guard == nullptr || guard(arguments));
        }
    };

    // no_memory: CAPACITY handlers are there; invalid: BINDING has none.
    Result<void> install(const Binding& binding) {
        if (binding.handler == nullptr)
            return std::unexpected(Error::invalid);
        for (Binding& free : bindings_)
            if (free.handler == nullptr) {
                free = binding;
                return {};
            }
        return std::unexpected(Error::no_memory);
    }

    // The handler for this raise; nullptr: no guard holds. One that may see it and has no guard of
    // its own costs no call; nearly every fault finds one.
    const Binding* choose(const Arguments& arguments) const {
        for (const Binding& binding : bindings_) {
            if (binding.handler == nullptr)
                return nullptr;
            if (binding.may_see(arguments))
                return binding.guard == nullptr ? &binding : choose_by_guard(arguments);
        }
        return nullptr;
    }

private:
    [[gnu::noinline]] const Binding* choose_by_guard(const Arguments& arguments) const {
        for (const Binding& binding : bindings_)
            if (binding.handler != nullptr && binding.accepts(arguments))
                return &binding;
        return nullptr;
    }

    std::array<Binding, CAPACITY> bindings_{}; // in use up to the first one without a handler
};

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
        const Domain* domain = nullptr; // whose handler it is; none: the kernel's
        // The imposed guard: raises from this address space only. None: the handler may see all.
        std::optional<spin::TranslationContext> only;
        bool (*guard)(const Arguments& arguments) = nullptr; // the handler's own; none: always
        Answer (*handler)(const Arguments& arguments) = nullptr;

        bool may_see(const Arguments& arguments) const {
            return !only || *only == arguments.context;
        }
    };

    // DEFAULT_HANDLER answers where nobody else does.
    explicit constexpr Event(Answer (*default_handler)(const Arguments& arguments)) {
        default_.handler = default_handler;
    }

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

    // The handler for this raise; the default, if no guard holds. RUNNING becomes its domain, as
    // it becomes that of each guard that is asked. A handler that may see the raise and has no
    // guard of its own costs no call; nearly every fault finds one.
    const Binding& choose(const Arguments& arguments, const Domain*& running) const {
        for (const Binding& binding : bindings_) {
            if (binding.handler == nullptr)
                break;
            if (!binding.may_see(arguments))
                continue;
            if (binding.guard != nullptr)
                return choose_by_guard(arguments, running);
            running = binding.domain;
            return binding;
        }
        running = default_.domain;
        return default_;
    }

private:
    [[gnu::noinline]] const Binding& choose_by_guard(const Arguments& arguments,
                                                     const Domain*& running) const {
        for (const Binding& binding : bindings_) {
            if (binding.handler == nullptr)
                break;
            if (!binding.may_see(arguments))
                continue;
            running = binding.domain;
            if (binding.guard == nullptr || binding.guard(arguments))
                return binding;
        }
        running = default_.domain;
        return default_;
    }

    std::array<Binding, CAPACITY> bindings_{}; // in use up to the first one without a handler
    Binding default_;                          // the kernel's own
};

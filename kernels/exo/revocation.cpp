// Who is asked for frames, and whether they were given.
// SPDX-License-Identifier: MIT
//
// Before: a primitive, by syscall.cpp; schedule.cpp, as slices begin. Next: the library OS of who
// is asked, at the `begin` of its next slice.
#include "revocation.hpp"

#include "kernel.hpp"

namespace {

using abi::exo::GUARANTEED_FRAMES;

// The kernel's only choice: who has most frames above the guaranteed number. nullptr: nobody.
Environment* choose() {
    Environment* chosen = nullptr;
    std::uint32_t most = GUARANTEED_FRAMES;
    for (Environment& environment : kernel.environments) {
        const std::uint32_t owned = kernel.frames.owned(environment.id);
        if (!environment.is_there() || environment.slices == 0 || owned <= most)
            continue;
        most = owned;
        chosen = &environment;
    }
    return chosen;
}

} // namespace

Result<EnvironmentId> ask_for_frames(std::uint64_t count) {
    if (count == 0)
        return std::unexpected(Error::invalid);
    if (count > abi::exo::MOST_WANTED)
        return std::unexpected(Error::too_large);
    Revocation& revocation = kernel.revocation;
    if (revocation.asked != EnvironmentId())
        return revocation.asked;
    Environment* const chosen = choose();
    if (chosen == nullptr)
        return std::unexpected(Error::no_memory);
    const std::uint64_t spare = kernel.frames.owned(chosen->id) - GUARANTEED_FRAMES;
    revocation = {chosen->id, std::min(count, spare)};
    chosen->page->frames_wanted = revocation.wanted;
    if (chosen->state == Environment::State::waiting)
        chosen->end_wait();
    if (chosen == &running_environment())
        begin_answer(*chosen);
    return chosen->id;
}

void begin_answer(const Environment& environment) {
    Revocation& revocation = kernel.revocation;
    if (environment.id == revocation.asked && revocation.until == timer::NEVER)
        revocation.until = timer::now() + abi::exo::ANSWER_SLICES * abi::exo::SLICE_TICKS;
}

void note_given(EnvironmentId owner) {
    Revocation& revocation = kernel.revocation;
    if (revocation.asked == owner && --revocation.wanted == 0)
        revocation = {};
}

void forget_asking(const Environment& environment) {
    if (kernel.revocation.asked == environment.id)
        kernel.revocation = {};
}

Environment* silent_environment() {
    const Revocation& revocation = kernel.revocation;
    if (revocation.asked == EnvironmentId() || timer::now() < revocation.until)
        return nullptr;
    return &environment_at(revocation.asked);
}

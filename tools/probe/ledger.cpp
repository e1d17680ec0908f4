// The rules of attribution themselves.
// SPDX-License-Identifier: MIT
//
// resolve, frame and fill are the same source in every kernel, so their rows hold exactly what runs
// from entry to return. All else is structure, and belongs to one of the four structural stages.
#include "ledger.hpp"

namespace probe {
namespace {

constexpr bool is_structural(Function stage) {
    return stage == Function::receive || stage == Function::dispatch ||
           stage == Function::install || stage == Function::resume || stage == Function::handler ||
           stage == Function::handle;
}

} // namespace

void Ledger::charge(Place place) {
    if (inside_) {
        entries_[current_].counts.add(place.owner);
        return;
    }
    if (!waiting_)
        gap_place_ = place;
    waiting_ = true;
    gap_.add(place.owner);
}

void Ledger::enter(Function stage, Place place) {
    // The transfer that reaches the handler is dispatch, even though resolve follows it.
    if (stage == Function::resolve) {
        const auto dispatch = find(Function::dispatch);
        if (const auto earlier = dispatch ? dispatch : last_structural())
            give_gap_to(*earlier);
    }
    const bool again = entries_.size() > round_ && entries_.back().stage == stage;
    if (!again)
        entries_.push_back({.stage = stage, .place = place});
    current_ = entries_.size() - 1;
    if (is_structural(stage))
        give_gap_to(current_);
    inside_ = true;
}

// The transfer that reaches a station is its own; what leads back to the program is the answer's.
void Ledger::enter_station(Function station, Place place) {
    const auto answer = find(Function::call_answer);
    if (station == Function::handle && answer)
        give_gap_to(*answer);
    const auto known = find(station);
    if (!known)
        entries_.push_back({.stage = station, .place = place});
    current_ = known.value_or(entries_.size() - 1);
    give_gap_to(current_);
    inside_ = true;
}

void Ledger::next_round() {
    close();
    round_ = entries_.size();
}

void Ledger::close() {
    inside_ = false;
    if (!waiting_)
        return;
    const bool handled = entries_.size() > round_ && entries_.back().stage == Function::handler;
    if (const auto answer = find(Function::call_answer)) {
        give_gap_to(*answer);
    } else if (handled) {
        give_gap_to(entries_.size() - 1);
    } else if (const auto resume = find(Function::resume)) {
        give_gap_to(*resume);
    } else if (find(Function::install)) {
        entries_.push_back({.stage = Function::resume, .place = gap_place_});
        give_gap_to(entries_.size() - 1);
    } else if (const auto earlier = last_structural()) {
        give_gap_to(*earlier);
    } else if (!entries_.empty()) {
        give_gap_to(entries_.size() - 1);
    }
}

// The last entry of that stage in this round.
std::optional<std::size_t> Ledger::find(Function stage) const {
    for (std::size_t i = entries_.size(); i > round_; --i)
        if (entries_[i - 1].stage == stage)
            return i - 1;
    return {};
}

std::optional<std::size_t> Ledger::last_structural() const {
    for (std::size_t i = entries_.size(); i > round_; --i)
        if (is_structural(entries_[i - 1].stage))
            return i - 1;
    return {};
}

void Ledger::give_gap_to(std::size_t entry) {
    for (const auto& [owner, count] : gap_)
        entries_[entry].counts.add(owner, count);
    gap_.clear();
    waiting_ = false;
}

} // namespace probe

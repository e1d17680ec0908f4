// The list of those who can run: linked both ways through a table, so that nothing is searched.
// SPDX-License-Identifier: MIT
#pragma once

#include "services/sched/policy.hpp"

#include <array>

namespace sched {

// A ring through an extra place END, whose successor is the first and whose predecessor the last.
class ReadyList {
public:
    static constexpr std::size_t END = CLIENTS;

    constexpr ReadyList() { links_[END] = {END, END}; }

    constexpr bool contains(Client client) const { return links_[client.number()].next != NOWHERE; }
    constexpr std::size_t first() const { return links_[END].next; }
    constexpr std::size_t last() const { return links_[END].previous; }
    constexpr std::size_t after(std::size_t place) const { return links_[place].next; }
    constexpr std::size_t before(std::size_t place) const { return links_[place].previous; }

    // CLIENT, who is not in the list, comes before PLACE: somebody in the list, or END.
    constexpr void insert(Client client, std::size_t place) {
        const std::size_t earlier = links_[place].previous;
        links_[client.number()] = {static_cast<std::uint8_t>(place),
                                   static_cast<std::uint8_t>(earlier)};
        links_[earlier].next = static_cast<std::uint8_t>(client.number());
        links_[place].previous = static_cast<std::uint8_t>(client.number());
    }
    // CLIENT, who is in the list, leaves it.
    constexpr void remove(Client client) {
        const Link link = links_[client.number()];
        links_[link.previous].next = link.next;
        links_[link.next].previous = link.previous;
        links_[client.number()] = {};
    }

private:
    static constexpr std::uint8_t NOWHERE = 0xff;
    static_assert(END < NOWHERE);

    struct Link {
        std::uint8_t next = NOWHERE; // NOWHERE: not in the list
        std::uint8_t previous = NOWHERE;
    };
    std::array<Link, CLIENTS + 1> links_{};
};

} // namespace sched

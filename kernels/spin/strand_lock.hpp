// Where the trusted kernel itself lets strands wait: a lock that no given-up strand keeps.
// SPDX-License-Identifier: MIT
//
// A strand that waits inside the kernel has an extension's calls on its stack. When that falls
// (fall.cpp), the stack is forgotten as it is, and nothing is unwound: so the kernel's own locks
// know who has them. Extensions have locks of their own (interface/lock.hpp), which fall with them.
#pragma once

#include "interface/strand.hpp"

#include <array>

struct Strand;

// Strands in the order in which they came.
class StrandQueue {
public:
    Strand* first() const { return count_ != 0 ? strands_[0] : nullptr; }
    // It keeps its place if it is there already.
    void join(Strand& strand);
    void leave(const Strand& strand);

private:
    std::array<Strand*, spin::STRANDS> strands_{};
    std::size_t count_ = 0;
};

// io::Lock. Nobody is preempted in the kernel, so taking one that is free is a load and a store.
// Whoever waits may be unblocked for another reason, and looks again.
class StrandLock {
public:
    void acquire();
    void release();
    // STRAND is given up: it has no turn here any more, and waits for none.
    void forget(const Strand& strand);

private:
    [[gnu::cold, gnu::noinline]] void wait();

    Strand* holder_ = nullptr;
    StrandQueue waiters_;
};

// Taking turns at a service: what stands around the ones that serve one at a time.
// SPDX-License-Identifier: MIT
//
// A service has no locks; its placement chooses one for it. Where threads share the service
// (monolithic, SPIN) the lock may wait; where one loop serves everybody (a server) it is NoLock.
// docs/services.md says in which order locks may be taken.
#pragma once

#include <concepts>

namespace io {

template <class L>
concept Lock = requires(L& lock) {
    lock.acquire();
    lock.release();
};

struct NoLock {
    void acquire() {}
    void release() {}
};

// From here to the end of the block nobody else has LOCK.
template <Lock L>
class [[nodiscard]] Turn {
public:
    explicit Turn(L& lock) : lock_(lock) { lock_.acquire(); }
    ~Turn() { lock_.release(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    L& lock_;
};

} // namespace io

// User pointers: believed page by page, with the program's own rights.
// SPDX-License-Identifier: MIT
//
// A kernel reaches a program's memory by the direct map, as that program's page table says, and
// never through the program's address. Nothing is mended here: a page that is not there, or not
// writable yet (copy-on-write), is not_mapped, and the kernel may mend it as if the program had
// faulted, and ask again. bad_address: an address that no program has.
#pragma once

#include "arch/riscv/address_space.hpp"

#include <cstddef>
#include <span>

// Copies from the memory of SPACE's program at SOURCE: all of DESTINATION or nothing.
// bad_address; not_mapped.
Result<void> copy_from_user(const AddressSpace& space, VirtAddr source,
                            std::span<std::byte> destination);

// Copies SOURCE into the memory of SPACE's program at DESTINATION: all of it or nothing.
// bad_address; not_mapped.
Result<void> copy_to_user(const AddressSpace& space, VirtAddr destination, Bytes source);

// COUNT bytes of the program's onto the console. bad_address where the program could not read at
// this moment; what lies before that is printed already.
Result<void> print_from_user(const AddressSpace& space, VirtAddr source, std::uint64_t count);

// The first of COUNT bytes at START whose page refuses ACCESS at this moment: what to mend before
// the next try. `start + count` when there is none.
VirtAddr first_unreachable(const AddressSpace& space, VirtAddr start, std::uint64_t count,
                           Access access);

// A place in a program's memory to which pieces of bytes go, one behind the other
// (io::Destination). A piece that could not be moved wholly was not moved at all.
class UserDestination {
public:
    UserDestination(const AddressSpace& space, VirtAddr start) : space_(space), start_(start) {}
    Result<void> put(Bytes piece) {
        const Result<void> copied = copy_to_user(space_, start_ + next_, piece);
        if (copied)
            next_ += piece.size();
        else
            stopped_ = copied.error() == Error::not_mapped;
        return copied;
    }
    std::uint64_t next() const { return next_; }
    bool stopped() const { return stopped_; }

private:
    const AddressSpace& space_;
    VirtAddr start_;
    std::uint64_t next_ = 0;
    bool stopped_ = false;
};

// The same, from which pieces come (io::Source).
class UserSource {
public:
    UserSource(const AddressSpace& space, VirtAddr start) : space_(space), start_(start) {}
    Result<void> get(std::span<std::byte> piece) {
        const Result<void> copied = copy_from_user(space_, start_ + next_, piece);
        if (copied)
            next_ += piece.size();
        else
            stopped_ = copied.error() == Error::not_mapped;
        return copied;
    }
    std::uint64_t next() const { return next_; }
    bool stopped() const { return stopped_; }

private:
    const AddressSpace& space_;
    VirtAddr start_;
    std::uint64_t next_ = 0;
    bool stopped_ = false;
};

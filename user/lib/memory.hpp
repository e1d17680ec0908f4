// Heap, mappings, and a program's own fault handler: the API's part about memory (os.hpp).
// SPDX-License-Identifier: MIT
//
// Addresses and sizes of mappings are whole pages of 4,096 bytes (-INVALID); the pages themselves
// come at first touch. Memory that could not be kept anywhere, neither in frames nor in swap, is
// refused when it is asked for (-NO_MEMORY), so a touch does not fail later.
#pragma once

#include "user/lib/calls.hpp"

#include "lib/fault.hpp"

namespace os {

using abi::Advice;
using abi::FaultContext;

// Grows the heap by BYTES, or shrinks it when they are negative, and returns its old end, as an
// address; -NO_MEMORY past the heap's limit of 6 MiB, -INVALID below its start.
inline std::int64_t sbrk(std::int64_t bytes) { return os_sbrk(bytes); }

// What to map. BYTES of file DESCRIPTOR from OFFSET on (whole pages), or of nothing: then zeroes.
// Flags, of abi::map: PRIVATE, SHARED, or ANONYMOUS | PRIVATE. In the file's last page zeroes stand
// behind its end. Pages behind that one are zeroes of a PRIVATE mapping's own; in a SHARED one an
// access there is a fault, as long as the file does not reach there.
struct Mapping {
    std::uint64_t address = 0; // 0: wherever there is room
    std::uint64_t bytes = 0;
    Rights rights = Rights::read_write();
    std::uint64_t flags = abi::map::ANONYMOUS | abi::map::PRIVATE;
    std::int64_t descriptor = -1;
    std::uint64_t offset = 0;
};

// The address. -INVALID: not whole pages, no such flags, rights that no page can have (writable and
// executable, or writable without reading); -EXISTS: something is mapped there; -BAD_DESCRIPTOR;
// -PERMISSION: the file is not open for reading, or for a writable SHARED one not for writing;
// -NO_CALL: ANONYMOUS | SHARED, which this system does not have, or a descriptor of no file;
// -NO_MEMORY. The file may be closed afterwards: the mapping keeps it, and a SHARED one of a file
// that was open for writing keeps it from being run.
inline std::int64_t mmap(const Mapping& mapping) {
    return os_mmap(mapping.address, mapping.bytes, mapping.rights.raw(), mapping.flags,
                   mapping.descriptor, mapping.offset);
}

// Takes pages away, also some of a mapping. What was stored to a SHARED one is in its file then.
// -INVALID: not whole pages; -NO_MEMORY: too many pieces; -INPUT_OUTPUT, -NO_SPACE: it is not.
inline std::int64_t munmap(std::uint64_t address, std::uint64_t bytes) {
    return os_munmap(address, bytes);
}

// Gives pages other rights. -INVALID: as for mmap; -FAULT: something there is not mapped;
// -PERMISSION: a file is mapped SHARED there that was not open for writing; -NO_MEMORY. Nothing was
// changed then.
inline std::int64_t mprotect(std::uint64_t address, std::uint64_t bytes, Rights rights) {
    return os_mprotect(address, bytes, rights.raw());
}

// Tells how a range will be used, which the kernel may heed or ignore. To be asked before the first
// touch: pages that are there already need not come under another policy. -INVALID: not whole
// pages, no such advice; -FAULT: something there is not mapped.
inline std::int64_t advise(std::uint64_t address, std::uint64_t bytes, Advice advice) {
    return os_advise(address, bytes, static_cast<std::uint64_t>(advice));
}

// From now on HANDLER is told of faults and exceptions that would end this process, and may mend
// what is wrong, or change the registers: when it returns, the process goes on as the context says.
// A fault inside the handler ends the process. nullptr: no handler. 0. It survives fork, not exec.
// It needs room on the stack: about 400 bytes and its own.
using FaultHandler = void (*)(FaultContext& context);
inline std::int64_t on_fault(FaultHandler handler) { return os_handler(handler); }

// Goes on as CONTEXT says, out of a handler that does not return; comes back only with an error:
// -INVALID: no handler runs; -FAULT: CONTEXT, or the pc in it, is no address of a program's.
inline std::int64_t resume(const FaultContext& context) { return os_resume(&context); }

} // namespace os

// Which lab's rig is spoken of how.
// SPDX-License-Identifier: MIT
#include "vocabulary.hpp"

#include "failure.hpp"
#include "fault_words.hpp"
#include "sv39_words.hpp"

#include "abi/lab_fault.hpp"
#include "abi/lab_sv39.hpp"

namespace lab {

constexpr std::uint64_t FRAME_BYTES = 4096;

const Vocabulary& vocabulary_of(const Description& lab) {
    static const Vocabulary of_sv39{
        {sv39_lab::POOL, sv39_lab::POOL + sv39_lab::TABLES * FRAME_BYTES},
        sv39::said,
        sv39::step_under_way,
        sv39::watched_step,
        sv39::watched_steps};
    static const Vocabulary of_fault{
        {fault_lab::POOL, fault_lab::POOL + fault_lab::FRAMES * FRAME_BYTES},
        fault::said,
        fault::step_under_way,
        fault::watched_step,
        fault::watched_steps};
    if (lab.number == 1)
        return of_sv39;
    if (lab.number == 2)
        return of_fault;
    throw faultline::Failure(faultline::Exit::failed, lab.name + " has no words for its rig", "");
}

} // namespace lab

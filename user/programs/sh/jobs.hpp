// What runs in the background.
// SPDX-License-Identifier: MIT
#pragma once

#include "user/lib/fixed_text.hpp"

#include "syntax.hpp"

namespace sh {

// A fixed table; a job that finds no room in it runs all the same, unlisted.
class Jobs {
public:
    static constexpr std::size_t CAPACITY = 16;

    struct Job {
        std::int64_t process = 0; // 0: no job
        bool ended = false;
        std::int64_t status = 0;
        os::FixedText<60> text;
    };

    void add(std::int64_t process, std::string_view text) {
        ++running_;
        for (Job& job : jobs_)
            if (job.process == 0) {
                job = {};
                job.process = process;
                job.text.put(text);
                return;
            }
    }
    void note_end(std::int64_t process, std::int64_t status) {
        --running_;
        for (Job& job : jobs_)
            if (job.process == process) {
                job.ended = true;
                job.status = status;
            }
    }
    void forget(Job& job) { job = {}; }
    void forget_all() { *this = {}; }

    // How many run, the unlisted ones too.
    std::size_t running() const { return running_; }

    std::array<Job, CAPACITY>& all() { return jobs_; }

private:
    std::array<Job, CAPACITY> jobs_{};
    std::size_t running_ = 0;
};

} // namespace sh

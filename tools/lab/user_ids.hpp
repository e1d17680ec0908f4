// User ids that nobody has, one for each job that root starts.
// SPDX-License-Identifier: MIT
//
// For sandbox.cpp. Two graders at a time share the range: a lock on a file says who has which.
#pragma once

#include <filesystem>

namespace lab {

class UserId {
public:
    UserId(); // throws a Failure when none is free
    ~UserId();
    UserId(const UserId&) = delete;
    UserId& operator=(const UserId&) = delete;

    unsigned number() const { return number_; }

    // Every process of the user, however it was started; waits until they are gone.
    void end_all() const;
    // Everything in FOLDER, itself included, belongs to the user from now on; links are not
    // followed.
    void give(const std::filesystem::path& folder) const;
    // Back to us. Returns whether all in it is plain: files, folders and links.
    static void take_back(const std::filesystem::path& folder);
    // Files of the user in places where everybody may write go away.
    void sweep() const;

private:
    unsigned number_ = 0;
    int lock_ = -1;
};

} // namespace lab

// The pool that nodes of page records are taken from.
// SPDX-License-Identifier: MIT
//
// One span of records; node N is those from N * NODE_RECORDS on. So a record of whatever node is
// reached by one index.
#pragma once

#include "services/vm/record.hpp"

#include <span>

namespace vm {

// Where a record stands in the pool.
using RecordPlace = Number<struct RecordPlaceTag>;

// Nodes that nobody uses hold nothing but the link to the next one, in their first record; so a
// node is all absent when it is taken.
class NodePool {
public:
    // Takes charge of STORAGE, which may hold anything.
    void adopt(std::span<Record> storage) {
        records_ = storage;
        listed_ = 0;
        unused_from_ = 0;
    }

    std::uint64_t count() const { return records_.size() / NODE_RECORDS; }
    std::uint64_t used_end() const { return unused_from_; } // those behind were never used
    std::uint64_t free_count() const { return count() - unused_from_ + listed_; }

    // Asks first: free_count() is not 0.
    NodeIndex take() {
        if (listed_ != 0) {
            const NodeIndex node = first_listed_;
            Record& link = at(node, 0);
            first_listed_ = link.node();
            link = Record();
            --listed_;
            return node;
        }
        const NodeIndex node(unused_from_++);
        for (Record& record : records(node))
            record = Record();
        return node;
    }
    // All records of NODE are absent.
    void give(NodeIndex node) {
        at(node, 0) = Record::inner(first_listed_);
        first_listed_ = node;
        ++listed_;
    }

    // The records of NODE.
    std::span<Record> records(NodeIndex node) {
        return records_.subspan(node.raw() * NODE_RECORDS, NODE_RECORDS);
    }
    // Record INDEX of NODE; INDEX counts on into the next nodes.
    static RecordPlace place(NodeIndex node, std::uint64_t index) {
        return RecordPlace(node.raw() * NODE_RECORDS + index);
    }
    Record& operator[](RecordPlace place) { return records_[place.raw()]; }
    Record& at(NodeIndex node, std::uint64_t index) { return records_[place(node, index).raw()]; }
    const Record& at(NodeIndex node, std::uint64_t index) const {
        return records_[place(node, index).raw()];
    }

private:
    std::span<Record> records_;
    std::uint64_t listed_ = 0;
    std::uint64_t unused_from_ = 0; // nodes from here on were never used
    NodeIndex first_listed_;        // meaningful while listed_ is not 0
};

} // namespace vm

// Which headers of the tree a kernel includes, by itself or by way of others.
// SPDX-License-Identifier: MIT
#pragma once

#include "tree.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

// Headers and sources by their paths.
using Files = std::map<std::string, SourceFile>;

// NAME, for a PATH in kernels/NAME/; empty: it is in no kernel's folder.
std::string kernel_of(const std::string& path);

// Paths of the files of FILES that START sees. An include is looked for from the top and from the
// folder of the file that has it; a name without a folder also anywhere below START's own kernel,
// as the build says where placements are.
std::set<std::string> seen_from(const Files& files, const std::string& start);

// For each file outside kernels/: the names of the kernels that see it.
std::map<std::string, std::set<std::string>> kernels_that_see(const Files& files);

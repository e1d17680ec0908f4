// Boost.Process where its first interface stands in a folder v1 (Boost 1.86 and later).
// SPDX-License-Identifier: MIT
//
// tools/faultline/CMakeLists.txt picks this file or its twin; process.cpp includes whichever it is.
#pragma once

#include <boost/process/v1/args.hpp>
#include <boost/process/v1/child.hpp>
#include <boost/process/v1/error.hpp>
#include <boost/process/v1/exe.hpp>
#include <boost/process/v1/extend.hpp>
#include <boost/process/v1/io.hpp>

namespace process_library = boost::process::v1;

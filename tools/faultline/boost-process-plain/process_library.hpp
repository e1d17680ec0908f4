// Boost.Process where its first interface stands in its plain place (before Boost 1.86).
// SPDX-License-Identifier: MIT
//
// tools/faultline/CMakeLists.txt picks this file or its twin; process.cpp includes whichever it is.
#pragma once

#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/error.hpp>
#include <boost/process/exe.hpp>
#include <boost/process/extend.hpp>
#include <boost/process/io.hpp>

namespace process_library = boost::process;

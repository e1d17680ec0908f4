// The library OS's state, in one struct: what elsewhere a kernel would keep.
// SPDX-License-Identifier: MIT
//
// It lies in the application's own address space and is protected from nobody but other
// applications. task.cpp fills it in; every other file finds it through `libos`.
#pragma once

#include "frames.hpp"
#include "space.hpp"

#include "services/vm/regions.hpp"

struct LibraryOs {
    vm::Regions regions;
    HeldFrames frames;
    PageTable pages;
};

extern LibraryOs libos;

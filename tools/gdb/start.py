# What GDB is given beside the symbols: readable values, page tables, and sight of all memory.
# SPDX-License-Identifier: MIT
#
# tools/faultline/gdb_script.cpp has GDB source this file; docs/debugging.md shows what comes of it.
import os
import sys

sys.dont_write_bytecode = True  # the tree stays as it is
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import faultline.start  # noqa: E402

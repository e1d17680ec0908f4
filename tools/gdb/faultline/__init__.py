# The tree's part of GDB. Only this folder is Python: GDB speaks nothing else.
# SPDX-License-Identifier: MIT

# Printers of the tree's types, a file for each kind.
# SPDX-License-Identifier: MIT

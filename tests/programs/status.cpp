// Ends with a status of its own.
// SPDX-License-Identifier: MIT

int main() { return 42; }

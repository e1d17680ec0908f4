// Computes for ever: only an instruction limit ends it.
// SPDX-License-Identifier: MIT

int main() {
    for (;;)
        asm volatile("");
}

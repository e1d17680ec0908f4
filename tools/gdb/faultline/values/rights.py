# What may be done: rights as letters, and rights that go with capabilities in words.
# SPDX-License-Identifier: MIT
#
# lib/fault.hpp, kernels/micro/capability.hpp.
from faultline import paging
from faultline.printing import Text, printer


# Bits 0, 1, 2 are read, write, execute, wherever the tree keeps them.
def letters(bits):
    return paging.letters(bits & 1, bits & 2, bits & 4)


@printer("Rights")
def _rights(value):
    return Text(letters(int(value["bits_"])))


# abi/micro/objects.hpp, from the lowest bit on.
RIGHTS = ("send", "notify", "control", "manage", "enter", "create", "memory", "interrupts", "dma",
          "end")


@printer("CapRights")
def _cap_rights(value):
    bits = int(value["bits_"])
    words = [word for place, word in enumerate(RIGHTS) if bits >> place & 1]
    return Text(" ".join(words) or "no rights")

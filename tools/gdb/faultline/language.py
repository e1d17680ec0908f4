# Expressions are C++, also where the frame is assembly: a program's fault, a trap's first steps.
# SPDX-License-Identifier: MIT
#
# By itself GDB takes the frame's language, and knows neither templates nor `[]` of a class there.
import gdb


# GDB warns of it once, at the first frame of another language. Here that is meant, so the warning
# is taken, and then all is said.
def _set(_event):
    if gdb.execute("set language c++", to_string=True):
        gdb.events.stop.disconnect(_set)


def install():
    gdb.events.stop.connect(_set)

# Saved registers, by their names.
# SPDX-License-Identifier: MIT
#
# arch/riscv/trap_frame.hpp, arch/riscv/context.hpp, abi/exo/environment.hpp and primitives.hpp,
# kernels/exo/libos/libos.hpp. Names are the psABI's, x1 first, as GDB shows them.
import gdb

from faultline.printing import Parts, Whole, printer

NAMES = ("ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7 "
         "s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6").split()


# With the symbol, where one is near.
def _code(address):
    return "%#x%s" % (address, _symbol(address))


def _symbol(address):
    block = gdb.block_for_pc(address)
    while block is not None and block.function is None:
        block = block.superblock
    if block is None:
        words = gdb.format_address(address)
        return " " + words.split(" ", 1)[1] if " " in words else ""
    words = block.function.print_name.split("(")[0]
    beyond = address - block.start
    return " <%s+%d>" % (words, beyond) if beyond else " <%s>" % words


def _hex(value):
    return "%#x" % (int(value) & (2**64 - 1))


def _all(pc, registers):
    yield "pc", _code(int(pc))
    for i, name in enumerate(NAMES):
        yield name, _hex(registers["_M_elems"][i])


@printer("TrapFrame")
def _trap_frame(value):
    words = "pc %s, sp %s" % (_code(int(value["pc"])), _hex(value["saved"]["_M_elems"][1]))
    members = list(_all(value["pc"], value["saved"])) + [("hart", value["hart"])]
    return Whole(words, value, members)


@printer("abi::exo::SaveArea")
def _save_area(value):
    more = [(name, _hex(value[name])) for name in ("cause", "address", "in_use")]
    words = "cause %d, address %s, pc %s" % (
        int(value["cause"]), _hex(value["address"]), _code(int(value["pc"])))
    return Whole(words, value, list(_all(value["pc"], value["registers"])) + more)


# exo: a program whose slice was over, and one that has made a call.
@printer("SliceContext")
def _slice_context(value):
    more = [("go_on", _code(int(value["go_on"])))]
    words = "pc %s, sp %s" % (_code(int(value["pc"])), _hex(value["registers"]["_M_elems"][1]))
    return Whole(words, value, list(_all(value["pc"], value["registers"])) + more)


@printer("CallContext")
def _call_context(value):
    saved = [("s%d" % i, _hex(value["saved"]["_M_elems"][i])) for i in range(12)]
    own = [("words", value["words"]), ("ra", _code(int(value["ra"]))), ("sp", _hex(value["sp"]))]
    more = [(name, _hex(value[name])) for name in ("a1", "a2", "resumes")]
    return Whole("call by %s" % _code(int(value["ra"])), value, own + saved + more)


# exo: where an environment is entered.
@printer("abi::exo::Contexts")
def _contexts(value):
    return Parts(None, [(name, _code(int(value[name])) if int(value[name]) else "none")
                        for name in ("exception", "begin", "end", "transfer")])


@printer("KernelContext")
def _context(value):
    saved = [("s%d" % i, _hex(value["s"][i])) for i in range(12)]
    return Parts(None, [("ra", _code(int(value["ra"]))), ("sp", _hex(value["sp"]))] + saved)

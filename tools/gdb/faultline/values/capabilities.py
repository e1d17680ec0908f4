# Capabilities: a slot of micro's table, exo's sealed names, SPIN's typed references.
# SPDX-License-Identifier: MIT
#
# kernels/micro/capability.hpp, kernels/exo/capability.hpp, kernels/spin/interface/.
from faultline.printing import Text, field, printer, text_of
from faultline.values.rights import letters


# abi/micro/objects.hpp: a right says what is behind a capability.
OF_THREAD = 1 | 2 | 4
OF_SPACE = 8 | 16


@printer("Capability")
def _of_micro(value):
    bits = int(field(value, "rights.bits_"))
    if bits == 0:
        return Text("empty")
    rights = value["rights"].format_string()
    if bits & OF_THREAD:
        return Text("to %s (badge %d: %s)" % (
            text_of(value["receiver"]["name"]), int(value["badge"]), rights))
    return Text("to %s (%s)" % ("a space" if bits & OF_SPACE else "the machine", rights))


KINDS = {0: "", 1: "environment ", 2: "extent "}


# 62..36 epoch, 35..33 rights, 32..31 kind, 30..0 number: of a frame where no kind is said.
def _name_in_words(raw):
    if raw >> 33 & 7 == 0:
        return "for nothing"
    number, kind = raw & (1 << 31) - 1, raw >> 31 & 3
    return "%s%s %s (epoch %d)" % (
        KINDS.get(kind, "kind %d, " % kind), number if kind else "%#x" % number,
        letters(raw >> 33), raw >> 36 & (1 << 27) - 1)


@printer("CapabilityName")
def _name_of_exo(value):
    return Text(_name_in_words(int(value["raw_"])))


@printer("abi::exo::Capability")
def _of_exo(value):
    return Text("%s, sealed %#x" % (
        _name_in_words(int(value["name"])), int(value["authenticator"])))


# 63..32 generation, 31..0 frame.
@printer("spin::FrameCapability")
def _of_spin(value):
    raw = int(value["raw_"])
    if raw & 0xFFFFFFFF == 0:
        return Text("for nothing")
    return Text("%#x (generation %d)" % (raw & 0xFFFFFFFF, raw >> 32))


@printer("spin::TranslationContext")
def _context(value):
    raw = int(value["raw_"])
    return Text("space %d (generation %d)" % (raw & 0xFFFFFFFF, raw >> 32))


@printer("spin::FrameQuota")
def _quota(value):
    raw = int(value["raw_"])
    return Text("quota %d (generation %d)" % (raw & 0xFFFFFFFF, raw >> 32))

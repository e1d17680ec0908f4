# `[]` and `size()` of array and span, and exo's `bindings.at(SLOT)`, in expressions.
# SPDX-License-Identifier: MIT
#
# No image has functions for them to call.
import re

import gdb
import gdb.xmethod

from faultline import environments
from faultline.printing import referenced
from faultline.values.containers import elements_of


class _Index(gdb.xmethod.XMethodWorker):
    def get_arg_types(self):
        return gdb.lookup_type("unsigned long")

    def get_result_type(self, container, _index):
        return elements_of(container)[0].dereference().type

    def __call__(self, container, index):
        start, count = elements_of(container)
        if not 0 <= int(index) < count:
            raise gdb.GdbError("There are %d elements: no [%d]." % (count, int(index)))
        return (start + int(index)).dereference()


class _Size(gdb.xmethod.XMethodWorker):
    def get_arg_types(self):
        return None

    def get_result_type(self, _container):
        return gdb.lookup_type("unsigned long")

    def __call__(self, container):
        return elements_of(container)[1]


class _Bound(gdb.xmethod.XMethodWorker):
    def get_arg_types(self):
        return gdb.lookup_type("unsigned long")

    def get_result_type(self, _bindings, _slot):
        return gdb.lookup_type("CapabilityName")

    def __call__(self, bindings, slot):
        name = environments.bound(referenced(bindings), int(slot))
        if name is None:
            raise gdb.GdbError("There is no slot %d in this table." % int(slot))
        return name


class _Matcher(gdb.xmethod.XMethodMatcher):
    CONTAINERS = re.compile("^std::(array|span)<.*>$")

    def __init__(self):
        super().__init__("faultline")
        self.workers = {"operator[]": _Index(), "size": _Size()}
        self.of_bindings = {"at": _Bound()}
        self.methods = [gdb.xmethod.XMethod(name) for name in (*self.workers, *self.of_bindings)]

    def match(self, class_type, method_name):
        name = class_type.unqualified().strip_typedefs().name
        if name is not None and self.CONTAINERS.match(name):
            return self.workers.get(method_name)
        return self.of_bindings.get(method_name) if name == "BindingTable" else None


def install():
    gdb.xmethod.register_xmethod_matcher(None, _Matcher(), replace=True)

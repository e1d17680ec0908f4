# How something ended: Error, Result, and values that may be missing.
# SPDX-License-Identifier: MIT
#
# lib/result.hpp: Result<T> is std::expected<T, Error>, and Outcome where T is void.
import gdb

from faultline.printing import Text, printer


# The enumerators of Error by number.
def error_name(number):
    for enumerator in gdb.lookup_type("Error").fields():
        if enumerator.enumval == number:
            return enumerator.name.rsplit("::", 1)[-1]
    return "unknown error %d" % number


@printer("Error")
def _error(value):
    return Text(error_name(int(value)))


@printer("Outcome")
def _outcome(value):
    failure = int(value["failure_"])
    return Text("error: " + error_name(failure - 1) if failure else "success")


@printer("std::expected")
def _expected(value):
    if value["_M_has_value"]:
        return Text(value["_M_val"].format_string())
    return Text("error: " + value["_M_unex"].format_string())


@printer("std::unexpected")
def _unexpected(value):
    return Text("error: " + value["_M_unex"].format_string())


@printer("std::optional")
def _optional(value):
    payload = value["_M_payload"]
    if not payload["_M_engaged"]:
        return Text("none")
    return Text(payload["_M_payload"]["_M_value"].format_string())

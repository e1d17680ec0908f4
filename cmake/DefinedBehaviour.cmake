# The flags under which C++ leaves nothing undefined.
# SPDX-License-Identifier: MIT

# What holds code of services or of SPIN's extensions, in every placement: C++ in which a mistake is
# a wrong value or a trap, never whatever the optimiser made of it (docs/spin.md).
set(GUEST_DEFINED_FLAGS
    -fwrapv                         # signed overflow wraps: no check behind it is dropped
    -fno-strict-aliasing
    -fno-lifetime-dse               # with the next: what no constructor wrote reads as zero
    -ftrivial-auto-var-init=zero
    -fno-finite-loops               # a loop without effects stays, and its deadline finds it
    -fno-delete-null-pointer-checks
    # ebreak, where C++ says that anything may happen. No libubsan.
    -fsanitize=shift,integer-divide-by-zero,return,unreachable,bool,enum
    -fsanitize-undefined-trap-on-error)

# leave_nothing_undefined(TARGET LAYER...): with these flags, if one of its layers is of that kind.
function(leave_nothing_undefined target)
    if("services" IN_LIST ARGN OR "kernels/spin/interface" IN_LIST ARGN)
        target_compile_options(${target} PRIVATE
            $<$<COMPILE_LANGUAGE:CXX>:${GUEST_DEFINED_FLAGS}>)
    endif()
endfunction()

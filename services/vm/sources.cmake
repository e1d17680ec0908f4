# The files of services/vm: whoever places it compiles all of them.
# SPDX-License-Identifier: MIT
set(SERVICES_VM core_map evict fault fork mapping memory page_map pageout regions slots supply)
list(TRANSFORM SERVICES_VM PREPEND ${FAULTLINE_TOP}/services/vm/)
list(TRANSFORM SERVICES_VM APPEND .cpp)

# SPDX-License-Identifier: MIT
# cmake -DPROGRAM=… -DPAGE=… -P comparerulespage.cmake: fails if the page is not what
# `rules --format markdown` prints.
execute_process(COMMAND ${PROGRAM} rules --format markdown
    OUTPUT_VARIABLE printed RESULT_VARIABLE code)
if(NOT code EQUAL 0)
    message(FATAL_ERROR "${PROGRAM} rules ended with ${code}.")
endif()
file(READ ${PAGE} page)
if(NOT page STREQUAL printed)
    message(FATAL_ERROR "${PAGE} is not what the rules say: build the target update-rules-page.")
endif()

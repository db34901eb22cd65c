# SPDX-License-Identifier: MIT
# Every sentence with a number has both forms in hubkeeper_en.ts: lupdate adds what is missing to a
# copy, as unfinished.
configure_file(${SOURCE}/translations/hubkeeper_en.ts ${COPY} COPYONLY)
file(GLOB core_parts LIST_DIRECTORIES true ${SOURCE}/core/*)
list(FILTER core_parts EXCLUDE REGEX "/practice$|\\.md$|\\.txt$")
execute_process(
    COMMAND ${LUPDATE} -silent -pluralonly -locations none -no-obsolete ${core_parts}
        ${SOURCE}/ui ${SOURCE}/app/gui -I ${SOURCE}/core -I ${SOURCE}/ui -ts ${COPY}
    RESULT_VARIABLE failed ERROR_VARIABLE said)
if(failed)
    message(FATAL_ERROR "lupdate failed: ${said}")
endif()
file(READ ${COPY} text)
string(REPLACE ";" "," text "${text}")
string(REPLACE "<message numerus=\"yes\">" ";" messages "${text}")
list(POP_FRONT messages)
list(LENGTH messages count)
if(count EQUAL 0)
    message(FATAL_ERROR "No sentence with a number was found.")
endif()
set(missing "")
foreach(message IN LISTS messages)
    string(REGEX REPLACE "</message>.*" "" message "${message}")
    if(message MATCHES "type=\"unfinished\"|<numerusform></numerusform>")
        string(REGEX MATCH "<source>[^<]*" source "${message}")
        string(APPEND missing "\n  ${source}")
    endif()
endforeach()
if(missing)
    message(FATAL_ERROR "Plural forms are missing in translations/hubkeeper_en.ts (target "
        "update-translations adds the sentences):${missing}")
endif()
message(STATUS "${count} sentences with a number have both forms.")

// SPDX-License-Identifier: MIT
// One libFuzzer program; HUBKEEPER_FUZZ_TARGET names what it tries.
#include "fuzz/targets.h"

#include <cstring>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (const hubkeeper::test::FuzzTarget &target : hubkeeper::test::fuzzTargets()) {
        if (std::strcmp(target.name, HUBKEEPER_FUZZ_TARGET) == 0)
            target.run(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)));
    }
    return 0;
}

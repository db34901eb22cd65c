// SPDX-License-Identifier: MIT
#include "widgets/durationtext.h"

#include <QCoreApplication>

namespace hubkeeper {

namespace {

struct DurationWords
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::DurationText)
};

} // namespace

QString durationText(std::chrono::seconds time)
{
    constexpr int longSeconds = 120;
    if (time.count() < longSeconds)
        return DurationWords::tr("%Ln second(s)", nullptr, int(time.count()));
    return DurationWords::tr("%Ln minute(s)", nullptr, int((time.count() + 59) / 60));
}

} // namespace hubkeeper

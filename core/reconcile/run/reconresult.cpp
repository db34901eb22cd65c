// SPDX-License-Identifier: MIT
#include "reconcile/run/reconresult.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString wordOf(ReconResult::State state)
{
    switch (state) {
    case ReconResult::State::Success:
        return u"SUCCESS"_s;
    case ReconResult::State::Failed:
        return u"FAILED"_s;
    case ReconResult::State::Canceled:
        return u"CANCELED"_s;
    }
    Q_UNREACHABLE();
}

QString wordOf(ReconEntry::Status status)
{
    switch (status) {
    case ReconEntry::Status::Success:
        return u"SUCCESS"_s;
    case ReconEntry::Status::Failure:
        return u"FAILURE"_s;
    case ReconEntry::Status::Unknown:
        return u"UNKNOWN"_s;
    }
    Q_UNREACHABLE();
}

} // namespace hubkeeper

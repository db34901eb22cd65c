// SPDX-License-Identifier: MIT
#include "configuration/form/versionmeaning.h"

#include "provisioner/model/versionrange.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct VersionMeaning
{
    Q_DECLARE_TR_FUNCTIONS(VersionMeaning)
};

/// "1.6" for 1.6.0.0.
QString shortened(const BundleVersion &version)
{
    return u"%1.%2"_s.arg(version.numbers[0]).arg(version.numbers[1]);
}

/// Whether it is exactly the versions of one "1.5".
bool isWholeLine(const VersionRange &range)
{
    const auto isFirst = [](const BundleVersion &version) {
        return version.numbers[2] == 0 && version.numbers[3] == 0;
    };
    return range.includesLower && !range.includesUpper && isFirst(range.lower)
        && isFirst(range.upper) && range.lower.numbers[0] == range.upper.numbers[0]
        && range.lower.numbers[1] + 1 == range.upper.numbers[1];
}

} // namespace

QString meaningOfVersions(const QString &bundleVersion)
{
    const auto range = versionRangeFrom(bundleVersion);
    if (!range)
        return {};
    if (range->isEmpty())
        return VersionMeaning::tr("No version lies in this range.");
    if (range->lower == range->upper)
        return VersionMeaning::tr("Takes %1 and no other version.").arg(range->lower.toString());
    if (isWholeLine(*range)) {
        //: %1 is "1.5", %2 is "1.6".
        return VersionMeaning::tr("Takes every %1.x, but not %2.")
            .arg(shortened(range->lower), shortened(range->upper));
    }
    const QString from = range->includesLower
        ? VersionMeaning::tr("Takes %1 and newer").arg(range->lower.toString())
        : VersionMeaning::tr("Takes what is newer than %1").arg(range->lower.toString());
    //: %1 is the sentence's beginning, %2 a version.
    const QString sentence = range->includesUpper
        ? VersionMeaning::tr("%1, up to and including %2.")
        : VersionMeaning::tr("%1, up to but not %2.");
    return sentence.arg(from, range->upper.toString());
}

} // namespace hubkeeper

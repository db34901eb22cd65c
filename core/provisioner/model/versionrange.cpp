// SPDX-License-Identifier: MIT
#include "provisioner/model/versionrange.h"

#include "provisioner/provisionertext.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype longestRange = 1000; // Characters: far more than two versions need.

QString withoutBlanks(const QString &text)
{
    QString result;
    for (const QChar c : text) {
        if (!c.isSpace())
            result += c;
    }
    return result;
}

/// Digits alone: toInt() would also take signs.
std::optional<int> numberFrom(QStringView text)
{
    const bool isDigits =
        std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    bool fits = false;
    const int number = text.toInt(&fits);
    return isDigits && fits ? std::optional(number) : std::nullopt;
}

} // namespace

QString BundleVersion::toString() const
{
    return u"%1.%2.%3.%4"_s.arg(numbers[0]).arg(numbers[1]).arg(numbers[2]).arg(numbers[3]);
}

bool VersionRange::contains(const BundleVersion &version) const
{
    const bool aboveLower = includesLower ? version >= lower : version > lower;
    const bool belowUpper = includesUpper ? version <= upper : version < upper;
    return aboveLower && belowUpper;
}

bool VersionRange::isEmpty() const
{
    return lower > upper || (lower == upper && !(includesLower && includesUpper));
}

bool VersionRange::meets(const VersionRange &other) const
{
    const bool endsBefore =
        upper < other.lower || (upper == other.lower && !(includesUpper && other.includesLower));
    const bool beginsBehind =
        lower > other.upper || (lower == other.upper && !(includesLower && other.includesUpper));
    return !endsBefore && !beginsBehind;
}

QString VersionRange::toString() const
{
    if (isSingle)
        return lower.toString();
    return (includesLower ? u"["_s : u"("_s) + lower.toString() + u',' + upper.toString()
        + (includesUpper ? u"]"_s : u")"_s);
}

Result<BundleVersion> bundleVersionFrom(const QString &written)
{
    if (written.size() > longestRange)
        return fail(ErrorKind::InvalidInput, ProvisionerText::tr("No version is as long as this."));
    const QString text = withoutBlanks(written);
    const qsizetype dash = text.indexOf(u'-');
    const QStringList parts = text.left(dash).split(u'.');
    BundleVersion version;
    if (dash >= 0)
        version.qualifier = text.mid(dash + 1);
    if (text.left(dash).isEmpty())
        return fail(ErrorKind::InvalidInput, ProvisionerText::tr("A version is missing."));
    if (parts.size() > qsizetype(version.numbers.size())) {
        return fail(ErrorKind::InvalidInput,
                    ProvisionerText::tr("A version has at most four numbers, this one has %1.")
                        .arg(parts.size()));
    }
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const std::optional<int> number = numberFrom(parts[i]);
        if (!number) {
            return fail(
                ErrorKind::InvalidInput,
                ProvisionerText::tr("\"%1\" is not a number of a version.").arg(parts[i].left(40)));
        }
        version.numbers[size_t(i)] = *number;
    }
    return version;
}

Result<VersionRange> versionRangeFrom(const QString &written)
{
    if (written.size() > longestRange)
        return fail(ErrorKind::InvalidInput,
                    ProvisionerText::tr("No version range is as long as this."));
    const QString text = withoutBlanks(written);
    const qsizetype commas = text.count(u',');
    VersionRange range;
    if (commas == 0) {
        const Result<BundleVersion> version = bundleVersionFrom(text);
        if (!version)
            return tl::unexpected(version.error());
        range.lower = range.upper = *version;
        range.isSingle = true;
        return range;
    }
    if (commas > 1)
        return fail(ErrorKind::InvalidInput,
                    ProvisionerText::tr("A range has one comma, not several."));
    const bool opens = text.startsWith(u'[') || text.startsWith(u'(');
    const bool closes = text.endsWith(u']') || text.endsWith(u')');
    if (!opens || !closes) {
        return fail(ErrorKind::InvalidInput,
                    opens ? ProvisionerText::tr("A range ends with ] or ).")
                          : ProvisionerText::tr("A range begins with [ or (."));
    }
    const qsizetype comma = text.indexOf(u',');
    const Result<BundleVersion> lower = bundleVersionFrom(text.mid(1, comma - 1));
    if (!lower)
        return tl::unexpected(lower.error());
    const Result<BundleVersion> upper =
        bundleVersionFrom(text.mid(comma + 1, text.size() - comma - 2));
    if (!upper)
        return tl::unexpected(upper.error());
    return VersionRange {*lower, *upper, text.startsWith(u'['), text.endsWith(u']'), false};
}

} // namespace hubkeeper

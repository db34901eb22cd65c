// SPDX-License-Identifier: MIT
#include "practice/state/practiceoptions.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr qint64 firstPortalId = 12'345'678; // Of the portal with default options.

QByteArray sourceOf(const PracticeOptions &options)
{
    QByteArray text;
    for (const qint64 number :
         {qint64(options.seed), qint64(options.contacts), qint64(options.companies),
          options.firstContactId, options.firstCompanyId})
        text += QByteArray::number(number) + '/';
    return options.contents ? "contents/" + options.contents->identity : text;
}

} // namespace

qint64 portalIdOf(const PracticeOptions &options)
{
    if (options.portalId > 0)
        return options.portalId;
    const QByteArray source = sourceOf(options);
    if (source == sourceOf({}))
        return firstPortalId;
    const QByteArray digest = QCryptographicHash::hash(source, QCryptographicHash::Sha256);
    return 20'000'000 + digest.first(8).toHex().toULongLong(nullptr, 16) % 70'000'000;
}

QString portalNameOf(const PracticeOptions &options)
{
    if (!options.portalName.isEmpty())
        return options.portalName;
    const qint64 id = portalIdOf(options);
    return id == firstPortalId ? u"Practice portal"_s : u"Practice portal %1"_s.arg(id);
}

} // namespace hubkeeper::practice

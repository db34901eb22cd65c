// SPDX-License-Identifier: MIT
#include "session/cliline.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString quoted(QString text)
{
    static const QRegularExpression plain(u"^[\\w./:@%+-]+$"_s);
    return plain.match(text).hasMatch() ? text : u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

QString classOf(const QString &type)
{
    if (type == "contacts"_L1)
        return u"contact"_s;
    return type == "companies"_L1 ? u"company"_s : QString();
}

} // namespace

std::optional<QString> cliLine(const TrafficRecord &record, const QString &provisionerPath)
{
    if (record.verb != Verb::Get)
        return std::nullopt; // A write goes through a review, a search through a filter.
    const QString path = QUrl(record.url).path();
    const auto line = [&](const QString &verb, const QString &rest) {
        return u"hubkeeper-cli %1 %2"_s.arg(verb, quoted(provisionerPath)) + rest;
    };
    // Versioned and older paths: /crm/v3/objects/contacts/512, /crm/objects/2026-09/contacts/512.
    static const QRegularExpression object(
        u"/objects(?:/\\d{4}-\\d{2})?/(contacts|companies)(?:/([^/]+))?$"_s);
    static const QRegularExpression owner(u"/owners(?:/\\d{4}-\\d{2})?/(\\d+)$"_s);
    static const QRegularExpression owners(u"/owners(?:/\\d{4}-\\d{2})?/?$"_s);
    static const QRegularExpression properties(
        u"/properties(?:/\\d{4}-\\d{2})?/(contacts|companies)$"_s);
    if (const auto match = object.match(path); match.hasMatch()) {
        const QString id = match.captured(2);
        return id.isEmpty()
            ? line(u"search"_s, u' ' + classOf(match.captured(1)))
            : line(u"get"_s, u" %1 %2"_s.arg(classOf(match.captured(1)), quoted(id)));
    }
    if (const auto match = owner.match(path); match.hasMatch())
        return line(u"get"_s, u" owner "_s + match.captured(1));
    if (owners.match(path).hasMatch())
        return line(u"search"_s, u" owner"_s);
    if (properties.match(path).hasMatch())
        return line(u"schema"_s, u" --live"_s);
    return std::nullopt;
}

} // namespace hubkeeper

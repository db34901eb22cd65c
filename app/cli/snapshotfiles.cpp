// SPDX-License-Identifier: MIT
#include "snapshotfiles.h"

#include "base/poolcall.h"
#include "counttext.h"
#include "filter/crestparser.h"
#include "session/views/viewfilter.h"
#include "waiting.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

QString timeText(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(u"yyyy-MM-dd HH:mm:ss 'UTC'"_s) : u"-"_s;
}

QJsonValue timeJson(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
}

/// The links that it has, and those that it does not.
std::pair<QList<SnapshotPair>, QList<SnapshotPair>> linksOf(const SnapshotInfo &info)
{
    std::pair<QList<SnapshotPair>, QList<SnapshotPair>> links;
    for (const SnapshotPair pair : snapshotPairs)
        (info.part(pair.from) ? links.first : links.second).append(pair);
    return links;
}

QJsonObject coversJson(const SnapshotInfo &info)
{
    QJsonArray records;
    for (const SnapshotPart &part : info.parts)
        records.append(nameOf(part.type));
    QJsonArray links;
    for (const SnapshotPair pair : linksOf(info).first)
        links.append(QJsonArray {nameOf(pair.from), nameOf(pair.to)});
    return {{u"records"_s, records}, {u"associations"_s, links}};
}

/// What the state is about.
QString coversText(const SnapshotInfo &info)
{
    const auto pairText = [](const QList<SnapshotPair> &pairs) {
        QStringList texts;
        for (const SnapshotPair pair : pairs)
            texts.append(
                u"%1-%2"_s.arg(pair.from == ObjectType::Contacts ? u"contact"_s : u"company"_s,
                               pair.to == ObjectType::Contacts ? u"contact"_s : u"company"_s));
        return texts.join(u", "_s);
    };
    QStringList words;
    QStringList missing;
    for (const ObjectType type : allObjectTypes)
        (info.part(type) ? words : missing).append(nameOf(type));
    const auto [links, missingLinks] = linksOf(info);
    QString text = (info.condition.isEmpty() ? u"all "_s : u"some "_s) + words.join(u" and "_s);
    text += u"; their associations "_s + pairText(links);
    if (!missing.isEmpty())
        text += u"; %1 are not in it"_s.arg(missing.join(u" and "_s));
    return missingLinks.isEmpty() ? text : text + u", nor associations "_s + pairText(missingLinks);
}

} // namespace

Result<std::unique_ptr<SnapshotReader>> openWhole(const std::string &path, Services &services)
{
    auto reader = SnapshotReader::open(QString::fromStdString(path));
    if (!reader)
        return reader;
    // A connection of its own: the check runs on another thread.
    const auto check = [path](const std::stop_token &stop) {
        return SnapshotReader::open(QString::fromStdString(path))
            .and_then([&stop](const auto &whole) { return whole->verify(stop); });
    };
    services.output.progress(u"Checking the snapshot"_s);
    const auto whole = waitFor(
        static_cast<Call<void> *>(new PoolCall<void>(check, &services.calls)), services.interrupt);
    if (!whole)
        return tl::unexpected(whole.error());
    return reader;
}

QString quotedValue(const QString &value)
{
    constexpr qsizetype most = 200;
    return value.size() <= most
        ? u'"' + value + u'"'
        : u"\"%1...\" (%2 characters)"_s.arg(value.left(most)).arg(value.size());
}

QJsonObject snapshotJson(const QString &path, qint64 bytes, const SnapshotInfo &info)
{
    QJsonArray parts;
    for (const SnapshotPart &part : info.parts)
        parts.append(
            QJsonObject {{u"type"_s, nameOf(part.type)},
                         {u"records"_s, part.records < 0 ? QJsonValue() : QJsonValue(part.records)},
                         {u"properties"_s, part.properties.size()},
                         {u"begun"_s, timeJson(part.begun)},
                         {u"ended"_s, timeJson(part.ended)},
                         {u"associationsRead"_s, timeJson(part.linksRead)}});
    return {{u"file"_s, path},
            {u"bytes"_s, bytes},
            {u"portalId"_s, info.portalId},
            {u"portalName"_s, info.portalName},
            {u"connection"_s, info.connection},
            {u"connectionId"_s, info.connectionId},
            {u"apiVersion"_s, info.apiVersion},
            {u"program"_s, info.program},
            {u"begun"_s, timeJson(info.begun)},
            {u"ended"_s, timeJson(info.ended)},
            {u"basedOn"_s, timeJson(info.basedOn)},
            {u"condition"_s, info.condition},
            {u"state"_s, nameOf(info.state)},
            {u"covers"_s, coversJson(info)},
            {u"gaps"_s, QJsonArray::fromStringList(info.gaps)},
            {u"notes"_s, QJsonArray::fromStringList(info.notes)},
            {u"parts"_s, parts}};
}

QStringList snapshotText(const QString &path, qint64 bytes, const SnapshotInfo &info)
{
    QStringList lines {
        path,
        u"Portal:   %1"_s.arg(info.portalText()),
        u"State:    %1"_s.arg(nameOf(info.state)),
        u"Taken:    %1 to %2, over %3 (API %4)"_s.arg(timeText(info.begun), timeText(info.ended),
                                                      info.connection, info.apiVersion),
        u"Size:     %1"_s.arg(QLocale::c().formattedDataSize(bytes)),
        u"Covers:   %1"_s.arg(coversText(info))};
    if (info.basedOn.isValid())
        lines.append(u"Based on: the snapshot of %1"_s.arg(timeText(info.basedOn)));
    if (!info.condition.isEmpty())
        lines.append(u"Records:  %1"_s.arg(info.condition));
    for (const SnapshotPart &part : info.parts)
        lines.append(u"%1 with %2, read %3 to %4"_s.arg(
            part.records < 0 ? nameOf(part.type) + u" (not all read)"_s
                : part.type == ObjectType::Contacts
                ? countText(part.records, "contact"_L1, "contacts"_L1)
                : countText(part.records, "company"_L1, "companies"_L1),
            countText(part.properties.size(), "property"_L1, "properties"_L1), timeText(part.begun),
            timeText(part.ended)));
    for (const QString &gap : info.gaps)
        lines.append(u"Not in it: %1"_s.arg(gap));
    for (const QString &note : info.notes)
        lines.append(note);
    return lines;
}

Result<std::vector<qint64>> recordIdsFrom(const QStringList &texts)
{
    std::vector<qint64> ids;
    for (const QString &text : texts) {
        bool isNumber = false;
        const qint64 id = text.trimmed().toLongLong(&isNumber);
        if (!isNumber || id <= 0)
            return fail(ErrorKind::InvalidInput, u"\"%1\" is not a record ID."_s.arg(text.left(80)),
                        u"Record IDs are numbers."_s);
        ids.push_back(id);
    }
    return ids;
}

QList<ObjectType> typesFrom(const std::string &objectClass)
{
    if (objectClass == "contact")
        return {ObjectType::Contacts};
    if (objectClass == "company")
        return {ObjectType::Companies};
    return {ObjectType::Contacts, ObjectType::Companies};
}

QString classWordOf(ObjectType type)
{
    return type == ObjectType::Contacts ? u"contact"_s : u"company"_s;
}

Result<SnapshotChoice> snapshotChoice(SnapshotReader &snapshot, ObjectType type,
                                      const QStringList &ids, const std::string &filter)
{
    SnapshotChoice choice;
    choice.type = type;
    if (!snapshot.info().part(type))
        return fail(ErrorKind::InvalidInput, u"The snapshot holds no %1."_s.arg(nameOf(type)));
    const auto numbers = recordIdsFrom(ids);
    if (!numbers)
        return tl::unexpected(numbers.error());
    choice.ids = *numbers;
    if (filter.empty() || filter == "true")
        return choice;
    const auto parsed = parseCrestFilter(QString::fromStdString(filter));
    if (!parsed)
        return tl::unexpected(parsed.error());
    const auto schema = snapshot.schema(type);
    if (!schema)
        return tl::unexpected(schema.error());
    const auto keeps = recordFilter(*parsed, schema->definitions, QDateTime::currentDateTime());
    if (!keeps)
        return tl::unexpected(keeps.error());
    choice.keeps = *keeps;
    return choice;
}

InterruptWatch::InterruptWatch()
    : m_thread([source = m_stop](const std::stop_token &ended) mutable {
        using namespace std::chrono_literals;
        while (!ended.stop_requested() && !source.stop_requested()) {
            if (Interrupt::wasRequested())
                source.request_stop();
            std::this_thread::sleep_for(50ms);
        }
    })
{
}

InterruptWatch::~InterruptWatch() = default;

} // namespace hubkeeper::cli

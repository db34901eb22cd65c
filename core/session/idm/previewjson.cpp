// SPDX-License-Identifier: MIT
#include "session/idm/previewjson.h"

#include "base/compactjson.h"
#include "reconcile/values/exactjson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int previewVersion = 1;
const auto absent = u"<absent>"_s;

/// Members of one object, one after the other.
class PreviewWriter
{
public:
    PreviewWriter(const PreviewOutcome &outcome, const TakeText &take)
        : m_outcome(outcome)
        , m_take(take)
    {
    }

    Result<void> write()
    {
        if (const auto known = readNewIds(); !known)
            return known;
        m_take("{\n");
        writeHead();
        using List = Result<void> (PreviewWriter::*)();
        const std::pair<const char *, List> lists[] = {{"entries", &PreviewWriter::entries},
                                                       {"implicit", &PreviewWriter::implicit},
                                                       {"written", &PreviewWriter::written},
                                                       {"links", &PreviewWriter::links}};
        for (const auto &[name, list] : lists) {
            m_take(",\n    \"" + QByteArray(name) + "\": [");
            m_isFirst = true;
            if (const auto written = (this->*list)(); !written)
                return written;
            m_take(m_isFirst ? "]" : "\n    ]");
        }
        m_take("\n}\n");
        return {};
    }

private:
    Result<void> readNewIds()
    {
        QStringList collections;
        for (const SyncMapping &mapping : m_outcome.mappings.mappings)
            collections << mapping.source << mapping.target;
        collections.removeDuplicates();
        for (const QString &collection : std::as_const(collections)) {
            const auto ids = m_outcome.work->newIds(collection);
            if (!ids)
                return tl::unexpected(ids.error());
            m_new.insert(collection, *ids);
        }
        return {};
    }

    void writeHead()
    {
        const ReconResult &result = m_outcome.result;
        QList<std::pair<QString, QJsonValue>> members {
            {u"version"_s, previewVersion},          {u"mapping"_s, m_outcome.mapping},
            {u"source"_s, m_outcome.source},         {u"target"_s, m_outcome.target},
            {u"sources"_s, m_outcome.sourcesBefore}, {u"targets"_s, m_outcome.targetsBefore},
            {u"complete"_s, result.complete},        {u"state"_s, wordOf(result.state)}};
        if (!result.cause.isEmpty())
            members.append({u"cause"_s, result.cause});
        if (!result.serverScripts.isEmpty())
            members.append({u"serverScripts"_s, QJsonArray::fromStringList(result.serverScripts)});
        if (!m_outcome.gaps.isEmpty())
            members.append({u"gaps"_s, QJsonArray::fromStringList(m_outcome.gaps)});
        members.append({u"situations"_s, situations()});
        members.append(
            {u"statuses"_s,
             QJsonObject {{u"SUCCESS"_s, result.successes}, {u"FAILURE"_s, result.failures}}});
        members.append({u"actions"_s, actions()});
        members.append({u"warnings"_s, warnings()});
        if (const auto readings = m_outcome.work->store()->readings();
            readings && !readings->isEmpty())
            members.append({u"readings"_s, readingsJson(*readings)});
        m_isFirst = true;
        for (const auto &[name, value] : members)
            item("    \"" + name.toUtf8() + "\": " + compactJson(value));
    }

    void item(const QByteArray &text)
    {
        m_take((m_isFirst ? QByteArray() : QByteArray(",\n")) + text);
        m_isFirst = false;
    }

    /// An element of a list.
    void element(const QJsonObject &json)
    {
        m_take((m_isFirst ? "\n        " : ",\n        ") + compactJson(json));
        m_isFirst = false;
    }

    [[nodiscard]] QJsonValue path(const QString &collection, const QString &id) const
    {
        if (id.isNull() || m_new.value(collection).contains(id))
            return QJsonValue::Null;
        return QString(collection + u'/' + id);
    }

    [[nodiscard]] QJsonObject situations() const
    {
        QJsonObject json;
        const auto &counts = m_outcome.result.situations;
        for (auto it = counts.cbegin(); it != counts.cend(); ++it)
            json.insert(wordOf(it.key()), it.value());
        return json;
    }

    [[nodiscard]] QJsonObject actions() const
    {
        QJsonObject json;
        const auto &counts = m_outcome.actions;
        for (auto it = counts.cbegin(); it != counts.cend(); ++it)
            json.insert(wordOf(it.key()),
                        QJsonObject {{u"known"_s, it->known}, {u"most"_s, it->most}});
        return json;
    }

    [[nodiscard]] static QJsonArray readingsJson(const QList<CollectionReading> &readings)
    {
        QJsonArray list;
        for (const CollectionReading &reading : readings) {
            const auto time = [](const QDateTime &at) { return at.toString(Qt::ISODateWithMs); };
            list.append(QJsonObject {{u"collection"_s, reading.collection},
                                     {u"began"_s, time(reading.began)},
                                     {u"ended"_s, time(reading.ended)},
                                     {u"rows"_s, reading.rows},
                                     {u"seenTwice"_s, reading.seenTwice},
                                     {u"appeared"_s, reading.appeared},
                                     {u"vanished"_s, reading.vanished},
                                     {u"changed"_s, reading.changed}});
        }
        return list;
    }

    [[nodiscard]] QJsonObject entry(const ReconEntry &entry, const QString &source,
                                    const QString &target) const
    {
        QJsonArray ambiguous;
        for (const QString &id : entry.ambiguousTargetIds)
            ambiguous.append(path(target, id));
        const bool isKnown = entry.status != ReconEntry::Status::Unknown;
        QJsonObject json {
            {u"reconciling"_s, entry.ofTargetPhase ? u"target"_s : u"source"_s},
            {u"sourceObjectId"_s, path(source, entry.sourceId)},
            {u"targetObjectId"_s, path(target, entry.targetId)},
            {u"situation"_s,
             entry.situation ? QJsonValue(wordOf(*entry.situation)) : QJsonValue::Null},
            {u"action"_s, entry.action ? QJsonValue(wordOf(*entry.action)) : QJsonValue::Null},
            {u"status"_s, isKnown ? QJsonValue(wordOf(entry.status)) : QJsonValue::Null},
            {u"failed"_s, entry.failed},
            {u"certain"_s, entry.certain},
            {u"linkQualifier"_s, entry.linkQualifier},
            {u"ambiguousTargetObjectIds"_s, ambiguous},
            {u"reason"_s, entry.reason.isNull() ? u""_s : entry.reason}};
        if (!entry.deletedTargetId.isNull())
            json.insert(u"deletedObjectId"_s, path(target, entry.deletedTargetId));
        return json;
    }

    Result<void> entries()
    {
        return m_outcome.work->visitEntries(false, [this](const KeptEntry &kept) {
            element(entry(kept.entry, m_outcome.source, m_outcome.target));
        });
    }

    Result<void> implicit()
    {
        return m_outcome.work->visitEntries(true, [this](const KeptEntry &kept) {
            const SyncMapping *mapping = m_outcome.mappings.find(kept.mapping);
            QJsonObject json = entry(kept.entry, mapping->source, mapping->target);
            json.insert(u"mapping"_s, kept.mapping);
            element(json);
        });
    }

    Result<void> written()
    {
        return m_outcome.work->visitChanges([this](const ObjectChange &change) {
            const QString word = !change.before ? u"created"_s
                : !change.after                 ? u"deleted"_s
                                                : u"updated"_s;
            QJsonObject json {{u"object"_s, path(change.collection, change.id)},
                              {u"collection"_s, change.collection},
                              {u"change"_s, word}};
            if (change.after)
                json.insert(u"values"_s, changedValues(change));
            element(json);
        });
    }

    Result<void> links()
    {
        return m_outcome.work->visitLinks([this](const SyncLink &link, bool) {
            const SyncMapping *owner = m_outcome.mappings.find(link.type);
            const auto end = [&](const QString &id, bool first) {
                const QString collection =
                    owner ? (first ? owner->source : owner->target) : QString();
                return id.isNull() || m_new.value(collection).contains(id)
                    ? QJsonValue(QJsonValue::Null)
                    : QJsonValue(id);
            };
            element({{u"linkType"_s, link.type},
                     {u"linkQualifier"_s, link.qualifier},
                     {u"firstId"_s, end(link.firstId, true)},
                     {u"secondId"_s, end(link.secondId, false)}});
        });
    }

    [[nodiscard]] QJsonArray warnings() const
    {
        QJsonArray list;
        for (const ReconWarning &warning : m_outcome.warnings)
            list.append(QJsonObject {{u"kind"_s, nameOf(warning.kind)},
                                     {u"count"_s, warning.count},
                                     {u"message"_s, warning.text}});
        return list;
    }

    const PreviewOutcome &m_outcome;
    const TakeText &m_take;
    QHash<QString, QSet<QString>> m_new; ///< Ids that are made up here, by collection.
    bool m_isFirst = true;
};

QJsonObject values(const QJsonObject &object)
{
    QJsonObject values = object;
    values.remove("_id"_L1);
    values.remove("_rev"_L1);
    return values;
}

} // namespace

QJsonObject changedValues(const ObjectChange &change)
{
    QJsonObject after = values(change.after.value_or(QJsonObject()));
    if (!change.before) {
        for (auto it = after.begin(); change.isNew && it != after.end(); ++it) {
            if (it.value() == change.id) // The id that was made up here, such as vid.
                it.value() = QJsonValue::Null;
        }
        return withoutMarks(after).toObject();
    }
    const QJsonObject before = values(*change.before);
    const auto shown = [](const QJsonValue &value) {
        return value.isUndefined() ? QJsonValue(absent) : withoutMarks(value);
    };
    QJsonObject changed;
    for (const QString &key : before.keys() + after.keys()) {
        if (before.value(key) != after.value(key))
            changed.insert(key,
                           QJsonObject {{u"before"_s, shown(before.value(key))},
                                        {u"after"_s, shown(after.value(key))}});
    }
    return changed;
}

Result<void> writePreviewJson(const PreviewOutcome &outcome, const TakeText &take)
{
    return PreviewWriter(outcome, take).write();
}

} // namespace hubkeeper

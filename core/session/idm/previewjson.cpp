// SPDX-License-Identifier: MIT
#include "session/idm/previewjson.h"

#include "reconcile/values/exactjson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int version = 1;
const auto absent = u"<absent>"_s;

class PreviewJson
{
public:
    explicit PreviewJson(const PreviewOutcome &outcome)
        : m_outcome(outcome)
    {
    }

    [[nodiscard]] QJsonObject json() const
    {
        const ReconResult &result = m_outcome.result;
        QJsonObject json {
            {u"version"_s, version},
            {u"mapping"_s, m_outcome.mapping},
            {u"complete"_s, result.complete},
            {u"state"_s, wordOf(result.state)},
            {u"situations"_s, situations()},
            {u"statuses"_s,
             QJsonObject {{u"SUCCESS"_s, result.successes}, {u"FAILURE"_s, result.failures}}},
            {u"entries"_s, entries()},
            {u"implicit"_s, implicit()},
            {u"written"_s, written()},
            {u"links"_s, links()},
            {u"warnings"_s, warnings()}};
        if (!result.cause.isEmpty())
            json.insert(u"cause"_s, result.cause);
        if (!result.serverScripts.isEmpty())
            json.insert(u"serverScripts"_s, QJsonArray::fromStringList(result.serverScripts));
        return json;
    }

private:
    [[nodiscard]] QJsonValue path(const QString &collection, const QString &id) const
    {
        if (id.isNull() || m_outcome.preview->isNew(collection, id))
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

    [[nodiscard]] QJsonObject entry(const ReconEntry &entry, const QString &source,
                                    const QString &target) const
    {
        QJsonArray ambiguous;
        for (const QString &id : entry.ambiguousTargetIds)
            ambiguous.append(path(target, id));
        const bool isKnown = entry.status != ReconEntry::Status::Unknown;
        return {{u"reconciling"_s, entry.ofTargetPhase ? u"target"_s : u"source"_s},
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
                {u"reason"_s, entry.reason}};
    }

    [[nodiscard]] QJsonArray entries() const
    {
        QJsonArray list;
        for (const ReconEntry &one : m_outcome.result.entries)
            list.append(entry(one, m_outcome.source, m_outcome.target));
        return list;
    }

    [[nodiscard]] QJsonArray implicit() const
    {
        QJsonArray list;
        for (const ImplicitEntry &one : m_outcome.implicit) {
            const SyncMapping *mapping = m_outcome.preview->mappings().find(one.mapping);
            QJsonObject json = entry(one.entry, mapping->source, mapping->target);
            json.insert(u"mapping"_s, one.mapping);
            list.append(json);
        }
        return list;
    }

    [[nodiscard]] QJsonArray written() const
    {
        QJsonArray list;
        for (const ObjectChange &change : m_outcome.preview->changes()) {
            const QString word = !change.before ? u"created"_s
                : !change.after                 ? u"deleted"_s
                                                : u"updated"_s;
            QJsonObject json {{u"object"_s, path(change.collection, change.id)},
                              {u"collection"_s, change.collection},
                              {u"change"_s, word}};
            if (change.after)
                json.insert(u"values"_s, changedValues(change));
            list.append(json);
        }
        return list;
    }

    [[nodiscard]] QJsonArray links() const
    {
        QJsonArray list;
        const QList<SyncLink> all = m_outcome.preview->links().all();
        for (const SyncLink &link : all) {
            const SyncMapping *owner = m_outcome.preview->mappings().find(link.type);
            const auto end = [&](const QString &id, bool first) {
                const QString collection =
                    owner ? (first ? owner->source : owner->target) : QString();
                return id.isNull() || m_outcome.preview->isNew(collection, id)
                    ? QJsonValue(QJsonValue::Null)
                    : QJsonValue(id);
            };
            list.append(QJsonObject {{u"linkType"_s, link.type},
                                     {u"linkQualifier"_s, link.qualifier},
                                     {u"firstId"_s, end(link.firstId, true)},
                                     {u"secondId"_s, end(link.secondId, false)}});
        }
        return list;
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

QJsonObject previewJson(const PreviewOutcome &outcome)
{
    return PreviewJson(outcome).json();
}

} // namespace hubkeeper

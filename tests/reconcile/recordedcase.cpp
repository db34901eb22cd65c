// SPDX-License-Identifier: MIT
#include "recordedcase.h"

#include "reconcile/overlay/previewset.h"
#include "reconcile/values/exactjson.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper::test {

namespace {

QString compact(const QJsonValue &value)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact));
}

/// The two lists as sets: what is missing and what is too much.
QStringList compared(const QString &what, QStringList expected, QStringList actual)
{
    QStringList lines;
    for (const QString &line : std::as_const(expected)) {
        if (!actual.removeOne(line))
            lines.append(u"%1 recorded: %2"_s.arg(what, line));
    }
    for (const QString &line : std::as_const(actual))
        lines.append(u"%1 computed: %2"_s.arg(what, line));
    return lines;
}

/// A run and what came of it, in the words of the recordings.
class Comparison
{
public:
    Comparison(const QJsonObject &json, int run, PreviewPlace place)
        : m_run(json["runs"_L1].toArray().at(run).toObject())
    {
        auto preview = readPreviewSet(json, run, std::move(place));
        if (!preview) {
            m_lines.append(preview.error().what);
            return;
        }
        m_preview = std::move(*preview);
        if (m_run["kind"_L1] == "rest"_L1) {
            callServer();
            compareImplicitEntries(u"entries"_s);
            compareState();
            return;
        }
        const QJsonObject request = m_run["request"_L1].toObject();
        m_mapping = request["mapping"_L1].toString(
            json["mappings"_L1].toArray().at(0).toObject()["name"_L1].toString());
        ReconRequest wanted;
        if (request["ids"_L1].isString())
            wanted.id = request["ids"_L1].toString();
        wanted.overrides = request["body"_L1].toObject();
        m_result = m_preview->run(m_mapping, wanted);
        if (!m_run["summary"_L1].isObject()) { // "No such mapping": the call failed.
            m_lines += compared(u"state"_s, {u"FAILED"_s}, {wordOf(m_result.state)});
            compareState();
            return;
        }
        compareSummary();
        compareEntries();
        compareImplicitEntries(u"syncEntries"_s);
        compareState();
    }

    [[nodiscard]] const QStringList &lines() const { return m_lines; }

private:
    /// An id as the recordings have it: new ones by a name.
    [[nodiscard]] QString named(const QString &collection, const QString &id) const
    {
        if (id.isNull() || !m_preview->isNew(collection, id))
            return id;
        const auto side = m_preview->objects().sides().find(collection);
        const auto object = side->second.kept(id);
        if (!object)
            return id;
        for (const QString &key : {u"userName"_s, u"email"_s, u"name"_s}) {
            if (object->contains(key))
                return u"new-"_s + object->value(key).toString();
        }
        return id;
    }

    [[nodiscard]] QString path(const QString &collection, const QString &id) const
    {
        return id.isNull() ? u"-"_s : collection + u'/' + named(collection, id);
    }

    /// "…/null" is the server's text for what was not created.
    static QString recordedPath(const QJsonValue &path)
    {
        const QString text = path.toString();
        return text.isEmpty() || text.endsWith("/null"_L1) ? u"-"_s : text;
    }

    void compareState()
    {
        compareLinks();
        compareObjects();
        compareWrites();
    }

    void callServer()
    {
        const QJsonObject request = m_run["request"_L1].toObject();
        const QString path = request["path"_L1].toString();
        const QJsonValue body = request["body"_L1];
        const QString method = request["method"_L1].toString();
        QJsonObject answer;
        if (method == "DELETE"_L1)
            answer = m_preview->call(u"delete"_s, {path});
        else if (method == "PATCH"_L1)
            answer = m_preview->call(u"patch"_s, {path, QJsonValue::Null, body});
        else
            answer = m_preview->call(u"create"_s,
                                     {path.section(u'/', 0, 1), path.section(u'/', 2), body});
        if (answer.contains("error"_L1))
            m_lines.append(u"answer: "_s + compact(answer));
    }

    /// audit/sync has bare ids and none of ambiguous targets.
    void compareImplicitEntries(const QString &key)
    {
        QStringList expected;
        const QJsonArray entries = m_run.value(key).toArray();
        for (const QJsonValue &value : entries) {
            const QJsonObject entry = value.toObject();
            expected.append(QStringList {
                entry["mapping"_L1].toString(), entry["linkQualifier"_L1].toString(),
                recordedPath(entry["sourceObjectId"_L1]), recordedPath(entry["targetObjectId"_L1]),
                entry["situation"_L1].toString(u"-"_s), entry["action"_L1].toString(u"-"_s),
                entry["status"_L1].toString()}
                                .join(u" | "_s));
        }
        QStringList actual;
        for (const ImplicitEntry &implicit : m_preview->implicitEntries()) {
            const SyncMapping &mapping = *m_preview->mappings().find(implicit.mapping);
            const ReconEntry &entry = implicit.entry;
            const QString target = named(mapping.target, entry.targetId);
            actual.append(QStringList {
                implicit.mapping, entry.linkQualifier, path(mapping.source, entry.sourceId),
                target.isNull() ? u"-"_s : target,
                entry.situation ? wordOf(*entry.situation) : u"-"_s,
                entry.action ? wordOf(*entry.action) : u"-"_s, wordOf(entry.status)}
                              .join(u" | "_s));
        }
        m_lines += compared(u"entry"_s, expected, actual);
    }

    void compareSummary()
    {
        const QJsonObject summary = m_run["summary"_L1].toObject();
        m_lines += compared(u"state"_s, {summary["state"_L1].toString()}, {wordOf(m_result.state)});
        QJsonObject situations;
        for (auto it = m_result.situations.cbegin(); it != m_result.situations.cend(); ++it)
            situations.insert(wordOf(it.key()), it.value());
        m_lines += compared(u"situations"_s, {compact(summary["situationSummary"_L1])},
                            {compact(situations)});
        const QJsonObject statuses {{u"SUCCESS"_s, m_result.successes},
                                    {u"FAILURE"_s, m_result.failures}};
        m_lines +=
            compared(u"statuses"_s, {compact(summary["statusSummary"_L1])}, {compact(statuses)});
    }

    void compareEntries()
    {
        QStringList expected;
        const QJsonArray entries = m_run["entries"_L1].toArray();
        for (const QJsonValue &value : entries) {
            const QJsonObject entry = value.toObject();
            expected.append(QStringList {
                entry["reconciling"_L1].toString(), entry["linkQualifier"_L1].toString(),
                recordedPath(entry["sourceObjectId"_L1]), recordedPath(entry["targetObjectId"_L1]),
                entry["ambiguousTargetObjectIds"_L1].toString(),
                entry["situation"_L1].toString(u"-"_s), entry["action"_L1].toString(u"-"_s),
                entry["status"_L1].toString()}
                                .join(u" | "_s));
        }
        QStringList actual;
        const SyncMapping *known = m_preview->mappings().find(m_mapping);
        if (!known)
            return;
        const SyncMapping &mapping = *known;
        for (const ReconEntry &entry : m_result.entries) {
            QStringList ambiguous = entry.ambiguousTargetIds;
            ambiguous.sort();
            actual.append(QStringList {
                entry.ofTargetPhase ? u"target"_s : u"source"_s, entry.linkQualifier,
                path(mapping.source, entry.sourceId), path(mapping.target, entry.targetId),
                ambiguous.join(u", "_s), entry.situation ? wordOf(*entry.situation) : u"-"_s,
                entry.action ? wordOf(*entry.action) : u"-"_s, wordOf(entry.status)}
                              .join(u" | "_s));
        }
        m_lines += compared(u"entry"_s, expected, actual);
    }

    static QString shown(const QJsonValue &id) { return id.isString() ? id.toString() : u"-"_s; }

    void compareLinks()
    {
        QStringList expected;
        const QJsonArray links = m_run["linksAfter"_L1].toArray();
        for (const QJsonValue &value : links) {
            const QJsonObject link = value.toObject();
            expected.append(QStringList {link["linkType"_L1].toString(),
                                         link["linkQualifier"_L1].toString(),
                                         shown(link["firstId"_L1]), shown(link["secondId"_L1])}
                                .join(u" | "_s));
        }
        QStringList actual;
        m_preview->links().visit([&](const SyncLink &link, bool) {
            const SyncMapping *owner = m_preview->mappings().find(link.type);
            const QString first = owner ? named(owner->source, link.firstId) : link.firstId;
            const QString second = owner ? named(owner->target, link.secondId) : link.secondId;
            actual.append(QStringList {link.type, link.qualifier, first.isNull() ? u"-"_s : first,
                                       second.isNull() ? u"-"_s : second}
                              .join(u" | "_s));
        });
        m_lines += compared(u"link"_s, expected, actual);
    }

    /// An object as both sides show it, without what only single reads show.
    static QJsonObject comparable(QJsonObject object)
    {
        for (const QString &key : {u"effectiveRoles"_s, u"effectiveAssignments"_s}) {
            if (object.value(key) == QJsonArray())
                object.remove(key);
        }
        object.remove("password"_L1);
        return object;
    }

    void compareObjects()
    {
        const QJsonObject after = m_run["objectsAfter"_L1].toObject();
        for (auto it = after.begin(); it != after.end(); ++it) {
            if (!it.value().isArray())
                continue;
            QStringList expected;
            const QJsonArray objects = it.value().toArray();
            for (const QJsonValue &object : objects)
                expected.append(compact(comparable(object.toObject())));
            QStringList actual;
            const Side &side = m_preview->objects().side(it.key());
            const QStringList ids = side.ids();
            for (const QString &id : ids) {
                QJsonObject object = comparable(*side.kept(id));
                object.insert(u"_id"_s, named(it.key(), id));
                if (object.value("vid"_L1) == id)
                    object.insert(u"vid"_s, named(it.key(), id));
                actual.append(compact(object));
            }
            m_lines += compared(it.key(), expected, actual);
        }
    }

    void compareWrites()
    {
        QStringList expected;
        const QJsonArray writes = m_run["connectorWrites"_L1].toArray();
        for (const QJsonValue &value : writes) {
            const QJsonObject write = value.toObject();
            expected.append(QStringList {write["op"_L1].toString(), write["type"_L1].toString(),
                                         write["uid"_L1].toString(),
                                         compact(write["attributes"_L1].toObject())}
                                .join(u" | "_s));
        }
        QStringList actual;
        for (const SentWrite &write : m_preview->sent()) {
            actual.append(QStringList {write.operation, write.collection.section(u'/', 2),
                                       named(write.collection, write.id), compact(write.attributes)}
                              .join(u" | "_s));
        }
        m_lines += compared(u"sent"_s, expected, actual);
    }

    const QJsonObject m_run;
    QString m_mapping;
    std::unique_ptr<Preview> m_preview;
    ReconResult m_result;
    QStringList m_lines;
};

} // namespace

RecordedCase::RecordedCase(const QString &file)
{
    QFile json(file);
    if (!json.open(QFile::ReadOnly))
        return;
    if (const auto value = parseExactJson(json.readAll()))
        m_json = value->toObject();
}

qsizetype RecordedCase::runs() const
{
    return m_json["runs"_L1].toArray().size();
}

QStringList RecordedCase::differences(int run, PreviewPlace place) const
{
    return Comparison(m_json, run, std::move(place)).lines();
}

} // namespace hubkeeper::test

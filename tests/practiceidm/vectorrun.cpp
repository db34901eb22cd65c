// SPDX-License-Identifier: MIT
#include "vectorrun.h"

#include "practice/idm/routes/idmroutes.h"

#include <QUrl>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice::test {

namespace {

constexpr QLatin1StringView system = "system/hubspot/"_L1;

QString compact(const QJsonValue &value)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact));
}

/// The two lists as sets: what is missing and what is too much.
QStringList compared(const QString &what, const QStringList &expected, QStringList actual)
{
    QStringList lines;
    for (const QString &line : expected) {
        if (!actual.removeOne(line))
            lines.append(u"%1 recorded: %2"_s.arg(what, line));
    }
    for (const QString &line : std::as_const(actual))
        lines.append(u"%1 done: %2"_s.arg(what, line));
    return lines;
}

QString shown(const QJsonValue &id)
{
    return id.isString() ? id.toString() : u"-"_s;
}

/// An object without what only single reads, or only the repository, show.
QJsonObject comparable(QJsonObject object)
{
    for (const QString &name : {u"effectiveRoles"_s, u"effectiveAssignments"_s}) {
        if (object.value(name) == QJsonArray())
            object.remove(name);
    }
    for (const QString &name : {u"password"_s, u"lastSync"_s})
        object.remove(name);
    return object;
}

/// What was sent as a list or null, as the recordings have it.
QJsonObject asLists(const QJsonObject &attributes)
{
    QJsonObject lists;
    for (auto it = attributes.begin(); it != attributes.end(); ++it) {
        const QJsonValue value = it.value();
        lists.insert(it.key(),
                     value.isNull() || value.isArray() ? value : QJsonValue(QJsonArray {value}));
    }
    return lists;
}

} // namespace

VectorRun::VectorRun(const QJsonObject &recorded, int run)
    : m_mappings(recorded.value("mappings"_L1).toArray())
    , m_run(recorded.value("runs"_L1)[run].toObject())
{
    const QJsonObject before = run == 0 ? recorded : recorded.value("runs"_L1)[run - 1].toObject();
    const auto part = [&](QLatin1StringView first, QLatin1StringView later) {
        return before.value(run == 0 ? first : later);
    };
    loadObjects(part("objectsBefore"_L1, "objectsAfter"_L1).toObject());
    loadLinks(part("linksBefore"_L1, "linksAfter"_L1).toArray());
    QJsonObject provisioner = jsonBeside(u"recorded/provisioner.openicf-hubspot.json"_s);
    if (m_isDown) {
        QJsonObject properties = provisioner.value("configurationProperties"_L1).toObject();
        properties.insert(u"customSensitiveConfiguration"_s, u"token='down'"_s);
        provisioner.insert(u"configurationProperties"_s, properties);
    }
    const auto stored = storeConfiguration(m_fixture.idm.state(), u"provisioner.openicf/hubspot"_s,
                                           provisioner, true);
    Q_ASSERT(stored.has_value());
    Q_UNUSED(stored)
    m_fixture.idm.state().configurations[u"sync"_s] = {{u"mappings"_s, m_mappings}};
}

void VectorRun::loadObjects(const QJsonObject &collections)
{
    ConnectorTable &table = *m_fixture.idm.state().table;
    table.clear();
    table.countFrom(5001); // As the recorded connector did.
    for (auto it = collections.begin(); it != collections.end(); ++it) {
        m_isDown |= it.value().isObject(); // What the query answered instead of objects.
        const QJsonArray objects = it.value().toArray();
        for (const QJsonValue &value : objects) {
            QJsonObject object = value.toObject();
            const QString id = object.value("_id"_L1).toString();
            m_old[it.key()].insert(id);
            if (!it.key().startsWith(system)) {
                loadUser(it.key(), object);
                continue;
            }
            for (const QString &name : {u"_id"_s, u"__NAME__"_s, u"vid"_s})
                object.remove(name);
            table.add(it.key().mid(system.size()), id, object);
        }
    }
    table.writes.clear();
}

void VectorRun::loadUser(const QString &collection, const QJsonObject &object)
{
    ManagedObject kept;
    kept.id = object.value("_id"_L1).toString();
    kept.revision = std::max(1, object.value("_rev"_L1).toString().toInt());
    kept.lastSync = object.value("lastSync"_L1).toObject();
    kept.content = object;
    kept.isBare = !object.contains("effectiveRoles"_L1);
    for (const QString &name :
         {u"_id"_s, u"_rev"_s, u"lastSync"_s, u"effectiveRoles"_s, u"effectiveAssignments"_s})
        kept.content.remove(name);
    // The list does not show roles; what is in effect names them.
    const QJsonArray roles = object.value("effectiveRoles"_L1).toArray();
    if (!roles.isEmpty())
        kept.content.insert(u"roles"_s, roles);
    for (const QJsonValue &role : roles)
        loadRole(role["_ref"_L1].toString().section(u'/', -1),
                 object.value("effectiveAssignments"_L1).toArray());
    m_fixture.idm.state().managed.load(collection, kept);
}

void VectorRun::loadRole(const QString &id, const QJsonArray &assignments)
{
    ManagedStore &store = m_fixture.idm.state().managed;
    if (store.find(u"managed/role"_s, id))
        return;
    QJsonArray references;
    for (const QJsonValue &value : assignments) {
        QJsonObject content = value.toObject();
        const QString name = content.take("_id"_L1).toString();
        content.remove(u"_rev"_s);
        store.load(u"managed/assignment"_s, {name, 1, content, {}, 0});
        references.append(QJsonObject {{u"_ref"_s, u"managed/assignment/"_s + name}});
    }
    store.load(u"managed/role"_s,
               {id, 1, {{u"name"_s, id}, {u"assignments"_s, references}}, {}, 0});
}

void VectorRun::loadLinks(const QJsonArray &links)
{
    const auto end = [](const QJsonValue &id) {
        return id.isString() ? std::optional(id.toString()) : std::nullopt;
    };
    for (const QJsonValue &link : links) {
        const QString id = link["_id"_L1].toString();
        const auto added = m_fixture.idm.state().links.add(
            {id == "<uuid>"_L1 ? QString() : id, link["_rev"_L1].toString().toInt(),
             link["linkType"_L1].toString(), link["linkQualifier"_L1].toString(),
             end(link["firstId"_L1]), end(link["secondId"_L1])});
        Q_ASSERT(added.has_value());
        Q_UNUSED(added)
    }
}

void VectorRun::send()
{
    const QJsonObject request = m_run.value("request"_L1).toObject();
    if (m_run.value("kind"_L1) == "rest"_L1) {
        QList<QByteArray> headers;
        const QJsonObject named = request.value("headers"_L1).toObject();
        for (auto it = named.begin(); it != named.end(); ++it)
            headers.append(it.key().toUtf8() + ": " + it.value().toString().toUtf8());
        const QJsonValue body = request.value("body"_L1);
        const QByteArray bytes = body.isArray() ? QJsonDocument(body.toArray()).toJson()
            : body.isObject()                   ? QJsonDocument(body.toObject()).toJson()
                                                : QByteArray();
        m_reply =
            m_fixture.client.ask(request.value("method"_L1).toString().toLatin1(),
                                 request.value("path"_L1).toString().toUtf8(), bytes, headers);
        return;
    }
    QByteArray target =
        "recon?waitForCompletion=true&_action=" + m_run.value("kind"_L1).toString().toLatin1()
        + "&mapping=" + QUrl::toPercentEncoding(mappingName());
    if (request.value("ids"_L1).isString())
        target += "&ids=" + QUrl::toPercentEncoding(request.value("ids"_L1).toString());
    const QJsonObject body = request.value("body"_L1).toObject();
    m_reply =
        m_fixture.client.post(target, body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson());
}

QStringList VectorRun::differences()
{
    send();
    if (m_reply.status != m_run.value("http"_L1).toInt(m_reply.status))
        m_lines.append(
            u"status %1, recorded %2"_s.arg(m_reply.status).arg(m_run.value("http"_L1).toInt()));
    if (m_run.value("kind"_L1) != "rest"_L1)
        compareState();
    compareEntries();
    compareLinks();
    compareObjects();
    compareWrites();
    return m_lines;
}

QString VectorRun::mappingName() const
{
    return m_run.value("request"_L1)["mapping"_L1].toString(m_mappings[0]["name"_L1].toString());
}

QJsonObject VectorRun::mapping(const QString &name) const
{
    for (const QJsonValue &one : m_mappings) {
        if (one["name"_L1].toString() == name)
            return one.toObject();
    }
    return {};
}

QList<QJsonObject> VectorRun::objectsOf(const QString &collection) const
{
    IdmState &state = const_cast<IdmFixture &>(m_fixture).idm.state();
    QList<QJsonObject> objects;
    if (!collection.startsWith(system)) {
        for (const auto &[number, object] : state.managed.objects(collection))
            objects.append(shownObject(state.managed, collection, object));
        return objects;
    }
    for (const NativeObject &object : state.table->objects(collection.mid(system.size()))) {
        QJsonObject json = object.attributes;
        json.insert(u"_id"_s, object.uid);
        json.insert(u"__NAME__"_s, object.name);
        objects.append(json);
    }
    return objects;
}

QString VectorRun::named(const QString &collection, const QString &id) const
{
    // Ids that were chosen have no other name in the recordings.
    const bool isChosen = !collection.startsWith(system) && QUuid::fromString(id).isNull();
    if (isChosen || m_old.value(collection).contains(id))
        return id;
    for (const QJsonObject &object : objectsOf(collection)) {
        if (object.value("_id"_L1).toString() != id)
            continue;
        for (const QString &key : {u"userName"_s, u"email"_s, u"name"_s}) {
            if (object.contains(key))
                return u"new-"_s + object.value(key).toString();
        }
        return id;
    }
    // Made and deleted in the same run.
    return QUuid::fromString(id).isNull() ? id : u"gone"_s;
}

QString VectorRun::namedPath(const QString &path) const
{
    if (path.isEmpty() || path.endsWith("/null"_L1))
        return u"-"_s;
    const qsizetype parts = path.startsWith("system/"_L1) ? 3 : 2;
    const QString collection = path.section(u'/', 0, int(parts) - 1);
    if (!path.contains(u'/'))
        return path;
    return collection + u'/' + named(collection, path.section(u'/', int(parts)));
}

void VectorRun::compareState()
{
    const QJsonObject summary = m_run.value("summary"_L1).toObject();
    if (summary.isEmpty())
        return;
    const auto &runs = m_fixture.idm.state().runs;
    if (runs.empty() || !runs.back()->result) {
        m_lines.append(u"no run"_s);
        return;
    }
    const ReconResult &result = *runs.back()->result;
    m_lines += compared(u"state"_s, {summary.value("state"_L1).toString()}, {wordOf(result.state)});
    m_lines += compared(u"successes"_s,
                        {QString::number(summary["statusSummary"_L1]["SUCCESS"_L1].toInt())},
                        {QString::number(result.successes)});
    m_lines += compared(u"failures"_s,
                        {QString::number(summary["statusSummary"_L1]["FAILURE"_L1].toInt())},
                        {QString::number(result.failures)});
}

QString VectorRun::entryLine(const QJsonObject &entry, bool isOwn, bool isSync) const
{
    const auto path = [&](QLatin1StringView name) {
        const QString text = entry.value(name).toString();
        if (isOwn)
            return namedPath(text);
        return text.isEmpty() || text.endsWith("/null"_L1) ? u"-"_s : text;
    };
    QStringList ambiguous =
        entry.value("ambiguousTargetObjectIds"_L1).toString().split(u", "_s, Qt::SkipEmptyParts);
    const QString target = mapping(mappingName())["target"_L1].toString();
    for (QString &id : ambiguous)
        id = isOwn ? named(target, id) : id;
    ambiguous.sort();
    return QStringList {isSync ? entry.value("mapping"_L1).toString()
                               : entry.value("reconciling"_L1).toString(),
                        entry.value("linkQualifier"_L1).toString(),
                        path("sourceObjectId"_L1),
                        isSync ? u"-"_s : path("targetObjectId"_L1), // Bare ids there.
                        ambiguous.join(u", "_s),
                        shown(entry.value("situation"_L1)),
                        shown(entry.value("action"_L1)),
                        entry.value("status"_L1).toString()}
        .join(u" | "_s);
}

void VectorRun::compareAudit(const QJsonArray &recorded, bool isSync)
{
    QStringList expected;
    for (const QJsonValue &entry : recorded)
        expected.append(entryLine(entry.toObject(), false, isSync));
    QStringList actual;
    for (const QJsonObject &entry :
         m_fixture.idm.state().audit.entries(isSync ? u"sync"_s : u"recon"_s)) {
        if (isSync || entry.value("entryType"_L1) == "entry"_L1)
            actual.append(entryLine(entry, true, isSync));
    }
    m_lines += compared(isSync ? u"sync"_s : u"entry"_s, expected, actual);
}

void VectorRun::compareEntries()
{
    const QJsonArray entries = m_run.value("entries"_L1).toArray();
    if (m_run.value("kind"_L1) == "rest"_L1) {
        compareAudit(entries, true);
        return;
    }
    compareAudit(entries, false);
    compareAudit(m_run.value("syncEntries"_L1).toArray(), true);
}

void VectorRun::compareLinks()
{
    QStringList expected;
    const QJsonArray links = m_run.value("linksAfter"_L1).toArray();
    for (const QJsonValue &link : links)
        expected.append(QStringList {link["linkType"_L1].toString(),
                                     link["linkQualifier"_L1].toString(), shown(link["firstId"_L1]),
                                     shown(link["secondId"_L1]), link["_rev"_L1].toString()}
                            .join(u" | "_s));
    QStringList actual;
    for (const auto &[number, link] : m_fixture.idm.state().links.links()) {
        const QJsonObject owner = mapping(link.type);
        const auto end = [&](QLatin1StringView side, const std::optional<QString> &id) {
            return id ? named(owner.value(side).toString(), *id) : u"-"_s;
        };
        actual.append(QStringList {link.type, link.qualifier, end("source"_L1, link.firstId),
                                   end("target"_L1, link.secondId), QString::number(link.revision)}
                          .join(u" | "_s));
    }
    m_lines += compared(u"link"_s, expected, actual);
}

void VectorRun::compareObjects()
{
    const QJsonObject after = m_run.value("objectsAfter"_L1).toObject();
    for (auto it = after.begin(); it != after.end(); ++it) {
        if (!it.value().isArray())
            continue;
        QStringList expected;
        const QJsonArray objects = it.value().toArray();
        for (const QJsonValue &object : objects)
            expected.append(compact(comparable(object.toObject())));
        QStringList actual;
        for (QJsonObject object : objectsOf(it.key())) {
            const QString id = object.value("_id"_L1).toString();
            const QString name = named(it.key(), id);
            object.insert(u"_id"_s, name);
            if (object.value("vid"_L1).toString() == id)
                object.insert(u"vid"_s, name);
            actual.append(compact(comparable(object)));
        }
        m_lines += compared(it.key(), expected, actual);
    }
}

void VectorRun::compareWrites()
{
    if (!m_run.contains("connectorWrites"_L1))
        return;
    QStringList expected;
    const QJsonArray writes = m_run.value("connectorWrites"_L1).toArray();
    for (const QJsonValue &write : writes)
        expected.append(QStringList {write["op"_L1].toString(), write["type"_L1].toString(),
                                     write["uid"_L1].toString(),
                                     compact(write["attributes"_L1].toObject())}
                            .join(u" | "_s));
    QStringList actual;
    for (const ConnectorTable::Write &write : m_fixture.idm.state().table->writes)
        actual.append(QStringList {write.operation, write.type,
                                   named(system + write.type, write.uid),
                                   compact(asLists(write.attributes))}
                          .join(u" | "_s));
    m_lines += compared(u"sent"_s, expected, actual);
}

} // namespace hubkeeper::practice::test

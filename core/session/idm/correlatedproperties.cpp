// SPDX-License-Identifier: MIT
#include "session/idm/correlatedproperties.h"

#include "base/poolcall.h"
#include "base/savefile.h"
#include "connector/schema.h"
#include "idm/mappings/mappingfile.h"
#include "idm/reading/mappinglist.h"
#include "reconcile/mapping/mappingreader.h"
#include "session/idm/serversession.h"
#include "session/idm/serveruse.h"
#include "session/sessiontext.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 largestMappings = 16 << 20; // Bytes.

/// system/NAME/TYPE, where TYPE is the class of the records.
bool isCollectionOf(const QString &path, const QString &system, ObjectType type)
{
    const QStringList steps = path.split(u'/');
    if (steps.size() != 3 || steps[0] != "system"_L1 || steps[1] != system)
        return false;
    const auto objectClass = objectClassFrom(steps[2]);
    return objectClass && recordTypeOf(*objectClass) == type;
}

void addTree(const QJsonValue &tree, QSet<QString> &fields)
{
    if (tree.isString())
        fields.insert(tree.toString());
    const QJsonObject object = tree.toObject();
    for (const QLatin1StringView key : {"any"_L1, "all"_L1}) {
        const QJsonArray operands = object.value(key).toArray();
        for (const QJsonValue &operand : operands)
            addTree(operand, fields);
    }
}

void addMatches(const QString &text, const QRegularExpression &pattern, QSet<QString> &found)
{
    for (auto match = pattern.globalMatch(text); match.hasNext();) {
        const auto one = match.next();
        for (int group = 1; group <= one.lastCapturedIndex(); ++group) {
            if (!one.captured(group).isEmpty())
                found.insert(one.captured(group));
        }
    }
}

/// Attributes of the target that a query compares: `email eq "…"`, `{"field": "email"}`.
QSet<QString> comparedIn(const QString &script)
{
    static const QRegularExpression filter(u"/?([A-Za-z_]\\w*)\\s+(?:eq|sw|co)\\b"_s);
    static const QRegularExpression field(u"[\"']?field[\"']?\\s*:\\s*[\"'](\\w+)[\"']"_s);
    QSet<QString> found;
    addMatches(script, filter, found);
    addMatches(script, field, found);
    return found;
}

/// Attributes of the source that a script uses: `source.email`, `source["email"]`.
QSet<QString> usedIn(const QString &script)
{
    static const QRegularExpression use(
        u"\\bsource(?:\\.|\\[\\s*[\"'])([A-Za-z_]\\w*)(?!\\w*\\s*\\()"_s);
    QSet<QString> found;
    addMatches(script, use, found);
    return found;
}

QSet<QString> attributesOf(const SyncMappings &all, const SyncMapping &mapping,
                           const Correlation &correlation, bool isTarget)
{
    if (correlation.tree.isUndefined())
        return isTarget ? comparedIn(correlation.script.text) : usedIn(correlation.script.text);
    QSet<QString> fields;
    addTree(correlation.tree, fields);
    if (isTarget)
        return fields;
    const SyncMapping *named = all.find(correlation.treeMapping);
    QSet<QString> sources;
    for (const MappedProperty &property : (named ? *named : mapping).properties) {
        if (fields.contains(property.targetText))
            sources.insert(property.sourceText);
    }
    return sources;
}

/// Nothing: HubSpot has no property of that.
QString propertyOf(const QString &attribute, ObjectType type)
{
    static const Schema schema = defaultSchema();
    const QString name = attribute.startsWith(u'/') ? attribute.mid(1) : attribute;
    const AttributeInfo *info =
        schema.of(type == ObjectType::Contacts ? ObjectClass::Contact : ObjectClass::Company)
            .find(name);
    if (!info)
        return name.startsWith(u'_') ? QString() : name; // As readSchema gives it.
    return info->source == AttributeSource::Property ? info->property : QString();
}

struct MappingsBeside
{
    QJsonArray mappings;
    QStringList files;
};

MappingsBeside readBeside(const QString &provisionerPath)
{
    MappingsBeside beside;
    const QDir folder = QFileInfo(provisionerPath).absoluteDir();
    const auto files = folder.entryInfoList({u"*.json"_s}, QDir::Files, QDir::Name);
    for (const QFileInfo &file : files) {
        if (!isMappingFileName(file.fileName()))
            continue;
        const JsonText text(readFile(file.filePath(), largestMappings).value_or(QByteArray()));
        const MappingFile found = mappingsIn(text);
        for (const int mapping : found.mappings)
            beside.mappings.append(text.valueOf(mapping));
        if (!found.mappings.isEmpty())
            beside.files.append(file.fileName());
    }
    return beside;
}

class FindCorrelated final : public Call<CorrelatedProperties>
{
public:
    FindCorrelated(const Connection &connection, QString system, ObjectType type,
                   const SessionServices &services, QObject *parent)
        : Call(parent)
        , m_path(connection.provisionerPath)
        , m_system(std::move(system))
        , m_type(type)
    {
        const auto server = serverOfFile(m_path, services.paths);
        if (!server || !*server)
            lookBeside(server ? QString() : server.error().what);
        else
            open(**server, services);
    }

private:
    void open(const Server &server, const SessionServices &services)
    {
        m_label = server.label;
        always(openServer(server, services, std::nullopt, this),
               [this](const Result<std::shared_ptr<ServerSession>> &opened) {
                   if (!opened)
                       return lookBeside(opened.error().what);
                   m_session = *opened;
                   ask();
               });
    }

    void ask()
    {
        always(m_session->ask(this), [this](const Result<ServerFacts> &facts) {
            if (!facts)
                return lookBeside(facts.error().what);
            always(readMappingList(m_session->client(), facts->profile, this),
                   [this](const Result<QJsonArray> &mappings) {
                       if (!mappings)
                           return lookBeside(mappings.error().what);
                       take(*mappings,
                            SessionText::tr("the mappings of the server %1").arg(m_label));
                   });
        });
    }

    void lookBeside(const QString &why)
    {
        if (!why.isEmpty() && !m_label.isEmpty())
            m_said = SessionText::tr("The mappings of the server %1 could not be read: %2")
                         .arg(m_label, why);
        const auto read = [path = m_path](const std::stop_token &) -> Result<MappingsBeside> {
            return readBeside(path);
        };
        then(new PoolCall<MappingsBeside>(read, this), [this](const MappingsBeside &beside) {
            if (beside.files.isEmpty())
                return finish({}, {});
            take(beside.mappings,
                 SessionText::tr("the mappings beside the provisioner (%1)")
                     .arg(beside.files.join(u", "_s)));
        });
    }

    void take(const QJsonArray &mappings, const QString &place)
    {
        QStringList unread;
        const QStringList found = correlatedProperties(mappings, m_system, m_type, &unread);
        if (!unread.isEmpty())
            say(SessionText::tr("By what %1 correlates cannot be read from it.")
                    .arg(unread.join(u", "_s)));
        finish(found, place);
    }

    void say(const QString &sentence)
    {
        m_said += (m_said.isEmpty() ? QString() : u" "_s) + sentence;
    }

    void finish(const QStringList &found, const QString &place)
    {
        if (!found.isEmpty())
            say(SessionText::tr("IDM correlates by %1, as %2 say.")
                    .arg(found.join(u", "_s), place));
        else if (!place.isEmpty())
            say(SessionText::tr("No correlation of these records is in %1.").arg(place));
        else if (m_said.isEmpty())
            say(SessionText::tr("No mappings of IDM are known for this connection."));
        complete(CorrelatedProperties {found, m_said});
    }

    const QString m_path;
    const QString m_system;
    const ObjectType m_type;
    QString m_label; // Of the server; empty: none.
    QString m_said;
    std::shared_ptr<ServerSession> m_session;
};

} // namespace

QStringList correlatedProperties(const QJsonArray &mappings, const QString &system, ObjectType type,
                                 QStringList *unread)
{
    const auto all = readMappings(mappings);
    if (!all)
        return {};
    QSet<QString> properties;
    for (const SyncMapping &mapping : all->mappings) {
        const bool isTarget = isCollectionOf(mapping.target, system, type);
        if (!isTarget && !isCollectionOf(mapping.source, system, type))
            continue;
        bool isRead = true;
        for (const Correlation &correlation : mapping.correlations) {
            const QSet<QString> attributes = attributesOf(*all, mapping, correlation, isTarget);
            isRead = isRead && !attributes.isEmpty();
            for (const QString &attribute : attributes) {
                if (const QString property = propertyOf(attribute, type); !property.isEmpty())
                    properties.insert(property);
            }
        }
        if (!isRead && unread)
            unread->append(mapping.name);
    }
    QStringList sorted = properties.values();
    sorted.sort();
    return sorted;
}

Call<CorrelatedProperties> *findCorrelated(const Connection &connection, const QString &system,
                                           ObjectType type, const SessionServices &services,
                                           QObject *parent)
{
    return new FindCorrelated(connection, system, type, services, parent);
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "session/idm/mappingtrials.h"

#include "base/savefile.h"
#include "connector/filtertranslation.h"
#include "connector/schema.h"
#include "idm/mappings/mappingfile.h"
#include "provisioner/rules/rulecheck.h"
#include "script/scriptsession.h"
#include "session/sessiontext.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 largestNeighbour = 16 << 20; // Bytes.

/// The name of the system: what it says, else what its file is called.
QString systemOf(const QString &path, const QJsonObject &provisioner)
{
    const QString name = provisioner["name"_L1].toString();
    if (!name.isEmpty())
        return name;
    static const QRegularExpression file(u"^provisioner\\.openicf-(.+)\\.json\\z"_s);
    const auto match = file.match(QFileInfo(path).fileName());
    return match.hasMatch() ? match.captured(1) : u"hubspot"_s;
}

bool addProvisioner(const QString &path, MappingOptions &options)
{
    const auto bytes = readFile(path, largestNeighbour);
    if (!bytes)
        return false;
    const JsonText text(*bytes);
    if (text.root() == JsonText::none || !looksLikeProvisioner(text, text.root()))
        return false;
    const QJsonObject provisioner = text.valueOf(text.root()).toObject();
    if (!provisioner["objectTypes"_L1].isObject())
        return false;
    options.collections.addProvisioner(systemOf(path, provisioner), provisioner);
    return true;
}

/// "objects" of a managed.json; nothing if it is something else.
std::optional<QJsonArray> managedObjectsIn(const QString &path)
{
    const auto bytes = readFile(path, largestNeighbour);
    const JsonText text(bytes.value_or(QByteArray()));
    if (text.root() == JsonText::none)
        return std::nullopt;
    const QJsonValue objects = text.valueOf(text.root())["objects"_L1];
    if (!objects.isArray() || !objects[0]["schema"_L1].isObject())
        return std::nullopt;
    return objects.toArray();
}

bool addManaged(const QString &path, MappingOptions &options)
{
    const auto objects = managedObjectsIn(path);
    if (objects)
        options.collections.addManaged(*objects);
    return objects.has_value();
}

/// The kind of value that HubSpot compares, as far as the default schema says.
SearchField fieldOf(ObjectClass objectClass, const QString &name)
{
    if (name == "_id"_L1 || name == "__UID__"_L1)
        return {u"hs_object_id"_s, ValueKind::Id, false, true};
    static const Schema schema = defaultSchema();
    const ObjectClassInfo &info = schema.of(objectClass);
    const AttributeInfo *attribute = info.find(name);
    if (!attribute) // One of the portal's own.
        return {name, ValueKind::Text, false, false};
    if (attribute->source == AttributeSource::RecordId)
        return {u"hs_object_id"_s, ValueKind::Id, false, true};
    if (attribute->source == AttributeSource::Created)
        return {u"createdate"_s, ValueKind::Instant, false, false};
    if (attribute->source != AttributeSource::Property)
        return {};
    const bool presenceOnly = attribute->isMultiValued() || attribute->property == "phone"_L1;
    const bool isKey = objectClass == ObjectClass::Contact && attribute->property == "email"_L1;
    return {attribute->property, ValueKind::Text, presenceOnly, isKey};
}

} // namespace

MappingTrials::MappingTrials()
    : m_scripts(std::make_unique<ScriptSession>(
        [](const QString &operation, const QJsonArray &) {
            return QJsonObject {{u"needed"_s, operation}};
        },
        ScriptSession::Bounds {}))
{
}

MappingTrials::~MappingTrials() = default;

void MappingTrials::addTo(MappingOptions &options)
{
    options.tryScript = [this](const QString &text, const QJsonObject &globals) {
        return tried(text, globals);
    };
    options.isSearchable = &hubkeeper::isSearchable;
}

ScriptTrial MappingTrials::tried(const QString &text, const QJsonObject &globals)
{
    static const QRegularExpression forEach(uR"(\bfor\s+each\s*\()"_s);
    if (forEach.match(text).hasMatch())
        return {ScriptTrial::NotTried,
                {},
                SessionText::tr("It has a \"for each\" loop, which only the server reads.")};
    const SessionReply reply = m_scripts->run(text, globals);
    ScriptTrial trial;
    trial.value = reply.value;
    trial.message = reply.message;
    switch (reply.kind) {
    case SessionReply::Value:
        trial.kind = ScriptTrial::Value;
        break;
    case SessionReply::Threw:
    case SessionReply::Stopped:
        trial.kind = ScriptTrial::Threw;
        break;
    case SessionReply::NotCompiled:
        trial.kind = ScriptTrial::Unreadable;
        break;
    case SessionReply::OnServer:
    case SessionReply::NotRun:
        trial.kind = ScriptTrial::NotTried;
        break;
    }
    return trial;
}

bool isSearchable(const QString &type, const QString &attribute, const QString &op)
{
    const auto objectClass = objectClassFrom(type);
    if (!objectClass || !recordTypeOf(*objectClass))
        return true; // Owners and definitions are listed whole, and are few.
    const SearchPlan plan =
        planSearch(CrestFilter::compare(attribute, op, u"x"_s), [&](const QStringList &pointer) {
            return fieldOf(*objectClass, pointer.value(0));
        });
    return plan.exact && !plan.everything;
}

void addNeighbours(const QString &path, MappingOptions &options)
{
    const QFileInfo own(path);
    const QDir folder = own.absoluteDir();
    const auto files = folder.entryInfoList({u"*.json"_s}, QDir::Files, QDir::Name);
    for (const QFileInfo &file : files) {
        if (file.fileName().startsWith("provisioner.openicf-"_L1))
            (void)addProvisioner(file.filePath(), options);
        if (file.fileName() == "managed.json"_L1)
            (void)addManaged(file.filePath(), options);
        const bool isOther = file != own
            && (file.fileName().startsWith("mapping-"_L1) || file.fileName() == "sync.json"_L1);
        const auto bytes = isOther ? readFile(file.filePath(), largestNeighbour)
                                   : Result<QByteArray>(QByteArray());
        if (!bytes || bytes->isEmpty())
            continue;
        const JsonText text(*bytes);
        for (const int mapping : mappingsIn(text).mappings)
            options.others.append(text.valueOf(mapping));
    }
}

Result<void> addProvisionerFile(const QString &path, MappingOptions &options)
{
    if (addProvisioner(path, options))
        return {};
    return fail(ErrorKind::InvalidInput,
                SessionText::tr("%1 is not a provisioner with object types.").arg(path),
                SessionText::tr("Name the file provisioner.openicf-<name>.json of the system that "
                                "the mappings use."));
}

Result<void> addManagedFile(const QString &path, MappingOptions &options)
{
    if (addManaged(path, options))
        return {};
    return fail(ErrorKind::InvalidInput,
                SessionText::tr("%1 has no managed objects with a schema.").arg(path),
                SessionText::tr("Name the file managed.json of the server that has the mappings."));
}

} // namespace hubkeeper

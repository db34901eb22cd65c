// SPDX-License-Identifier: MIT
#include "reconcile/overlay/previewset.h"

#include "reconcile/mapping/mappingreader.h"
#include "reconcile/reconciletext.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 firstConnectorId = 5001; // As the recorded connector counts.

class PreviewSet
{
public:
    PreviewSet(const QJsonObject &set, Preview &preview)
        : m_set(set)
        , m_preview(preview)
    {
    }

    void fill(const QJsonObject &objects, const QJsonArray &links)
    {
        for (const SyncMapping &mapping : m_preview.mappings().mappings) {
            addSide(mapping.source);
            addSide(mapping.target);
        }
        addSide(u"managed/user"_s);
        for (auto it = objects.begin(); it != objects.end(); ++it)
            fillSide(addSide(it.key()), it.value());
        for (const QJsonValue &link : links)
            addLink(link.toObject());
    }

private:
    Side &addSide(const QString &collection)
    {
        auto &objects = m_preview.objects();
        if (collection.startsWith("managed/"_L1))
            return objects.addSide(collection,
                                   std::make_shared<ManagedRules>(collection == "managed/user"_L1));
        const auto type = typeOf(collection);
        if (!type)
            return objects.side(collection);
        return objects.addSide(collection, std::make_shared<ConnectorRules>(*type),
                               firstConnectorId);
    }

    std::optional<ConnectorType> typeOf(const QString &collection) const
    {
        const QString name = collection.section(u'/', 2);
        const QJsonObject types = m_set["objectTypes"_L1].toObject();
        const QJsonValue given = types.value(collection.section(u'/', 0, 1)).toObject().value(name);
        if (given.isObject())
            return connectorTypeOf(name, given.toObject());
        const bool isRecorded = collection.startsWith("system/hubspot/"_L1)
            && (!m_set.contains("server"_L1)
                || m_set["server"_L1].toString().contains("scripted connector"_L1));
        return isRecorded ? recordedConnectorType(name) : std::nullopt;
    }

    static void fillSide(Side &side, const QJsonValue &objects)
    {
        if (objects.isObject()) { // What the server answered instead.
            const QJsonObject body = objects.toObject()["body"_L1].toObject();
            return side.setFault(
                {ObjectFault::Refused, body["code"_L1].toInt(503), body["message"_L1].toString()});
        }
        const QJsonArray list = objects.toArray();
        for (const QJsonValue &object : list)
            side.add(object.toObject());
    }

    void addLink(const QJsonObject &json)
    {
        SyncLink link;
        link.id = u"link-%1"_s.arg(++m_links); // Files do not have them unique.
        link.type = json["linkType"_L1].toString();
        link.qualifier = json["linkQualifier"_L1].toString(u"default"_s);
        if (json["firstId"_L1].isString())
            link.firstId = json["firstId"_L1].toString();
        if (json["secondId"_L1].isString())
            link.secondId = json["secondId"_L1].toString();
        m_preview.links().add(link);
    }

    const QJsonObject &m_set;
    Preview &m_preview;
    int m_links = 0;
};

} // namespace

Result<std::unique_ptr<Preview>> readPreviewSet(const QJsonObject &set, int run, PreviewPlace place,
                                                const QJsonValue &replacement)
{
    if (!set["mappings"_L1].isArray() || !set["objectsBefore"_L1].isObject())
        return fail(ErrorKind::InvalidInput,
                    ReconcileText::tr("It has no mappings or no objectsBefore."),
                    ReconcileText::tr("A preview needs a file with mappings, objectsBefore and "
                                      "linksBefore."));
    const QJsonArray runs = set["runs"_L1].toArray();
    if (run < 0 || run > runs.size())
        return fail(ErrorKind::InvalidInput,
                    ReconcileText::tr("It has no run %1 to start after.").arg(run));
    const QJsonObject before = run > 0 ? runs.at(run - 1).toObject() : set;
    auto mappings =
        readMappings((replacement.isArray() ? replacement : set["mappings"_L1]).toArray());
    if (!mappings)
        return tl::unexpected(mappings.error());
    auto preview = std::make_unique<Preview>(std::move(*mappings), std::move(place));
    const QLatin1StringView suffix = run > 0 ? "After"_L1 : "Before"_L1;
    PreviewSet(set, *preview)
        .fill(before.value("objects"_L1 + suffix).toObject(),
              before.value("links"_L1 + suffix).toArray());
    return preview;
}

} // namespace hubkeeper

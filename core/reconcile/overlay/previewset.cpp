// SPDX-License-Identifier: MIT
#include "reconcile/overlay/previewset.h"

#include "reconcile/mapping/mappingreader.h"
#include "reconcile/reconciletext.h"

#include <QHash>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

tl::unexpected<Error> wrong(const QString &what)
{
    return fail(ErrorKind::InvalidInput, what,
                ReconcileText::tr("A preview needs a file with mappings, objectsBefore and "
                                  "linksBefore."));
}

/// What stands under `key`, if it is of that type.
template <bool (QJsonValue::*isType)() const>
Result<QJsonValue> wanted(const QJsonObject &set, const QString &key)
{
    const QJsonValue value = set.value(key);
    if ((value.*isType)())
        return value;
    return value.isUndefined() ? wrong(ReconcileText::tr("It has no %1.").arg(key))
                               : wrong(ReconcileText::tr("%1 is of another type.").arg(key));
}

constexpr qint64 firstConnectorId = 5001; // As the recorded connector counts.

class PreviewSet
{
public:
    PreviewSet(const QJsonObject &set, Preview &preview)
        : m_set(set)
        , m_preview(preview)
    {
    }

    Result<void> fill(const QJsonObject &objects, const QJsonArray &links)
    {
        for (const SyncMapping &mapping : m_preview.mappings().mappings) {
            addSide(mapping.source);
            addSide(mapping.target);
        }
        addSide(u"managed/user"_s);
        for (auto it = objects.begin(); it != objects.end(); ++it) {
            if (const auto filled = fillSide(addSide(it.key()), it.key(), it.value()); !filled)
                return filled;
        }
        for (const QJsonValue &link : links) {
            if (!link.isObject())
                return wrong(ReconcileText::tr("Link %1 is not an object.").arg(m_links + 1));
            addLink(link.toObject());
        }
        return {};
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

    static Result<void> fillSide(Side &side, const QString &collection, const QJsonValue &objects)
    {
        if (objects.isObject()) { // What the server answered instead.
            const QJsonObject body = objects.toObject()["body"_L1].toObject();
            side.setFault(
                {ObjectFault::Refused, body["code"_L1].toInt(503), body["message"_L1].toString()});
            return {};
        }
        if (!objects.isArray())
            return wrong(ReconcileText::tr("%1 is not a list of objects.").arg(collection));
        const QJsonArray list = objects.toArray();
        QHash<QString, qsizetype> places;
        for (qsizetype place = 0; place < list.size(); ++place) {
            const QJsonObject object = list[place].toObject();
            const QString id = object["_id"_L1].toString();
            if (id.isEmpty())
                return wrong(ReconcileText::tr("%1: object %2 of the list has no _id, which is a "
                                               "text.")
                                 .arg(collection)
                                 .arg(place + 1));
            if (const auto other = places.constFind(id); other != places.constEnd())
                return wrong(ReconcileText::tr("%1: objects %2 and %3 of the list have the same "
                                               "_id, %4.")
                                 .arg(collection)
                                 .arg(*other + 1)
                                 .arg(place + 1)
                                 .arg(id));
            places.insert(id, place);
            side.add(object);
        }
        return {};
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
        return wrong(ReconcileText::tr("It has no mappings or no objectsBefore."));
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
    const QString suffix = run > 0 ? u"After"_s : u"Before"_s;
    const auto objects = wanted<&QJsonValue::isObject>(before, u"objects"_s + suffix);
    const auto links = wanted<&QJsonValue::isArray>(before, u"links"_s + suffix);
    if (!objects || !links)
        return tl::unexpected(!objects ? objects.error() : links.error());
    return PreviewSet(set, *preview).fill(objects->toObject(), links->toArray()).map([&] {
        return std::move(preview);
    });
}

} // namespace hubkeeper

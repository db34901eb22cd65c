// SPDX-License-Identifier: MIT
#include "base/similarname.h"
#include "idm/idmtext.h"
#include "idm/mappings/checkedmapping.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const QStringList &flagKeys()
{
    static const QStringList keys {u"enableSync"_s,
                                   u"enableLinking"_s,
                                   u"allowEmptySourceSet"_s,
                                   u"runTargetPhase"_s,
                                   u"correlateEmptyTargetSet"_s,
                                   u"prefetchLinks"_s,
                                   u"sourceIdsCaseSensitive"_s,
                                   u"targetIdsCaseSensitive"_s,
                                   u"sourceQueryFullEntry"_s,
                                   u"targetQueryFullEntry"_s,
                                   u"reconSourceQueryPaging"_s,
                                   u"reconTargetQueryPaging"_s,
                                   u"enabled"_s};
    return keys;
}

/// Of community and commercial servers (idm-connector 6.1).
const QStringList &mappingKeys()
{
    static const QStringList keys = flagKeys()
        + QStringList {u"name"_s,
                       u"source"_s,
                       u"target"_s,
                       u"links"_s,
                       u"properties"_s,
                       u"policies"_s,
                       u"validSource"_s,
                       u"validTarget"_s,
                       u"sourceCondition"_s,
                       u"correlationQuery"_s,
                       u"correlationScript"_s,
                       u"linkQualifiers"_s,
                       u"onCreate"_s,
                       u"onUpdate"_s,
                       u"onDelete"_s,
                       u"onLink"_s,
                       u"onUnlink"_s,
                       u"onRecon"_s,
                       u"onError"_s,
                       u"result"_s,
                       u"postMapping"_s,
                       u"sourceQuery"_s,
                       u"targetQuery"_s,
                       u"taskThreads"_s,
                       u"feedSize"_s,
                       u"reconSourceQueryPageSize"_s,
                       u"reconTargetQueryPageSize"_s,
                       u"displayName"_s,
                       u"icon"_s,
                       u"consentRequired"_s,
                       u"syncAfter"_s,
                       u"clusteredSourceReconEnabled"_s,
                       u"clusteredTargetReconEnabled"_s,
                       u"defaultSourceFields"_s,
                       u"defaultTargetFields"_s,
                       u"optimizeAssignmentSync"_s,
                       u"reconProgressStateUpdateInterval"_s,
                       u"queuedSync"_s,
                       u"_id"_s,
                       u"_rev"_s};
    return keys;
}

class ListCheck
{
public:
    explicit ListCheck(MappingCheck &check)
        : m_all(check)
        , m_check(check.check)
        , m_text(check.text)
    {
    }

    void checkAll()
    {
        if (m_all.file.isWhole() && !m_check.isKind(m_all.file.list, JsonKind::Array))
            return m_check.report(mapping::noMappingList, m_all.file.list,
                                  IdmText::tr("The value of mappings is %1; it has to be a list.")
                                      .arg(m_check.shown(m_all.file.list)));
        for (const int node : m_all.file.mappings)
            checkEntry(node);
        for (const CheckedMapping &mapping : m_all.own()) {
            checkName(mapping);
            checkSide(mapping, "source"_L1, mapping.mapping.source);
            checkSide(mapping, "target"_L1, mapping.mapping.target);
            if (mapping.mapping.source == mapping.mapping.target)
                m_all.reportAt(mapping::sameEnds, mapping, "target"_L1,
                               IdmText::tr("%1 maps %2 to itself.")
                                   .arg(shownName(mapping.mapping.name), mapping.mapping.source));
            checkLinks(mapping);
            checkSettings(mapping);
        }
        checkFileName();
    }

private:
    void checkEntry(int node)
    {
        if (!m_check.isKind(node, JsonKind::Object))
            return m_check.report(mapping::incomplete, node,
                                  IdmText::tr("This entry of mappings is not an object."));
        if (!m_check.isWhole())
            return;
        QStringList missing;
        for (const QLatin1StringView key : {"name"_L1, "source"_L1, "target"_L1}) {
            const int member = m_text.member(node, key);
            if (member == JsonText::none || m_text.stringOf(member).isEmpty())
                missing.append(key);
        }
        if (!missing.isEmpty())
            m_check.reportKey(mapping::incomplete, node,
                              IdmText::tr("The mapping has no %1.").arg(listed(missing)));
    }

    void checkName(const CheckedMapping &mapping)
    {
        const QString &name = mapping.mapping.name;
        const CheckedMapping *first = m_all.find(name);
        if (first != &mapping)
            m_all.reportAt(mapping::nameTwice, mapping, "name"_L1,
                           IdmText::tr("Another mapping is called %1 too.").arg(shownName(name)));
        static const QRegularExpression plain(u"^[\\w.-]+\\z"_s);
        if (!plain.match(name).hasMatch())
            m_all.reportAt(mapping::unsafeName, mapping, "name"_L1,
                           IdmText::tr("The name %1 has more than letters, digits, _ . and -.")
                               .arg(shownName(name)));
    }

    void checkSide(const CheckedMapping &mapping, QLatin1StringView key, const QString &collection)
    {
        static const QRegularExpression form(
            uR"(^(managed/[^/]+|system/[^/]+/[^/]+|repo/[^/]+(/[^/]+)*)\z)"_s);
        const int node = m_all.placeOf(mapping, key);
        if (m_check.holdsSubstitutionSign(node))
            return;
        if (!form.match(collection).hasMatch())
            return m_check.report(
                mapping::collectionForm, node,
                IdmText::tr(
                    "The %1 is %2, not a path such as managed/user or system/hubspot/contact.")
                    .arg(key, m_check.shown(node)));
        const SystemCollection parts = systemCollection(collection);
        const KnownCollections &known = m_all.options.collections;
        const bool isSystemKnown = known.isDeclared(collection)
            || parts.system.contains("hubspot"_L1, Qt::CaseInsensitive);
        if (isManaged(collection) && known.isDeclared(collection)
            && !known.typesBeside(collection).contains(collection.section(u'/', 1)))
            return reportManaged(node, collection, known.typesBeside(collection));
        if (parts.type.isEmpty() || known.find(collection) || !isSystemKnown)
            return;
        reportType(node, parts, known.typesBeside(collection), known.isDeclared(collection));
    }

    void reportManaged(int node, const QString &collection, const QStringList &names)
    {
        std::optional<Fix> fix;
        if (const auto nearest = mostSimilarName(collection.section(u'/', 1), names))
            fix = Fix {IdmText::tr("Change it to %1").arg(*nearest),
                       {replaceValue(m_text, node, jsonQuoted(u"managed/"_s + *nearest))},
                       false};
        m_check.report(mapping::unknownType, node,
                       IdmText::tr("The server has no %1; its managed objects are %2.")
                           .arg(shownName(collection), listed(names)),
                       std::move(fix));
    }

    void reportType(int node, const SystemCollection &parts, const QStringList &types,
                    bool isDeclared)
    {
        const auto nearest = mostSimilarName(parts.type, types);
        std::optional<Fix> fix;
        if (nearest)
            fix = Fix {IdmText::tr("Change it to %1").arg(*nearest),
                       {replaceValue(m_text, node,
                                     jsonQuoted(u"system/%1/%2"_s.arg(parts.system, *nearest)))},
                       false};
        const QString message = isDeclared
            ? IdmText::tr("The provisioner of %1 has no object type %2; it has %3.")
                  .arg(parts.system, shownName(parts.type), listed(types))
            : IdmText::tr("The connector has no object type %1 of its own; it has %2.")
                  .arg(shownName(parts.type), listed(types));
        m_check.reportAs(isDeclared || nearest ? Severity::Error : Severity::Warning,
                         mapping::unknownType, node, message, std::move(fix));
    }

    void checkLinks(const CheckedMapping &mapping)
    {
        const SyncMapping &own = mapping.mapping;
        const int node = m_text.member(mapping.node, "links"_L1);
        if (node != JsonText::none && own.links != own.name && !own.links.isEmpty())
            checkOwnerOfLinks(mapping, node);
        if (!m_all.compares())
            return;
        for (const CheckedMapping &other : m_all.mappings) {
            if (&other == &mapping)
                break; // Of a pair the later one is said something of.
            const bool isReverse =
                other.mapping.source == own.target && other.mapping.target == own.source;
            if (isReverse && other.mapping.links != own.links)
                reportSeparate(mapping, other, node);
        }
    }

    void checkOwnerOfLinks(const CheckedMapping &mapping, int node)
    {
        const SyncMapping &own = mapping.mapping;
        const CheckedMapping *owner = m_all.find(own.links);
        if (!owner) {
            if (m_all.knowsAll())
                m_check.report(mapping::linksUnknown, node,
                               IdmText::tr("%1 uses the links of %2, which does not exist.")
                                   .arg(shownName(own.name), shownName(own.links)),
                               otherLinks(mapping, node));
            return;
        }
        const SyncMapping &other = owner->mapping;
        const bool fits = (other.source == own.source && other.target == own.target)
            || (other.source == own.target && other.target == own.source);
        if (!fits)
            m_check.report(
                mapping::linksOtherEnds, node,
                IdmText::tr("%1 uses the links of %2, which maps %3 to %4.")
                    .arg(shownName(own.name), shownName(own.links), other.source, other.target),
                Fix {IdmText::tr("Remove links"), {removeChild(m_text, node)}, false});
        else if (other.links != other.name)
            m_check.report(
                mapping::linksOfLinks, node,
                IdmText::tr("%1 uses the links of %2, which uses those of %3.")
                    .arg(shownName(own.name), shownName(own.links), shownName(other.links)));
    }

    /// The reverse mapping, the one of the nearest name, or none.
    [[nodiscard]] Fix otherLinks(const CheckedMapping &mapping, int node) const
    {
        for (const CheckedMapping &other : m_all.mappings) {
            if (m_all.compares() && &other != &mapping
                && other.mapping.source == mapping.mapping.target
                && other.mapping.target == mapping.mapping.source
                && other.mapping.links == other.mapping.name)
                return {IdmText::tr("Change it to %1").arg(shownName(other.mapping.name)),
                        {replaceValue(m_text, node, jsonQuoted(other.mapping.name))},
                        false};
        }
        return {IdmText::tr("Remove links"), {removeChild(m_text, node)}, false};
    }

    void reportSeparate(const CheckedMapping &mapping, const CheckedMapping &other, int node)
    {
        const bool isOwner = other.mapping.links == other.mapping.name;
        std::optional<Fix> fix;
        if (node == JsonText::none && isOwner)
            fix = Fix {
                IdmText::tr("Use the links of %1").arg(shownName(other.mapping.name)),
                {appendMember(m_text, mapping.node, u"links"_s, jsonQuoted(other.mapping.name))},
                false};
        const bool finds = !mapping.mapping.correlations.isEmpty();
        const int place = m_all.placeOf(mapping, "links"_L1);
        m_check.reportAs(finds ? Severity::Info : Severity::Warning, mapping::separateLinks, place,
                         IdmText::tr("%1 is the reverse of %2 and has links of its own.")
                             .arg(shownName(mapping.mapping.name), shownName(other.mapping.name)),
                         std::move(fix));
    }

    void checkSettings(const CheckedMapping &mapping)
    {
        for (const int member : m_check.children(mapping.node)) {
            const QString key = m_text.keyOf(member);
            if (!mappingKeys().contains(key))
                reportUnknown(member, key, mappingKeys(), IdmText::tr("key of a mapping"));
            else if (flagKeys().contains(key))
                checkFlag(member, key);
        }
        checkMembers(
            mapping, "properties"_L1,
            {u"source"_s, u"target"_s, u"transform"_s, u"condition"_s, u"default"_s, u"_id"_s},
            IdmText::tr("key of a property"));
        checkMembers(mapping, "policies"_L1,
                     {u"situation"_s, u"action"_s, u"condition"_s, u"postAction"_s, u"_id"_s},
                     IdmText::tr("key of a policy"));
        const int enabled = m_text.member(mapping.node, "enabled"_L1);
        if (enabled != JsonText::none && m_check.isCommunity() && m_text.rawOf(enabled) == "false")
            m_check.report(mapping::enabledIgnored, enabled,
                           IdmText::tr("enabled is false, and %1 runs all the same.")
                               .arg(shownName(mapping.mapping.name)));
    }

    void checkMembers(const CheckedMapping &mapping, QLatin1StringView list,
                      const QStringList &known, const QString &place)
    {
        for (const int entry : m_check.children(m_text.member(mapping.node, list))) {
            if (!m_check.isKind(entry, JsonKind::Object))
                continue;
            for (const int member : m_check.children(entry)) {
                if (const QString key = m_text.keyOf(member); !known.contains(key))
                    reportUnknown(member, key, known, place);
            }
        }
    }

    void reportUnknown(int member, const QString &key, const QStringList &known,
                       const QString &place)
    {
        m_check.reportUnknownKey(mapping::unknownKey, member, known, place);
        if (!mostSimilarName(key, known)) // Perhaps of a newer server.
            m_check.setSeverityOfLast(mapping::unknownKey, Severity::Info);
    }

    void checkFlag(int node, const QString &key)
    {
        // {"$bool": "&{...}"} is a substitution of newer servers.
        if (!m_check.isGiven(node) || m_check.isKind(node, JsonKind::Boolean)
            || m_check.isKind(node, JsonKind::Object))
            return;
        const QString word = m_text.stringOf(node).trimmed().toLower();
        std::optional<Fix> fix;
        if (word == "true"_L1 || word == "false"_L1)
            fix =
                Fix {IdmText::tr("Remove the quotes"), {replaceValue(m_text, node, word.toUtf8())}};
        m_check.report(mapping::notAFlag, node,
                       IdmText::tr("%1 is %2; it has to be true or false, without quotes.")
                           .arg(key, m_check.shown(node)),
                       std::move(fix));
    }

    void checkFileName()
    {
        const QString &file = m_all.options.fileName;
        if (m_all.file.form != MappingFile::Single || !file.startsWith("mapping-"_L1)
            || m_all.own().empty())
            return;
        const QString &name = m_all.own().front().mapping.name;
        if (m_check.isCommunity())
            return m_check.reportFile(
                mapping::fileNotRead,
                IdmText::tr("The file is %1, which community OpenIDM does not run.").arg(file));
        if (file != u"mapping-%1.json"_s.arg(name))
            m_all.reportAt(
                mapping::fileOfAnotherMapping, m_all.own().front(), "name"_L1,
                IdmText::tr("The file %1 holds the mapping %2.").arg(file, shownName(name)));
    }

    MappingCheck &m_all;
    RuleCheck &m_check;
    const JsonText &m_text;
};

} // namespace

void checkList(MappingCheck &check)
{
    ListCheck(check).checkAll();
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "base/similarname.h"
#include "idm/idmtext.h"
#include "idm/mappings/checkedmapping.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Attributes of HubSpot that several people have in common.
const QStringList &sharedAttributes()
{
    static const QStringList names {u"firstname"_s, u"lastname"_s, u"company"_s,  u"city"_s,
                                    u"address"_s,   u"website"_s,  u"jobtitle"_s, u"name"_s};
    return names;
}

/// The properties of one mapping after another.
class PropertyCheck
{
public:
    PropertyCheck(MappingCheck &all, const CheckedMapping &mapping)
        : m_all(all)
        , m_check(all.check)
        , m_text(all.text)
        , m_mapping(mapping)
        , m_source(all.options.collections.find(mapping.mapping.source))
        , m_target(all.options.collections.find(mapping.mapping.target))
    {
        for (const QLatin1StringView key : {"validSource"_L1, "sourceCondition"_L1}) {
            const int node = m_text.member(m_mapping.node, key);
            if (node != JsonText::none && m_text.node(node).span.size() <= longestGuard)
                m_guards += QString::fromUtf8(m_text.rawOf(node)) + u'\n';
        }
    }

    void checkAll()
    {
        const int list = m_text.member(m_mapping.node, "properties"_L1);
        for (const int node : m_check.children(list)) {
            if (!m_check.isKind(m_text.member(node, "target"_L1), JsonKind::String))
                m_check.report(mapping::noTarget, node,
                               IdmText::tr("This property has no target."));
        }
        if (m_mapping.properties.empty() && m_check.isWhole())
            m_all.reportAt(mapping::noProperties, m_mapping, "properties"_L1,
                           IdmText::tr("%1 has no properties.").arg(shown(m_mapping)));
        for (const CheckedProperty &property : m_mapping.properties)
            checkOne(property);
        checkTwice();
        checkNulls();
        checkRequired();
    }

private:
    static QString shown(const CheckedMapping &mapping) { return shownName(mapping.mapping.name); }
    [[nodiscard]] int at(const CheckedProperty &property, QLatin1StringView key) const
    {
        const int member = m_text.member(property.node, key);
        return member == JsonText::none ? property.node : member;
    }

    void checkOne(const CheckedProperty &property)
    {
        checkEscapes(property, "source"_L1);
        checkEscapes(property, "target"_L1);
        checkTarget(property);
        checkSource(property);
        checkTypes(property);
        if (isManagedUser(m_mapping.mapping.target) && property.target == "userName"_L1
            && isConnector(m_mapping.mapping.source) && !property.hasTransform()
            && sharedAttributes().contains(property.sourceAttribute()))
            m_check.report(mapping::userNameShared, at(property, "source"_L1),
                           IdmText::tr("userName is %1, which several people may share.")
                               .arg(property.sourceAttribute()));
    }

    void checkEscapes(const CheckedProperty &property, QLatin1StringView key)
    {
        static const QRegularExpression escape(u"~[01]"_s);
        const int node = m_text.member(property.node, key);
        if (node == JsonText::none || !m_text.stringOf(node).contains(escape))
            return;
        QString written = m_text.stringOf(node);
        written.replace("~1"_L1, "%2F"_L1).replace("~0"_L1, "~"_L1);
        m_check.report(mapping::pointerEscape, node,
                       IdmText::tr("The %1 is %2, with an escape that IDM does not know here.")
                           .arg(key, m_check.shown(node)),
                       Fix {IdmText::tr("Write %1").arg(written),
                            {replaceValue(m_text, node, jsonQuoted(written))}});
    }

    void checkTarget(const CheckedProperty &property)
    {
        const QString name = property.targetAttribute();
        const QString &target = m_mapping.mapping.target;
        const int node = at(property, "target"_L1);
        if (isManaged(target) && isMissing(m_target, target, name))
            return reportUnknown(mapping::unknownManaged, node, target, name, *m_target);
        if (!isConnector(target) || name.isEmpty())
            return;
        if (name == "_id"_L1)
            return m_check.report(mapping::idOfConnector, node,
                                  IdmText::tr("This property writes _id."));
        if (!m_target)
            return;
        const auto known = m_target->attributes.constFind(name);
        if (known == m_target->attributes.cend())
            return reportUnknown(mapping::unknownTarget, node, target, name, *m_target);
        if (!known->isCreatable && !known->isUpdatable)
            m_check.report(mapping::readOnlyTarget, node,
                           IdmText::tr("%1 is read-only.").arg(name));
    }

    void checkSource(const CheckedProperty &property)
    {
        const int node = at(property, "source"_L1);
        if (!property.source) {
            const bool isConstant = property.hasDefault() || property.hasTransform();
            if (!isConstant)
                m_check.report(mapping::alwaysNull, property.node,
                               IdmText::tr("The property for %1 has nothing to write but null.")
                                   .arg(shownName(property.target)));
            return;
        }
        const QString name = property.sourceAttribute();
        if (name.isEmpty()) {
            if (!property.hasTransform())
                m_check.report(mapping::wholeObject, node,
                               IdmText::tr("The source of %1 is the whole object.")
                                   .arg(shownName(property.target)));
            return;
        }
        const QString &source = m_mapping.mapping.source;
        if (isMissing(m_source, source, name)
            && (isConnector(source) || m_all.options.collections.isDeclared(source)))
            reportUnknown(mapping::unknownSource, node, source, name, *m_source);
    }

    /// Whether the schema of a side lacks an attribute that is not one of IDM's own. What the
    /// standard schema of managed objects lacks may be there.
    [[nodiscard]] bool isMissing(const ConnectorType *type, const QString &collection,
                                 const QString &name) const
    {
        if (!type || name.isEmpty() || name.startsWith(u'_') || type->attributes.contains(name))
            return false;
        return !isManaged(collection) || m_all.options.collections.isDeclared(collection);
    }

    /// Without a provisioner the attribute may be one that only the portal has.
    void reportUnknown(const Rule &rule, int node, const QString &collection, const QString &name,
                       const ConnectorType &type)
    {
        const bool isDeclared = m_all.options.collections.isDeclared(collection);
        const QStringList names = type.attributes.keys();
        const auto nearest = mostSimilarName(name, names);
        QString message = isDeclared
            ? IdmText::tr("%1 has no attribute %2.").arg(collection, shownName(name))
            : IdmText::tr("%1 has no attribute %2 by the connector's default schema.")
                  .arg(collection, shownName(name));
        std::optional<Fix> fix;
        if (nearest) {
            message.chop(1);
            message += IdmText::tr("; the nearest is %1.").arg(*nearest);
            fix = Fix {IdmText::tr("Change it to %1").arg(*nearest),
                       {replaceValue(m_text, node, jsonQuoted(*nearest))},
                       false};
        }
        const Severity severity = isDeclared ? rule.severity : Severity::Warning;
        m_check.reportAs(severity, rule, node, message, std::move(fix));
    }

    void checkTypes(const CheckedProperty &property)
    {
        if (!m_source || !m_target || !property.source || property.hasTransform()
            || property.source->contains(u'/') || property.target.contains(u'/'))
            return;
        const auto from = m_source->attributes.constFind(property.sourceAttribute());
        const auto to = m_target->attributes.constFind(property.targetAttribute());
        if (from == m_source->attributes.cend() || to == m_target->attributes.cend())
            return;
        if (from->type.isEmpty() || to->type.isEmpty())
            return; // Something special, such as a relationship.
        const auto nameOf = [](const AttributeRule &rule) {
            return rule.isList ? IdmText::tr("a list") : rule.type;
        };
        if (from->isList != to->isList || (!from->isList && from->type != to->type))
            m_check.report(mapping::typesDiffer, property.node,
                           IdmText::tr("%1 is of type %2, and %3 is of type %4.")
                               .arg(property.sourceAttribute(), nameOf(*from),
                                    property.targetAttribute(), nameOf(*to)));
    }

    void checkTwice()
    {
        for (auto later = m_mapping.properties.begin(); later != m_mapping.properties.end();
             ++later) {
            if (later->hasCondition())
                continue; // It adds to the one before.
            for (auto earlier = m_mapping.properties.begin(); earlier != later; ++earlier) {
                if (PropertyPointer(earlier->target) != PropertyPointer(later->target))
                    continue;
                m_check.report(mapping::targetTwice, at(*earlier, "target"_L1),
                               IdmText::tr("%1 is written twice; this value is overwritten.")
                                   .arg(shownName(earlier->target)));
            }
        }
    }

    /// Whether the source may be without a value, as far as is known, and nothing is done for that.
    [[nodiscard]] bool mayBeNull(const CheckedProperty &property) const
    {
        const QString name = property.sourceAttribute();
        if (name.isEmpty() || name == "_id"_L1 || property.hasCondition() || property.hasDefault()
            || property.hasTransform() || isGuarded(name))
            return false;
        if (!m_source)
            return false; // Nothing is known of it.
        return !m_source->attributes.value(name).isRequired;
    }

    /// Whether objects without it are left out: a condition for sources speaks of it.
    [[nodiscard]] bool isGuarded(const QString &attribute) const
    {
        const QRegularExpression word(u"\\b%1\\b"_s.arg(QRegularExpression::escape(attribute)));
        return m_guards.contains(word);
    }

    void checkNulls()
    {
        const bool toConnector = isConnector(m_mapping.mapping.target);
        const bool toManaged = isManaged(m_mapping.mapping.target);
        QStringList names;
        int first = JsonText::none;
        for (const CheckedProperty &property : m_mapping.properties) {
            const QString target = property.targetAttribute();
            const bool counts = toConnector
                ? isWritten(target)
                : m_all.options.collections.refusesNull(m_mapping.mapping.target, target);
            if (!counts || !mayBeNull(property) || m_mapping.writerOf(target) != &property)
                continue;
            names.append(target);
            if (first == JsonText::none)
                first = property.node;
        }
        if (names.isEmpty())
            return;
        if (toManaged)
            m_check.report(
                mapping::nullRefused, first,
                IdmText::tr("The source may be without a value for: %1.").arg(listed(names)));
        else if (m_mapping.may(SyncSituation::Confirmed, SyncAction::Update))
            m_check.report(
                mapping::writtenForEver, first,
                IdmText::tr("Null is put where the source has no value: %1.").arg(listed(names)));
    }

    [[nodiscard]] bool isWritten(const QString &target) const
    {
        return !m_target || m_target->attributes.value(target).isUpdatable;
    }

    void checkRequired()
    {
        if (!m_target || !m_mapping.may(SyncSituation::Absent, SyncAction::Create)
            || m_mapping.properties.empty() || m_mapping.mapping.hooks.contains(u"onCreate"_s)
            || !m_check.isWhole())
            return;
        QStringList missing;
        for (auto it = m_target->attributes.begin(); it != m_target->attributes.end(); ++it) {
            if (it->isRequired && !m_mapping.writerOf(it.key()))
                missing.append(it.key());
        }
        missing.sort();
        if (!missing.isEmpty())
            m_all.reportAt(mapping::requiredMissing, m_mapping, "properties"_L1,
                           IdmText::tr("Nothing writes %1, which %2 requires.")
                               .arg(listed(missing), m_mapping.mapping.target));
    }

    static constexpr qsizetype longestGuard = 100'000; // Bytes.

    MappingCheck &m_all;
    RuleCheck &m_check;
    const JsonText &m_text;
    const CheckedMapping &m_mapping;
    const ConnectorType *const m_source;
    const ConnectorType *const m_target;
    QString m_guards; ///< The conditions for sources.
};

} // namespace

void checkProperties(MappingCheck &check)
{
    for (const CheckedMapping &mapping : check.own())
        PropertyCheck(check, mapping).checkAll();
}

} // namespace hubkeeper

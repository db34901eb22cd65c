// SPDX-License-Identifier: MIT
#include "idm/idmtext.h"
#include "idm/mappings/checkedmapping.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// What mappings do to each other.
class CircleCheck
{
public:
    explicit CircleCheck(MappingCheck &all)
        : m_all(all)
        , m_check(all.check)
    {
    }

    void checkAll()
    {
        if (!m_all.compares())
            return;
        for (const CheckedMapping &mapping : m_all.own()) {
            checkOtherWriters(mapping);
            for (const CheckedMapping &other : m_all.own()) {
                if (other.mapping.source == mapping.mapping.target
                    && other.mapping.target == mapping.mapping.source && &other != &mapping)
                    checkPair(mapping, other);
            }
        }
        checkCircles();
    }

private:
    void checkOtherWriters(const CheckedMapping &mapping)
    {
        for (const CheckedMapping &other : m_all.own()) {
            if (&other == &mapping)
                return; // The later one of two is reported.
            if (other.mapping.target != mapping.mapping.target
                || other.mapping.source == mapping.mapping.source)
                continue;
            for (const CheckedProperty &property : mapping.properties) {
                const CheckedProperty *theirs = other.writerOf(property.targetAttribute());
                if (theirs && !property.hasCondition() && !theirs->hasCondition())
                    m_check.report(mapping::otherWriter, property.node,
                                   IdmText::tr("%1 writes %2 of %3 too, from %4.")
                                       .arg(shownName(other.mapping.name),
                                            shownName(property.targetAttribute()),
                                            mapping.mapping.target, other.mapping.source));
            }
        }
    }

    /// `there` reads what `back` writes.
    void checkPair(const CheckedMapping &back, const CheckedMapping &there)
    {
        for (const CheckedProperty &property : back.properties) {
            const QString written = property.targetAttribute();
            const QString read = property.sourceAttribute();
            if (read.isEmpty() || back.writerOf(written) != &property)
                continue;
            const CheckedProperty *filler = there.writerOf(read);
            if (!filler || filler->sourceAttribute().isEmpty())
                continue;
            if (filler->sourceAttribute() == written)
                checkStability(property, *filler);
            else if (!isCopy(back, filler->sourceAttribute(), read))
                m_check.report(mapping::notTheSameBack, property.node,
                               IdmText::tr("%1 is written from %2, which %3 fills from %4.")
                                   .arg(shownName(written), shownName(read),
                                        shownName(there.mapping.name),
                                        shownName(filler->sourceAttribute())));
        }
    }

    /// Several attributes may be filled from one; one of them is the way back.
    static bool isCopy(const CheckedMapping &back, const QString &target, const QString &source)
    {
        const CheckedProperty *writer = back.writerOf(target);
        return writer && writer->sourceAttribute() == source;
    }

    /// A value that changes with each round is written in each.
    void checkStability(const CheckedProperty &back, const CheckedProperty &there)
    {
        if ((!back.hasTransform() && !there.hasTransform()) || !m_all.options.tryScript
            || back.hasCondition() || there.hasCondition())
            return;
        for (const QString &sample :
             {u"Ada Example"_s, u"ada@example.com"_s, u"+49 30 1234567"_s}) {
            std::optional<QJsonValue> value = sample;
            QList<QJsonValue> seen;
            for (int round = 0; round < 3 && value; ++round) {
                value = through(back, *value);
                if (!value)
                    break;
                seen.append(*value);
                value = through(there, *value);
            }
            if (seen.size() == 3 && seen[0] != seen[1] && seen[1] != seen[2])
                return m_check.report(
                    mapping::neverStable, back.node,
                    IdmText::tr(
                        "\"%1\" becomes \"%2\", and after the way back and there again \"%3\".")
                        .arg(sample, seen[0].toVariant().toString(),
                             seen[1].toVariant().toString()));
        }
    }

    [[nodiscard]] std::optional<QJsonValue> through(const CheckedProperty &property,
                                                    const QJsonValue &value) const
    {
        if (!property.hasTransform())
            return value;
        const QString text = property.transform["source"_L1].toString();
        if (text.isEmpty() || !isJavaScript(property.transform["type"_L1].toString()))
            return std::nullopt;
        const ScriptTrial trial = m_all.options.tryScript(
            text, {{u"source"_s, value}, {u"linkQualifier"_s, u"default"_s}});
        if (trial.kind != ScriptTrial::Value)
            return std::nullopt;
        return trial.value;
    }

    /// Managed objects start the next mapping by themselves.
    void checkCircles()
    {
        for (const CheckedMapping &first : m_all.own()) {
            if (isReached(first)) {
                m_all.reportAt(mapping::syncCircle, first, "enableSync"_L1,
                               IdmText::tr("A change of %1 comes back to it through %2.")
                                   .arg(first.mapping.source, shownName(first.mapping.name)));
                return; // One of a circle is enough.
            }
        }
    }

    [[nodiscard]] static bool startsItself(const CheckedMapping &mapping)
    {
        return mapping.mapping.enableSync && mapping.mapping.source.startsWith("managed/"_L1)
            && mapping.mapping.target.startsWith("managed/"_L1)
            && mapping.mapping.source != mapping.mapping.target;
    }

    [[nodiscard]] bool isReached(const CheckedMapping &first) const
    {
        if (!startsItself(first))
            return false;
        QStringList reached {first.mapping.target};
        for (qsizetype i = 0; i < reached.size(); ++i) {
            if (reached[i] == first.mapping.source)
                return true;
            for (const CheckedMapping &next : m_all.mappings) {
                if (startsItself(next) && next.mapping.source == reached[i]
                    && !reached.contains(next.mapping.target))
                    reached.append(next.mapping.target);
            }
        }
        return false;
    }

    MappingCheck &m_all;
    RuleCheck &m_check;
};

} // namespace

void checkCircles(MappingCheck &check)
{
    CircleCheck(check).checkAll();
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "session/views/viewfilter.h"

#include "base/similarname.h"
#include "connector/filtertranslation.h"
#include "session/sessiontext.h"
#include "session/views/relativedate.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

using Definitions = QHash<QString, PropertyDefinition>;

Definitions byName(const QList<PropertyDefinition> &definitions)
{
    Definitions known;
    for (const PropertyDefinition &definition : definitions)
        known.insert(definition.name, definition);
    return known;
}

QString isoOf(ValueKind kind, QDate day, const QTimeZone &zone)
{
    if (kind == ValueKind::Day)
        return day.toString(Qt::ISODate);
    return day.startOfDay(zone).toUTC().toString(Qt::ISODateWithMs);
}

/// A comparison with days as one with their bounds.
Result<CrestFilter> compareWithDays(const CrestFilter &leaf, ValueKind kind, const DayRange &days,
                                    const QTimeZone &zone)
{
    const QString &field = leaf.pointer.constFirst();
    const auto bound = [&](const QString &op, QDate day) {
        return CrestFilter::compare(field, op, isoOf(kind, day, zone));
    };
    if (leaf.op == "eq"_L1)
        return CrestFilter::allOf({bound(u"ge"_s, days.first), bound(u"lt"_s, days.after)});
    if (leaf.op == "lt"_L1 || leaf.op == "ge"_L1)
        return bound(leaf.op, days.first);
    if (leaf.op == "le"_L1)
        return bound(u"lt"_s, days.after);
    if (leaf.op == "gt"_L1)
        return bound(u"ge"_s, days.after);
    return fail(ErrorKind::InvalidInput,
                SessionText::tr("“%1” cannot be compared with a date by “%2”.")
                    .arg(field, leaf.op.left(20)),
                SessionText::tr("Use eq, lt, le, gt or ge."));
}

Result<CrestFilter> resolvedLeaf(const CrestFilter &leaf, const Definitions &known,
                                 const QDateTime &now)
{
    const QString field = leaf.pointer.join(u'/');
    const auto definition = known.constFind(field);
    if (definition == known.cend()) {
        const auto similar = mostSimilarName(field, known.keys());
        return fail(ErrorKind::InvalidInput,
                    SessionText::tr("HubSpot has no property “%1”.").arg(field.left(80)),
                    similar ? SessionText::tr("Did you mean “%1”?").arg(*similar) : QString());
    }
    static const QStringList operators {u"eq"_s, u"co"_s, u"sw"_s, u"ew"_s,  u"lt"_s,
                                        u"le"_s, u"gt"_s, u"ge"_s, u"word"_s};
    if (leaf.kind == CrestFilter::Compare && !operators.contains(leaf.op))
        return fail(ErrorKind::InvalidInput,
                    SessionText::tr("There is no operator “%1”.").arg(leaf.op.left(20)),
                    SessionText::tr("Use eq, co, sw, ew, word, lt, le, gt, ge or pr."));
    const ValueKind kind = valueKindOf(*definition);
    const bool isDate = kind == ValueKind::Day || kind == ValueKind::Instant;
    const QString text = leaf.value.toString();
    if (leaf.kind != CrestFilter::Compare || !isDate || !isDateTerm(text))
        return leaf;
    const auto days = daysOf(text, now.date());
    if (!days)
        return fail(ErrorKind::InvalidInput,
                    SessionText::tr("“%1” is not a term for days.").arg(text.left(40)),
                    SessionText::tr("Terms are: %1.").arg(dateTermExamples().join(u", "_s)));
    return compareWithDays(leaf, kind, *days, now.timeZone());
}

Result<CrestFilter> resolved(const CrestFilter &filter, const Definitions &known,
                             const QDateTime &now)
{
    if (filter.kind == CrestFilter::Present || filter.kind == CrestFilter::Compare)
        return resolvedLeaf(filter, known, now);
    CrestFilter whole = filter;
    for (CrestFilter &operand : whole.operands) {
        auto inner = resolved(operand, known, now);
        if (!inner)
            return inner;
        operand = std::move(*inner);
    }
    return whole;
}

SearchField searchFieldOf(const PropertyDefinition &definition)
{
    const bool presenceOnly = definition.isMultiValued() || definition.fieldType == "phonenumber"_L1
        || definition.type == "phone_number"_L1;
    return {definition.name, valueKindOf(definition), presenceOnly, false};
}

/// Leaves that HubSpot cannot answer.
void collectLocal(const CrestFilter &filter, const FieldResolver &resolve,
                  QList<CrestFilter> &local)
{
    for (const CrestFilter &operand : filter.operands)
        collectLocal(operand, resolve, local);
    if (filter.kind == CrestFilter::Compare && !planSearch(filter, resolve).exact
        && !local.contains(filter))
        local.append(filter);
}

FieldValue valueOf(const Record &record, const PropertyDefinition &definition)
{
    const QString text = record.text(definition.name);
    const ValueKind kind = valueKindOf(definition);
    if (!definition.isMultiValued())
        return {text.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(text), kind};
    return {QJsonArray::fromStringList(text.split(u';', Qt::SkipEmptyParts)), kind};
}

std::function<bool(const Record &)> keeperOf(const CrestFilter &filter, const Definitions &known)
{
    return [known, filter](const Record &record) {
        return matches(filter, [&](const QStringList &pointer) {
            return valueOf(record, known.value(pointer.constFirst()));
        });
    };
}

} // namespace

ValueKind valueKindOf(const PropertyDefinition &definition)
{
    if (definition.name == "hs_object_id"_L1)
        return ValueKind::Id;
    if (definition.type == "number"_L1)
        return ValueKind::Number;
    if (definition.type == "datetime"_L1)
        return ValueKind::Instant;
    if (definition.type == "date"_L1)
        return ValueKind::Day;
    if (definition.type == "bool"_L1)
        return ValueKind::Boolean;
    return definition.type == "enumeration"_L1 ? ValueKind::Exact : ValueKind::Text;
}

Result<CrestFilter> resolvedFilter(const CrestFilter &filter,
                                   const QList<PropertyDefinition> &definitions,
                                   const QDateTime &now)
{
    return resolved(filter, byName(definitions), now);
}

Result<std::function<bool(const Record &)>>
recordFilter(const CrestFilter &filter, const QList<PropertyDefinition> &definitions,
             const QDateTime &now)
{
    const Definitions known = byName(definitions);
    return resolved(filter, known, now).map([&known](const CrestFilter &whole) {
        return keeperOf(whole, known);
    });
}

QString conditionsText(const CrestFilter &filter)
{
    static const QRegularExpression plainName(uR"(\A[A-Za-z_][A-Za-z0-9_]*\z)"_s);
    const auto joined = [&](const QString &word) {
        QStringList texts;
        for (const CrestFilter &operand : filter.operands) {
            const bool isJoined =
                operand.kind == CrestFilter::And || operand.kind == CrestFilter::Or;
            const QString text = conditionsText(operand);
            texts.append(isJoined ? u'(' + text + u')' : text);
        }
        return texts.join(word);
    };
    switch (filter.kind) {
    case CrestFilter::And:
        return joined(u" and "_s);
    case CrestFilter::Or:
        return joined(u" or "_s);
    case CrestFilter::Not:
        return u"! ("_s + conditionsText(filter.operands.front()) + u')';
    case CrestFilter::Present:
    case CrestFilter::Compare: {
        const QString text = filter.toString();
        const QString name = filter.pointer.constFirst();
        const bool isWord = name.compare("true"_L1, Qt::CaseInsensitive) == 0
            || name.compare("false"_L1, Qt::CaseInsensitive) == 0;
        const bool isPlain =
            filter.pointer.size() == 1 && !isWord && plainName.match(name).hasMatch();
        return isPlain ? text.mid(1) : text;
    }
    default:
        return filter.toString();
    }
}

Result<ViewSearch> planViewSearch(ObjectType type, const QString &words, const CrestFilter &filter,
                                  const QList<PropertyDefinition> &definitions,
                                  const QDateTime &now)
{
    const Definitions known = byName(definitions);
    auto whole = resolved(filter, known, now);
    if (!whole)
        return tl::unexpected(whole.error());
    const auto resolve = [&known](const QStringList &pointer) {
        return searchFieldOf(known.value(pointer.constFirst()));
    };
    const SearchPlan plan = planSearch(*whole, resolve);
    ViewSearch search;
    search.resolved = std::move(*whole);
    search.query.type = type;
    search.query.properties = fieldsOf(search.resolved);
    search.readsEverything = plan.everything && words.isEmpty();
    QList<SearchQuery> parts;
    for (const QList<QList<SearchFilter>> &groups : plan.queries) {
        parts.append(SearchQuery());
        parts.last().text = words;
        parts.last().groups = groups;
    }
    if (plan.everything && !words.isEmpty()) {
        parts.append(SearchQuery());
        parts.last().text = words;
    }
    if (!parts.isEmpty()) {
        search.query.search = parts.takeFirst();
        search.query.more = parts;
    } else if (!plan.everything) {
        search.query.ranges.clear(); // Nothing can match.
    }
    if (!plan.exact) {
        collectLocal(search.resolved, resolve, search.answeredHere);
        search.query.keeps = keeperOf(search.resolved, known);
    }
    return search;
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "connector/filtertranslation.h"

#include "connector/connectortext.h"
#include "portal/jsontext.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype mostAlternatives = 100;
constexpr qsizetype mostQueries = 4;
constexpr qsizetype mostInValues = 100;
constexpr int mostPerGroup = SearchQuery::mostFiltersPerGroup - 1; // One is for paging.

using Group = QList<SearchFilter>;

/// Part of a filter in HubSpot's terms: any of the groups, or everything.
struct Pushed
{
    bool everything = false;
    bool exact = true;
    QList<Group> groups; // None: nothing matches.
};

Pushed everything(bool exact)
{
    return {true, exact, {}};
}

SearchFilter filterOf(const SearchField &field, SearchOperator op, const QString &value = {})
{
    return {field.property, op, value, {}, {}};
}

/// Matches wherever the field has a value: the widest that excludes something.
Pushed present(const SearchField &field, bool exact)
{
    return {false, exact, {{filterOf(field, SearchOperator::HasProperty)}}};
}

/// The value as HubSpot's search takes it, or nothing if it is not a value of the kind.
std::optional<QString> searchValue(ValueKind kind, const QString &text)
{
    if (text.isEmpty())
        return std::nullopt;
    switch (kind) {
    case ValueKind::Number: {
        bool isNumber = false;
        (void)text.toDouble(&isNumber);
        return isNumber ? std::optional(text) : std::nullopt;
    }
    case ValueKind::Instant:
    case ValueKind::Day: {
        const auto epoch = epochOf(kind, text);
        return epoch ? std::optional(QString::number(*epoch)) : std::nullopt;
    }
    case ValueKind::Id:
        return std::all_of(text.cbegin(), text.cend(),
                           [](QChar c) { return c >= u'0' && c <= u'9'; })
            ? std::optional(text)
            : std::nullopt;
    case ValueKind::Boolean: {
        const QString word = text.toLower();
        return word == "true"_L1 || word == "false"_L1 ? std::optional(word) : std::nullopt;
    }
    case ValueKind::Text:
    case ValueKind::Exact:
        return text;
    }
    Q_UNREACHABLE();
}

bool isOrdered(ValueKind kind)
{
    return kind == ValueKind::Number || kind == ValueKind::Instant || kind == ValueKind::Day
        || kind == ValueKind::Id;
}

std::optional<SearchOperator> orderOperator(const QString &op, bool negated)
{
    if (op == "lt"_L1)
        return negated ? SearchOperator::Gte : SearchOperator::Lt;
    if (op == "le"_L1)
        return negated ? SearchOperator::Gt : SearchOperator::Lte;
    if (op == "gt"_L1)
        return negated ? SearchOperator::Lte : SearchOperator::Gt;
    if (op == "ge"_L1)
        return negated ? SearchOperator::Lt : SearchOperator::Gte;
    return std::nullopt;
}

/// Any of "not this" and "has none": HubSpot's NEQ may or may not include the latter.
Pushed orAbsent(const SearchField &field, const SearchFilter &filter)
{
    return {false, true, {{filter}, {filterOf(field, SearchOperator::NotHasProperty)}}};
}

Pushed pushEquality(const SearchField &field, const QString &text, bool negated)
{
    const auto value = searchValue(field.kind, text);
    if (!value && field.kind == ValueKind::Id)
        return negated ? everything(true) : Pushed {};
    if (!value || field.presenceOnly)
        return negated ? everything(false) : present(field, false);
    if (negated)
        return orAbsent(field, filterOf(field, SearchOperator::Neq, *value));
    return {false, true, {{filterOf(field, SearchOperator::Eq, *value)}}};
}

Pushed pushOrder(const SearchField &field, const QString &op, const QString &text, bool negated)
{
    const auto value = searchValue(field.kind, text);
    if (!value || field.presenceOnly || !isOrdered(field.kind))
        return negated ? everything(false) : present(field, false);
    const SearchFilter filter = filterOf(field, *orderOperator(op, negated), *value);
    if (negated)
        return orAbsent(field, filter);
    return {false, true, {{filter}}};
}

/// A whole word: HubSpot's own token search. Several words, and what is not a text, are looked at
/// here.
Pushed pushWord(const SearchField &field, const QString &text, bool negated)
{
    const bool isOneWord = !text.isEmpty() && !text.contains(u' ');
    if (!isOneWord || field.presenceOnly || field.kind != ValueKind::Text)
        return negated ? everything(false) : present(field, false);
    if (negated)
        return orAbsent(field, filterOf(field, SearchOperator::NotContainsToken, text));
    return {false, true, {{filterOf(field, SearchOperator::ContainsToken, text)}}};
}

Pushed pushLeaf(const CrestFilter &leaf, bool negated, const FieldResolver &resolve)
{
    const SearchField field = resolve(leaf.pointer);
    if (field.property.isEmpty())
        return everything(false);
    if (leaf.kind == CrestFilter::Present) {
        if (!negated)
            return present(field, true);
        return {false, true, {{filterOf(field, SearchOperator::NotHasProperty)}}};
    }
    const QString text = textOf(leaf.value);
    if (leaf.op == "eq"_L1)
        return pushEquality(field, text, negated);
    if (leaf.op == "word"_L1)
        return pushWord(field, text, negated);
    if (orderOperator(leaf.op, false))
        return pushOrder(field, leaf.op, text, negated);
    // A part of a text (co, sw, ew): HubSpot searches for tokens, and nobody knows whether it takes
    // "jose" for "José", as matches() does. So all that have a value are candidates; ca likewise.
    return negated ? everything(false) : present(field, false);
}

Pushed both(const Pushed &a, const Pushed &b)
{
    const bool exact = a.exact && b.exact;
    if (a.everything || b.everything) {
        Pushed rest = a.everything ? b : a;
        rest.exact = exact;
        return rest;
    }
    if (a.groups.size() * b.groups.size() > mostAlternatives) {
        Pushed rest = a.groups.size() < b.groups.size() ? a : b;
        rest.exact = false;
        return rest;
    }
    Pushed product {false, exact, {}};
    for (const Group &left : a.groups) {
        for (const Group &right : b.groups) {
            Group group = left;
            for (const SearchFilter &filter : right) {
                if (!group.contains(filter))
                    group.append(filter);
            }
            product.groups.append(group);
        }
    }
    return product;
}

Pushed either(const Pushed &a, const Pushed &b)
{
    const bool exact = a.exact && b.exact;
    if (a.everything || b.everything)
        return everything(exact);
    Pushed sum {false, exact, a.groups};
    for (const Group &group : b.groups) {
        if (!sum.groups.contains(group))
            sum.groups.append(group);
    }
    return sum;
}

Pushed push(const CrestFilter &filter, bool negated, const FieldResolver &resolve)
{
    switch (filter.kind) {
    case CrestFilter::True:
    case CrestFilter::False:
        return (filter.kind == CrestFilter::True) != negated ? everything(true) : Pushed {};
    case CrestFilter::Not:
        return push(filter.operands.front(), !negated, resolve);
    case CrestFilter::Present:
    case CrestFilter::Compare:
        return pushLeaf(filter, negated, resolve);
    case CrestFilter::And:
    case CrestFilter::Or:
        break;
    }
    const bool isAnd = (filter.kind == CrestFilter::And) != negated; // De Morgan.
    Pushed all = isAnd ? everything(true) : Pushed {};
    for (const CrestFilter &operand : filter.operands) {
        const Pushed one = push(operand, negated, resolve);
        all = isAnd ? both(all, one) : either(all, one);
    }
    return all;
}

/// Takes groups that hold an equality on a key out of `groups` into the plan's direct reads.
void takeDirectReads(QList<Group> &groups, SearchPlan &plan, const QStringList &keys)
{
    QList<Group> rest;
    for (const Group &group : std::as_const(groups)) {
        const auto key = std::find_if(group.cbegin(), group.cend(), [&](const SearchFilter &one) {
            return one.op == SearchOperator::Eq && keys.contains(one.property);
        });
        if (key == group.cend()) {
            rest.append(group);
            continue;
        }
        (key->property == "email"_L1 ? plan.emails : plan.ids).append(key->value);
        plan.exact = plan.exact && group.size() == 1;
    }
    plan.ids.removeDuplicates();
    plan.emails.removeDuplicates();
    groups = rest;
}

/// Several groups of one equality each on the same text become one IN.
void joinEqualities(QList<Group> &groups, const QStringList &joinable)
{
    QHash<QString, QStringList> values;
    for (const Group &group : std::as_const(groups)) {
        if (group.size() == 1 && group[0].op == SearchOperator::Eq
            && joinable.contains(group[0].property))
            values[group[0].property].append(group[0].value);
    }
    for (auto it = values.cbegin(); it != values.cend(); ++it) {
        if (it->size() < 2 || it->size() > mostInValues)
            continue;
        groups.removeIf([&](const Group &group) {
            return group.size() == 1 && group[0].op == SearchOperator::Eq
                && group[0].property == it.key();
        });
        groups.append({{it.key(), SearchOperator::In, {}, {}, *it}});
    }
}

/// Keeps what fits a group, presence tests first to go.
void shorten(Group &group, bool &exact)
{
    while (group.size() > mostPerGroup) {
        const auto weak = std::find_if(group.begin(), group.end(), [](const SearchFilter &one) {
            return one.op == SearchOperator::HasProperty;
        });
        group.erase(weak == group.end() ? std::prev(group.end()) : weak);
        exact = false;
    }
}

qsizetype filterCount(const QList<Group> &groups)
{
    qsizetype count = groups.size(); // The one per group for paging.
    for (const Group &group : groups)
        count += group.size();
    return count;
}

bool fitsOneQuery(const QList<Group> &groups)
{
    if (groups.size() > SearchQuery::mostGroups || filterCount(groups) > SearchQuery::mostFilters)
        return false;
    SearchQuery query;
    query.groups = groups;
    for (Group &group : query.groups)
        group.append({u"hs_object_id"_s, SearchOperator::Gt, QString(20, u'9'), {}, {}});
    query.sortProperty = u"hs_object_id"_s;
    return searchBody(query).has_value(); // The length of the texts counts too.
}

/// Cuts the groups into queries; false if they do not fit.
bool cutIntoQueries(const QList<Group> &groups, SearchPlan &plan)
{
    for (Group group : groups) {
        shorten(group, plan.exact);
        if (!plan.queries.isEmpty()
            && fitsOneQuery(plan.queries.constLast() + QList<Group> {group})) {
            plan.queries.last().append(group);
            continue;
        }
        if (plan.queries.size() == mostQueries || !fitsOneQuery(QList<Group> {group}))
            return false;
        plan.queries.append(QList<Group> {group});
    }
    return true;
}

void collectFields(const CrestFilter &filter, const FieldResolver &resolve, QStringList &keys,
                   QStringList &joinable)
{
    if (filter.kind == CrestFilter::Compare) {
        const SearchField field = resolve(filter.pointer);
        if (field.isKey)
            keys.append(field.property);
        else if (field.kind == ValueKind::Exact)
            joinable.append(field.property);
    }
    for (const CrestFilter &operand : filter.operands)
        collectFields(operand, resolve, keys, joinable);
}

SearchPlan listAll(bool exact)
{
    SearchPlan plan;
    plan.everything = true;
    plan.exact = exact;
    return plan;
}

Result<CrestFilter> prepareIn(const CrestFilter &filter)
{
    const QJsonDocument values = QJsonDocument::fromJson(filter.value.toString().toUtf8());
    if (!values.isArray())
        return fail(ErrorKind::InvalidInput,
                    ConnectorText::tr("The value of “in” must be a JSON array in a text."),
                    ConnectorText::tr("Write: city in '[\"Rome\",\"Oslo\"]'"));
    std::vector<CrestFilter> equalities;
    const QJsonArray array = values.array();
    for (const QJsonValue &value : array) {
        CrestFilter equality = filter;
        equality.op = u"eq"_s;
        equality.value = value;
        equalities.push_back(std::move(equality));
    }
    return CrestFilter::anyOf(std::move(equalities));
}

} // namespace

SearchPlan planSearch(const CrestFilter &filter, const FieldResolver &resolve)
{
    Pushed pushed = push(filter, false, resolve);
    if (pushed.everything)
        return listAll(pushed.exact);
    QStringList keys;
    QStringList joinable;
    collectFields(filter, resolve, keys, joinable);

    SearchPlan plan;
    plan.exact = pushed.exact;
    takeDirectReads(pushed.groups, plan, keys);
    joinEqualities(pushed.groups, joinable);
    return cutIntoQueries(pushed.groups, plan) ? plan : listAll(false);
}

Result<CrestFilter> prepareFilter(const CrestFilter &filter,
                                  const std::function<bool(const QString &)> &isKnown)
{
    CrestFilter prepared = filter;
    for (CrestFilter &operand : prepared.operands) {
        auto inner = prepareFilter(operand, isKnown);
        if (!inner)
            return inner;
        operand = std::move(*inner);
    }
    if (filter.kind != CrestFilter::Present && filter.kind != CrestFilter::Compare)
        return prepared;
    const QString field = filter.pointer.join(u'/');
    if (filter.pointer.size() != 1 || !isKnown(field)) {
        if (filter.kind == CrestFilter::Present)
            return CrestFilter::anyOf({}); // False.
        return fail(
            ErrorKind::InvalidInput,
            ConnectorText::tr("The filter names an unknown attribute, “%1”.").arg(field.left(80)));
    }
    static const QStringList operators {u"eq"_s, u"co"_s, u"sw"_s, u"ew"_s, u"ca"_s,
                                        u"lt"_s, u"le"_s, u"gt"_s, u"ge"_s, u"word"_s};
    if (filter.kind == CrestFilter::Present || operators.contains(filter.op))
        return prepared;
    if (filter.op == "in"_L1)
        return prepareIn(filter);
    return fail(ErrorKind::InvalidInput,
                ConnectorText::tr("The connector does not know the filter operator “%1”.")
                    .arg(filter.op.left(80)),
                ConnectorText::tr("Use eq, co, sw, ew, ca, lt, le, gt, ge, in, word or pr."));
}

QStringList fieldsOf(const CrestFilter &filter)
{
    QStringList fields;
    if (filter.pointer.size() == 1)
        fields = filter.pointer;
    for (const CrestFilter &operand : filter.operands)
        fields += fieldsOf(operand);
    fields.removeDuplicates();
    return fields;
}

} // namespace hubkeeper

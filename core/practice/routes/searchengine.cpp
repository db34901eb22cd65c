// SPDX-License-Identifier: MIT
#include "practice/routes/searchengine.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

/// What the text query looks at (hubspot-api 6.4).
const QList<PropertyKey> &textProperties(ObjectType type)
{
    const auto keys = [](ObjectType of, const QStringList &names) {
        QList<PropertyKey> list;
        for (const QString &name : names)
            list.append(PropertyKey(of, name));
        return list;
    };
    static const QList<PropertyKey> contacts =
        keys(ObjectType::Contact,
             {u"firstname"_s, u"lastname"_s, u"email"_s, u"phone"_s, u"hs_additional_emails"_s,
              u"fax"_s, u"mobilephone"_s, u"company"_s, u"hs_marketable_until_renewal"_s});
    static const QList<PropertyKey> companies =
        keys(ObjectType::Company, {u"website"_s, u"phone"_s, u"name"_s, u"domain"_s});
    return type == ObjectType::Contact ? contacts : companies;
}

bool isWordChar(QChar c)
{
    return c.isLetterOrNumber() || c.isMark() || c.isSurrogate();
}

/// Every word of the query begins (or lies in) a word of some text property.
bool matchesText(const PortalState &state, const SearchQuery &query, const RecordView &record)
{
    QString all;
    for (const PropertyKey &key : textProperties(query.type)) {
        const QString value = state.value(query.type, record, key);
        if (!value.isEmpty())
            all += u' ' + value.toLower();
    }
    for (const QString &word : query.text.split(u' ', Qt::SkipEmptyParts)) {
        bool found = false;
        for (qsizetype at = all.indexOf(word); at >= 0 && !found; at = all.indexOf(word, at + 1))
            found =
                at == 0 || !isWordChar(all[at - 1]) || state.options.switches.queryMatchesInside;
        if (!found)
            return false;
    }
    return true;
}

/// Text with "*" for any characters, against the whole of `value`. Steps back to the last star
/// only, so that no pattern is slow.
bool wildcardMatch(QStringView pattern, QStringView value)
{
    qsizetype p = 0;
    qsizetype v = 0;
    qsizetype star = -1;
    qsizetype resume = 0;
    while (v < value.size()) {
        if (p < pattern.size() && pattern[p] == u'*') {
            star = p++;
            resume = v;
        } else if (p < pattern.size() && pattern[p] == value[v]) {
            ++p;
            ++v;
        } else if (star >= 0) {
            p = star + 1;
            v = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == u'*')
        ++p;
    return p == pattern.size();
}

/// The value as a whole, or its words in a row, match the pattern (hubspot-api 6.2).
bool containsToken(const QString &pattern, const QString &value)
{
    const QString folded = value.toLower();
    if (wildcardMatch(pattern, folded))
        return true;
    const QStringList tokens = tokensOf(folded);
    const QStringList wanted = pattern.contains(u'*') ? QStringList {pattern} : tokensOf(pattern);
    if (wanted.isEmpty())
        return false;
    for (qsizetype i = 0; i + wanted.size() <= tokens.size(); ++i) {
        bool all = true;
        for (qsizetype k = 0; k < wanted.size() && all; ++k)
            all = wildcardMatch(wanted[k], tokens[i + k]);
        if (all)
            return true;
    }
    return false;
}

template <typename T>
bool compares(Operator op, const T &value, const QList<T> &wanted, bool excludesEnds)
{
    switch (op) {
    case Operator::Equal:
    case Operator::In:
        return wanted.contains(value);
    case Operator::NotEqual:
    case Operator::NotIn:
        return !wanted.contains(value);
    case Operator::Less:
        return value < wanted[0];
    case Operator::LessEqual:
        return value <= wanted[0];
    case Operator::Greater:
        return value > wanted[0];
    case Operator::GreaterEqual:
        return value >= wanted[0];
    case Operator::Between:
        if (excludesEnds)
            return value > wanted[0] && value < wanted[1];
        return value >= wanted[0] && value <= wanted[1];
    default:
        return false;
    }
}

std::optional<qint64> instantOf(const PortalState &state, ObjectType type, const RecordView &record,
                                const PropertyKey &key)
{
    if (key.computed == Computed::Created)
        return record.created();
    if (key.computed == Computed::Updated)
        return record.updated();
    return readInstant(state.value(type, record, key));
}

bool isLinked(const PortalState &state, const SearchQuery &query, const SearchFilter &filter,
              const RecordView &record)
{
    const QList<Link> links = state.associations.links(query.type, record.id(), filter.linkedTo);
    return std::any_of(links.begin(), links.end(),
                       [&](const Link &link) { return filter.integers.contains(link.to); });
}

bool matchesUnset(const Switches &switches, Operator op)
{
    switch (op) {
    case Operator::HasNot:
    case Operator::ContainsNotToken:
        return true;
    case Operator::NotEqual:
        return switches.neqFindsUnset;
    case Operator::NotIn:
        return switches.notInFindsUnset;
    default:
        return false;
    }
}

bool matchesNumber(const SearchFilter &filter, const QString &text, bool excludesEnds)
{
    bool isInteger = false;
    const qint64 integer = text.toLongLong(&isInteger);
    if (isInteger && filter.isInteger)
        return compares(filter.op, integer, filter.integers, excludesEnds);
    return compares(filter.op, text.toDouble(), filter.numbers, excludesEnds);
}

bool matchesFilter(const PortalState &state, const SearchQuery &query, const SearchFilter &filter,
                   const RecordView &record)
{
    const Switches &switches = state.options.switches;
    if (filter.comparison == Comparison::Linked)
        return isLinked(state, query, filter, record);
    if (filter.key.computed == Computed::ObjectId && filter.isInteger && !filter.integers.isEmpty()
        && filter.comparison == Comparison::Number)
        return compares(filter.op, record.id(), filter.integers, switches.betweenExcludesEnds);
    if (filter.comparison == Comparison::Instant && !filter.integers.isEmpty()) {
        const auto instant = instantOf(state, query.type, record, filter.key);
        return instant
            ? compares(filter.op, *instant, filter.integers, switches.betweenExcludesEnds)
            : matchesUnset(switches, filter.op);
    }
    const QString value = state.value(query.type, record, filter.key);
    if (value.isEmpty())
        return matchesUnset(switches, filter.op);
    switch (filter.op) {
    case Operator::Has:
        return true;
    case Operator::HasNot:
        return false;
    case Operator::ContainsToken:
        return containsToken(filter.texts[0], value);
    case Operator::ContainsNotToken:
        return !containsToken(filter.texts[0], value);
    default:
        break;
    }
    if (filter.comparison == Comparison::Number)
        return matchesNumber(filter, value, switches.betweenExcludesEnds);
    const QString compared = filter.comparison == Comparison::Text ? value.toLower() : value;
    return compares<QString>(filter.op, compared, filter.texts, switches.betweenExcludesEnds);
}

/// A record with its sort value, in whichever form it is compared.
struct Sortable
{
    qint64 id = 0;
    bool unset = false;
    double number = 0;
    QString text;
};

Sortable sortable(const PortalState &state, const SearchQuery &query, const RecordView &record)
{
    Sortable row;
    row.id = record.id();
    if (query.sortKey.computed == Computed::ObjectId)
        return row;
    if (query.sortAs == Comparison::Instant) {
        const auto instant = instantOf(state, query.type, record, query.sortKey);
        row.unset = !instant;
        row.number = static_cast<double>(instant.value_or(0));
        return row;
    }
    const QString value = state.value(query.type, record, query.sortKey);
    row.unset = value.isEmpty();
    if (query.sortAs == Comparison::Number)
        row.number = value.toDouble();
    else
        row.text = value.toLower();
    return row;
}

/// Unset values come last in both directions; equal ones by id.
bool comesBefore(const Sortable &a, const Sortable &b, bool descending)
{
    if (a.unset != b.unset)
        return b.unset;
    if (a.number != b.number)
        return descending ? a.number > b.number : a.number < b.number;
    if (const int order = QString::compare(a.text, b.text); order != 0)
        return descending ? order > 0 : order < 0;
    return descending ? a.id > b.id : a.id < b.id;
}

} // namespace

QStringList tokensOf(const QString &text)
{
    QStringList tokens;
    QString token;
    for (const QChar c : text) {
        if (isWordChar(c)) {
            token += c;
        } else if (!token.isEmpty()) {
            tokens.append(token.toLower());
            token.clear();
        }
    }
    if (!token.isEmpty())
        tokens.append(token.toLower());
    return tokens;
}

bool matches(const PortalState &state, const SearchQuery &query, const RecordView &record)
{
    if (!query.text.isEmpty() && !matchesText(state, query, record))
        return false;
    if (query.groups.isEmpty())
        return true;
    return std::any_of(query.groups.begin(), query.groups.end(), [&](const auto &group) {
        return std::all_of(group.begin(), group.end(), [&](const SearchFilter &filter) {
            return matchesFilter(state, query, filter, record);
        });
    });
}

SearchHits findHits(PortalState &state, const SearchQuery &query, const QByteArray &key)
{
    RecordStore &store = state.store(query.type);
    const std::array<quint64, 4> revisions {
        store.searchRevision(state.now()), state.associations.revision(),
        state.catalogue(query.type).revision(), static_cast<quint64>(query.type)};
    for (const SearchHits &known : std::as_const(state.searches)) {
        if (known.key == key && known.revisions == revisions)
            return known;
    }
    std::vector<Sortable> rows;
    store.forEachIndexed(state.now(), [&](const RecordView &record) {
        if (matches(state, query, record))
            rows.push_back(sortable(state, query, record));
    });
    // Rows come by id already.
    if (query.descending || query.sortKey.computed != Computed::ObjectId) {
        std::sort(rows.begin(), rows.end(), [&](const Sortable &a, const Sortable &b) {
            return comesBefore(a, b, query.descending);
        });
    }
    SearchHits hits {key, revisions, {}, static_cast<int>(rows.size())};
    const size_t reach =
        std::min(rows.size(), static_cast<size_t>(state.options.bounds.searchReach));
    for (size_t i = 0; i < reach; ++i)
        hits.ids.append(rows[i].id);
    state.searches.prepend(hits);
    state.searches.resize(std::min<qsizetype>(state.searches.size(), 8));
    return hits;
}

} // namespace hubkeeper::practice

// SPDX-License-Identifier: MIT
#include "connector/crestmatch.h"

#include "base/foldedtext.h"
#include "base/qtcompat.h"
#include "filter/filterlogic.h"
#include "portal/jsontext.h"
#include "portal/record.h"
#include "portal/samevalue.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

template <typename T>
int order(const T &a, const T &b)
{
    return a < b ? -1 : (b < a ? 1 : 0);
}

/// One item of a value as text; objects as JSON, so that a part of them can be looked for.
QString itemText(const QJsonValue &item)
{
    if (item.isObject())
        return QString::fromUtf8(QJsonDocument(item.toObject()).toJson(QJsonDocument::Compact));
    return textOf(item);
}

QStringList itemTexts(const QJsonValue &value)
{
    QStringList texts;
    if (!value.isArray()) {
        const QString text = itemText(value);
        return text.isEmpty() ? QStringList() : QStringList {text};
    }
    const QJsonArray array = value.toArray();
    for (const QJsonValue &item : array)
        texts.append(itemText(item));
    return texts;
}

/// Parts of texts, by letters; of what is exact, to the letter.
std::optional<bool> partMatches(const QString &op, ValueKind kind, const QString &item,
                                const QString &literal)
{
    const QString whole = kind == ValueKind::Exact ? item : foldedText(item);
    const QString part = kind == ValueKind::Exact ? literal : foldedText(literal);
    if (op == "co"_L1)
        return whole.contains(part);
    if (op == "sw"_L1)
        return whole.startsWith(part);
    if (op == "ew"_L1)
        return whole.endsWith(part);
    return std::nullopt;
}

/// Whether a word of the item is the literal, which may have a "*" at its ends. Words end at
/// blanks, and at everything that is neither letter nor digit.
bool hasWord(const QString &item, const QString &literal)
{
    QString word = foldedText(literal);
    const bool hasAnyStart = word.startsWith(u'*');
    const bool hasAnyEnd = word.endsWith(u'*');
    word.remove(u'*');
    const auto isIt = [&](const QString &token) {
        if (hasAnyStart && hasAnyEnd)
            return token.contains(word);
        if (hasAnyStart)
            return token.endsWith(word);
        return hasAnyEnd ? token.startsWith(word) : token == word;
    };
    static const QRegularExpression between(uR"([^\p{L}\p{N}]+)"_s);
    const QString text = foldedText(item);
    const QStringList tokens = text.split(u' ') + text.split(between);
    return std::any_of(tokens.cbegin(), tokens.cend(), isIt);
}

bool itemMatches(const CrestFilter &filter, ValueKind kind, const QString &item,
                 const QString &literal)
{
    if (const auto part = partMatches(filter.op, kind, item, literal))
        return *part;
    if (filter.op == "word"_L1)
        return hasWord(item, literal);
    if (filter.op == "eq"_L1 && kind == ValueKind::Id)
        return item == literal;
    const auto compared = compareAs(kind, item, literal);
    if (!compared)
        return false;
    return orderHolds(filter.op, *compared);
}

bool comparisonHolds(const CrestFilter &filter, const FieldValue &field)
{
    const QStringList items = itemTexts(field.value);
    const QString literal = textOf(filter.value);
    if (literal.isEmpty() && filter.op == "eq"_L1) // Nothing is stored as an empty text.
        return false;
    if (filter.op == "ca"_L1) {
        const auto cs = field.kind == ValueKind::Exact ? Qt::CaseSensitive : Qt::CaseInsensitive;
        return items.contains(literal, cs);
    }
    return std::any_of(items.cbegin(), items.cend(), [&](const QString &item) {
        return itemMatches(filter, field.kind, item, literal);
    });
}

} // namespace

std::optional<qint64> epochOf(ValueKind kind, const QString &text)
{
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (isNumber)
        return number;
    if (text.size() == 10) {
        const QDate day = QDate::fromString(text, Qt::ISODate);
        return day.isValid() ? std::optional(QDateTime(day, QTime(0, 0), utc).toMSecsSinceEpoch())
                             : std::nullopt;
    }
    if (kind == ValueKind::Day)
        return std::nullopt;
    QDateTime instant = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (instant.timeSpec() == Qt::LocalTime) // No zone given.
        instant = QDateTime(instant.date(), instant.time(), utc);
    return instant.isValid() ? std::optional(instant.toMSecsSinceEpoch()) : std::nullopt;
}

std::optional<int> compareAs(ValueKind kind, const QString &a, const QString &b)
{
    switch (kind) {
    case ValueKind::Text:
    case ValueKind::Boolean:
        return a.compare(b, Qt::CaseInsensitive);
    case ValueKind::Exact:
        return a.compare(b);
    case ValueKind::Number:
        return compareNumbers(a, b);
    case ValueKind::Id:
        return idLess(a, b) ? -1 : (idLess(b, a) ? 1 : 0);
    case ValueKind::Instant:
    case ValueKind::Day: {
        const auto left = epochOf(kind, a);
        const auto right = epochOf(kind, b);
        return left && right ? std::optional(order(*left, *right)) : std::nullopt;
    }
    }
    Q_UNREACHABLE();
}

bool matches(const CrestFilter &filter, const FieldReader &read)
{
    return filterHolds(filter, [&read](const CrestFilter &leaf) {
        const FieldValue field = read(leaf.pointer);
        return leaf.kind == CrestFilter::Present ? !itemTexts(field.value).isEmpty()
                                                 : comparisonHolds(leaf, field);
    });
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "repair/values/optionmatch.h"

#include "base/foldedtext.h"
#include "base/similarname.h"
#include "repair/repairtext.h"
#include "repair/values/spaces.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Signs between digits and before or after a number are of its meaning: 11-50, -1, 10+, A-.
QString withMeantSigns(QString text)
{
    static const QRegularExpression dash(u"[\u2010-\u2015\u2212\uFE63\uFF0D]"_s);
    text.replace(dash, u"-"_s);
    static const QRegularExpression range(u"(?<=\\d)\\s*-\\s*(?=\\d)"_s);
    text.replace(range, u"\uE000"_s);
    static const QRegularExpression minus(u"(?<![\\p{L}\\p{N}])-(?=\\d)|(?:(?<=\\p{N})|(?<=(?<!\\p{"
                                          u"L})\\p{L})|(?<=(?<!\\p{L})\\p{L}{2})"
                                          "|(?<=(?<!\\p{L})\\p{L}{3}))-(?![\\p{L}\\p{N}])"_s);
    text.replace(minus, u" minus "_s);
    static const QRegularExpression inside(u"(?<=\\d)([^\\p{L}\\p{N}\\s_+&\uE000])(?=\\d)"_s);
    text.replace(inside, u"\\1\uE001"_s); // Kept below.
    text.replace(u'+', u" plus "_s);
    text.replace(u'&', u" and "_s);
    return text;
}

/// What people mean by a text, without how they wrote it.
QString optionKey(const QString &text)
{
    QString key = foldedText(withMeantSigns(text.normalized(QString::NormalizationForm_KC)));
    static const QRegularExpression signs(
        u"(?!.\uE001)[^\\p{L}\\p{N}<>\u2264\u2265=~%\u20AC\u00A3\u00A5$#\uE000\uE001]+"_s);
    key.replace(signs, u" "_s);
    key.replace(QChar(0xE000), u'-');
    key.remove(QChar(0xE001));
    static const QRegularExpression beforeNumber(u"(?<=\\p{L})(?=\\d)"_s);
    key.replace(beforeNumber, u" "_s); // "Tier1"
    return key.simplified();
}

/// With umlauts as they are transcribed: "München" and "Muenchen" are the same then.
QString transcribedKey(const QString &text)
{
    QString key = text.normalized(QString::NormalizationForm_C).toLower();
    key.replace(u'\u00E4', u"ae"_s);
    key.replace(u'\u00F6', u"oe"_s);
    key.replace(u'\u00FC', u"ue"_s);
    key.replace(u'\u00F8', u"oe"_s);
    key.replace(u'\u00E5', u"aa"_s);
    key.replace(u'\u00E6', u"ae"_s);
    return optionKey(key);
}

/// Words that say something by each of their signs: numbers, and words of three letters or less.
bool isExactWord(const QString &word)
{
    return word.size() < 4
        || std::any_of(word.begin(), word.end(), [](QChar c) { return !c.isLetter(); });
}

/// Whether two keys may differ by slips of the keyboard only: in long words, not in numbers.
bool mayBeSlip(const QString &a, const QString &b)
{
    const QStringList words = a.split(u' ');
    const QStringList others = b.split(u' ');
    if (words.size() != others.size())
        return QString(a).remove(u' ') == QString(b).remove(u' ')
            && std::none_of(a.begin(), a.end(), [](QChar c) { return !c.isLetter() && c != u' '; });
    for (qsizetype i = 0; i < words.size(); ++i) {
        const bool isExact = isExactWord(words[i]) || isExactWord(others[i]);
        if (isExact && words[i] != others[i])
            return false;
    }
    return true;
}

/// One is the other with more before or after it, as in "unqualified" and "qualified", also where a
/// letter is wrong beside that.
bool isAddition(const QString &typed, const QString &key)
{
    const QString &longer = typed.size() >= key.size() ? typed : key;
    const QString &shorter = typed.size() >= key.size() ? key : typed;
    if (longer.endsWith(shorter))
        return longer.size() > shorter.size();
    for (const auto opposite : {"un"_L1, "in"_L1, "im"_L1, "ir"_L1, "il"_L1, "non"_L1, "dis"_L1,
                                "not"_L1, "no"_L1, "ex"_L1, "de"_L1}) {
        if (longer.startsWith(opposite) && !shorter.startsWith(opposite)
            && typingDistance(longer.mid(opposite.size()), shorter) < 2)
            return true;
    }
    if (!longer.startsWith(shorter) || longer.size() == shorter.size())
        return false;
    const bool isPlural = longer.endsWith(u's') || longer.back() == shorter.back();
    const bool mayBeSlip = typed.size() < key.size() || isPlural || shorter.size() > 6;
    return longer.size() > shorter.size() + 1 || !mayBeSlip;
}

bool isVowel(QChar c)
{
    return u"aeiouy"_s.contains(c);
}

/// Beside each other on the usual keyboards, QWERTY, QWERTZ and AZERTY.
bool areNeighbours(QChar a, QChar b)
{
    static const QStringList rows {u"qwertyuiop"_s, u"asdfghjkl"_s, u"zxcvbnm"_s,
                                   u"qwertzuiop"_s, u"yxcvbnm"_s,   u"azertyuiop"_s,
                                   u"qsdfghjklm"_s, u"wxcvbn"_s};
    for (qsizetype row = 0; row < rows.size(); ++row) {
        const qsizetype at = rows[row].indexOf(a);
        if (at < 0)
            continue;
        const qsizetype beside = rows[row].indexOf(b);
        if (beside >= 0 && std::abs(beside - at) == 1)
            return true;
    }
    return false;
}

/// Whether one word may well be another: "Otter" is not "Other", nor "Subscribed" a "Subscriber".
/// Letters in another's place are slips where vowels are confused or keys are neighbours, or where
/// it is one in the middle of a long word; never the first and the last.
bool isOtherWord(const QString &a, const QString &b)
{
    if (a.size() != b.size())
        return false;
    QList<qsizetype> differing;
    for (qsizetype i = 0; i < a.size(); ++i) {
        if (a[i] != b[i])
            differing.append(i);
    }
    const bool isSwap = differing.size() == 2 && differing[1] == differing[0] + 1
        && a[differing[0]] == b[differing[1]] && a[differing[1]] == b[differing[0]];
    if (isSwap)
        return false;
    if (differing.isEmpty() || differing.first() == 0 || differing.last() + 1 == a.size())
        return true;
    const bool areSlips = std::all_of(differing.begin(), differing.end(), [&](qsizetype at) {
        return (isVowel(a[at]) && isVowel(b[at])) || areNeighbours(a[at], b[at]);
    });
    return !areSlips && (differing.size() > 1 || a.size() < 7);
}

/// How many slips of the keyboard may be between a text and an option.
int toleranceFor(const QString &typed, const QString &key)
{
    const qsizetype length = std::min(typed.size(), key.size());
    const bool startsAlike = !typed.isEmpty() && !key.isEmpty() && typed[0] == key[0];
    if (length < 5 || (length < 7 && !startsAlike))
        return length == 4 && startsAlike && typed.size() != key.size() ? 1 : 0;
    return length < 8 || !startsAlike ? 1 : 2; // "Increase" is not "Decrease".
}

QString severalSentence(const QStringList &values)
{
    return RepairText::tr("Several options may be meant: %1.").arg(values.join(u", "_s));
}

} // namespace

OptionMatch::OptionMatch(QList<OptionChoice> options, bool isMultiple)
    : m_options(std::move(options))
    , m_isMultiple(isMultiple)
{
    for (const OptionChoice &option : m_options) {
        for (const QString &text : {option.value, option.label}) {
            add(optionKey(text), option.value);
            add(transcribedKey(text), option.value);
        }
    }
    addLetters();
}

/// "y" and "n" where the options are yes and no, or true and false.
void OptionMatch::addLetters()
{
    if (m_options.size() != 2)
        return;
    for (const auto &[yes, no] : {std::pair(u"yes"_s, u"no"_s), std::pair(u"true"_s, u"false"_s)}) {
        const QStringList positive = m_byKey.value(yes);
        const QStringList negative = m_byKey.value(no);
        if (positive.size() == 1 && negative.size() == 1) {
            add(u"y"_s, positive.first());
            add(u"n"_s, negative.first());
        }
    }
}

void OptionMatch::add(const QString &key, const QString &value)
{
    if (!key.isEmpty() && !m_byKey.value(key).contains(value))
        m_byKey[key].append(value);
}

RepairedValue OptionMatch::of(const QString &text) const
{
    const QString tidy = tidied(text);
    if (tidy.isEmpty())
        return RepairedValue::kept(text);
    if (m_options.isEmpty())
        return RepairedValue::doubtful(text, RepairText::tr("No options are known."));
    if (const auto known = written(tidy))
        return RepairedValue::made(text, *known);
    const bool isList = tidy.contains(u';')
        || (m_isMultiple && (tidy.contains(u',') || tidy.contains(u'|')) && !isWhole(tidy));
    if (isList && !m_isMultiple)
        return RepairedValue::doubtful(
            text, RepairText::tr("It has several options, and the property takes one."));
    if (isList)
        return list(text, tidy);
    const RepairedValue value = one(tidy);
    return value.outcome == RepairedValue::Doubtful
        ? RepairedValue::doubtful(text, value.reason, value.suggestion)
        : RepairedValue::made(text, value.value);
}

/// Several options. A semicolon at the beginning stays: HubSpot appends the rest then.
RepairedValue OptionMatch::list(const QString &text, const QString &tidy) const
{
    static const QRegularExpression semicolon(u"\\s*;\\s*"_s);
    static const QRegularExpression bar(u"\\s*\\|\\s*"_s);
    static const QRegularExpression comma(u"\\s*,\\s*"_s);
    const QRegularExpression &between = tidy.contains(u';') ? semicolon
        : tidy.contains(u'|')                               ? bar
                                                            : comma;
    QStringList values;
    for (const QString &part : tidy.split(between, Qt::SkipEmptyParts)) {
        const RepairedValue value = one(part);
        if (value.outcome == RepairedValue::Doubtful)
            return RepairedValue::doubtful(text, value.reason);
        if (!values.contains(value.value))
            values.append(value.value);
    }
    if (values.isEmpty())
        return RepairedValue::doubtful(text, RepairText::tr("It is none of the options."));
    const QString start = tidy.startsWith(u';') ? u";"_s : QString();
    return RepairedValue::made(text, start + values.join(u';'));
}

/// The option of which this is the value, or the label, to the letter.
std::optional<QString> OptionMatch::written(const QString &text) const
{
    QStringList labelled;
    for (const OptionChoice &option : m_options) {
        if (option.value == text)
            return text;
        if (option.label == text)
            labelled.append(option.value);
    }
    return labelled.size() == 1 ? std::optional(labelled.first()) : std::nullopt;
}

/// Whether an option has the same separators in its value or label: "Food, Beverages".
bool OptionMatch::isWhole(const QString &text) const
{
    const auto separators = [](const QString &of) { return of.count(u',') + of.count(u'|'); };
    return std::any_of(m_options.begin(), m_options.end(), [&](const OptionChoice &option) {
        for (const QString &own : {option.value, option.label}) {
            if (separators(own) == separators(text) && optionKey(own) == optionKey(text))
                return true;
        }
        return false;
    });
}

RepairedValue OptionMatch::one(const QString &text) const
{
    if (const auto known = written(text))
        return RepairedValue::made(text, *known);
    if (text.contains(u'?')) // Somebody was not sure.
        return RepairedValue::doubtful(text, RepairText::tr("It is none of the options."));
    QStringList found = m_byKey.value(optionKey(text));
    if (found.isEmpty())
        found = m_byKey.value(transcribedKey(text));
    if (found.size() == 1)
        return RepairedValue::made(text, found.first());
    return found.isEmpty() ? nearMiss(text) : RepairedValue::doubtful(text, severalSentence(found));
}

RepairedValue OptionMatch::nearMiss(const QString &text) const
{
    const QString typed = optionKey(text);
    const auto none = [&](const QString &suggestion = {}) {
        return RepairedValue::doubtful(text, RepairText::tr("It is none of the options."),
                                       suggestion);
    };
    QMap<int, QStringList> byDistance;
    bool isSafe = false;
    for (auto entry = m_byKey.begin(); entry != m_byKey.end(); ++entry) {
        if (!mayBeSlip(typed, entry.key())) // "Tier 1" never means "Tier 2".
            continue;
        const int distance = typingDistance(typed, entry.key());
        if (distance > 3)
            continue;
        const bool isSlip = distance <= toleranceFor(typed, entry.key())
            && !isAddition(typed, entry.key())
            && (distance == 0 || !isOtherWord(typed, entry.key()));
        if (byDistance.isEmpty() || distance < byDistance.firstKey())
            isSafe = isSlip;
        else if (distance == byDistance.firstKey())
            isSafe = isSafe && isSlip;
        for (const QString &value : entry.value()) {
            if (!byDistance[distance].contains(value))
                byDistance[distance].append(value);
        }
    }
    if (byDistance.isEmpty())
        return none();
    const int least = byDistance.firstKey();
    QStringList near = byDistance.first();
    for (const QString &value : byDistance.value(least + 1)) {
        if (!near.contains(value))
            near.append(value);
    }
    if (near.size() > 1)
        return isSafe ? RepairedValue::doubtful(text, severalSentence(near)) : none();
    if (isSafe)
        return RepairedValue::made(text, near.first());
    return none(suggestionFor(typed, near.first(), least));
}

/// Not for opposites, numbers and short words: there it would be worse than none.
QString OptionMatch::suggestionFor(const QString &typed, const QString &value, int distance) const
{
    if (typed.size() < 4
        || std::any_of(typed.begin(), typed.end(), [](QChar c) { return c.isDigit(); }))
        return {};
    for (auto entry = m_byKey.begin(); entry != m_byKey.end(); ++entry) {
        const QString &key = entry.key();
        if (!entry->contains(value) || typingDistance(typed, key) != distance)
            continue;
        if (key.size() < 4 || key[0] != typed[0] || isAddition(typed, key))
            return {};
        return distance == 1 || typed.size() > 7 ? value : QString();
    }
    return {};
}

Result<QList<OptionChoice>> optionsFromText(const QString &text)
{
    QList<OptionChoice> options;
    const QString trimmed = text.trimmed();
    if (trimmed.startsWith(u'[') || trimmed.startsWith(u'{')) {
        const QJsonDocument document = QJsonDocument::fromJson(trimmed.toUtf8());
        const QJsonArray list =
            document.isObject() ? document[u"options"].toArray() : document.array();
        for (const QJsonValue &entry : list) {
            const QString value = entry.isObject() ? entry[u"value"].toString() : entry.toString();
            options.append({value, entry.isObject() ? entry[u"label"].toString(value) : value});
        }
    } else {
        static const QRegularExpression between(u"[;\n\r]+"_s);
        for (const QString &entry : trimmed.split(between, Qt::SkipEmptyParts)) {
            const qsizetype equals = entry.indexOf(u'=');
            const QString value = entry.left(equals).trimmed();
            options.append({value, equals < 0 ? value : entry.mid(equals + 1).trimmed()});
        }
    }
    QSet<QString> values;
    for (const OptionChoice &option : std::as_const(options)) {
        if (option.value.isEmpty() || values.contains(option.value))
            return fail(
                ErrorKind::InvalidInput,
                option.value.isEmpty()
                    ? RepairText::tr("An option has no value.")
                    : RepairText::tr("The option \"%1\" is there twice.").arg(option.value));
        values.insert(option.value);
    }
    if (options.isEmpty())
        return fail(ErrorKind::InvalidInput, RepairText::tr("There are no options."),
                    RepairText::tr("Write value=Label;value=Label, or JSON as HubSpot has it."));
    return options;
}

} // namespace hubkeeper

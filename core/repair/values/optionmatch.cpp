// SPDX-License-Identifier: MIT
#include "repair/values/optionmatch.h"

#include "base/foldedtext.h"
#include "base/similarname.h"
#include "repair/repairtext.h"
#include "repair/values/spaces.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// What people mean by a text, without how they wrote it.
QString optionKey(const QString &text)
{
    QString key = text.normalized(QString::NormalizationForm_KC);
    key.replace(u'&', u" and "_s);
    key.replace(u'+', u" plus "_s);
    key = foldedText(key);
    static const QRegularExpression signs(u"[^\\p{L}\\p{N}<>=%\u20AC$#]+"_s);
    key.replace(signs, u" "_s);
    return key.trimmed();
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

QString digitsIn(const QString &text)
{
    QString digits;
    for (const QChar c : text) {
        if (c.isDigit() || c == u'<' || c == u'>')
            digits.append(c);
    }
    return digits;
}

/// One is the other with more before or after it, as in "unqualified" and "qualified".
bool isAddition(const QString &a, const QString &b)
{
    const QString &longer = a.size() >= b.size() ? a : b;
    const QString &shorter = a.size() >= b.size() ? b : a;
    if (longer.endsWith(shorter))
        return longer.size() > shorter.size();
    return longer.startsWith(shorter) && longer.size() > shorter.size() + 1;
}

/// How many slips of the keyboard may be between a text and an option.
int toleranceFor(const QString &typed, const QString &key)
{
    const qsizetype length = std::min(typed.size(), key.size());
    const bool startsAlike = !typed.isEmpty() && !key.isEmpty() && typed[0] == key[0];
    if (length < 5 || (length < 7 && !startsAlike))
        return length == 4 && startsAlike && typed.size() != key.size() ? 1 : 0;
    return length < 8 ? 1 : 2;
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
}

void OptionMatch::add(const QString &key, const QString &value)
{
    QStringList &values = m_byKey[key];
    if (!key.isEmpty() && !values.contains(value))
        values.append(value);
}

RepairedValue OptionMatch::of(const QString &text) const
{
    const QString tidy = tidied(text);
    if (tidy.isEmpty())
        return RepairedValue::kept(text);
    if (m_options.isEmpty())
        return RepairedValue::doubtful(text, RepairText::tr("No options are known."));
    const RepairedValue whole = one(tidy);
    const bool isList = tidy.contains(u';') || (m_isMultiple && tidy.contains(u','));
    if (whole.outcome != RepairedValue::Doubtful || !isList)
        return whole.outcome == RepairedValue::Doubtful
            ? RepairedValue::doubtful(text, whole.reason, whole.suggestion)
            : RepairedValue::made(text, whole.value);
    QStringList values;
    static const QRegularExpression semicolon(u"\\s*;\\s*"_s);
    static const QRegularExpression either(u"\\s*[;,]\\s*"_s);
    for (const QString &part :
         tidy.split(tidy.contains(u';') ? semicolon : either, Qt::SkipEmptyParts)) {
        const RepairedValue value = one(part);
        if (value.outcome == RepairedValue::Doubtful)
            return RepairedValue::doubtful(text, value.reason);
        if (!values.contains(value.value))
            values.append(value.value);
    }
    return RepairedValue::made(text, values.join(u';'));
}

RepairedValue OptionMatch::one(const QString &text) const
{
    QStringList labelled;
    for (const OptionChoice &option : m_options) {
        if (option.value == text)
            return RepairedValue::kept(text);
        if (option.label == text)
            labelled.append(option.value);
    }
    if (labelled.size() == 1)
        return RepairedValue::made(text, labelled.first());
    QStringList found = labelled.isEmpty() ? m_byKey.value(optionKey(text)) : labelled;
    if (found.isEmpty())
        found = m_byKey.value(transcribedKey(text));
    if (found.size() == 1)
        return RepairedValue::made(text, found.first());
    if (found.size() > 1)
        return RepairedValue::doubtful(
            text, RepairText::tr("Several options may be meant: %1.").arg(found.join(u", "_s)));
    return nearMiss(text);
}

RepairedValue OptionMatch::nearMiss(const QString &text) const
{
    const QString typed = optionKey(text);
    QStringList best;
    int least = 1000;
    int second = 1000;
    bool isSafe = false;
    for (auto entry = m_byKey.begin(); entry != m_byKey.end(); ++entry) {
        if (digitsIn(typed) != digitsIn(entry.key())) // "Tier 1" never means "Tier 2".
            continue;
        const int distance = typingDistance(typed, entry.key());
        const bool isSameOption = best == entry.value();
        if (distance < least) {
            second = isSameOption ? second : least;
            least = distance;
            best = entry.value();
            isSafe =
                distance <= toleranceFor(typed, entry.key()) && !isAddition(typed, entry.key());
        } else if (!isSameOption) {
            second = std::min(second, distance);
        }
    }
    if (isSafe && best.size() == 1 && second > least + 1)
        return RepairedValue::made(text, best.first());
    const bool isNear = best.size() == 1 && least <= 2 && second > least;
    return RepairedValue::doubtful(text, RepairText::tr("It is none of the options."),
                                   isNear ? best.first() : QString());
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

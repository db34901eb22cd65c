// SPDX-License-Identifier: MIT
#include "practice/state/fault.h"

#include <QJsonDocument>

#include <array>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr std::array<std::pair<FaultKind, const char *>, 24> kindNames {{
    {FaultKind::Delay, "delay"},
    {FaultKind::CloseBeforeWork, "closeBeforeWork"},
    {FaultKind::CloseAfterWork, "closeAfterWork"},
    {FaultKind::ResetBeforeWork, "resetBeforeWork"},
    {FaultKind::ResetAfterWork, "resetAfterWork"},
    {FaultKind::SilenceBeforeWork, "silenceBeforeWork"},
    {FaultKind::SilenceAfterWork, "silenceAfterWork"},
    {FaultKind::CutBody, "cutBody"},
    {FaultKind::BrokenJson, "brokenJson"},
    {FaultKind::SlowBody, "slowBody"},
    {FaultKind::EndlessBody, "endlessBody"},
    {FaultKind::WrongShape, "wrongShape"},
    {FaultKind::PlainText, "plainText"},
    {FaultKind::UnknownFields, "unknownFields"},
    {FaultKind::Status, "status"},
    {FaultKind::StatusAfterWork, "statusAfterWork"},
    {FaultKind::StatusJson, "statusJson"},
    {FaultKind::EmptyNotFound, "emptyNotFound"},
    {FaultKind::Locked, "locked"},
    {FaultKind::Moving, "moving"},
    {FaultKind::Unauthorized, "unauthorized"},
    {FaultKind::RateTenSecondly, "rateTenSecondly"},
    {FaultKind::RateSecondly, "rateSecondly"},
    {FaultKind::RateDaily, "rateDaily"},
}};

std::optional<FaultKind> kindNamed(QStringView name)
{
    for (const auto &[kind, text] : kindNames) {
        if (name == QLatin1StringView(text))
            return kind;
    }
    return std::nullopt;
}

Result<void> setNumber(int &target, const QString &key, const QJsonValue &value, int least,
                       int most)
{
    const qint64 number = value.toInteger(-2);
    if (!value.isDouble() || number < least || number > most)
        return fail(
            ErrorKind::InvalidInput,
            u"The fault's '%1' needs a number from %2 to %3."_s.arg(key).arg(least).arg(most));
    target = static_cast<int>(number);
    return {};
}

Result<void> setMember(Fault &fault, const QString &key, const QJsonValue &value)
{
    if (key == "nth"_L1)
        return setNumber(fault.nth, key, value, 1, 1'000'000'000);
    if (key == "times"_L1)
        return setNumber(fault.times, key, value, -1, 1'000'000'000);
    if (key == "status"_L1)
        return setNumber(fault.status, key, value, 200, 599);
    if (key == "pauseMs"_L1) {
        int pause = 0;
        auto set = setNumber(pause, key, value, 0, 86'400'000);
        fault.pause = std::chrono::milliseconds(pause);
        return set;
    }
    if (key == "method"_L1 && value.isString()) {
        fault.method = value.toString().toUpper().toLatin1();
        return {};
    }
    if (key == "path"_L1 && value.isString()) {
        fault.path.setPattern(value.toString());
        if (fault.path.isValid())
            return {};
        return fail(
            ErrorKind::InvalidInput,
            u"The fault's path is not a regular expression: %1."_s.arg(fault.path.errorString()));
    }
    return fail(ErrorKind::InvalidInput, u"A fault has no '%1' of that kind."_s.arg(key));
}

} // namespace

QString nameOf(FaultKind kind)
{
    for (const auto &[value, text] : kindNames) {
        if (value == kind)
            return QString::fromLatin1(text);
    }
    return {};
}

QStringList faultNames()
{
    QStringList names;
    for (const auto &[kind, text] : kindNames)
        names.append(QString::fromLatin1(text));
    return names;
}

Result<Fault> faultFromJson(const QJsonObject &json)
{
    Fault fault;
    const QString name = json.value("kind"_L1).toString();
    const auto kind = kindNamed(name);
    if (!kind)
        return fail(ErrorKind::InvalidInput, u"There is no fault named '%1'."_s.arg(name));
    fault.kind = *kind;
    for (auto it = json.begin(); it != json.end(); ++it) {
        if (it.key() == "kind"_L1)
            continue;
        if (auto set = setMember(fault, it.key(), it.value()); !set)
            return tl::unexpected(set.error());
    }
    return fault;
}

Result<Fault> faultFromText(QStringView text)
{
    if (text.trimmed().startsWith(u'{')) {
        QJsonParseError error;
        const auto document = QJsonDocument::fromJson(text.toUtf8(), &error);
        if (!document.isObject())
            return fail(ErrorKind::InvalidInput,
                        u"The fault is not valid JSON: %1."_s.arg(error.errorString()));
        return faultFromJson(document.object());
    }
    QJsonObject json;
    for (const QStringView part : text.split(u',')) {
        const qsizetype sign = part.indexOf(u'=');
        const QString key = part.left(sign).trimmed().toString();
        const QString value = part.mid(sign + 1).trimmed().toString();
        bool isNumber = false;
        const int number = value.toInt(&isNumber);
        if (sign < 0)
            json.insert("kind"_L1, value);
        else
            json.insert(key, isNumber ? QJsonValue(number) : QJsonValue(value));
    }
    return faultFromJson(json);
}

QList<qsizetype> FaultScript::unfired() const
{
    QList<qsizetype> places;
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].seen < m_rows[i].fault.nth)
            places.append(i);
    }
    return places;
}

std::optional<Fault> FaultScript::next(const Received &request)
{
    std::optional<Fault> due;
    for (Row &row : m_rows) {
        const Fault &fault = row.fault;
        if (!fault.method.isEmpty() && fault.method != request.method)
            continue;
        if (!fault.path.pattern().isEmpty()
            && !fault.path.match(QString::fromLatin1(request.path)).hasMatch())
            continue;
        ++row.seen;
        const bool isDue =
            row.seen >= fault.nth && (fault.times < 0 || row.seen < fault.nth + fault.times);
        if (isDue && !due)
            due = fault;
    }
    return due;
}

} // namespace hubkeeper::practice

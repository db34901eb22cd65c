// SPDX-License-Identifier: MIT
#include "reconcile/values/exactjson.h"

#include "reconcile/reconciletext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto mark = u"\uE000double";
constexpr auto markUtf8 = "\xEE\x80\x80"
                          "double";

bool isNumberCharacter(char c)
{
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/// Whether a number's text makes a double that is whole: 5.0, 1e3.
bool isWholeFraction(const QByteArray &number)
{
    if (!number.contains('.') && !number.contains('e') && !number.contains('E'))
        return false;
    bool isNumber = false;
    const double value = number.toDouble(&isNumber);
    return isNumber && std::isfinite(value) && std::floor(value) == value;
}

/// The text with marks in place of such numbers.
QByteArray marked(const QByteArray &json)
{
    QByteArray result;
    result.reserve(json.size());
    for (qsizetype i = 0; i < json.size();) {
        const qsizetype start = i;
        if (json[i] == '"') { // A text, to its end.
            for (++i; i < json.size() && json[i] != '"'; ++i)
                i += json[i] == '\\' ? 1 : 0;
            i = std::min(i + 1, json.size());
            result += json.sliced(start, i - start);
        } else if ((json[i] >= '0' && json[i] <= '9') || json[i] == '-') {
            while (i < json.size() && isNumberCharacter(json[i]))
                ++i;
            const QByteArray number = json.sliced(start, i - start);
            result += isWholeFraction(number) ? "{\"" + QByteArray(markUtf8) + "\":" + number + '}'
                                              : number;
        } else {
            result += json[i++];
        }
    }
    return result;
}

bool mayHaveMarks(const QByteArray &json)
{
    return json.contains(".0") || json.contains('e') || json.contains('E');
}

} // namespace

Result<QJsonValue> parseExactJson(const QByteArray &json)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return fail(ErrorKind::InvalidInput,
                    ReconcileText::tr("It is not JSON: %1 at character %2.")
                        .arg(error.errorString(), QString::number(error.offset)));
    const auto exact = mayHaveMarks(json) ? QJsonDocument::fromJson(marked(json)) : document;
    return exact.isArray() ? QJsonValue(exact.array()) : QJsonValue(exact.object());
}

bool isMarkedNumber(const QJsonValue &value)
{
    return value.isObject() && value.toObject().contains(QStringView(mark));
}

QJsonValue withoutMarks(const QJsonValue &value)
{
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        if (const auto it = object.constFind(QStringView(mark)); it != object.constEnd())
            return it.value();
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (it.value().isObject() || it.value().isArray())
                it.value() = withoutMarks(it.value());
        }
        return object;
    }
    if (!value.isArray())
        return value;
    QJsonArray array = value.toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        if (array.at(i).isObject() || array.at(i).isArray())
            array.replace(i, withoutMarks(array.at(i)));
    }
    return array;
}

} // namespace hubkeeper

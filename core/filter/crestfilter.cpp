// SPDX-License-Identifier: MIT
#include "filter/crestfilter.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

CrestFilter joined(CrestFilter::Kind kind, std::vector<CrestFilter> operands)
{
    if (operands.size() == 1)
        return std::move(operands.front());
    CrestFilter filter;
    filter.kind = kind;
    if (operands.empty())
        filter.kind = kind == CrestFilter::And ? CrestFilter::True : CrestFilter::False;
    filter.operands = std::move(operands);
    return filter;
}

QString pointerText(const QStringList &pointer)
{
    QStringList steps;
    for (const QString &step : pointer)
        steps.append(QString::fromLatin1(QUrl::toPercentEncoding(step, "-_.~@$:+")));
    return u'/' + steps.join(u'/');
}

QString valueText(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    if (value.isDouble()) {
        const QVariant number = value.toVariant();
        if (number.typeId() == QMetaType::LongLong)
            return QString::number(number.toLongLong());
        const QString text = QString::number(number.toDouble(), 'f', 17);
        return text;
    }
    QString text = value.toString();
    text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return u'"' + text + u'"';
}

} // namespace

CrestFilter CrestFilter::present(const QString &field)
{
    CrestFilter filter;
    filter.kind = Present;
    filter.pointer = {field};
    return filter;
}

CrestFilter CrestFilter::compare(const QString &field, const QString &op, const QJsonValue &value)
{
    CrestFilter filter;
    filter.kind = Compare;
    filter.pointer = {field};
    filter.op = op;
    filter.value = value;
    return filter;
}

CrestFilter CrestFilter::allOf(std::vector<CrestFilter> operands)
{
    return joined(And, std::move(operands));
}

CrestFilter CrestFilter::anyOf(std::vector<CrestFilter> operands)
{
    return joined(Or, std::move(operands));
}

CrestFilter CrestFilter::negated(CrestFilter operand)
{
    CrestFilter filter;
    filter.kind = Not;
    filter.operands.push_back(std::move(operand));
    return filter;
}

QString CrestFilter::toString() const
{
    const auto list = [this](const QString &word) {
        QStringList texts;
        for (const CrestFilter &operand : operands)
            texts.append(operand.toString());
        return u'(' + texts.join(word) + u')';
    };
    switch (kind) {
    case True:
        return u"true"_s;
    case False:
        return u"false"_s;
    case And:
        return list(u" and "_s);
    case Or:
        return list(u" or "_s);
    case Not:
        return u"! ("_s + operands.front().toString() + u')';
    case Present:
        return pointerText(pointer) + u" pr"_s;
    case Compare:
        return pointerText(pointer) + u' ' + op + u' ' + valueText(value);
    }
    Q_UNREACHABLE();
}

} // namespace hubkeeper

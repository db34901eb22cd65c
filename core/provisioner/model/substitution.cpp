// SPDX-License-Identifier: MIT
#include "provisioner/model/substitution.h"

#include "provisioner/text/jsontext.h"

#include <vector>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isJson(const QString &text, JsonKind kind)
{
    const JsonText json(text.toUtf8());
    return json.isValid() && json.node(json.root()).kind == kind;
}

bool isBase64(const QString &text)
{
    return QByteArray::fromBase64Encoding(text.toUtf8(), QByteArray::AbortOnBase64DecodingErrors)
               .decodingStatus
        == QByteArray::Base64DecodingStatus::Ok;
}

} // namespace

QStringView Substitution::name(QStringView text) const
{
    const qsizetype from = begin + 2;
    const qsizetype to = bar >= 0 ? bar : (isClosed ? end - 1 : end);
    return text.sliced(from, to - from);
}

QStringView Substitution::defaultText(QStringView text) const
{
    if (bar < 0)
        return {};
    return text.sliced(bar + 1, (isClosed ? end - 1 : end) - bar - 1);
}

QList<Substitution> substitutionsIn(QStringView text)
{
    QList<Substitution> found;
    std::vector<qsizetype> open; // Indexes into `found`.
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool begins = c == u'&' && i + 1 < text.size() && text[i + 1] == u'{';
        if (begins && found.size() < mostSubstitutions) {
            open.push_back(found.size());
            found.append({i, -1, text.size(), false, int(open.size()) - 1});
            ++i;
        } else if (!open.empty() && c == u'|') {
            Substitution &inner = found[open.back()];
            if (inner.bar < 0)
                inner.bar = i;
        } else if (!open.empty() && c == u'}') {
            found[open.back()].end = i + 1;
            found[open.back()].isClosed = true;
            open.pop_back();
        }
    }
    return found;
}

const QStringList &coercionNames()
{
    static const QStringList names {u"$int"_s,   u"$bool"_s,   u"$number"_s, u"$list"_s,
                                    u"$array"_s, u"$object"_s, u"$string"_s, u"$base64:decode"_s};
    return names;
}

std::optional<Coercion> coercionFrom(QStringView key)
{
    for (qsizetype i = 0; i < coercionNames().size(); ++i) {
        if (key == coercionNames()[i])
            return Coercion(i);
    }
    return {};
}

QString nameOf(Coercion coercion)
{
    return coercionNames()[qsizetype(coercion)];
}

bool isCoercible(Coercion coercion, const QString &text)
{
    bool isGood = true;
    switch (coercion) {
    case Coercion::Int:
        (void)text.toLongLong(&isGood);
        return isGood;
    case Coercion::Number:
        (void)text.toDouble(&isGood);
        return isGood;
    case Coercion::Array:
        return isJson(text, JsonKind::Array);
    case Coercion::Object:
        return isJson(text, JsonKind::Object);
    case Coercion::Base64Decode:
        return isBase64(text);
    case Coercion::Bool:
    case Coercion::List:
    case Coercion::String:
        return true;
    }
    Q_UNREACHABLE();
}

} // namespace hubkeeper

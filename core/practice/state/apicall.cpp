// SPDX-License-Identifier: MIT
#include "practice/state/apicall.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

std::optional<ApiVersion> versionNamed(const QString &text)
{
    if (text == "v1"_L1)
        return ApiVersion::V1;
    if (text == "v3"_L1)
        return ApiVersion::V3;
    if (text == "v4"_L1)
        return ApiVersion::V4;
    if (text == "2026-03"_L1)
        return ApiVersion::March2026;
    if (text == "2026-09"_L1)
        return ApiVersion::September2026;
    return std::nullopt;
}

/// Where the version may be: after the family, or after the area (hubspot-api 2.3).
bool isPlaceOfVersion(const QStringList &path, int place)
{
    return place < path.size() && versionNamed(path[place]).has_value();
}

bool isAssociations(const QStringList &path)
{
    return path.contains("associations"_L1);
}

/// v4 knows associations only, v3 all but those of one record, v1 OAuth and additional addresses.
bool suits(ApiVersion version, const QStringList &path)
{
    const bool isCrm = path.first() == "crm"_L1;
    switch (version) {
    case ApiVersion::V1:
        return path.first() == "oauth"_L1 || path.contains("secondary-email"_L1);
    case ApiVersion::V4:
        return isCrm && isAssociations(path);
    case ApiVersion::V3:
        return !isCrm || !isAssociations(path) || path.value(1) == "limits"_L1
            || path.value(1) == "associations"_L1;
    default:
        return true;
    }
}

} // namespace

QString ApiCall::param(QLatin1StringView name) const
{
    for (const auto &[key, value] : query) {
        if (key == name)
            return value;
    }
    return {};
}

QStringList ApiCall::listParam(QLatin1StringView name) const
{
    QStringList list;
    for (const auto &[key, value] : query) {
        if (key != name)
            continue;
        for (const QString &part : value.split(u',', Qt::SkipEmptyParts))
            list.append(part.trimmed());
    }
    list.removeDuplicates();
    return list;
}

QList<std::pair<QString, QString>> decodedFields(const QByteArray &text)
{
    QList<std::pair<QString, QString>> fields;
    for (const QByteArray &part : text.split('&')) {
        if (part.isEmpty())
            continue;
        const qsizetype sign = part.indexOf('=');
        const auto decoded = [](QByteArray raw) {
            return QString::fromUtf8(QByteArray::fromPercentEncoding(raw.replace('+', ' ')));
        };
        fields.emplaceBack(decoded(sign < 0 ? part : part.left(sign)),
                           sign < 0 ? QString() : decoded(part.mid(sign + 1)));
    }
    return fields;
}

std::optional<ApiCall> takenApart(const Received &request)
{
    ApiCall call;
    call.wire = request;
    for (const QByteArray &segment : request.path.split('/')) {
        if (!segment.isEmpty())
            call.path.append(QString::fromUtf8(QByteArray::fromPercentEncoding(segment)));
    }
    if (call.path.isEmpty())
        return std::nullopt;
    const bool isCrm = call.path.first() == "crm"_L1;
    const int place = isPlaceOfVersion(call.path, 1) ? 1 : 2;
    if (!isPlaceOfVersion(call.path, place) || (place == 2 && !isCrm))
        return std::nullopt;
    call.version = *versionNamed(call.path.takeAt(place));
    // Legacy versions come before the family, dated ones after it; for labels the sources
    // differ, so both are served.
    const bool isLabels = call.path.value(1) == "associations"_L1;
    if (isCrm && call.isDated() != (place == 2) && !(call.version == ApiVersion::V4 && isLabels))
        return std::nullopt;
    if (!suits(call.version, call.path))
        return std::nullopt;
    call.query = decodedFields(request.query);
    return call;
}

Outcome<ObjectType> typeArgument(const ApiCall &call, int index)
{
    const QString name = call.args.value(index);
    if (const auto type = typeNamed(name))
        return *type;
    return refuse(invalid(u"Unable to infer object type from: %1"_s.arg(name)));
}

Outcome<int> numberParam(const ApiCall &call, QLatin1StringView name, int fallback, int most)
{
    const QString text = call.param(name);
    if (text.isEmpty())
        return fallback;
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (!isNumber || number < 0)
        return refuse(
            invalid(u"Invalid value for '%1': '%2' is not a whole number"_s.arg(name, text)));
    if (number > most)
        return refuse(invalid(
            u"The maximum value of '%1' is %2, but %3 was asked for"_s.arg(name).arg(most).arg(
                number)));
    return number;
}

} // namespace hubkeeper::practice

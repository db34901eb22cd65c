// SPDX-License-Identifier: MIT
#include "changes/set/errorjson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

ErrorKind kindFrom(const QString &name)
{
    for (int i = 0; i <= static_cast<int>(ErrorKind::NoKeychain); ++i) {
        const auto kind = static_cast<ErrorKind>(i);
        if (nameOf(kind) == name)
            return kind;
    }
    return ErrorKind::BadReply;
}

} // namespace

QJsonObject errorToJson(const Error &error)
{
    QJsonArray fields;
    for (const FieldFault &field : error.fields) {
        fields.append(QJsonObject {{u"property"_s, field.property},
                                   {u"code"_s, field.code},
                                   {u"message"_s, field.message}});
    }
    return {{u"kind"_s, nameOf(error.kind)},     {u"what"_s, error.what},
            {u"remedy"_s, error.remedy},         {u"httpStatus"_s, error.httpStatus},
            {u"category"_s, error.category},     {u"correlationId"_s, error.correlationId},
            {u"existingId"_s, error.existingId}, {u"fields"_s, fields}};
}

Error errorFromJson(const QJsonObject &json)
{
    Error error;
    error.kind = kindFrom(json.value("kind"_L1).toString());
    error.what = json.value("what"_L1).toString();
    error.remedy = json.value("remedy"_L1).toString();
    error.httpStatus = json.value("httpStatus"_L1).toInt();
    error.category = json.value("category"_L1).toString();
    error.correlationId = json.value("correlationId"_L1).toString();
    error.existingId = json.value("existingId"_L1).toString();
    const QJsonArray fields = json.value("fields"_L1).toArray();
    for (const QJsonValue &field : fields) {
        error.fields.append({field.toObject().value("property"_L1).toString(),
                             field.toObject().value("code"_L1).toString(),
                             field.toObject().value("message"_L1).toString()});
    }
    return error;
}

} // namespace hubkeeper

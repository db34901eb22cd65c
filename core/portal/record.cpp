// SPDX-License-Identifier: MIT
#include "portal/record.h"

#include "portal/portaltext.h"
#include "portal/recordjson.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

Result<Record> parseRecord(const QByteArray &json)
{
    simdjson::dom::parser parser;
    const auto reply = parseObject(parser, json, PortalText::tr("a record"));
    if (!reply)
        return tl::unexpected(reply.error());
    return recordFrom(*reply);
}

Result<RecordPage> parseRecordPage(const QByteArray &json)
{
    simdjson::dom::parser parser;
    const auto reply = parseObject(parser, json, u"records"_s);
    if (!reply)
        return tl::unexpected(reply.error());
    auto records = recordsFrom(*reply);
    if (!records)
        return tl::unexpected(records.error());

    RecordPage page;
    page.records = std::move(*records);
    simdjson::dom::object next;
    if (!reply->at_pointer("/paging/next").get(next))
        page.after = memberText(next, "after");
    bool isNumber = false;
    const qint64 total = memberText(*reply, "total").toLongLong(&isNumber);
    if (isNumber)
        page.total = total;
    return page;
}

Record answering(Record record, const QString &askedId)
{
    if (!askedId.isEmpty() && askedId != record.id)
        record.mergedId = askedId;
    return record;
}

Error mergedAway(const QString &id, const QString &survivor)
{
    Error error =
        fail(ErrorKind::Conflict, PortalText::tr("%1 was merged into %2.").arg(id, survivor),
             PortalText::tr("Name %1 if that one is meant.").arg(survivor))
            .value();
    error.existingId = survivor;
    return error;
}

bool idLess(const QString &a, const QString &b)
{
    bool aIsNumber = false;
    bool bIsNumber = false;
    const quint64 left = a.toULongLong(&aIsNumber);
    const quint64 right = b.toULongLong(&bIsNumber);
    if (aIsNumber && bIsNumber && left != right)
        return left < right;
    if (aIsNumber != bIsNumber)
        return aIsNumber; // Numbers before texts, so that the order stays total.
    return a < b;
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "portal/batch.h"

#include "portal/access/errorfrom.h"
#include "portal/portaltext.h"
#include "portal/recordjson.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

namespace dom = simdjson::dom;

/// The status HubSpot gives the same failure outside a batch (hubspot-api 11), so that
/// errorFrom() reads both alike.
int statusFor(const QString &category)
{
    if (category == "OBJECT_NOT_FOUND"_L1)
        return 404;
    if (category == "CONFLICT"_L1 || category == "OBJECT_ALREADY_EXISTS"_L1)
        return 409;
    if (category == "MISSING_SCOPES"_L1 || category == "USER_DOES_NOT_HAVE_PERMISSIONS"_L1)
        return 403;
    if (category == "RATE_LIMITS"_L1)
        return 429;
    return 400;
}

/// One entry of `errors`; it may stand for many rows (hubspot-api 5).
struct BatchFault
{
    Error error;
    QStringList traceIds;
    QStringList ids;

    [[nodiscard]] bool namesRows() const { return !traceIds.isEmpty() || !ids.isEmpty(); }
    [[nodiscard]] bool names(const BatchInput &input) const
    {
        return (!input.traceId.isEmpty() && traceIds.contains(input.traceId))
            || (!input.id.isEmpty() && ids.contains(input.id, Qt::CaseInsensitive));
    }
};

QList<BatchFault> faultsFrom(const dom::object &reply)
{
    QList<BatchFault> faults;
    dom::array errors;
    if (reply["errors"].get(errors))
        return faults;
    for (const dom::element entry : errors) {
        dom::object members;
        if (entry.get(members))
            continue;
        HttpReply asReply;
        asReply.status = statusFor(memberText(members, "category"));
        asReply.body = QByteArray::fromStdString(simdjson::minify(entry));
        BatchFault fault {errorFrom(asReply), {}, {}};
        dom::object context;
        if (!members["context"].get(context)) {
            fault.traceIds = memberTexts(context, "objectWriteTraceId");
            fault.ids = memberTexts(context, "ids") + memberTexts(context, "id");
        }
        faults.append(std::move(fault));
    }
    return faults;
}

struct Written
{
    Record record;
    QString traceId;

    [[nodiscard]] bool answers(const BatchInput &input) const
    {
        if (!traceId.isEmpty() && !input.traceId.isEmpty())
            return traceId == input.traceId;
        if (input.id.isEmpty())
            return false;
        if (input.idProperty.isEmpty())
            return record.id == input.id;
        return record.text(input.idProperty).compare(input.id, Qt::CaseInsensitive) == 0;
    }
};

Result<QList<Written>> writtenFrom(const dom::object &reply)
{
    QList<Written> all;
    dom::array results;
    if (reply["results"].get(results))
        return fail(ErrorKind::BadReply,
                    PortalText::tr("The portal's reply for a batch has no list of "
                                   "results."));
    for (const dom::element entry : results) {
        dom::object members;
        if (entry.get(members))
            return fail(ErrorKind::BadReply,
                        PortalText::tr("A record in the portal's reply is not an object."));
        auto record = recordFrom(members);
        if (!record)
            return tl::unexpected(record.error());
        all.append({std::move(*record), memberText(members, "objectWriteTraceId")});
    }
    return all;
}

BatchOutcome outcomeFor(const BatchInput &input, QList<Written> &written,
                        const QList<BatchFault> &faults)
{
    BatchOutcome outcome;
    outcome.traceId = input.traceId;
    const auto found = std::find_if(written.begin(), written.end(),
                                    [&](const Written &one) { return one.answers(input); });
    if (found != written.end()) {
        outcome.record = std::move(found->record);
        written.erase(found);
        return outcome;
    }
    const auto fault = std::find_if(faults.cbegin(), faults.cend(),
                                    [&](const BatchFault &one) { return one.names(input); });
    if (fault != faults.cend())
        outcome.record = tl::unexpected(fault->error);
    else
        outcome.record =
            fail(ErrorKind::OutcomeUnknown,
                 PortalText::tr("The portal's reply does not mention this row."),
                 PortalText::tr("Read the record again before sending the change once more."));
    return outcome;
}

/// A fault that names no row belongs to the only row without an answer, if there is only one.
void placeNamelessFault(QList<BatchOutcome> &outcomes, const QList<BatchFault> &faults)
{
    const auto isUnknown = [](const BatchOutcome &outcome) {
        return !outcome.record && outcome.record.error().kind == ErrorKind::OutcomeUnknown;
    };
    const auto fault = std::find_if(faults.cbegin(), faults.cend(),
                                    [](const BatchFault &one) { return !one.namesRows(); });
    if (fault == faults.cend() || std::count_if(outcomes.cbegin(), outcomes.cend(), isUnknown) != 1)
        return;
    std::find_if(outcomes.begin(), outcomes.end(), isUnknown)->record =
        tl::unexpected(fault->error);
}

} // namespace

Result<QList<BatchOutcome>> parseBatchReply(const QByteArray &json, const QList<BatchInput> &inputs)
{
    dom::parser parser;
    const auto reply = parseObject(parser, json, PortalText::tr("a batch"));
    if (!reply)
        return tl::unexpected(reply.error());
    auto written = writtenFrom(*reply);
    if (!written)
        return tl::unexpected(written.error());

    const QList<BatchFault> faults = faultsFrom(*reply);
    QList<BatchOutcome> outcomes;
    outcomes.reserve(inputs.size());
    for (const BatchInput &input : inputs)
        outcomes.append(outcomeFor(input, *written, faults));
    placeNamelessFault(outcomes, faults);
    return outcomes;
}

Result<BatchReadOutcome> parseBatchRead(const QByteArray &json, const QStringList &ids)
{
    dom::parser parser;
    const auto reply = parseObject(parser, json, PortalText::tr("a batch"));
    if (!reply)
        return tl::unexpected(reply.error());
    auto records = recordsFrom(*reply);
    if (!records)
        return tl::unexpected(records.error());

    QSet<QString> found;
    QHash<QString, QString> survivors;
    for (const Record &record : std::as_const(*records)) {
        found.insert(record.id);
        const QStringList merged = record.text(mergedIdsProperty).split(u';', Qt::SkipEmptyParts);
        for (const QString &id : merged) // Ids merged away still answer (hubspot-api 4.6).
            survivors.insert(id, record.id);
    }
    BatchReadOutcome outcome;
    outcome.records = std::move(*records);
    for (const QString &id : ids) {
        if (found.contains(id))
            continue;
        if (const QString survivor = survivors.value(id); !survivor.isEmpty())
            outcome.survivors.insert(id, survivor);
        else
            outcome.missing.append(id);
    }
    return outcome;
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "duplicateportal.h"

#include "counttext.h"
#include "searchexport.h"
#include "session/reading/browserecords.h"
#include "session/workbench/findorphans.h"
#include "session/workbench/findrecordduplicates.h"
#include "textcolumns.h"
#include "waiting.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

Result<RowOrder> readRecords(Session &session, const BrowseQuery &query, RecordSet &set,
                             Services &services)
{
    auto *browse = browseRecords(session, query, set, &services.calls);
    showRecordProgress(*browse, u"read"_s, services.output);
    const auto read = waitFor(static_cast<Call<BrowseSummary> *>(browse), services.interrupt);
    if (!read)
        return tl::unexpected(read.error());
    return waitFor(set.order({}, &services.calls), services.interrupt);
}

} // namespace

Result<PortalDuplicates> duplicatesInPortal(const ConnectOptions &connect, ObjectType type,
                                            const QString &rules, double threshold,
                                            Services &services)
{
    const auto session = openFor(connect, services, SessionUse::Read);
    if (!session)
        return tl::unexpected(session.error());
    const auto definitions =
        waitFor((*session)->definitions(type, false, &services.calls), services.interrupt);
    if (!definitions)
        return tl::unexpected(definitions.error());
    QStringList defined;
    for (const PropertyDefinition &definition : *definitions)
        defined.append(definition.name);
    BrowseQuery query;
    query.type = type;
    query.properties = comparedProperties(type, defined).headers;
    const auto set = RecordSet::create((*session)->recordFolder(), type, query.properties);
    if (!set)
        return tl::unexpected(set.error());
    const auto rows = readRecords(**session, query, **set, services);
    if (!rows)
        return tl::unexpected(rows.error());
    using Found = std::shared_ptr<const RecordDuplicates>;
    auto *find =
        new FindRecordDuplicates(**session, **set, *rows, rules, threshold, &services.calls);
    const auto found = waitFor(static_cast<Call<Found> *>(find), services.interrupt);
    if (!found)
        return tl::unexpected(found.error());
    PortalDuplicates portal;
    portal.table.columns = (*found)->columns;
    portal.table.records = (*found)->records;
    for (const QString &id : (*found)->ids)
        portal.table.ids.push_back(id.toStdString());
    portal.found = (*found)->found;
    return portal;
}

int runOrphans(const ConnectOptions &connect, Services &services)
{
    Output &output = services.output;
    const auto session = openFor(connect, services, SessionUse::Read);
    if (!session)
        return output.failure(session.error());
    auto *find = new FindOrphans((*session)->portal(), &services.calls);
    showRecordProgress(*find, u"read"_s, output);
    const auto found = waitFor(static_cast<Call<Orphans> *>(find), services.interrupt);
    if (!found)
        return output.failure(found.error());
    if (output.json) {
        QJsonArray contacts;
        for (const OrphanedContact &contact : found->contacts)
            contacts.append(QJsonObject {{u"id"_s, contact.id},
                                         {u"email"_s, contact.email},
                                         {u"companyId"_s, contact.companyId},
                                         {u"companyName"_s, contact.companyName},
                                         {u"domain"_s, contact.domain}});
        QJsonArray companies;
        for (const OrphanedCompany &company : found->companies)
            companies.append(QJsonObject {
                {u"id"_s, company.id}, {u"name"_s, company.name}, {u"domain"_s, company.domain}});
        output.result(QJsonObject {{u"contacts"_s, contacts},
                                   {u"companies"_s, companies},
                                   {u"contactsWithoutCompany"_s, found->contactsWithoutCompany}});
        return Done;
    }
    QList<QStringList> lines {{u"CONTACT"_s, u"EMAIL"_s, u"COMPANY"_s, u"NAME"_s}};
    for (const OrphanedContact &contact : found->contacts)
        lines.append({contact.id, printable(contact.email), contact.companyId,
                      printable(contact.companyName)});
    if (lines.size() > 1)
        output.table(lines);
    lines = {{u"COMPANY"_s, u"DOMAIN"_s, u"NAME"_s}};
    for (const OrphanedCompany &company : found->companies)
        lines.append({company.id, printable(company.domain), printable(company.name)});
    if (lines.size() > 1)
        output.table(lines);
    output.line(
        u"%1 without a company, %2 of them with the domain of one; %3 without contacts"_s.arg(
            countText(found->contactsWithoutCompany, "contact"_L1, "contacts"_L1),
            QString::number(found->contacts.size()),
            countText(found->companies.size(), "company"_L1, "companies"_L1)));
    return Done;
}

} // namespace hubkeeper::cli

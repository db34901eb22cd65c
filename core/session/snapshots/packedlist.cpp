// SPDX-License-Identifier: MIT
#include "session/snapshots/packedlist.h"

#include "portal/requests.h"

namespace hubkeeper {

namespace {

/// Each page has a reader of its own: pages are parsed on several threads.
auto parserFor(std::shared_ptr<const PackedColumns> columns)
{
    return [columns = std::move(columns)](const QByteArray &json) {
        return PackedPageReader(*columns).read(json);
    };
}

QStringList idsOfPage(const PackedPage &page)
{
    QStringList ids;
    for (const PackedRecord &record : page.records)
        ids.append(QString::number(record.id));
    return ids;
}

} // namespace

PackedList::PackedList(PortalReader &portal, ObjectType type,
                       std::shared_ptr<const PackedColumns> columns, const QString &after,
                       QObject *parent)
    : Call(parent)
{
    RestClient &client = portal.client();
    cancelWith(client.lifetime());
    const ApiPaths paths(portal.version());
    ListOptions options;
    options.after = after;
    options.properties = columns->names();
    const HttpRequest whole = listRequest(paths, type, options);
    if (fitsUrl(whole)) {
        then(client.fetchAs<PackedPage>(whole, parserFor(columns), this),
             [this](const PackedPage &page) { complete(page); });
        return;
    }
    options.properties.clear();
    then(client.fetchAs<PackedPage>(listRequest(paths, type, options), parserFor(columns), this),
         [this, &portal, type, columns](const PackedPage &page) {
             if (page.records.empty())
                 return complete(page);
             m_page.after = page.after;
             then(packedBatch(portal, type, columns, idsOfPage(page), this),
                  [this](const PackedPage &batch) {
                      m_page.records = batch.records;
                      std::sort(m_page.records.begin(), m_page.records.end(),
                                [](const auto &a, const auto &b) { return a.id < b.id; });
                      complete(std::move(m_page));
                  });
         });
}

Call<PackedPage> *packedBatch(PortalReader &portal, ObjectType type,
                              std::shared_ptr<const PackedColumns> columns, const QStringList &ids,
                              QObject *parent)
{
    const HttpRequest request =
        batchReadRequest(ApiPaths(portal.version()), type, ids, {columns->names(), {}, {}, false});
    return portal.client().fetchAs<PackedPage>(request, parserFor(std::move(columns)), parent);
}

} // namespace hubkeeper

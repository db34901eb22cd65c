// SPDX-License-Identifier: MIT
#pragma once

#include "portal/portalreader.h"

namespace hubkeeper {

/// A page whose records are completed with more properties than a URL or a search body holds: the
/// page first, then batch reads of 100. Records that are gone by then are left out.
class WidePage final : public Call<RecordPage>
{
public:
    /// Takes `page` as its child.
    WidePage(RestClient &client, const ApiPaths &paths, ObjectType type, Call<RecordPage> *page,
             ReadOptions options, QObject *parent);

private:
    void readFrom(qsizetype first);

    RestClient &m_client;
    const ApiPaths m_paths;
    const ObjectType m_type;
    const ReadOptions m_options;
    RecordPage m_page;
    QHash<QString, QHash<QString, QString>> m_properties; // By record id.
};

/// The one record of a page; NotFound if the page is empty.
class OnlyRecord final : public Call<Record>
{
public:
    /// Takes `page` as its child. `id` is for the error; `askedId` as in answering().
    OnlyRecord(Call<RecordPage> *page, const QString &id, const QString &askedId, QObject *parent);
};

} // namespace hubkeeper

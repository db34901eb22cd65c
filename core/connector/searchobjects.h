// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "connector/connectorcontext.h"
#include "connector/filtertranslation.h"
#include "connector/pagecookie.h"
#include "connector/recordstream.h"

namespace hubkeeper {

/// Search: finds what HubSpot can find, filters the rest here, and delivers in the order of ids,
/// or sorted. Sorting needs all matches at once and is refused beyond mostSorted.
class SearchObjects final : public Call<SearchResult>
{
public:
    static constexpr int mostSorted = 10'000;

    SearchObjects(ConnectorContext &context, ObjectClass objectClass, CrestFilter filter,
                  SearchOptions options, QObject *parent);

private:
    void onSchema(const Schema &schema);
    [[nodiscard]] std::optional<Error> refusal() const;
    [[nodiscard]] std::optional<Error> faultOfLiterals(const CrestFilter &filter) const;
    void loadDefinitions();
    void loadAccount();
    void run();

    void runRecords();
    void runAll(const SearchPlan &plan);
    void readNext();
    void readOwners(const QString &after);
    void readDefinitionObjects();
    void deliverAll(QList<ConnectorObject> objects);

    /// Filters, skips, delivers. False: enough.
    bool accept(ConnectorObject object, const QString &after);
    bool deliver(ConnectorObject object);
    void finishStream(bool more);
    void finishSorted();
    [[nodiscard]] bool isSorted() const { return !m_options.sortKeys.isEmpty(); }
    [[nodiscard]] bool sortsBefore(const ConnectorObject &a, const ConnectorObject &b) const;
    [[nodiscard]] bool isMatch(const ConnectorObject &object) const;
    [[nodiscard]] FieldValue fieldValue(const ConnectorObject &object, const QString &field) const;
    [[nodiscard]] SearchField searchField(const QString &field) const;
    [[nodiscard]] ValueKind kindOf(const AttributeInfo &info) const;
    [[nodiscard]] const PropertyDefinition *definitionOf(const QString &property) const;

    ConnectorContext &m_context;
    const ObjectClass m_class;
    CrestFilter m_filter;
    const SearchOptions m_options;
    ObjectClassInfo m_info;
    QList<AttributeInfo> m_wanted; // Asked for by the caller.
    QList<AttributeInfo> m_needed; // Those, and what filter and order need.
    QHash<QString, PropertyDefinition> m_definitions;
    AccountDetails m_account;
    QString m_key; // Tells this search from others, for the cookie.
    PageCookie m_start;
    PageCookie m_place; // Of the last object delivered.
    bool m_exact = false;
    bool m_readsAll = false; // By SearchOptions::readAll.
    QList<QList<QList<SearchFilter>>> m_toRead; // By it, one after the other.
    bool m_mayRepeat = false; // Several searches may find the same record.
    QSet<QString> m_seen;
    qint64 m_skipped = 0;
    QList<Owner> m_owners;
    QList<ConnectorObject> m_toSort;
    std::optional<Error> m_overflow;
    bool m_stopped = false; // By the handler.
    SearchResult m_result;
};

} // namespace hubkeeper

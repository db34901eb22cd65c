// SPDX-License-Identifier: MIT
#include "idm/preview/storelinks.h"

#include "idm/preview/previewcall.h"
#include "reconcile/overlay/memorylinks.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto selected = "SELECT id, type, qualifier, firstId, secondId, isNew FROM link ";

std::string query(const char *where)
{
    return std::string(selected) + where;
}

SyncLink linkAt(SQLite::Statement &statement)
{
    return {textAt(statement, 0), textAt(statement, 1), textAt(statement, 2), textAt(statement, 3),
            textAt(statement, 4)};
}

} // namespace

StoreLinks::StoreLinks(SQLite::Database &work)
    : m_work(work)
    , m_byFirst(work, query("WHERE type = ? AND qualifier = ? AND firstId = ?"))
    , m_bySecond(work, query("WHERE type = ? AND qualifier = ? AND secondId = ?"))
    , m_put(work, "INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?, ?)")
{
}

void StoreLinks::put(const SyncLink &link, bool isNew)
{
    bindText(m_put, 1, link.id);
    bindText(m_put, 2, link.type);
    bindText(m_put, 3, link.qualifier);
    bindText(m_put, 4, link.firstId);
    bindText(m_put, 5, link.secondId);
    m_put.bind(6, isNew ? 1 : 0);
    m_put.exec();
    m_put.reset();
}

void StoreLinks::add(const SyncLink &link)
{
    put(link, false);
}

std::optional<SyncLink> StoreLinks::found(SQLite::Statement &statement, const QStringList &values)
{
    for (qsizetype i = 0; i < values.size(); ++i)
        bindText(statement, int(i + 1), values[i]);
    std::optional<SyncLink> link;
    if (statement.executeStep())
        link = linkAt(statement);
    statement.reset();
    return link;
}

void StoreLinks::visit(const std::function<void(const SyncLink &, bool)> &visit)
{
    SQLite::Statement all(m_work, query("ORDER BY rowid"));
    while (all.executeStep())
        visit(linkAt(all), all.getColumn(5).getInt() != 0);
}

bool StoreLinks::isEnd(const QString &type, const QString &id, bool first)
{
    SQLite::Statement any(
        m_work,
        query(first ? "WHERE type = ? AND firstId = ?" : "WHERE type = ? AND secondId = ?"));
    return found(any, {type, id}).has_value();
}

std::optional<SyncLink> StoreLinks::findByFirst(const QString &type, const QString &qualifier,
                                                const QString &id)
{
    return found(m_byFirst, {type, qualifier, id});
}

std::optional<SyncLink> StoreLinks::findBySecond(const QString &type, const QString &qualifier,
                                                 const QString &id)
{
    return found(m_bySecond, {type, qualifier, id});
}

QList<SyncLink> StoreLinks::links(const QString &type, const QString &qualifier)
{
    QList<SyncLink> links;
    SQLite::Statement some(m_work, query("WHERE type = ? AND qualifier = ? ORDER BY rowid"));
    bindText(some, 1, type);
    bindText(some, 2, qualifier);
    while (some.executeStep())
        links.append(linkAt(some));
    return links;
}

std::optional<SyncLink> StoreLinks::findHalf(const QString &type, const QString &qualifier,
                                             bool withoutFirst)
{
    SQLite::Statement half(m_work,
                           query(withoutFirst
                                     ? "WHERE type = ? AND qualifier = ? AND firstId IS NULL"
                                     : "WHERE type = ? AND qualifier = ? AND secondId IS NULL"));
    return found(half, {type, qualifier});
}

std::optional<ObjectFault> StoreLinks::refusal(const SyncLink &link)
{
    const auto isOther = [&](const std::optional<SyncLink> &other) {
        return other && other->id != link.id;
    };
    const bool refused =
        (!link.firstId.isNull() && isOther(findByFirst(link.type, link.qualifier, link.firstId)))
        || (!link.secondId.isNull()
            && isOther(findBySecond(link.type, link.qualifier, link.secondId)));
    return refused ? std::optional(secondLinkRefused(link)) : std::nullopt;
}

Answer<SyncLink> StoreLinks::create(const SyncLink &link)
{
    SyncLink made = link;
    made.id = u"new-link-%1"_s.arg(++m_made);
    if (auto fault = refusal(made))
        return tl::unexpected(std::move(*fault));
    put(made, true);
    return made;
}

Answer<SyncLink> StoreLinks::update(const SyncLink &link)
{
    if (auto fault = refusal(link))
        return tl::unexpected(std::move(*fault));
    put(link, true);
    return link;
}

Answer<void> StoreLinks::remove(const SyncLink &link)
{
    SQLite::Statement remove(m_work, "DELETE FROM link WHERE id = ?");
    bindText(remove, 1, link.id);
    remove.exec();
    return {};
}

} // namespace hubkeeper

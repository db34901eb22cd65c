// SPDX-License-Identifier: MIT
#pragma once

#include "portal/portalwriter.h"
#include "practicesession.h"
#include "session/reading/linkedrecords.h"
#include "session/workbench/importtable.h"
#include "session/writing/applychanges.h"

#include <QTest>

namespace hubkeeper::test {

using namespace Qt::StringLiterals;

/// Tables with columns that name associated records, on a practice portal over real sockets.
class ImportLinkRig : public QObject
{
protected:
    void start() { m_rig = std::make_unique<PracticeSession>(); }
    void stop() { m_rig.reset(); }
    [[nodiscard]] ImportRequest request(const QByteArray &csv, ObjectType type) const;
    [[nodiscard]] ImportedTable import(const QByteArray &csv,
                                       ObjectType type = ObjectType::Contacts);
    [[nodiscard]] QString make(ObjectType type, const QHash<QString, QString> &properties);
    [[nodiscard]] QString company(const QString &domain)
    {
        return make(ObjectType::Companies, {{u"domain"_s, domain}, {u"name"_s, domain}});
    }
    [[nodiscard]] QStringList linked(ObjectType type, const QString &id, ObjectType other);
    /// Type ids of the associations of a contact with a company, sorted.
    [[nodiscard]] QList<int> kinds(const QString &contact, const QString &company);
    [[nodiscard]] int apply();
    [[nodiscard]] QList<RowChange> links() const;
    [[nodiscard]] static std::vector<ImportedRow> rowsOf(const ImportedTable &table)
    {
        return table.rows ? table.rows->read(0, 1'000).value_or(std::vector<ImportedRow>())
                          : std::vector<ImportedRow>();
    }

    std::unique_ptr<PracticeSession> m_rig;
    QObject m_calls;
};

inline ImportRequest ImportLinkRig::request(const QByteArray &csv, ObjectType type) const
{
    ImportRequest request;
    request.path = m_rig->folder.filePath(u"table.csv"_s);
    request.type = type;
    QFile file(request.path);
    if (!file.open(QIODevice::WriteOnly) || file.write(csv) != csv.size())
        qFatal("cannot write the table");
    return request;
}

inline ImportedTable ImportLinkRig::import(const QByteArray &csv, ObjectType type)
{
    const auto imported =
        outcomeOf(importTable(*m_rig->session, request(csv, type), &m_calls), 20'000);
    if (!imported || !*imported) {
        qWarning("%s", imported ? qUtf8Printable(imported->error().sentence()) : "time-out");
        return {};
    }
    return **imported;
}

inline QString ImportLinkRig::make(ObjectType type, const QHash<QString, QString> &properties)
{
    PortalWriter writer(m_rig->session->portal().client(), m_rig->session->portal().version());
    const auto made = outcomeOf(writer.create(type, properties, &m_calls));
    return made && *made ? (*made)->id : QString();
}

inline QStringList ImportLinkRig::linked(ObjectType type, const QString &id, ObjectType other)
{
    auto *call = new ReadLinkedRecords(m_rig->session->portal(), {type, id}, other, 100, &m_calls);
    const auto found = outcomeOf(static_cast<Call<LinkedRecords> *>(call));
    QStringList ids;
    if (found && *found) {
        for (const LinkedRecord &one : (*found)->records)
            ids.append(one.record.id);
    }
    ids.sort();
    return ids;
}

inline QList<int> ImportLinkRig::kinds(const QString &contact, const QString &company)
{
    auto *call = new ReadLinkedRecords(m_rig->session->portal(), {ObjectType::Contacts, contact},
                                       ObjectType::Companies, 100, &m_calls);
    const auto found = outcomeOf(static_cast<Call<LinkedRecords> *>(call));
    QList<int> ids;
    if (found && *found) {
        for (const LinkedRecord &one : (*found)->records) {
            if (one.record.id != company)
                continue;
            for (const AssociationKind &kind : one.link.kinds)
                ids.append(kind.typeId);
        }
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

/// Gives how many rows were written.
inline int ImportLinkRig::apply()
{
    RunOptions options;
    options.reviewed = true;
    options.confirmed = true;
    const auto run = outcomeOf(applyChanges(*m_rig->session, options, &m_calls), 20'000);
    if (!run || !*run)
        return -1;
    m_rig->session->changes().removeApplied();
    return (*run)->applied;
}

inline QList<RowChange> ImportLinkRig::links() const
{
    QList<RowChange> list;
    for (const RowChange &row : m_rig->session->changes().rows()) {
        if (row.subject == RowSubject::Association)
            list.append(row);
    }
    return list;
}

} // namespace hubkeeper::test

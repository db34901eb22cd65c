// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/readimport.h"

namespace hubkeeper {

/// All records of a type that a row's record shall be associated with: the others are let go.
struct WholeLinks
{
    size_t row = 0; ///< Place in PortionDecisions::rows.
    RecordReference record;
    ObjectType type = ObjectType::Companies;
    QString name; ///< What people call the record.
    QStringList named; ///< Ids.
};

/// What becomes of rows, before it is known which associations are there.
struct PortionDecisions
{
    std::vector<DecidedRow> rows;
    std::vector<qint64> differing; ///< Read-only cells, by column.
    QList<LinkOrder> orders;
    std::vector<size_t> rowOfOrder; ///< Place in `rows` of each order.
    std::vector<WholeLinks> whole;
};

/// Some rows of an import on their way: which records they find is asked, what becomes of them is
/// decided and goes back into the file. Gives how many of their read-only cells differ from what
/// records have, by column.
///
/// Asks the portal for the records of the rows, for those they shall be associated with, and for
/// the associations that are there, of which those are removed that the rows do not name, where the
/// request says so. Fails as these reads do, and with Storage. The session must
/// outlive the call.
class DecidePortion final : public Call<std::vector<qint64>>
{
public:
    DecidePortion(Session &session, const ReadImport &read, std::vector<OpenRow> rows,
                  QObject *parent);

private:
    void match();
    void ask(const MatchKey &key, const QStringList &texts, const QStringList &properties,
             const std::function<void(const FoundRecords &)> &take);
    void onAnswer();
    void decide();
    void readOthers(const PortionDecisions &decisions);
    void onPresent();
    void planLinks();
    void store(const QList<PlannedLink> &links);

    Session &m_session;
    const std::shared_ptr<const RowPlan> m_plan;
    const std::shared_ptr<ImportFile> m_file;
    const ImportedLinks::Kinds m_linkKinds;
    const std::vector<OpenRow> m_rows;
    FoundRecords m_found;
    std::vector<FoundRecords> m_linked; // By the columns of associated records.
    std::array<AssociationsById, allObjectTypes.size()> m_present; // By the type of the other end.
    PortionDecisions m_decisions;
    int m_waiting = 1; // Calls under way, and the asking itself.
};

} // namespace hubkeeper

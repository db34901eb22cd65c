// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "portal/objecttype.h"

#include <QObject>

#include <memory>

namespace hubkeeper {

class RecordsQuery;
class RecordTable;
class RecordTableModel;
class Session;

/// Brings a record of a grid into view: one that somebody asked for, wherever it is, and the
/// current one again after other rows came.
class RecordJump final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    RecordJump(ObjectType type, RecordsQuery &query, RecordTable &table, QObject *parent);

    /// Null for none; forgets what was asked for.
    void setSession(std::shared_ptr<Session> session);
    /// By id, or a contact by its e-mail address: at once, after reading it, or once the first
    /// records are there.
    void goTo(const QString &key);
    /// For what could not be gone to before: a reading has ended.
    void goToWanted();
    /// Shows what is wanted if the grid has it now.
    [[nodiscard]] bool showWanted();

    /// Notes the current record and where it is on the screen, before other rows come.
    void remember();
    void forget() { m_place = {}; }
    void returnToPlace();

signals:
    /// Somebody wants to see another record: what was said of the one before is over.
    void started();
    /// The record is in none of the rows that the filter leaves.
    void filterInTheWay();
    void failed(const hubkeeper::Error &error);

private:
    struct Spot
    {
        QString id; // Empty: none is remembered.
        int column = 0;
        int below = 0; // Rows between the top of the view and it.
    };

    [[nodiscard]] RecordTableModel *model() const;
    void show(int row);
    void read(const QString &key);

    const ObjectType m_type;
    RecordsQuery &m_query;
    RecordTable &m_table;
    std::shared_ptr<Session> m_session;
    QString m_wanted;
    Spot m_place;
};

} // namespace hubkeeper

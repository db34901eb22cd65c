// SPDX-License-Identifier: MIT
#pragma once

#include "records/export/exportdialog.h"
#include "session/workbench/exportrecords.h"

namespace hubkeeper {

class MessageBar;
class RecordTable;
class RecordTableModel;
class Session;

/// Exports records of a page: opens the dialog, then reads and writes. One export at a time.
class RecordsExport final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    RecordsExport(ObjectType type, const PropertyNames &names, RecordTable &table,
                  MessageBar &message, QWidget *window);
    ~RecordsExport() override;

    /// Null for none; what is under way ends.
    void setSession(std::shared_ptr<Session> session);
    [[nodiscard]] QAction *action() const { return m_action; }
    /// What the page shows, as far as the grid does not know it: whether a search, a filter or
    /// a reading that was not finished leaves something of the portal out, and what it has.
    void setExtent(bool isWhole, qint64 total);

signals:
    void started(hubkeeper::CallBase *call, const QString &what);
    void statusMessage(const QString &text);

private:
    void ask();
    void begin(const ExportDialog &dialog);
    void readEverything(const ExportPlan &plan);
    void write(RecordSet &set, std::vector<qint64> rows, const ExportPlan &plan);
    void finish(const Result<ExportOutcome> &outcome);
    void showFailure(const Error &error);
    [[nodiscard]] RecordTableModel *model() const;

    const ObjectType m_type;
    const PropertyNames &m_names;
    RecordTable &m_table;
    MessageBar &m_message;
    QWidget *m_window;
    QAction *m_action;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<RecordSet> m_read; // Of an export of everything.
    std::unique_ptr<QObject> m_work; // After the set, so that it goes before.
    QPointer<CallBase> m_underWay;
    bool m_isWhole = false;
    qint64 m_total = -1;
};

} // namespace hubkeeper

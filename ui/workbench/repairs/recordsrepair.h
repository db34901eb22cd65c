// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QPointer>

#include <memory>

class QAction;

namespace hubkeeper {

class RecordsPage;
class RepairDialog;
class Session;

/// Repairs of the records of a page: the action, and the dialog. One dialog a page.
class RecordsRepair final : public QObject
{
    Q_OBJECT

public:
    /// The page must outlive it and gets the action.
    explicit RecordsRepair(RecordsPage &page);
    ~RecordsRepair() override;

    /// Null for none; the dialog closes.
    void setSession(std::shared_ptr<Session> session);
    [[nodiscard]] QAction *action() const { return m_action; }
    [[nodiscard]] RepairDialog *dialog() const; ///< Null: it is not open.

private:
    void open();

    RecordsPage &m_page;
    QAction *m_action;
    std::shared_ptr<Session> m_session;
    QPointer<RepairDialog> m_dialog;
};

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QPointer>

#include <memory>

class QAction;

namespace hubkeeper {

class RecordsPage;
class RecordsRepair;
class ReportDialog;
class Session;
class Settings;

/// The validation report on the records of a page: the action, and the dialog. One dialog a page.
class RecordsReport final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; the page gets the action, the repair what is to be repaired.
    RecordsReport(RecordsPage &page, RecordsRepair &repair, Settings &settings);
    ~RecordsReport() override;

    /// Null for none; the dialog closes.
    void setSession(std::shared_ptr<Session> session);
    [[nodiscard]] QAction *action() const { return m_action; }
    [[nodiscard]] ReportDialog *dialog() const; ///< Null: it is not open.

private:
    void open();

    RecordsPage &m_page;
    RecordsRepair &m_repair;
    Settings &m_settings;
    QAction *m_action;
    std::shared_ptr<Session> m_session;
    QPointer<ReportDialog> m_dialog;
};

} // namespace hubkeeper

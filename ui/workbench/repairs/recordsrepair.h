// SPDX-License-Identifier: MIT
#pragma once

#include "workbench/subject/recordssubject.h"

#include <QObject>

#include <memory>

class QAction;

namespace hubkeeper {

class RepairDialog;
class Session;
class Settings;
struct RepairPreset;

/// Repairs of the records of a page: the action, and the dialog. One dialog a page.
class RecordsRepair final : public QObject
{
    Q_OBJECT

public:
    /// Page and settings must outlive it; the page gets the action.
    RecordsRepair(RecordsPage &page, Settings &settings);
    ~RecordsRepair() override;

    /// Null for none; the dialog closes.
    void setSession(std::shared_ptr<Session> session);
    [[nodiscard]] QAction *action() const { return m_action; }
    [[nodiscard]] RepairDialog *dialog() const; ///< Null: it is not open.
    /// Opens the dialog anew, for these store rows of the page's records.
    void repair(const RepairPreset &preset, const std::vector<qint64> &rows);

private:
    void open();
    void open(RecordsSubject subject);

    RecordsPage &m_page;
    Settings &m_settings;
    QAction *m_action;
    std::shared_ptr<Session> m_session;
    QPointer<RepairDialog> m_dialog;
};

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QPointer>

#include <memory>

class QAction;

namespace hubkeeper {

class AsOfDialog;
class RecordsPage;
class Session;

/// Values of a moment for the records of a page: the action, and the dialog. One dialog a page.
class RecordsAsOf final : public QObject
{
    Q_OBJECT

public:
    /// The page must outlive it and gets the action.
    explicit RecordsAsOf(RecordsPage &page);
    ~RecordsAsOf() override;

    /// Null for none; the dialog closes.
    void setSession(std::shared_ptr<Session> session);
    [[nodiscard]] QAction *action() const { return m_action; }
    [[nodiscard]] AsOfDialog *dialog() const; ///< Null: it is not open.

private:
    void open();

    RecordsPage &m_page;
    QAction *m_action;
    std::shared_ptr<Session> m_session;
    QPointer<AsOfDialog> m_dialog;
};

} // namespace hubkeeper

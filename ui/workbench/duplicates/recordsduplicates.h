// SPDX-License-Identifier: MIT
#pragma once

#include "portal/objecttype.h"

#include <QObject>
#include <QPointer>

#include <memory>

class QAction;

namespace hubkeeper {

class DuplicatesDialog;
class RecordsPage;
class Session;

/// Duplicates among what a page of records shows: its action, and one dialog a page.
class RecordsDuplicates final : public QObject
{
    Q_OBJECT

public:
    /// The page must outlive it; it gets the action.
    RecordsDuplicates(ObjectType type, RecordsPage &page);
    ~RecordsDuplicates() override;

    /// Null for none; the dialog closes.
    void setSession(std::shared_ptr<Session> session);
    [[nodiscard]] QAction *action() const { return m_action; }

private:
    void open();

    const ObjectType m_type;
    RecordsPage &m_page;
    QAction *m_action;
    std::shared_ptr<Session> m_session;
    QPointer<DuplicatesDialog> m_dialog;
};

} // namespace hubkeeper

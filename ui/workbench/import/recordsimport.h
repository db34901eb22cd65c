// SPDX-License-Identifier: MIT
#pragma once

#include "portal/objecttype.h"
#include "widgets/place.h"
#include "workbench/import/importsource.h"

#include <QObject>
#include <QPointer>

class QAction;

namespace hubkeeper {

class ImportDialog;
class Masking;
class RecordsPage;
class Session;
class Settings;

/// Import into the records of a page: its actions, and files that are dropped onto it. One dialog
/// a page.
class RecordsImport final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it. The page gets the actions.
    RecordsImport(ObjectType type, RecordsPage &page, const Masking &masking, Settings &settings);
    ~RecordsImport() override;

    /// Null for none; the dialog closes.
    void setSession(std::shared_ptr<Session> session);
    [[nodiscard]] QAction *importAction() const { return m_import; }
    [[nodiscard]] QAction *pasteAction() const { return m_paste; }
    void importFile(const QString &path);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void askForFile();
    void pasteClipboard();
    void open(const ImportSource &source);

    const ObjectType m_type;
    RecordsPage &m_page;
    const Masking &m_masking;
    Settings &m_settings;
    QAction *m_import;
    QAction *m_paste;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work;
    QPointer<ImportDialog> m_dialog;
    QString m_folder; // Of the last file.
};

/// Whether a file may be a table, by the ending of its name.
[[nodiscard]] bool isTableFile(const QString &path);

} // namespace hubkeeper

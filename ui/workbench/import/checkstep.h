// SPDX-License-Identifier: MIT
#pragma once

#include "records/values/propertynames.h"
#include "session/workbench/importresult.h"

#include <QWidget>

class QPushButton;
class QTableView;
class QTreeWidget;
class QTreeWidgetItem;

namespace hubkeeper {

class CallBar;
class CheckedRowsModel;
class MessageBar;
class Session;
class WrappedLabel;
struct CheckedFilter;

/// The last step of an import: every row is checked against the portal, and what would become of it
/// is shown before anything is staged.
class CheckStep final : public QWidget
{
    Q_OBJECT

public:
    /// Both must outlive it.
    CheckStep(Session &session, const PropertyNames &names, QWidget *parent);
    ~CheckStep() override;

    /// Begins; what was checked before is forgotten. `sourceName` is what people call the table.
    void check(const ImportRequest &request, const QString &sourceName);
    /// Forgets what was checked, and stops what is being checked.
    void clear();
    /// Null until the check is over.
    [[nodiscard]] const std::shared_ptr<const CheckedImport> &checked() const { return m_checked; }
    [[nodiscard]] bool isBusy() const { return m_underWay; }
    /// Puts it into the change set; staged() when it is there.
    void stage();
    void takeFocus();

signals:
    void changed();
    /// So many records are staged; labels of those that had to be left out.
    void staged(int records, const QStringList &left);
    void statusMessage(const QString &text);

private:
    void build();
    void onChecked(const Result<std::shared_ptr<const CheckedImport>> &checked);
    void showChecked();
    void showGroups(const Result<std::vector<RefusalCount>> &refusals);
    void showRows(const QTreeWidgetItem *group);
    void save(ResultRows rows);
    void write(const QString &path, ResultRows rows);

    Session &m_session;
    const PropertyNames &m_names;
    ImportRequest m_request;
    QString m_sourceName;
    std::shared_ptr<const CheckedImport> m_checked;
    bool m_underWay = false;
    std::unique_ptr<QObject> m_work; // Parent of every call.

    CheckedRowsModel *m_model;
    MessageBar *m_message;
    WrappedLabel *m_summary;
    QTreeWidget *m_groups;
    QTableView *m_table;
    QPushButton *m_again;
    QPushButton *m_saveRefused;
    QPushButton *m_saveResult;
    CallBar *m_progress;
};

} // namespace hubkeeper

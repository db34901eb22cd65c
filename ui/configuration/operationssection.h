// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/formsection.h"
#include "configuration/operationsmodel.h"

class QAction;
class QTableView;

namespace hubkeeper {

/// A section of the form over one OperationsModel: a table edited in place, Delete resets the
/// selected operations.
class OperationsSection final : public FormSection
{
    Q_OBJECT

public:
    OperationsSection(QString title, const QString &introduction, const QString &pointer,
                      const QList<OperationColumn> &columns, QWidget *parent);

    [[nodiscard]] QTableView *table() const { return m_table; }
    [[nodiscard]] OperationsModel *model() const { return m_model; }

    void showValues() override;
    bool showField(const QString &pointer) override;

protected:
    void onDocument(Document *document) override;
    QList<Finding> placed(const QList<Finding> &findings) override;

private:
    void build(const QList<OperationColumn> &columns);
    void addAction(QAction *action, const QKeySequence &keys);
    [[nodiscard]] QList<int> selectedRows() const;
    void updateActions();
    void clearSelected();
    void setSelected(const OperationColumn &column, int number);
    void showCurrentInText();

    OperationsModel *m_model;
    QTableView *m_table;
    QAction *m_clear;
    QAction *m_set = nullptr; // Only where a value can be given to several at once.
    QAction *m_text;
};

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/form/formsection.h"
#include "configuration/form/timeoutsmodel.h"

class QAction;
class QTableView;

namespace hubkeeper {

/// How long operations may take: a table edited in place, Delete resets the selected operations.
class TimeOutsSection final : public FormSection
{
    Q_OBJECT

public:
    explicit TimeOutsSection(QWidget *parent);

    [[nodiscard]] QTableView *table() const { return m_table; }
    [[nodiscard]] TimeOutsModel *model() const { return m_model; }

    void showValues() override;
    bool showField(const QString &pointer) override;

protected:
    void onDocument(Document *document) override;
    QList<Finding> placed(const QList<Finding> &findings) override;

private:
    void build();
    void addAction(QAction *action, const QKeySequence &keys);
    [[nodiscard]] QList<int> selectedRows() const;
    void updateActions();
    void clearSelected();
    void setSelected();
    void showCurrentInText();

    TimeOutsModel *m_model;
    QTableView *m_table;
    QAction *m_clear;
    QAction *m_set;
    QAction *m_text;
};

} // namespace hubkeeper

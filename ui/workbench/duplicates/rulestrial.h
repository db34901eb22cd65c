// SPDX-License-Identifier: MIT
#pragma once

#include "duplicates/finding/tryrules.h"
#include "session/workbench/findrecordduplicates.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTreeWidget;

namespace hubkeeper {

/// Rules for duplicates as text, and what each would do with the records that were compared last:
/// how many pairs it has, and some of them.
class RulesTrial final : public QWidget
{
    Q_OBJECT

public:
    explicit RulesTrial(QWidget *parent);
    ~RulesTrial() override;

    [[nodiscard]] QString text() const;
    /// What rules are tried on; null: nothing yet.
    void setFound(std::shared_ptr<const RecordDuplicates> found);

private:
    void tryThem();
    void showTried(const Result<std::vector<TriedRule>> &tried);

    std::shared_ptr<const RecordDuplicates> m_found;
    std::unique_ptr<QObject> m_work;
    QPlainTextEdit *m_text;
    QPushButton *m_try;
    QLabel *m_fault;
    QTreeWidget *m_results;
};

} // namespace hubkeeper

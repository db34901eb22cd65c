// SPDX-License-Identifier: MIT
#pragma once

#include "session/connections/testhistory.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace hubkeeper {

/// The past tests of a connection as a row of marks, oldest first, with a sentence that says the
/// same. Hidden while there is none.
class HistoryStrip final : public QWidget
{
    Q_OBJECT

public:
    static constexpr qsizetype mostMarks = 24;

    explicit HistoryStrip(QWidget *parent);

    void setTests(const QList<PastTest> &tests);

protected:
    void changeEvent(QEvent *event) override;

private:
    void drawMarks();

    QList<PastTest> m_tests;
    QLabel *m_sentence;
    QHBoxLayout *m_marks;
};

} // namespace hubkeeper

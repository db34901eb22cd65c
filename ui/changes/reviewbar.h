// SPDX-License-Identifier: MIT
#pragma once

#include "changes/review/reviewfilter.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace hubkeeper {

/// Which of the staged changes are shown: a text, a state, a verb.
class ReviewBar final : public QWidget
{
    Q_OBJECT

public:
    explicit ReviewBar(QWidget *parent);

    [[nodiscard]] ReviewFilter filter() const;
    [[nodiscard]] QLineEdit *text() const { return m_text; }
    [[nodiscard]] QComboBox *states() const { return m_states; }
    [[nodiscard]] QComboBox *verbs() const { return m_verbs; }

signals:
    void filterChanged();

private:
    QLineEdit *m_text;
    QComboBox *m_states;
    QComboBox *m_verbs;
};

} // namespace hubkeeper

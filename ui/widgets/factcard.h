// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

class QGridLayout;
class QLabel;
class QPushButton;

namespace hubkeeper {

/// A framed group of facts: a heading, and lines of name and value that can be selected and
/// copied.
class FactCard final : public QFrame
{
    Q_OBJECT

public:
    FactCard(const QString &heading, QWidget *parent);

    void clear();
    /// A fact without value is left out.
    void addFact(const QString &name, const QString &value);
    /// One sentence instead of facts.
    void showSentence(const QString &sentence);
    /// A button below the facts, made once; the caller shows and hides it.
    [[nodiscard]] QPushButton *addButton(const QString &name, const QIcon &icon,
                                         const QString &text);

private:
    QWidget *m_rows = nullptr;
    QGridLayout *m_facts = nullptr; // Of the rows.
    QLabel *m_sentence;
};

} // namespace hubkeeper

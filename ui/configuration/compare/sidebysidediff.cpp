// SPDX-License-Identifier: MIT
#include "configuration/compare/sidebysidediff.h"

#include "editor/difftext.h"

#include <QGridLayout>
#include <QLabel>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTextBlock>

namespace hubkeeper {

SideBySideDiff::SideBySideDiff(QWidget *parent)
    : QWidget(parent)
    , m_beforeName(new QLabel(this))
    , m_afterName(new QLabel(this))
    , m_before(new DiffText(DiffSide::Before, this))
    , m_after(new DiffText(DiffSide::After, this))
{
    build();
    keepTogether(m_before, m_after);
    keepTogether(m_after, m_before);
    connect(m_after, &DiffText::currentHunkChanged, this, &SideBySideDiff::currentHunkChanged);
}

void SideBySideDiff::build()
{
    for (QLabel *name : {m_beforeName, m_afterName}) {
        name->setTextFormat(Qt::PlainText);
        name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }
    m_beforeName->setBuddy(m_before);
    m_afterName->setBuddy(m_after);
    for (DiffText *text : {m_before, m_after}) // Else one may be a line higher than the other.
        text->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    m_before->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->addWidget(m_beforeName, 0, 0);
    grid->addWidget(m_afterName, 0, 1);
    grid->addWidget(m_before, 1, 0);
    grid->addWidget(m_after, 1, 1);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
}

void SideBySideDiff::keepTogether(DiffText *leading, DiffText *following)
{
    // The one that follows may stop short; what it reports then leads nobody.
    const auto follow = [this](const auto &step) {
        if (m_isFollowing)
            return;
        const QScopedValueRollback<bool> turn(m_isFollowing, true);
        step();
    };
    const auto tie = [&](QScrollBar *one, QScrollBar *other) {
        connect(one, &QScrollBar::valueChanged, other,
                [follow, other](int value) { follow([&] { other->setValue(value); }); });
    };
    tie(leading->verticalScrollBar(), following->verticalScrollBar());
    tie(leading->horizontalScrollBar(), following->horizontalScrollBar());
    connect(leading, &QPlainTextEdit::cursorPositionChanged, following, [=] {
        const int row = leading->textCursor().blockNumber();
        if (following->textCursor().blockNumber() != row)
            follow([&] { following->goToLine(row); });
    });
}

void SideBySideDiff::show(const TextComparison &comparison)
{
    const DiffSides sides = sidesOf(comparison.rows);
    const QScopedValueRollback<bool> turn(m_isFollowing, true); // Until both have their rows.
    m_before->show(sides.before);
    m_after->show(sides.after);
}

void SideBySideDiff::setNames(const QString &before, const QString &after)
{
    m_beforeName->setText(before);
    m_afterName->setText(after);
    m_before->setAccessibleDescription(before);
    m_after->setAccessibleDescription(after);
}

} // namespace hubkeeper

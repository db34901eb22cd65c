// SPDX-License-Identifier: MIT
#include "editor/findbar.h"

#include "widgets/icons.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostCounted = 1000; // Counting more would be felt in large files.

} // namespace

FindBar::FindBar(QPlainTextEdit &editor, QWidget *parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_wanted(new QLineEdit(this))
    , m_replacement(new QLineEdit(this))
    , m_case(new QCheckBox(tr("&Match case"), this))
    , m_words(new QCheckBox(tr("Whole &words"), this))
    , m_result(new QLabel(this))
    , m_replaceRow(new QWidget(this))
{
    build();
    connect(m_wanted, &QLineEdit::textChanged, this, &FindBar::onWanted);
    connect(m_wanted, &QLineEdit::returnPressed, this, &FindBar::findNext);
    connect(m_replacement, &QLineEdit::returnPressed, this, &FindBar::replaceOne);
    connect(m_case, &QCheckBox::toggled, this, &FindBar::onWanted);
    connect(m_words, &QCheckBox::toggled, this, &FindBar::onWanted);
    hide();
}

QToolButton *FindBar::makeButton(const QString &iconName, const QString &text,
                                 void (FindBar::*run)())
{
    auto *button = new QToolButton(this);
    button->setText(text);
    if (iconName.isEmpty()) {
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    } else {
        button->setIcon(icon(iconName));
        button->setToolTip(text);
        button->setAutoRaise(true);
    }
    button->setAccessibleName(text);
    button->setFocusPolicy(Qt::StrongFocus);
    connect(button, &QToolButton::clicked, this, run);
    return button;
}

void FindBar::build()
{
    m_wanted->setPlaceholderText(tr("Find"));
    m_wanted->setAccessibleName(tr("Find"));
    m_wanted->setClearButtonEnabled(true);
    m_replacement->setPlaceholderText(tr("Replace with"));
    m_replacement->setAccessibleName(tr("Replace with"));
    m_result->setMinimumWidth(fontMetrics().averageCharWidth() * 16);
    auto *find = new QHBoxLayout;
    find->addWidget(m_wanted, 1);
    find->addWidget(makeButton(u"go-up"_s, tr("Find Previous"), &FindBar::findPrevious));
    find->addWidget(makeButton(u"go-down"_s, tr("Find Next"), &FindBar::findNext));
    find->addWidget(m_result);
    find->addWidget(m_case);
    find->addWidget(m_words);
    find->addWidget(makeButton(u"window-close"_s, tr("Close"), &FindBar::closeBar));
    auto *replace = new QHBoxLayout(m_replaceRow);
    replace->setContentsMargins(0, 0, 0, 0);
    replace->addWidget(m_replacement, 1);
    m_replaceOne = makeButton({}, tr("&Replace"), &FindBar::replaceOne);
    m_replaceAll = makeButton({}, tr("Replace &All"), &FindBar::replaceEverything);
    replace->addWidget(m_replaceOne);
    replace->addWidget(m_replaceAll);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(find);
    layout->addWidget(m_replaceRow);
}

void FindBar::open(bool replace)
{
    const QString selected = m_editor.textCursor().selectedText();
    m_replaceRow->setVisible(replace && !m_editor.isReadOnly());
    show();
    if (!selected.isEmpty() && !selected.contains(QChar::ParagraphSeparator))
        m_wanted->setText(selected);
    m_wanted->setFocus(Qt::ShortcutFocusReason);
    m_wanted->selectAll();
}

void FindBar::closeBar()
{
    hide();
    m_editor.setFocus(Qt::OtherFocusReason);
}

QString FindBar::resultText() const
{
    return m_result->text();
}

QTextCursor FindBar::search(const QTextCursor &from, bool backwards) const
{
    QTextDocument::FindFlags flags;
    flags.setFlag(QTextDocument::FindBackward, backwards);
    flags.setFlag(QTextDocument::FindCaseSensitively, m_case->isChecked());
    flags.setFlag(QTextDocument::FindWholeWords, m_words->isChecked());
    const QTextDocument *document = m_editor.document();
    QTextCursor found = document->find(m_wanted->text(), from, flags);
    if (found.isNull()) { // Round the end.
        QTextCursor start(m_editor.document());
        start.movePosition(backwards ? QTextCursor::End : QTextCursor::Start);
        found = document->find(m_wanted->text(), start, flags);
    }
    return found;
}

bool FindBar::find(bool backwards)
{
    const QTextCursor found = search(m_editor.textCursor(), backwards);
    if (!found.isNull()) {
        m_editor.setTextCursor(found);
        m_editor.ensureCursorVisible();
    }
    reportCount();
    return !found.isNull();
}

void FindBar::findNext()
{
    if (m_wanted->text().isEmpty())
        open(false);
    else
        find(false);
}

void FindBar::findPrevious()
{
    if (m_wanted->text().isEmpty())
        open(false);
    else
        find(true);
}

void FindBar::onWanted()
{
    if (m_wanted->text().isEmpty())
        return m_result->clear();
    // What is found already stays found while it grows.
    QTextCursor cursor = m_editor.textCursor();
    cursor.setPosition(cursor.selectionStart());
    const QTextCursor found = search(cursor, false);
    if (!found.isNull())
        m_editor.setTextCursor(found);
    reportCount();
}

void FindBar::reportCount()
{
    int count = 0;
    int current = 0;
    QTextDocument::FindFlags flags;
    flags.setFlag(QTextDocument::FindCaseSensitively, m_case->isChecked());
    flags.setFlag(QTextDocument::FindWholeWords, m_words->isChecked());
    const QTextDocument *document = m_editor.document();
    QTextCursor found = document->find(m_wanted->text(), 0, flags);
    for (; !found.isNull() && count < mostCounted;
         found = document->find(m_wanted->text(), found, flags)) {
        ++count;
        if (found.selectionStart() == m_editor.textCursor().selectionStart())
            current = count;
    }
    if (count == 0)
        m_result->setText(tr("Not found"));
    else if (count == mostCounted)
        m_result->setText(tr("More than %L1").arg(mostCounted - 1));
    else
        //: Which of how many places that were found.
        m_result->setText(tr("%L1 of %L2").arg(current).arg(count));
}

bool FindBar::isMatch(const QTextCursor &selection) const
{
    return selection.hasSelection()
        && selection.selectedText().compare(
               m_wanted->text(), m_case->isChecked() ? Qt::CaseSensitive : Qt::CaseInsensitive)
        == 0;
}

void FindBar::replaceOne()
{
    if (m_editor.isReadOnly() || m_wanted->text().isEmpty())
        return;
    QTextCursor cursor = m_editor.textCursor();
    if (isMatch(cursor))
        cursor.insertText(m_replacement->text());
    find(false);
}

int FindBar::replaceAll()
{
    if (m_editor.isReadOnly() || m_wanted->text().isEmpty())
        return 0;
    QTextDocument::FindFlags flags;
    flags.setFlag(QTextDocument::FindCaseSensitively, m_case->isChecked());
    flags.setFlag(QTextDocument::FindWholeWords, m_words->isChecked());
    QTextDocument *document = m_editor.document();
    QTextCursor edit(document);
    edit.beginEditBlock();
    int count = 0;
    QTextCursor found = document->find(m_wanted->text(), 0, flags);
    while (!found.isNull()) {
        found.insertText(m_replacement->text());
        ++count;
        found = document->find(m_wanted->text(), found, flags);
    }
    edit.endEditBlock();
    m_result->setText(tr("%Ln replaced", nullptr, count));
    return count;
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        return closeBar();
    QWidget::keyPressEvent(event);
}

} // namespace hubkeeper

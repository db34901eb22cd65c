// SPDX-License-Identifier: MIT
#include "configuration/text/jsoncompleter.h"

#include "configuration/text/jsoneditor.h"
#include "provisioner/document/document.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype largestSearched = 1 << 20; // Bytes before the cursor; typing must stay light.
constexpr int longestDetail = 70;

} // namespace

JsonCompleter::JsonCompleter(JsonEditor &editor)
    : QCompleter(&editor)
    , m_editor(editor)
    , m_list(new QStandardItemModel(this))
{
    setModel(m_list);
    setWidget(&editor);
    setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    popup()->setAccessibleName(tr("What can be here"));
    connect(this, qOverload<const QModelIndex &>(&QCompleter::activated), this,
            [this](const QModelIndex &index) { insert(index.row()); });
}

bool JsonCompleter::isOpen() const
{
    return popup()->isVisible();
}

void JsonCompleter::complete()
{
    const Document *document = m_editor.provisioner();
    if (!document || m_editor.isReadOnly())
        return;
    const Completion found = completionAt(document->text(), m_editor.cursorOffset(), m_profile);
    if (found.candidates.size() == 1) {
        m_completion = found;
        return insert(0);
    }
    open(found);
}

void JsonCompleter::open(const Completion &completion)
{
    m_completion = completion;
    m_list->clear();
    for (const Candidate &candidate : completion.candidates) {
        QString text = candidate.text;
        if (!candidate.detail.isEmpty()) {
            QString detail = candidate.detail;
            if (detail.size() > longestDetail)
                detail = detail.left(longestDetail - 1) + u'…';
            text += u"  —  "_s + detail;
        }
        auto *item = new QStandardItem(text);
        item->setToolTip(candidate.detail);
        m_list->appendRow(item);
    }
    if (completion.candidates.isEmpty())
        return popup()->hide();
    QRect place = m_editor.cursorRect();
    place.translate(m_editor.viewport()->pos());
    place.setWidth(popup()->sizeHintForColumn(0) + popup()->verticalScrollBar()->sizeHint().width()
                   + 8);
    QCompleter::complete(place);
    popup()->setCurrentIndex(completionModel()->index(0, 0));
}

bool JsonCompleter::takesKey(QKeyEvent *event)
{
    if (!isOpen())
        return false;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab: {
        const QModelIndex current = popup()->currentIndex();
        popup()->hide();
        insert(std::max(0, current.row()));
        return true;
    }
    case Qt::Key_Escape:
        popup()->hide();
        return true;
    default:
        return false;
    }
}

void JsonCompleter::afterKey(QKeyEvent *event)
{
    const bool isTyped = !event->text().isEmpty() && event->text().front().isPrint()
        && !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
    if (!isTyped && event->key() != Qt::Key_Backspace) {
        const bool isModifier = event->key() == Qt::Key_Shift || event->key() == Qt::Key_Control
            || event->key() == Qt::Key_Alt || event->key() == Qt::Key_Meta;
        if (!isModifier)
            popup()->hide();
        return;
    }
    const Document *document = m_editor.provisioner();
    const bool begins =
        isTyped && (event->text().front() == u'"' || event->text().front().isLetter());
    if (!document || m_editor.isReadOnly() || !(isOpen() || begins)
        || m_editor.cursorOffset() > largestSearched)
        return popup()->hide();
    const Completion found = completionAt(document->text(), m_editor.cursorOffset(), m_profile);
    // By itself only while a key is typed, and not for one that is complete.
    const bool isWhole = found.candidates.size() == 1
        && m_editor.provisioner()->bytes().mid(found.replaced.begin, found.replaced.size())
            == jsonQuoted(found.candidates.first().text);
    if ((!found.isKey && !isOpen()) || isWhole)
        return popup()->hide();
    open(found);
}

void JsonCompleter::insert(int row)
{
    if (row < 0 || row >= m_completion.candidates.size())
        return;
    const ShownText &shown = m_editor.shown();
    const auto positionOf = [&](qsizetype offset) {
        const ShownPlace place = shown.placeOf(offset);
        return m_editor.document()->findBlockByNumber(place.line).position() + place.column;
    };
    const QByteArray insert = m_completion.candidates[row].insert;
    QTextCursor cursor = m_editor.textCursor();
    cursor.setPosition(positionOf(m_completion.replaced.begin));
    cursor.setPosition(positionOf(m_completion.replaced.end), QTextCursor::KeepAnchor);
    cursor.insertText(QString::fromUtf8(insert));
    // Into an empty value, to go on typing there.
    const QByteArray plain = insert.endsWith(',') ? insert.chopped(1) : insert;
    if (plain.endsWith("\"\"") || plain.endsWith("{}") || plain.endsWith("[]"))
        cursor.setPosition(cursor.position() - (insert.endsWith(',') ? 2 : 1));
    m_editor.setTextCursor(cursor);
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "window/commandpalette.h"

#include <QAction>
#include <QBoxLayout>
#include <QCoreApplication>
#include <QIcon>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPixmap>
#include <QRegularExpression>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QStyle>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

void collect(const QList<QAction *> &actions, const QString &above, QList<NamedAction> &into)
{
    for (QAction *action : actions) {
        if (action->isSeparator())
            continue;
        const QString name = plainTextOf(*action);
        const QString path = above.isEmpty() ? name : u"%1 › %2"_s.arg(above, name);
        if (action->menu())
            collect(action->menu()->actions(), path, into);
        else
            into.append({path, action});
    }
}

/// A pattern that every one of the typed words fulfils somewhere.
QString patternOf(const QString &typed)
{
    QString pattern;
    const QStringList words = typed.split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words)
        pattern += u"(?=.*%1)"_s.arg(QRegularExpression::escape(word));
    return pattern;
}

} // namespace

QList<NamedAction> actionsOf(const QList<QAction *> &menuBarActions)
{
    QList<NamedAction> actions;
    collect(menuBarActions, {}, actions);
    return actions;
}

QString plainTextOf(const QAction &action)
{
    QString text = action.text().section(u'\t', 0, 0); // Behind it stand keys.
    text.replace(u"&&"_s, u"\x1"_s).remove(u'&').replace(u'\x1', u'&');
    return text;
}

CommandPalette::CommandPalette(const QList<NamedAction> &actions, QWidget *parent)
    : QDialog(parent)
    , m_field(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_model(new QStandardItemModel(this))
    , m_filtered(new QSortFilterProxyModel(this))
{
    setWindowTitle(tr("Find a Command"));
    setObjectName(u"commandPalette"_s);
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_list->setIconSize(QSize(side, side));
    QPixmap nothing(side, side);
    nothing.fill(Qt::transparent); // So that every name starts at the same place.
    for (const NamedAction &named : actions) {
        if (!named.action->isEnabled())
            continue;
        const QIcon icon = named.action->icon().isNull() ? QIcon(nothing) : named.action->icon();
        const QString keys = named.action->shortcut().toString(QKeySequence::NativeText);
        const QString text = keys.isEmpty() ? named.path : u"%1   (%2)"_s.arg(named.path, keys);
        m_model->appendRow(new QStandardItem(icon, text));
        m_actions.append(named.action);
    }
    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setModel(m_filtered);
    m_list->setEditTriggers(QListView::NoEditTriggers);
    m_list->setUniformItemSizes(true);
    m_list->setSpacing(fontMetrics().height() / 8);
    m_list->setAccessibleName(tr("Commands"));
    m_list->setFocusPolicy(Qt::ClickFocus);
    m_field->setPlaceholderText(tr("Type parts of a command's name"));
    m_field->setAccessibleName(tr("Command to find"));
    m_field->setClearButtonEnabled(true);
    m_field->installEventFilter(this);

    auto *column = new QVBoxLayout(this);
    column->addWidget(m_field);
    column->addWidget(m_list);
    resize(fontMetrics().averageCharWidth() * 70, fontMetrics().height() * 22);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_field, &QLineEdit::returnPressed, this, [this] { run(m_list->currentIndex()); });
    connect(m_list, &QListView::activated, this, &CommandPalette::run);
    connect(m_list, &QListView::clicked, this, &CommandPalette::run);
    filter({});
}

void CommandPalette::filter(const QString &text)
{
    m_filtered->setFilterRegularExpression(
        QRegularExpression(patternOf(text), QRegularExpression::CaseInsensitiveOption));
    m_list->setCurrentIndex(m_filtered->index(0, 0));
}

void CommandPalette::run(const QModelIndex &index)
{
    if (!index.isValid() || result() == Accepted)
        return;
    const QPointer<QAction> action = m_actions.value(m_filtered->mapToSource(index).row());
    accept();
    // After this dialog is gone, so that the action's own dialog gets the focus.
    if (action)
        QTimer::singleShot(0, action, &QAction::trigger);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const bool moves = key == Qt::Key_Down || key == Qt::Key_Up || key == Qt::Key_PageDown
            || key == Qt::Key_PageUp;
        if (moves) {
            QCoreApplication::sendEvent(m_list, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace hubkeeper

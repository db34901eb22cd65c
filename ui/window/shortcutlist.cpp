// SPDX-License-Identifier: MIT
#include "window/shortcutlist.h"

#include <QAction>
#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ShortcutList::ShortcutList(const QList<NamedAction> &actions,
                           const QList<QPair<QString, QString>> &more, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keyboard Shortcuts"));
    auto *model = new QStandardItemModel(this);
    model->setHorizontalHeaderLabels({tr("Action"), tr("Keys")});
    for (const NamedAction &named : actions) {
        if (named.action->shortcuts().isEmpty())
            continue;
        // Others of the platform, such as F14 for Undo, are on few keyboards.
        const QString keys = named.action->shortcut().toString(QKeySequence::NativeText);
        model->appendRow({new QStandardItem(named.path), new QStandardItem(keys)});
    }
    for (const auto &[name, keys] : more)
        model->appendRow({new QStandardItem(name), new QStandardItem(keys)});

    auto *filtered = new QSortFilterProxyModel(this);
    filtered->setSourceModel(model);
    filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    filtered->setFilterKeyColumn(-1);
    auto *field = new QLineEdit(this);
    field->setPlaceholderText(tr("Filter by action or key"));
    field->setAccessibleName(tr("Filter of the shortcuts"));
    field->setClearButtonEnabled(true);
    connect(field, &QLineEdit::textChanged, filtered, &QSortFilterProxyModel::setFilterFixedString);
    auto *view = new QTreeView(this);
    view->setModel(filtered);
    view->setRootIsDecorated(false);
    view->setEditTriggers(QTreeView::NoEditTriggers);
    view->setAccessibleName(tr("Shortcuts"));
    view->setUniformRowHeights(true);
    view->header()->setStretchLastSection(true);
    view->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *column = new QVBoxLayout(this);
    column->addWidget(field);
    column->addWidget(view);
    column->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 100, fontMetrics().height() * 28);
}

} // namespace hubkeeper

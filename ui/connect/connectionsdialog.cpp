// SPDX-License-Identifier: MIT
#include "connect/connectionsdialog.h"

#include "widgets/connectiontext.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

enum Column { LabelColumn, KindColumn, ModeColumn, FileColumn };

} // namespace

ConnectionsDialog::ConnectionsDialog(const ConnectionRegistry &registry, Change change,
                                     QWidget *parent)
    : QDialog(parent)
    , m_registry(registry)
    , m_change(std::move(change))
    , m_message(new MessageBar(this))
    , m_filter(new QLineEdit(this))
    , m_list(new QTreeWidget(this))
{
    setObjectName(u"connectionsDialog"_s);
    setWindowTitle(tr("Manage Connections"));
    build();
    refresh();
    m_list->setCurrentItem(m_list->topLevelItem(0));
}

void ConnectionsDialog::build()
{
    m_filter->setPlaceholderText(tr("Filter by label or file"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setClearButtonEnabled(true);
    connect(m_filter, &QLineEdit::textChanged, this, &ConnectionsDialog::filter);
    m_list->setObjectName(u"connections"_s);
    m_list->setAccessibleName(tr("Connections"));
    m_list->setHeaderLabels({tr("Label"), tr("Kind"), tr("Write mode"), tr("File")});
    m_list->setRootIsDecorated(false);
    m_list->setAlternatingRowColors(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTextElideMode(Qt::ElideMiddle);
    const int letter = fontMetrics().averageCharWidth();
    m_list->header()->resizeSection(LabelColumn, letter * 34);
    m_list->header()->resizeSection(KindColumn, letter * 14);
    m_list->header()->resizeSection(ModeColumn, letter * 14);
    connect(m_list, &QTreeWidget::itemSelectionChanged, this, &ConnectionsDialog::updateButtons);
    connect(m_list, &QTreeWidget::itemActivated, this, &ConnectionsDialog::openSelected);
    connect(m_list, &QTreeWidget::itemChanged, this, &ConnectionsDialog::onEdited);
    connect(m_message, &MessageBar::buttonPressed, this, &ConnectionsDialog::onAnswer);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    const auto add = [&](const QString &name, const QString &text,
                         void (ConnectionsDialog::*run)()) {
        QPushButton *button = buttons->addButton(text, QDialogButtonBox::ActionRole);
        button->setObjectName(name);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, run);
        return button;
    };
    m_open = add(u"openConnection"_s, tr("&Open"), &ConnectionsDialog::openSelected);
    m_rename = add(u"renameConnection"_s, tr("&Rename"), &ConnectionsDialog::rename);
    m_forget = add(u"forgetConnections"_s, tr("&Forget…"), &ConnectionsDialog::askToForget);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *keys = new QAction(this);
    keys->setShortcut(Qt::Key_F2);
    connect(keys, &QAction::triggered, this, &ConnectionsDialog::rename);
    addAction(keys);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_filter);
    column->addWidget(m_list, 1);
    column->addWidget(m_message);
    column->addWidget(buttons);
    resize(letter * 110, fontMetrics().height() * 26);
}

void ConnectionsDialog::refresh()
{
    const QStringList kept = selected();
    m_isFilling = true;
    m_list->clear();
    for (const Connection &connection : m_registry.connections())
        addRow(connection);
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        QTreeWidgetItem *item = m_list->topLevelItem(row);
        item->setSelected(kept.contains(item->data(LabelColumn, Qt::UserRole).toString()));
    }
    m_isFilling = false;
    filter();
}

void ConnectionsDialog::addRow(const Connection &connection)
{
    const QFileInfo file(connection.provisionerPath);
    const QString path = QDir::toNativeSeparators(connection.provisionerPath);
    auto *item = new QTreeWidgetItem(m_list,
                                     {connection.label, textOf(connection.kind),
                                      textOf(connection.policy.mode),
                                      //: %1 is the path of a file.
                                      file.exists() ? path : tr("%1 (is not there)").arg(path)});
    item->setFlags(item->flags() | Qt::ItemIsEditable);
    item->setIcon(LabelColumn, iconOf(connection.kind));
    item->setData(LabelColumn, Qt::UserRole, connection.id);
    item->setToolTip(FileColumn, path);
}

void ConnectionsDialog::filter()
{
    const QString wanted = m_filter->text().trimmed();
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        QTreeWidgetItem *item = m_list->topLevelItem(row);
        const bool fits = item->text(LabelColumn).contains(wanted, Qt::CaseInsensitive)
            || item->text(FileColumn).contains(wanted, Qt::CaseInsensitive);
        item->setHidden(!fits);
        if (!fits)
            item->setSelected(false); // Nothing is done to what is out of sight.
    }
    updateButtons();
}

QStringList ConnectionsDialog::selected() const
{
    QStringList ids;
    const QList<QTreeWidgetItem *> items = m_list->selectedItems();
    for (const QTreeWidgetItem *item : items)
        ids.append(item->data(LabelColumn, Qt::UserRole).toString());
    return ids;
}

void ConnectionsDialog::updateButtons()
{
    if (!m_isFilling && m_asked != selected()) {
        m_asked.clear(); // The question was about others.
        m_message->dismissFor(m_forget);
    }
    const qsizetype count = selected().size();
    m_open->setEnabled(count == 1);
    m_rename->setEnabled(count == 1);
    m_forget->setEnabled(count > 0);
}

void ConnectionsDialog::openSelected()
{
    const QStringList ids = selected();
    if (ids.size() != 1)
        return;
    accept();
    emit openWanted(ids.first());
}

void ConnectionsDialog::rename()
{
    if (selected().size() == 1)
        m_list->editItem(m_list->selectedItems().first(), LabelColumn);
}

void ConnectionsDialog::onEdited(QTreeWidgetItem *item)
{
    if (m_isFilling)
        return;
    const Connection *known = m_registry.byId(item->data(LabelColumn, Qt::UserRole).toString());
    const QString label = item->text(LabelColumn).trimmed();
    if (known && !label.isEmpty() && label != known->label) {
        const Connection before = *known;
        Connection after = before;
        after.label = label;
        m_message->dismiss();
        if (const auto changed = m_change(before, after); !changed)
            m_message->showError(changed.error(), Situation::SavingConnection);
    }
    // Not while the editor of the row is closing.
    QMetaObject::invokeMethod(this, &ConnectionsDialog::refresh, Qt::QueuedConnection);
}

void ConnectionsDialog::askToForget()
{
    m_asked = selected();
    if (m_asked.isEmpty())
        return;
    const QList<QTreeWidgetItem *> items = m_list->selectedItems();
    QStringList labels;
    for (const QTreeWidgetItem *item : items)
        labels.append(item->text(LabelColumn));
    m_message->showMessage(
        MessageBar::Warning,
        tr("Forget %Ln connection(s) and their secrets in the keychain?", nullptr,
           int(m_asked.size())),
        //: %1 lists labels of connections.
        tr("%1. The provisioner files stay where they are.").arg(labels.join(u", "_s)),
        {{Choice::Forget, tr("&Forget Them")}});
    m_message->setCause(m_forget);
}

void ConnectionsDialog::onAnswer()
{
    m_message->dismiss();
    emit forgetWanted(std::exchange(m_asked, {}));
    refresh();
}

} // namespace hubkeeper

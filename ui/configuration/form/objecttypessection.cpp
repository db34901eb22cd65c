// SPDX-License-Identifier: MIT
#include "configuration/form/objecttypessection.h"

#include "base/shownname.h"
#include "configuration/form/attributeoffers.h"
#include "configuration/form/entrydetail.h"
#include "configuration/form/objecttypedelegate.h"
#include "provisioner/document/objecttypeedits.h"
#include "provisioner/model/objecttypes.h"
#include "provisioner/model/provisionerfields.h"
#include "widgets/actionbutton.h"
#include "widgets/icons.h"
#include "widgets/selectalone.h"

#include <QAction>
#include <QBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QMenu>
#include <QSplitter>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ObjectTypesSection::ObjectTypesSection(QWidget *parent)
    : FormSection(tr("Object types"),
                  tr("What IDM sees of the portal: object types and their attributes. F2 edits the "
                     "cell, Insert adds an attribute, Delete removes what is selected."),
                  {u"/objectTypes"_s}, parent)
    , m_tree(new QTreeView(this))
    , m_detail(new EntryDetail(this))
    , m_offers(new AttributeOffers(this))
{
    build();
    connect(m_offers, &AttributeOffers::failed, this, &FormSection::failed);
    connect(m_offers, &AttributeOffers::added, this, &ObjectTypesSection::select);
    connect(m_detail, &EntryDetail::failed, this, &FormSection::failed);
    connect(m_detail, &EntryDetail::fixWanted, this, &FormSection::fixWanted);
    connect(&m_model, &ObjectTypesModel::failed, this, &FormSection::failed);
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ObjectTypesSection::updateActions);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ObjectTypesSection::showCurrent);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &ObjectTypesSection::showMenu);
    updateActions();
}

QAction *ObjectTypesSection::add(const QString &name, const QString &icon, const QString &text,
                                 const QKeySequence &keys, void (ObjectTypesSection::*slot)())
{
    auto *action = new QAction(icon.isEmpty() ? QIcon() : hubkeeper::icon(icon), text, this);
    action->setObjectName(name);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    m_tree->addAction(action);
    connect(action, &QAction::triggered, this, slot);
    return m_actions[name] = action;
}

void ObjectTypesSection::build()
{
    using Section = ObjectTypesSection;
    m_tree->setModel(&m_model);
    m_tree->setItemDelegate(new ObjectTypeDelegate(m_tree));
    m_tree->setAccessibleName(tr("Object types of the file"));
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_tree->setAllColumnsShowFocus(false);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    const int character = fontMetrics().averageCharWidth();
    const int widths[] {28, 16, 16, 24, 10, 30};
    for (int column = 0; column < ObjectTypesModel::ColumnCount; ++column)
        m_tree->header()->resizeSection(column, character * widths[column]);

    add(u"addAttribute"_s, u"list-add"_s, tr("Add Attribute…"), Qt::Key_Insert,
        &Section::addAttribute);
    add(u"addType"_s, u"object-class"_s, tr("Add Object Type…"), Qt::SHIFT | Qt::Key_Insert,
        &Section::addType);
    add(u"addDefault"_s, u"schema"_s, tr("Add from Default Schema…"), {}, &Section::addFromDefault);
    add(u"addLive"_s, u"connected"_s, tr("Add from Live Schema…"), {}, &Section::addFromLive);
    add(u"rename"_s, u"edit-rename"_s, tr("Rename"), {}, &Section::rename);
    add(u"duplicate"_s, u"edit-copy"_s, tr("Duplicate"), Qt::CTRL | Qt::Key_D, &Section::duplicate);
    add(u"remove"_s, u"list-remove"_s, tr("Remove"), QKeySequence::Delete,
        &Section::removeSelected);
    add(u"up"_s, u"go-up"_s, tr("Move Up"), Qt::ALT | Qt::Key_Up, &Section::moveUp);
    add(u"down"_s, u"go-down"_s, tr("Move Down"), Qt::ALT | Qt::Key_Down, &Section::moveDown);
    add(u"text"_s, u"text"_s, tr("Show in Text"), {}, &Section::showInText);

    // Shorter on the buttons: they have to fit a small window.
    m_actions[u"addType"_s]->setIconText(tr("Object Type…"));
    m_actions[u"addAttribute"_s]->setIconText(tr("Attribute…"));
    m_actions[u"addDefault"_s]->setIconText(tr("From Default…"));
    m_actions[u"addLive"_s]->setIconText(tr("From Live…"));
    auto *buttons = new QHBoxLayout;
    const auto addButton = [&](const QString &name, Qt::ToolButtonStyle style) {
        auto *button = buttonFor(m_actions[name], style, this);
        buttons->addWidget(button);
        return button;
    };
    addButton(u"addType"_s, Qt::ToolButtonTextOnly);
    addButton(u"addAttribute"_s, Qt::ToolButtonTextBesideIcon);
    addButton(u"addDefault"_s, Qt::ToolButtonTextOnly);
    addButton(u"addLive"_s, Qt::ToolButtonTextOnly);
    buttons->addStretch(1);
    for (const QString &name : {u"duplicate"_s, u"up"_s, u"down"_s, u"remove"_s})
        addButton(name, Qt::ToolButtonIconOnly);
    auto *split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_tree);
    split->addWidget(m_detail);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setCollapsible(0, false);
    body()->addLayout(buttons);
    body()->addWidget(split, 1);
    keepPlaceForNotes();
}

void ObjectTypesSection::setSession(std::shared_ptr<Session> session)
{
    m_offers->setSession(std::move(session));
    updateActions();
}

void ObjectTypesSection::onDocument(Document *document)
{
    m_model.setDocument(document);
    m_detail->setDocument(document);
    for (int row = 0; row < std::min(2, m_model.rowCount()); ++row)
        m_tree->expand(m_model.index(row, 0));
    selectAlone(*m_tree, m_model.index(0, 0));
    showCurrent();
}

void ObjectTypesSection::showCurrent()
{
    const QModelIndex current = m_tree->currentIndex().siblingAtColumn(0);
    m_detail->setEntry(m_model.isAttribute(current) ? EntryKind::Attribute : EntryKind::ObjectType,
                       current.data(ObjectTypesModel::PointerRole).toString(),
                       current.data().toString());
    m_detail->showValues();
    placeFindings();
}

void ObjectTypesSection::showValues()
{
    m_model.refresh();
    m_tree->setEnabled(document() && document()->text().isValid());
    showCurrent(); // Its name or place may be another.
    updateActions();
}

QList<Finding> ObjectTypesSection::placed(const QList<Finding> &findings)
{
    m_model.setFindings(findings);
    // The tree marks them all; in words those of the entry the cursor is on, and of the block.
    const QModelIndex current = m_tree->currentIndex().siblingAtColumn(0);
    QList<Finding> shown;
    for (const Finding &finding : findings) {
        const QModelIndex entry = m_model.indexOf(finding.pointer);
        if (!entry.isValid() || entry == current)
            shown.append(finding);
    }
    return m_detail->placed(shown);
}

bool ObjectTypesSection::showField(const QString &pointer)
{
    select(pointer);
    if (!m_detail->showField(pointer))
        m_tree->setFocus(Qt::OtherFocusReason);
    return true;
}

QStringList ObjectTypesSection::selected() const
{
    QModelIndexList rows = m_tree->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(), [](const QModelIndex &a, const QModelIndex &b) {
        const auto place = [](const QModelIndex &index) {
            return std::pair(index.parent().isValid() ? index.parent().row() : index.row(),
                             index.parent().isValid() ? index.row() : -1);
        };
        return place(a) < place(b);
    });
    QStringList pointers;
    for (const QModelIndex &index : std::as_const(rows))
        pointers.append(index.data(ObjectTypesModel::PointerRole).toString());
    return pointers;
}

QStringList ObjectTypesSection::selectedAttributes() const
{
    QStringList attributes;
    for (const QString &pointer : selected()) {
        if (m_model.isAttribute(m_model.indexOf(pointer)))
            attributes.append(pointer);
    }
    return attributes;
}

QString ObjectTypesSection::currentType() const
{
    const QModelIndex current = m_tree->currentIndex();
    const QModelIndex type = m_model.isAttribute(current) ? current.parent() : current;
    return type.siblingAtColumn(0).data(ObjectTypesModel::PointerRole).toString();
}

void ObjectTypesSection::select(const QString &pointer)
{
    const QModelIndex index = m_model.indexOf(pointer);
    if (!index.isValid())
        return;
    m_tree->expand(index.parent());
    selectAlone(*m_tree, index);
    // Once more when what is wrong with it has its place below.
    QMetaObject::invokeMethod(
        m_tree, [this] { m_tree->scrollTo(m_tree->currentIndex()); }, Qt::QueuedConnection);
    m_tree->scrollTo(index);
}

void ObjectTypesSection::updateActions()
{
    const bool usable = document() && document()->text().isValid();
    const QModelIndex current = m_tree->currentIndex();
    const qsizetype count = m_tree->selectionModel()->selectedRows().size();
    const bool inType = usable && current.isValid() && !currentType().isEmpty();
    m_actions[u"addType"_s]->setEnabled(usable);
    m_actions[u"addAttribute"_s]->setEnabled(inType);
    m_actions[u"addDefault"_s]->setEnabled(inType);
    m_actions[u"addLive"_s]->setEnabled(inType && m_offers->hasLive());
    m_actions[u"addLive"_s]->setToolTip(
        m_offers->hasLive() ? tr("Add attributes that the portal has at the moment")
                            : tr("Needs an open connection: see the Overview page"));
    m_actions[u"remove"_s]->setEnabled(usable && count > 0);
    m_actions[u"text"_s]->setEnabled(usable && count > 0);
    m_actions[u"rename"_s]->setEnabled(usable && count == 1);
    m_actions[u"duplicate"_s]->setEnabled(usable && count == 1);
    m_actions[u"up"_s]->setEnabled(usable && count == 1 && current.row() > 0);
    m_actions[u"down"_s]->setEnabled(usable && count == 1
                                     && current.row() + 1 < m_model.rowCount(current.parent()));
}

void ObjectTypesSection::showMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_actions[u"addAttribute"_s], m_actions[u"addType"_s],
                      m_actions[u"addDefault"_s], m_actions[u"addLive"_s]});
    menu->addSeparator();
    menu->addActions({m_actions[u"rename"_s], m_actions[u"duplicate"_s], m_actions[u"up"_s],
                      m_actions[u"down"_s]});
    fillFlags(menu->addMenu(tr("Flags")));
    menu->addSeparator();
    menu->addActions({m_actions[u"remove"_s], m_actions[u"text"_s]});
    menu->popup(m_tree->viewport()->mapToGlobal(position));
}

void ObjectTypesSection::fillFlags(QMenu *menu)
{
    const QStringList attributes = selectedAttributes();
    menu->setEnabled(!attributes.isEmpty() && m_actions[u"remove"_s]->isEnabled());
    for (const QString &flag : attributeFlags()) {
        QAction *action = menu->addAction(flag);
        action->setCheckable(true);
        action->setChecked(
            !attributes.isEmpty()
            && std::all_of(attributes.begin(), attributes.end(), [&](const QString &pointer) {
                   return m_model.indexOf(pointer)
                       .data(ObjectTypesModel::FlagsRole)
                       .toStringList()
                       .contains(flag);
               }));
        connect(action, &QAction::triggered, this, [this, attributes, flag](bool on) {
            (void)succeeded(setFlag(*document(), attributes, flag, on,
                                    on ? tr("Set %1").arg(flag) : tr("Take off %1").arg(flag)));
        });
    }
}

void ObjectTypesSection::askName(const QString &title, const QString &label,
                                 const std::function<Result<void>(const QString &)> &then,
                                 const QStringList &choices)
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setMinimumWidth(fontMetrics().averageCharWidth() * 60); // The title is not cut.
    dialog->setLabelText(label);
    if (!choices.isEmpty()) {
        dialog->setComboBoxItems(choices);
        dialog->setComboBoxEditable(true);
    }
    connect(dialog, &QInputDialog::textValueSelected, this, [this, then](const QString &name) {
        if (document())
            (void)succeeded(then(name.trimmed()));
    });
    dialog->open();
}

void ObjectTypesSection::addType()
{
    QStringList missing; // Classes of the connector that the file does not have yet.
    for (const DeclaredObjectType &type : shippedObjectTypes()) {
        const QString name = type.nativeType;
        if (document()->text().at(u"/objectTypes"_s + pointerPart(name)) == JsonText::none)
            missing.append(name);
    }
    askName(
        tr("Add Object Type"), tr("Name in IDM, and object class of the connector:"),
        [this](const QString &name) {
            const auto done = addObjectType(*document(), name, tr("Add %1").arg(shownName(name)));
            select(u"/objectTypes"_s + pointerPart(name));
            return done;
        },
        missing);
}

void ObjectTypesSection::addAttribute()
{
    const QString type = currentType();
    askName(tr("Add Attribute"), tr("Name in IDM, and property of HubSpot:"),
            [this, type](const QString &name) {
                const QByteArray json = R"({ "type": "string", "nativeName": )" + jsonQuoted(name)
                    + R"(, "nativeType": "string" })";
                const auto done = addAttributes(*document(), type, {{name, json}},
                                                tr("Add %1").arg(shownName(name)));
                select(type + u"/properties"_s + pointerPart(name));
                return done;
            });
}

void ObjectTypesSection::addFromDefault()
{
    m_offers->offerDefault(*document(), currentType());
}

void ObjectTypesSection::addFromLive()
{
    m_offers->offerLive(*document(), currentType());
}

void ObjectTypesSection::rename()
{
    const QModelIndex name = m_tree->currentIndex().siblingAtColumn(ObjectTypesModel::NameColumn);
    selectAlone(*m_tree, name);
    m_tree->edit(name);
}

void ObjectTypesSection::duplicate()
{
    const QString pointer = selected().value(0);
    const QString key = m_model.indexOf(pointer).data().toString();
    const auto name = duplicateEntry(*document(), pointer, tr("Duplicate %1").arg(shownName(key)));
    if (!name)
        emit failed(name.error());
    else
        select(pointer.left(pointer.lastIndexOf(u'/')) + pointerPart(*name));
}

void ObjectTypesSection::removeSelected()
{
    const QStringList pointers = selected();
    if (pointers.isEmpty())
        return;
    const QString step = pointers.size() == 1
        ? tr("Remove %1").arg(shownName(m_model.indexOf(pointers.first()).data().toString()))
        : tr("Remove %Ln entries", nullptr, int(pointers.size()));
    const QModelIndex first = m_model.indexOf(pointers.first());
    const QPersistentModelIndex parent = first.parent();
    if (!succeeded(removeEntries(*document(), pointers, step)))
        return;
    // The cursor goes to what has taken the place of the first one.
    const int row = std::min(first.row(), m_model.rowCount(parent) - 1);
    selectAlone(*m_tree, row >= 0 ? m_model.index(row, 0, parent) : QModelIndex(parent));
}

void ObjectTypesSection::moveUp()
{
    moveSelected(-1);
}

void ObjectTypesSection::moveDown()
{
    moveSelected(1);
}

void ObjectTypesSection::moveSelected(int by)
{
    const QString pointer = selected().value(0);
    const QString step = tr("Move %1").arg(shownName(m_model.indexOf(pointer).data().toString()));
    const bool wasOpen = m_tree->isExpanded(m_model.indexOf(pointer));
    if (succeeded(moveEntry(*document(), pointer, by, step))) {
        select(pointer);
        m_tree->setExpanded(m_model.indexOf(pointer), wasOpen);
    }
}

void ObjectTypesSection::showInText()
{
    emit textWanted(selected().value(0));
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "configuration/form/operationoptionssection.h"

#include "configuration/form/fieldsform.h"
#include "configuration/form/valuetree.h"
#include "provisioner/model/objecttypes.h"
#include "widgets/actionbutton.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"

#include <QAction>
#include <QBoxLayout>
#include <QCoreApplication>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

OperationOptionsSection::OperationOptionsSection(QWidget *parent)
    : FormSection(tr("Operation options"),
                  tr("Operations can be denied as a whole or for single object types. Insert adds "
                     "an object type to the operation the cursor is on."),
                  QStringList(u"/operationOptions"_s), parent)
    , m_model(nullptr)
    , m_tree(new QTreeView(this))
    , m_add(makeAction(u"list-add"_s, tr("Add Object Type…"), Qt::Key_Insert,
                       &OperationOptionsSection::add))
    , m_remove(makeAction(u"list-remove"_s, tr("Remove"), QKeySequence::Delete,
                          &OperationOptionsSection::remove))
    , m_text(makeAction(u"text"_s, tr("Show in Text"), {}, &OperationOptionsSection::showInText))
    , m_operationFields(new FieldsForm(specsOf(EntryKind::OperationOptions), this))
    , m_typeFields(new FieldsForm(specsOf(EntryKind::ObjectFeatures), this))
    , m_fields(new QStackedWidget(this))
    , m_name(new ElidedLabel(this))
    //: Name of a step; %1 is an option of an operation.
    , m_options(new ValueTree(tr("Options that the operation takes"), tr("Option: %1"), {},
                              {u"option"_s, R"({"type": "string"})"}, this))
{
    build();
    connect(&m_model, &OperationOptionsModel::failed, this, &FormSection::failed);
    for (FieldsForm *form : {m_operationFields, m_typeFields}) {
        connect(form, &FieldsForm::failed, this, &FormSection::failed);
        connect(form, &FieldsForm::fixWanted, this, &FormSection::fixWanted);
    }
    connect(m_options, &ValueTree::failed, this, &FormSection::failed);
    connect(m_options, &ValueTree::textWanted, this, &FormSection::textWanted);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &OperationOptionsSection::showCurrent);
    showCurrent();
}

QAction *OperationOptionsSection::makeAction(const QString &icon, const QString &text,
                                             const QKeySequence &keys,
                                             void (OperationOptionsSection::*slot)())
{
    auto *action = new QAction(hubkeeper::icon(icon), text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void OperationOptionsSection::build()
{
    auto *split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(makeList());
    split->addWidget(makeDetail());
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 3);
    split->setSizes({2000, 3000});
    split->setChildrenCollapsible(false);
    body()->addWidget(split, 1);
    keepPlaceForNotes();
}

QWidget *OperationOptionsSection::makeList()
{
    m_tree->setModel(&m_model);
    m_tree->setAccessibleName(title());
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_tree->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    auto *buttons = new QHBoxLayout;
    for (QAction *action : {m_add, m_remove, m_text}) {
        m_tree->addAction(action);
        buttons->addWidget(buttonFor(
            action, action == m_add ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly, this));
    }
    buttons->addStretch(1);
    auto *list = new QWidget(this);
    auto *layout = new QVBoxLayout(list);
    layout->setContentsMargins(0, 0, fontMetrics().averageCharWidth(), 0);
    layout->addWidget(m_tree, 1);
    layout->addLayout(buttons);
    return list;
}

QWidget *OperationOptionsSection::makeDetail()
{
    QFont bold = m_name->font();
    bold.setBold(true);
    m_name->setFont(bold);
    m_fields->addWidget(m_operationFields);
    m_fields->addWidget(m_typeFields);
    auto *optionsLabel =
        new QLabel(tr("Options that the operation ta&kes (operationOptionInfo):"), this);
    optionsLabel->setBuddy(m_options->view());
    optionsLabel->setWordWrap(true);
    auto *options = new QWidget(this);
    auto *optionsLayout = new QVBoxLayout(options);
    optionsLayout->setContentsMargins(0, 0, 0, 0);
    optionsLayout->addWidget(optionsLabel);
    optionsLayout->addWidget(m_options, 1);
    auto *split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_fields);
    split->addWidget(options);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setCollapsible(0, false);
    auto *detail = new QWidget(this);
    auto *layout = new QVBoxLayout(detail);
    layout->setContentsMargins(fontMetrics().averageCharWidth(), 0, 0, 0);
    layout->addWidget(m_name);
    layout->addWidget(split, 1);
    return detail;
}

FieldsForm *OperationOptionsSection::fields() const
{
    return static_cast<FieldsForm *>(m_fields->currentWidget());
}

QString OperationOptionsSection::current() const
{
    return m_tree->currentIndex()
        .siblingAtColumn(0)
        .data(OperationOptionsModel::PointerRole)
        .toString();
}

void OperationOptionsSection::onDocument(Document *document)
{
    m_model.setDocument(document);
    m_operationFields->setDocument(document);
    m_typeFields->setDocument(document);
    m_tree->expandAll();
    m_tree->setCurrentIndex(m_model.index(0, 0));
    showCurrent();
}

void OperationOptionsSection::showValues()
{
    m_model.refresh();
    m_tree->setEnabled(document() && document()->text().isValid());
    showCurrent();
}

void OperationOptionsSection::showCurrent()
{
    const QModelIndex index = m_tree->currentIndex().siblingAtColumn(0);
    const bool isType = index.parent().isValid();
    m_fields->setCurrentWidget(isType ? m_typeFields : m_operationFields);
    //: Heading: options of an operation for one object type.
    m_name->setText(
        isType ? tr("%1 on %2").arg(index.parent().data().toString(), index.data().toString())
               : index.data().toString());
    fields()->setBase(current());
    fields()->setEnabled(index.isValid());
    m_options->setPlace(document(), current() + u"/operationOptionInfo/properties"_s);
    m_options->setEnabled(index.isValid());
    updateActions();
    placeFindings();
}

void OperationOptionsSection::updateActions()
{
    const bool isUsable = m_tree->isEnabled() && m_tree->currentIndex().isValid();
    const bool isThere = isUsable && document()->text().at(current()) != JsonText::none;
    m_add->setEnabled(isUsable);
    m_remove->setEnabled(isThere);
    m_text->setEnabled(isThere);
}

QList<Finding> OperationOptionsSection::placed(const QList<Finding> &findings)
{
    m_model.setFindings(findings);
    QList<Finding> own;
    QList<Finding> shown;
    const QModelIndex now = m_tree->currentIndex().siblingAtColumn(0);
    for (const Finding &finding : findings) {
        const QModelIndex entry = m_model.indexOf(finding.pointer);
        if (entry.isValid() && entry == now)
            own.append(finding);
        else if (!entry.isValid())
            shown.append(finding); // About the block.
    }
    m_options->model()->setFindings(own);
    return shown + fields()->placed(own);
}

void OperationOptionsSection::select(const QString &pointer)
{
    const QModelIndex index = m_model.indexOf(pointer);
    if (!index.isValid())
        return;
    m_tree->expand(index.parent());
    m_tree->setCurrentIndex(index);
}

bool OperationOptionsSection::showField(const QString &pointer)
{
    select(pointer);
    if (fields()->showField(pointer))
        return true;
    if (m_options->model()->indexOf(pointer).isValid())
        m_options->showField(pointer);
    else
        m_tree->setFocus(Qt::OtherFocusReason);
    return true;
}

void OperationOptionsSection::add()
{
    QStringList types;
    for (const DeclaredObjectType &type : declaredObjectTypes(document()->text()))
        types.append(type.key);
    const QModelIndex index = m_tree->currentIndex().siblingAtColumn(0);
    const QString operation = (index.parent().isValid() ? index.parent() : index)
                                  .data(OperationOptionsModel::PointerRole)
                                  .toString();
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Add Object Type"));
    dialog->setMinimumWidth(fontMetrics().averageCharWidth() * 50); // The title is not cut.
    dialog->setLabelText(tr("Object type of this file:"));
    dialog->setComboBoxEditable(true);
    dialog->setComboBoxItems(types);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, operation](const QString &type) {
        const auto added = m_model.addObjectType(operation, type.trimmed());
        if (!added)
            return emit failed(added.error());
        showValues();
        select(*added);
    });
    dialog->open();
}

void OperationOptionsSection::remove()
{
    (void)succeeded(m_model.remove(current()));
}

void OperationOptionsSection::showInText()
{
    emit textWanted(current());
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "workbench/import/propertychooser.h"

#include "session/workbench/columnmapping.h"
#include "workbench/import/mappingmodel.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int visibleProperties = 16;
const auto primaryLabel = u"Primary"_s; // As HubSpot calls it.

} // namespace

PropertyChooser::PropertyChooser(ObjectType type, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_type(type)
{
}

void PropertyChooser::setDefinitions(const QList<PropertyDefinition> &definitions)
{
    QList<Choice> choices;
    for (const PropertyDefinition &definition : definitions) {
        if (definition.readOnlyValue || definition.calculated || definition.hidden)
            continue;
        const QString label = definition.label.isEmpty() ? definition.name : definition.label;
        //: A property as "label (name)", e.g. "First Name (firstname)".
        choices.append({tr("%1 (%2)").arg(label, definition.name), definition.name});
    }
    std::sort(choices.begin(), choices.end(), [](const Choice &a, const Choice &b) {
        return QString::localeAwareCompare(a.shown, b.shown) < 0;
    });
    m_choices = {{tr("Not imported"), QString()}, {tr("Record ID"), recordIdColumn}};
    for (LinkColumn column : importedLinkColumns()) {
        m_choices.append({MappingModel::shownLinkColumn(column), linkColumnName(column)});
        if (column.type == m_type)
            continue; // A contact and a company have a primary association.
        column.label = primaryLabel;
        m_choices.append({MappingModel::shownLinkColumn(column), linkColumnName(column)});
    }
    m_choices += choices;
}

QWidget *PropertyChooser::createEditor(QWidget *parent, const QStyleOptionViewItem & /*option*/,
                                       const QModelIndex & /*index*/) const
{
    auto *box = new QComboBox(parent);
    box->setObjectName(u"importProperty"_s);
    box->setAccessibleName(tr("Property"));
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setMaxVisibleItems(visibleProperties);
    box->setFrame(false);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const Choice &choice : m_choices)
        box->addItem(choice.shown, choice.property);
    box->completer()->setFilterMode(Qt::MatchContains);
    box->completer()->setCompletionMode(QCompleter::PopupCompletion);
    box->completer()->setMaxVisibleItems(visibleProperties);
    auto *self = const_cast<PropertyChooser *>(this);
    const auto done = [self, box] {
        emit self->commitData(box);
        emit self->closeEditor(box);
    };
    connect(box, &QComboBox::activated, box, done);
    return box;
}

/// Return ends the editing, and is not the dialog's.
bool PropertyChooser::eventFilter(QObject *editor, QEvent *event)
{
    auto *box = qobject_cast<QComboBox *>(editor);
    if (box && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            emit commitData(box);
            emit closeEditor(box);
            return true;
        }
    }
    return QStyledItemDelegate::eventFilter(editor, event);
}

void PropertyChooser::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    auto *box = static_cast<QComboBox *>(editor);
    const QString property = index.data(MappingModel::PropertyRole).toString();
    if (const auto link = importedLinkColumn(property); link && box->findData(property) < 0)
        box->addItem(MappingModel::shownLinkColumn(*link), property);
    box->setCurrentIndex(std::max(0, box->findData(property)));
    box->lineEdit()->selectAll();
}

void PropertyChooser::setModelData(QWidget *editor, QAbstractItemModel *model,
                                   const QModelIndex &index) const
{
    const auto *box = static_cast<QComboBox *>(editor);
    const QString typed = box->currentText().trimmed();
    int place = box->findText(typed, Qt::MatchFixedString);
    if (place < 0)
        place = box->findData(typed.toLower());
    if (const auto link = importedLinkColumn(typed); place < 0 && link) {
        model->setData(index, linkColumnName(*link), Qt::EditRole); // With a label of the portal.
        return;
    }
    if (place < 0) {
        const auto labelled = [&typed](const Choice &choice) {
            return choice.shown.startsWith(typed + u" ("_s, Qt::CaseInsensitive);
        };
        if (std::count_if(m_choices.begin(), m_choices.end(), labelled) == 1)
            place =
                int(std::find_if(m_choices.begin(), m_choices.end(), labelled) - m_choices.begin());
    }
    if (place < 0 && typed.isEmpty())
        place = 0;
    if (place < 0)
        emit refused(tr("“%1” is none of the properties.").arg(typed));
    else
        model->setData(index, box->itemData(place), Qt::EditRole);
}

} // namespace hubkeeper

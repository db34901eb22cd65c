// SPDX-License-Identifier: MIT
#include "configuration/form/operationoptionsmodel.h"

#include "base/shownname.h"
#include "configuration/findings/findingnotes.h"
#include "configuration/findings/findingplaces.h"
#include "configuration/findings/jsonpointers.h"
#include "configuration/form/valuetext.h"
#include "provisioner/document/objecttypeedits.h"
#include "provisioner/model/provisionerkeys.h"
#include "widgets/icons.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const auto optionsBlock = u"/operationOptions"_s;
const auto features = u"/objectFeatures"_s;

QStringList keysOf(const JsonText &text, const QString &pointer)
{
    QStringList keys;
    const int object = text.at(pointer);
    if (object == JsonText::none || text.node(object).kind != JsonKind::Object)
        return keys;
    for (int child = text.node(object).firstChild; child != JsonText::none;
         child = text.node(child).next)
        keys.append(text.keyOf(child));
    keys.removeDuplicates();
    return keys;
}

/// Grows or shrinks to the number of rows.
void setRows(QStandardItem *holder, qsizetype count)
{
    if (holder->rowCount() > count)
        holder->removeRows(int(count), holder->rowCount() - int(count));
    while (holder->rowCount() < count)
        holder->appendRow({new QStandardItem, new QStandardItem});
}

} // namespace

OperationOptionsModel::OperationOptionsModel(QObject *parent)
    : QStandardItemModel(0, ColumnCount, parent)
{
    setHorizontalHeaderLabels({tr("Operation"), tr("Options")});
}

void OperationOptionsModel::setDocument(Document *document)
{
    m_document = document;
    m_findings.clear();
    m_shown.reset();
    if (!document)
        return setRows(invisibleRootItem(), 0);
    refresh();
}

void OperationOptionsModel::refresh()
{
    if (!m_document || !m_document->text().isValid())
        return;
    const int node = m_document->text().at(optionsBlock);
    const QByteArray raw = node == JsonText::none ? QByteArray() : m_document->text().rawOf(node);
    if (m_shown == raw)
        return; // The edit was elsewhere.
    m_shown = raw;
    QStringList names = operationNames();
    names += keysOf(m_document->text(), optionsBlock);
    names.removeDuplicates();
    setRows(invisibleRootItem(), names.size());
    for (int row = 0; row < int(names.size()); ++row) {
        const QString pointer = optionsBlock + pointerPart(names[row]);
        show(invisibleRootItem(), row, names[row], pointer);
        item(row)->setEditable(false);
        showFeatures(item(row), pointer + features);
    }
}

void OperationOptionsModel::showFeatures(QStandardItem *operation, const QString &pointer)
{
    const QStringList types = keysOf(m_document->text(), pointer);
    setRows(operation, types.size());
    for (int row = 0; row < int(types.size()); ++row)
        show(operation, row, types[row], pointer + pointerPart(types[row]));
}

void OperationOptionsModel::show(QStandardItem *holder, int row, const QString &name,
                                 const QString &pointer)
{
    QStandardItem *first = holder->child(row, NameColumn);
    first->setText(name);
    first->setData(pointer, PointerRole);
    QStandardItem *state = holder->child(row, StateColumn);
    state->setText(stateOf(pointer));
    state->setToolTip(state->text());
    state->setEditable(false);
    showMark(first);
}

QString OperationOptionsModel::stateOf(const QString &pointer) const
{
    const JsonText &text = m_document->text();
    const int entry = text.at(pointer);
    if (entry == JsonText::none)
        return {};
    if (m_document->value(pointer + u"/denied"_s).toBool()) {
        const QString types =
            lineOfNames(text, text.at(pointer + u"/supportedObjectTypes"_s)).value_or(QString());
        //: %1: names of object types.
        return types.isEmpty() ? tr("denied") : tr("denied for %1").arg(types);
    }
    return text.node(entry).childCount > 0 ? tr("set") : QString();
}

void OperationOptionsModel::setFindings(const QList<Finding> &findings)
{
    m_findings = findings;
    for (int row = 0; row < rowCount(); ++row) {
        showMark(item(row));
        for (int child = 0; child < item(row)->rowCount(); ++child)
            showMark(item(row)->child(child));
    }
}

void OperationOptionsModel::showMark(QStandardItem *item)
{
    const Finding *worst = worstBelow(m_findings, item->data(PointerRole).toString());
    const bool isType = item->parent() != nullptr;
    item->setIcon(worst ? iconOf(worst->severity) : isType ? icon(u"object-class"_s) : QIcon());
    item->setToolTip(worst ? worst->message : QString());
    item->setAccessibleDescription(worst ? worst->message : QString());
}

QModelIndex OperationOptionsModel::indexOf(const QString &pointer) const
{
    for (int row = 0; row < rowCount(); ++row) {
        const QModelIndex operation = index(row, NameColumn);
        if (!isAtOrBelow(pointer, operation.data(PointerRole).toString()))
            continue;
        for (int child = 0; child < rowCount(operation); ++child) {
            const QModelIndex type = index(child, NameColumn, operation);
            if (isAtOrBelow(pointer, type.data(PointerRole).toString()))
                return type;
        }
        return operation;
    }
    return {};
}

Result<QString> OperationOptionsModel::addObjectType(const QString &operation, const QString &type)
{
    const QString pointer = operation + features + pointerPart(type);
    if (!m_document)
        return pointer;
    if (type.isEmpty())
        return fail(ErrorKind::InvalidInput, u"An object type needs a name."_s);
    if (m_document->text().at(pointer) != JsonText::none) {
        return fail(ErrorKind::InvalidInput,
                    u"The operation has options for “%1” already."_s.arg(type));
    }
    return m_document->setRaw(pointer, R"({"denied": false})", tr("Add %1").arg(shownName(type)))
        .map([&] { return pointer; });
}

Result<void> OperationOptionsModel::remove(const QString &pointer)
{
    return m_document ? m_document->removeValue(pointer, tr("Remove Options")) : Result<void>();
}

bool OperationOptionsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const bool isName = index.parent().isValid() && index.column() == NameColumn;
    if (role != Qt::EditRole || !m_document || !isName)
        return false;
    const auto done =
        renameEntry(*m_document, index.data(PointerRole).toString(), value.toString().trimmed(),
                    tr("Rename %1").arg(shownName(index.data().toString())));
    if (!done)
        emit failed(done.error());
    return done.has_value();
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "configuration/form/valuetreemodel.h"

#include "base/shownname.h"
#include "configuration/findings/findingnotes.h"
#include "configuration/findings/findingplaces.h"
#include "configuration/findings/jsonpointers.h"
#include "configuration/form/valuetext.h"
#include "provisioner/document/objecttypeedits.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isHolder(const JsonText &text, int node)
{
    return node != JsonText::none
        && (text.node(node).kind == JsonKind::Object || text.node(node).kind == JsonKind::Array);
}

bool isElement(const JsonText &text, int node)
{
    const int parent = node == JsonText::none ? JsonText::none : text.node(node).parent;
    return parent != JsonText::none && text.node(parent).kind == JsonKind::Array;
}

} // namespace

ValueTreeModel::ValueTreeModel(QString step, QStringList fixedNames, QObject *parent)
    : QStandardItemModel(0, ColumnCount, parent)
    , m_step(std::move(step))
    , m_fixedNames(std::move(fixedNames))
{
    setHorizontalHeaderLabels({tr("Name"), tr("Value"), tr("Kind")});
}

void ValueTreeModel::setPlace(Document *document, const QString &base)
{
    const bool isTheSame = document == m_document && base == m_base;
    m_document = document;
    m_base = base;
    if (isTheSame)
        return refresh();
    m_findings.clear();
    m_shown = rawNow();
    take(invisibleRootItem(), topMembers());
}

QByteArray ValueTreeModel::rawNow() const
{
    const int node = m_document ? m_document->text().at(m_base) : JsonText::none;
    return node == JsonText::none ? QByteArray() : m_document->text().rawOf(node);
}

void ValueTreeModel::refresh()
{
    if (!m_document || !m_document->text().isValid())
        return;
    // Most edits of a document are elsewhere, and the tree may be large.
    QByteArray raw = rawNow();
    if (raw == m_shown)
        return;
    m_shown = std::move(raw);
    take(invisibleRootItem(), topMembers());
}

QList<ValueTreeModel::Member> ValueTreeModel::topMembers() const
{
    if (!m_document)
        return {};
    const JsonText &text = m_document->text();
    QList<Member> members;
    for (const QString &name : m_fixedNames) {
        const QString pointer = m_base + pointerPart(name);
        members.append({name, pointer, text.at(pointer), true});
    }
    for (const Member &member : membersOf({{}, m_base, text.at(m_base)})) {
        if (!m_fixedNames.contains(member.name))
            members.append(member);
    }
    return members;
}

QList<ValueTreeModel::Member> ValueTreeModel::membersOf(const Member &holder) const
{
    QList<Member> members;
    const JsonText &text = m_document->text();
    if (!isHolder(text, holder.node))
        return members;
    const bool isList = text.node(holder.node).kind == JsonKind::Array;
    for (int child = text.node(holder.node).firstChild; child != JsonText::none;
         child = text.node(child).next) {
        const QString name = isList ? QString::number(members.size()) : text.keyOf(child);
        members.append({name, holder.pointer + pointerPart(name), child});
    }
    return members;
}

void ValueTreeModel::take(QStandardItem *holder, const QList<Member> &members)
{
    if (holder->rowCount() > members.size())
        holder->removeRows(int(members.size()), holder->rowCount() - int(members.size()));
    for (int row = 0; row < int(members.size()); ++row) {
        if (row == holder->rowCount())
            holder->appendRow({new QStandardItem, new QStandardItem, new QStandardItem});
        show(holder, row, members[row]);
    }
}

void ValueTreeModel::show(QStandardItem *holder, int row, const Member &member)
{
    const JsonText &text = m_document->text();
    const bool holds = isHolder(text, member.node);
    QStandardItem *name = holder->child(row, NameColumn);
    QStandardItem *value = holder->child(row, ValueColumn);
    QStandardItem *kind = holder->child(row, KindColumn);
    name->setText(member.name);
    name->setData(member.pointer, PointerRole);
    name->setData(holds || (member.hasFixedName && member.node == JsonText::none), HolderRole);
    name->setEditable(!member.hasFixedName && !isElement(text, member.node));
    value->setText(shownValue(member.node));
    value->setData(member.pointer, PointerRole);
    value->setEditable(member.node != JsonText::none && !holds);
    kind->setText(kindOf(member.node));
    kind->setEditable(false);
    take(name, membersOf(member));
}

QString ValueTreeModel::shownValue(int node) const
{
    const JsonText &text = m_document->text();
    if (node == JsonText::none)
        return tr("not set");
    if (isHolder(text, node))
        return tr("%Ln member(s)", nullptr, text.node(node).childCount);
    return lineOfValue(text, node);
}

QString ValueTreeModel::kindOf(int node) const
{
    if (node == JsonText::none)
        return {};
    switch (m_document->text().node(node).kind) {
    case JsonKind::Object:
        return tr("Object");
    case JsonKind::Array:
        return tr("List");
    case JsonKind::String:
        return tr("Text");
    case JsonKind::Number:
        return tr("Number");
    case JsonKind::Boolean:
        return tr("Yes or no");
    case JsonKind::Null:
    case JsonKind::Invalid:
        break;
    }
    return tr("Nothing");
}

void ValueTreeModel::setFindings(const QList<Finding> &findings)
{
    m_findings = findings;
    showMarks(invisibleRootItem());
}

void ValueTreeModel::showMarks(QStandardItem *holder)
{
    for (int row = 0; row < holder->rowCount(); ++row) {
        QStandardItem *name = holder->child(row);
        const Finding *worst = worstBelow(m_findings, name->data(PointerRole).toString());
        name->setIcon(worst ? iconOf(worst->severity) : QIcon());
        name->setToolTip(worst ? worst->message : QString());
        name->setAccessibleDescription(worst ? worst->message : QString());
        showMarks(name);
    }
}

bool ValueTreeModel::isSet(const QModelIndex &index) const
{
    const QString pointer = index.siblingAtColumn(NameColumn).data(PointerRole).toString();
    return m_document && index.isValid() && m_document->text().at(pointer) != JsonText::none;
}

QModelIndex ValueTreeModel::indexOf(const QString &pointer) const
{
    QModelIndex found;
    for (int row = 0; row < rowCount(found); ++row) {
        const QModelIndex child = index(row, NameColumn, found);
        if (isAtOrBelow(pointer, child.data(PointerRole).toString())) {
            found = child;
            row = -1; // Go on among its members.
        }
    }
    return found;
}

Result<QString> ValueTreeModel::add(const QString &holder, const QString &name,
                                    const QByteArray &json)
{
    if (!m_document)
        return QString();
    const JsonText &text = m_document->text();
    const int node = text.at(holder);
    if (node != JsonText::none && text.node(node).kind == JsonKind::Array) {
        m_document->edit({appendElement(text, node, json)}, m_step.arg(shownName(name)));
        return m_document->text().pointerOf(
            m_document->text().node(m_document->text().at(holder)).lastChild);
    }
    QString free = name;
    for (int number = 2; text.at(holder + pointerPart(free)) != JsonText::none; ++number)
        free = name + QString::number(number);
    const QString pointer = holder + pointerPart(free);
    return m_document->setRaw(pointer, json, m_step.arg(shownName(free))).map([&] {
        return pointer;
    });
}

Result<void> ValueTreeModel::remove(const QStringList &pointers)
{
    if (!m_document)
        return {};
    // From the last on, so that the places of list elements stay right.
    const QStringList backwards(pointers.rbegin(), pointers.rend());
    const QString what = pointers.size() == 1 ? pointers.first().section(u'/', -1) : tr("several");
    return removeEntries(*m_document, backwards, m_step.arg(shownName(what)));
}

bool ValueTreeModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !m_document || !isSet(index)
        || value.toString() == index.data(Qt::EditRole).toString())
        return false;
    const QString pointer = index.siblingAtColumn(NameColumn).data(PointerRole).toString();
    const QString name = index.siblingAtColumn(NameColumn).data().toString();
    const QString typed = value.toString().trimmed();
    const auto done = index.column() == NameColumn
        ? renameEntry(*m_document, pointer, typed, m_step.arg(shownName(typed)))
        : valueOfLine(value.toString()).and_then([&](const QByteArray &json) {
              return m_document->setRaw(pointer, json, m_step.arg(shownName(name)));
          });
    if (!done)
        emit failed(done.error());
    return done.has_value();
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "problems/findingsmodel.h"

#include "widgets/icons.h"
#include "widgets/showntime.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString severityText(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return QCoreApplication::translate("Severity", "Information");
    case Severity::Warning:
        return QCoreApplication::translate("Severity", "Warning");
    case Severity::Error:
        return QCoreApplication::translate("Severity", "Error");
    }
    Q_UNREACHABLE();
}

QString severityIcon(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return u"dialog-information"_s;
    case Severity::Warning:
        return u"dialog-warning"_s;
    case Severity::Error:
        return u"dialog-error"_s;
    }
    Q_UNREACHABLE();
}

namespace {

/// "contact › email › flags" for /objectTypes/contact/properties/email/flags: what equal sentences
/// differ in.
QString entryOf(const QString &pointer)
{
    QStringList keys;
    for (QString key : pointer.split(u'/', Qt::SkipEmptyParts)) {
        key.replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1);
        keys.append(key);
    }
    if (keys.size() > 1)
        keys.removeIf([](const QString &key) {
            return key == "objectTypes"_L1 || key == "properties"_L1
                || key == "configurationProperties"_L1;
        });
    return keys.join(u" › "_s);
}

} // namespace

PlaceItem placeOf(const Finding &finding, const JsonText &text)
{
    if (!finding.pointer.isEmpty() && text.at(finding.pointer) != JsonText::none)
        return JsonPlace {finding.pointer};
    return TextPlace {finding.position.line, finding.position.column};
}

void FindingsModel::setFindings(const QList<Finding> &findings)
{
    // Rows in the middle come and go while the rest stays, so that a selection survives typing.
    const auto same = [](const Finding &a, const Finding &b) {
        return a.ruleId == b.ruleId && a.pointer == b.pointer && a.message == b.message;
    };
    const qsizetype shorter = std::min(m_findings.size(), findings.size());
    qsizetype head = 0;
    while (head < shorter && same(m_findings[head], findings[head]))
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head
           && same(m_findings[m_findings.size() - 1 - tail], findings[findings.size() - 1 - tail]))
        ++tail;
    if (const qsizetype gone = m_findings.size() - head - tail; gone > 0) {
        beginRemoveRows({}, int(head), int(head + gone - 1));
        m_findings.remove(head, gone);
        endRemoveRows();
    }
    if (const qsizetype more = findings.size() - head - tail; more > 0) {
        beginInsertRows({}, int(head), int(head + more - 1));
        QList<Finding> next = m_findings.first(head);
        next += findings.mid(head, more);
        next += m_findings.last(tail);
        m_findings = next;
        endInsertRows();
    }
    m_findings = findings; // Places and fixes of the rows that stayed.
    if (!m_findings.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, PlaceColumn));
}

int FindingsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_findings.size());
}

int FindingsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FindingsModel::textOf(const Finding &finding, int column) const
{
    switch (column) {
    case SeverityColumn:
        return severityText(finding.severity);
    case RuleColumn:
        return finding.ruleId;
    case MessageColumn:
        return withShownTimes(finding.message);
    case EntryColumn:
        return entryOf(finding.pointer);
    default:
        //: Where a finding is: line and column in the file.
        return tr("line %1, column %2").arg(finding.position.line).arg(finding.position.column);
    }
}

QVariant FindingsModel::sortKeyOf(const Finding &finding, int column) const
{
    if (column == SeverityColumn)
        return (qlonglong(Severity::Error) - qlonglong(finding.severity)) << 40
            | qlonglong(finding.at.begin); // The worst first, then as they stand in the text.
    if (column == PlaceColumn)
        return qlonglong(finding.at.begin);
    return textOf(finding, column);
}

QVariant FindingsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Finding &finding = m_findings[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return textOf(finding, index.column());
    case Qt::DecorationRole:
        return index.column() == SeverityColumn ? QVariant(icon(severityIcon(finding.severity)))
                                                : QVariant();
    case Qt::ToolTipRole:
        return u"%1\n%2\n%3\n%4"_s
            .arg(withShownTimes(finding.message), finding.effect, finding.remedy, finding.pointer)
            .trimmed();
    case Qt::AccessibleDescriptionRole:
        return finding.remedy;
    case SortRole:
        return sortKeyOf(finding, index.column());
    case SeverityRole:
        return int(finding.severity);
    case PointerRole:
        return finding.pointer;
    default:
        return {};
    }
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList titles {tr("Severity"), tr("Rule"), tr("Finding"), tr("Entry"), tr("Place")};
    return titles.value(section);
}

FindingsFilter::FindingsFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(FindingsModel::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
}

void FindingsFilter::setShown(Severity severity, bool shown)
{
    if (shown)
        m_hidden.remove(severity);
    else
        m_hidden.insert(severity);
    invalidateFilter();
}

void FindingsFilter::setText(const QString &text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

bool FindingsFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const auto cell = [&](int column, int role) {
        return sourceModel()->index(row, column, parent).data(role);
    };
    if (m_hidden.contains(Severity(cell(0, FindingsModel::SeverityRole).toInt())))
        return false;
    if (m_text.isEmpty()
        || cell(0, FindingsModel::PointerRole).toString().contains(m_text, Qt::CaseInsensitive))
        return true;
    for (int column = 0; column < sourceModel()->columnCount(parent); ++column) {
        if (cell(column, Qt::DisplayRole).toString().contains(m_text, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

} // namespace hubkeeper

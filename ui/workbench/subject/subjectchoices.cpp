// SPDX-License-Identifier: MIT
#include "workbench/subject/subjectchoices.h"

namespace hubkeeper {

ExtentBox::ExtentBox(const RecordsSubject &subject, QWidget *parent)
    : QComboBox(parent)
{
    const int selected = int(subject.selected.size());
    if (selected > 0)
        addItem(tr("%Ln selected record(s)", nullptr, selected), RecordsSubject::Selected);
    addItem(tr("All %Ln record(s) shown", nullptr, int(subject.shown.size())),
            RecordsSubject::Shown);
    setExtent(selected > 1 ? RecordsSubject::Selected : RecordsSubject::Shown);
}

RecordsSubject::Extent ExtentBox::extent() const
{
    return RecordsSubject::Extent(currentData().toInt());
}

void ExtentBox::setExtent(RecordsSubject::Extent extent)
{
    setCurrentIndex(std::max(0, findData(extent)));
}

PropertyChecklist::PropertyChecklist(int lines, QWidget *parent)
    : QListWidget(parent)
{
    setMaximumHeight(fontMetrics().lineSpacing() * lines);
}

void PropertyChecklist::add(const QString &property, const QString &label, bool isTicked)
{
    auto *item = new QListWidgetItem(label, this);
    item->setData(Qt::UserRole, property);
    item->setToolTip(property);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(isTicked ? Qt::Checked : Qt::Unchecked);
}

QStringList PropertyChecklist::ticked() const
{
    QStringList properties;
    for (int row = 0; row < count(); ++row) {
        if (item(row)->checkState() == Qt::Checked)
            properties.append(item(row)->data(Qt::UserRole).toString());
    }
    return properties;
}

void PropertyChecklist::tickOnly(const QStringList &properties)
{
    for (int row = count() - 1; row >= 0; --row) {
        if (!(item(row)->flags() & Qt::ItemIsUserCheckable))
            continue;
        const bool isMeant = properties.contains(item(row)->data(Qt::UserRole).toString());
        item(row)->setCheckState(isMeant ? Qt::Checked : Qt::Unchecked);
        if (isMeant)
            setCurrentRow(row);
    }
}

} // namespace hubkeeper

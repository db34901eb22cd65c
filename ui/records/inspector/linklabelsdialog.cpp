// SPDX-License-Identifier: MIT
#include "records/inspector/linklabelsdialog.h"

#include "changes/set/associationcells.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

LinkLabelsDialog::LinkLabelsDialog(const QList<AssociationLabel> &labels,
                                   const QList<AssociationKind> &now, QWidget *parent)
    : QDialog(parent)
    , m_others(now)
{
    setObjectName(u"linkLabelsDialog"_s);
    setWindowTitle(tr("Labels of the Association"));
    auto *list = new QWidget(this);
    auto *column = new QVBoxLayout(list);
    for (const AssociationLabel &label : labels) {
        if (label.label.isEmpty())
            continue;
        const AssociationKind kind {label.category, label.typeId, label.label};
        auto *box = new QCheckBox(QString(label.label).replace(u'&', u"&&"_s), list);
        box->setChecked(hasKind(now, kind));
        m_others = without(m_others, {kind});
        m_boxes.append({box, kind});
        column->addWidget(box);
    }
    column->addStretch();
    auto *scroll = new QScrollArea(this);
    scroll->setWidget(list);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(tr("&Set"), QDialogButtonBox::AcceptRole)->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(scroll, 1);
    layout->addWidget(buttons);
    if (!m_boxes.isEmpty())
        m_boxes.first().first->setFocus();
    const int lines =
        7 + 2 * int(std::min<qsizetype>(m_boxes.size(), 12)); // The others by scrolling.
    setMinimumWidth(fontMetrics().averageCharWidth() * 40);
    resize(minimumWidth(), fontMetrics().lineSpacing() * lines);
}

QList<AssociationKind> LinkLabelsDialog::kinds() const
{
    QList<AssociationKind> kinds = m_others;
    for (const auto &[box, kind] : m_boxes) {
        if (box->isChecked())
            kinds.append(kind);
    }
    return kinds;
}

} // namespace hubkeeper

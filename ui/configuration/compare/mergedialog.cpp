// SPDX-License-Identifier: MIT
#include "configuration/compare/mergedialog.h"

#include "provisioner/confidential/secretmask.h"
#include "widgets/notelabel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

enum Column { PlaceColumn, MineColumn, TheirsColumn, ChoiceColumn, ColumnCount };

} // namespace

QString shownSide(const MergeConflict &conflict, const QByteArray &json)
{
    if (json.isEmpty())
        return MergeDialog::tr("(removed)");
    // Below all of its keys, for each of them can be that of a secret.
    const QStringList keys = conflict.pointer.split(u'/', Qt::SkipEmptyParts);
    QByteArray head;
    for (const QString &key : keys)
        head += '{' + jsonQuoted(key) + ':';
    QByteArray masked = maskedText(JsonText(head + json + QByteArray(keys.size(), '}')));
    masked.remove(0, head.size()).chop(keys.size());
    return QString::fromUtf8(masked.simplified());
}

MergeDialog::MergeDialog(const QList<MergeConflict> &conflicts, QWidget *parent)
    : QDialog(parent)
    , m_conflicts(conflicts)
    , m_table(new QTableWidget(0, ColumnCount, this))
{
    setWindowTitle(tr("Merge"));
    build();
    for (const MergeConflict &conflict : m_conflicts)
        addConflict(conflict);
    resize(fontMetrics().averageCharWidth() * 120, fontMetrics().height() * 22);
}

void MergeDialog::build()
{
    m_table->setAccessibleName(tr("Values that both changed"));
    m_table->setHorizontalHeaderLabels(
        {tr("Value"), tr("Mine"), tr("On disk"), tr("What to keep")});
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->setTabKeyNavigation(false);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->horizontalHeader()->setSectionResizeMode(MineColumn, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(TheirsColumn, QHeaderView::Stretch);
    m_table->setColumnWidth(PlaceColumn, fontMetrics().averageCharWidth() * 36);
    m_table->setColumnWidth(ChoiceColumn, fontMetrics().averageCharWidth() * 22);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto *accept = buttons->addButton(tr("&Merge"), QDialogButtonBox::AcceptRole);
    accept->setDefault(true);
    const auto addAll = [&](const QString &text, MergeSide side) {
        auto *button = buttons->addButton(text, QDialogButtonBox::ActionRole);
        connect(button, &QPushButton::clicked, this, [this, side] { chooseAll(side); });
    };
    addAll(tr("All M&ine"), MergeSide::Mine);
    addAll(tr("All on &Disk"), MergeSide::Theirs);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new NoteLabel(
        this,
        tr("Both you and another program changed these values, or it removed one of which you "
           "changed a comment. Everything else fits together by itself. Nothing is written before "
           "you save.")));
    layout->addWidget(m_table, 1);
    layout->addWidget(buttons);
}

void MergeDialog::addConflict(const MergeConflict &conflict)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    const QString texts[] {conflict.pointer, shownSide(conflict, conflict.mine),
                           shownSide(conflict, conflict.theirs)};
    for (int column = PlaceColumn; column < ChoiceColumn; ++column) {
        auto *item = new QTableWidgetItem(texts[column]);
        item->setToolTip(texts[column]);
        m_table->setItem(row, column, item);
    }
    auto *choice = new QComboBox(m_table);
    choice->addItem(tr("Keep mine"), int(MergeSide::Mine));
    choice->addItem(tr("Take from disk"), int(MergeSide::Theirs));
    //: %1 is the place of a value, a JSON pointer.
    choice->setAccessibleName(tr("What to keep of %1").arg(conflict.pointer));
    m_table->setCellWidget(row, ChoiceColumn, choice);
}

void MergeDialog::chooseAll(MergeSide side)
{
    for (int row = 0; row < m_table->rowCount(); ++row) {
        auto *choice = static_cast<QComboBox *>(m_table->cellWidget(row, ChoiceColumn));
        choice->setCurrentIndex(choice->findData(int(side)));
    }
}

QHash<QString, MergeSide> MergeDialog::choices() const
{
    QHash<QString, MergeSide> choices;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const auto *choice = static_cast<QComboBox *>(m_table->cellWidget(row, ChoiceColumn));
        choices.insert(m_conflicts[row].pointer, MergeSide(choice->currentData().toInt()));
    }
    return choices;
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "base/pseudonym.h"
#include "changes/set/changeset.h"
#include "records/grid/celledits.h"
#include "records/grid/pasteplan.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/grid/recordurl.h"
#include "tables/clipboardcells.h"

#include <QApplication>
#include <QClipboard>
#include <QMessageBox>

#include <algorithm>

// Pasting into RecordTable.

using namespace Qt::StringLiterals;

namespace hubkeeper {

void RecordTable::pasteClipboard()
{
    const QString text = QApplication::clipboard()->text();
    if (const auto record = recordFromUrl(text))
        return emit recordPasted(record->type, record->id);
    const QList<QStringList> cells = cellsFromClipboard(text);
    const QList<QRect> selection = selectedRanges();
    if (selection.isEmpty() || cells.isEmpty() || !m_changes)
        return;
    const auto hasPseudonym = [](const QStringList &row) {
        return std::any_of(row.begin(), row.end(), holdsPseudonym);
    };
    if (std::any_of(cells.begin(), cells.end(), hasPseudonym)) {
        emit statusMessage(tr("Nothing was pasted: the clipboard holds pseudonyms, which were "
                              "copied while personal data was masked."));
        return;
    }
    const PastePlan plan = planPaste(selection, sizeOf(cells));
    switch (plan.kind) {
    case PastePlan::SeveralRanges:
        return emit statusMessage(tr("Nothing was pasted: several separate ranges are selected. "
                                     "Select one range, or the first cell."));
    case PastePlan::SizesDiffer:
        return askAboutSizes(plan, cells);
    case PastePlan::Paste:
        return paste(plan.targets, cells, tr("Paste"));
    }
}

void RecordTable::askAboutSizes(const PastePlan &plan, const QList<QStringList> &cells)
{
    QRect selected;
    for (const QRect &range : selectedRanges())
        selected |= range;
    const QRect target = plan.targets.first();
    auto *question =
        new QMessageBox(QMessageBox::Question, tr("Paste Cells"), {}, QMessageBox::Cancel, this);
    question->setObjectName(u"pasteSizes"_s);
    question->setAttribute(Qt::WA_DeleteOnClose);
    //: Rows and columns: "3 × 1".
    const QString size = tr("%L1 × %L2");
    question->setText(tr("The clipboard and the selection differ in size."));
    question->setInformativeText(
        tr("The clipboard holds %1 cells (rows × columns), %2 are selected. Pasted from the first "
           "selected cell on, it would go into rows %L3 to %L4 of the grid.")
            .arg(size.arg(target.height()).arg(target.width()),
                 size.arg(selected.height()).arg(selected.width()))
            .arg(target.top() + 1)
            .arg(target.bottom() + 1));
    question->addButton(tr("&Paste From the First Cell"), QMessageBox::AcceptRole);
    question->setDefaultButton(QMessageBox::Cancel);
    // Rows may get another order while the question is open.
    const QPersistentModelIndex first = model()->index(target.top(), target.left());
    connect(question, &QMessageBox::accepted, this, [this, first, target, cells] {
        if (!first.isValid() || first.row() != target.top())
            return emit statusMessage(tr("Nothing was pasted: the grid has changed meanwhile."));
        paste({target}, cells, tr("Paste"));
    });
    question->open();
}

void RecordTable::paste(const QList<QRect> &targets, const QList<QStringList> &cells,
                        const QString &step)
{
    RecordTableModel *model = records();
    if (!model || !model->recordSet())
        return;
    const QRect grid(0, 0, model->columnCount(), model->rowCount());
    QList<QRect> inside;
    int beyond = 0;
    for (const QRect &target : targets) {
        inside.append(target & grid);
        beyond += target.width() * target.height() - inside.last().width() * inside.last().height();
    }
    emit pasteStarted();
    const auto edits = std::make_shared<CellEdits>(*model, *m_changes);
    const auto visit = [edits, grid, targets, cells](int row, const Record &record) {
        edits->beginRow(record, row);
        pasteRow(*edits, row, grid.width(), targets, cells);
    };
    visitRows(tr("Pasting"), rowsOf(inside), visit, [this, edits, beyond, step] {
        stage(*edits, step);
        QStringList said {tr("%Ln cell(s) pasted", nullptr, edits->count())};
        if (edits->refused() > 0)
            said.append(tr("%Ln could not be edited", nullptr, edits->refused()));
        if (beyond > 0)
            said.append(tr("%Ln beyond the end of the grid", nullptr, beyond));
        emit statusMessage(said.join(u"; "_s));
    });
}

} // namespace hubkeeper

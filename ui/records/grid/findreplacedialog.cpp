// SPDX-License-Identifier: MIT
#include "records/grid/findreplacedialog.h"

#include "records/values/propertynames.h"
#include "widgets/notelabel.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTableWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int pause = 250; // Milliseconds.

} // namespace

FindReplaceDialog::FindReplaceDialog(SelectionEdits &edits, QWidget *parent)
    : QDialog(parent)
    , m_edits(edits)
    , m_selected(edits.selectedCells())
    , m_column(edits.columnCells())
    , m_find(new QLineEdit(this))
    , m_with(new QLineEdit(this))
    , m_expression(new QCheckBox(tr("Regular e&xpression"), this))
    , m_case(new QCheckBox(tr("Match &case"), this))
    , m_whole(new QCheckBox(tr("&Whole cells"), this))
    , m_inSelection(
          new QRadioButton(tr("%Ln &selected cell(s)", nullptr, int(m_selected.count())), this))
    , m_inColumn(new QRadioButton(tr("The whole c&olumn"), this))
    , m_count(new NoteLabel(this))
    , m_preview(new QTableWidget(0, 2, this))
{
    setObjectName(u"findReplaceDialog"_s);
    setWindowTitle(tr("Find and Replace"));
    m_find->setObjectName(u"findText"_s);
    m_with->setObjectName(u"replaceText"_s);
    m_expression->setObjectName(u"findExpression"_s);
    m_expression->setToolTip(tr("In the replacement \\1 is what the first group matched."));
    m_whole->setObjectName(u"findWhole"_s);
    m_inColumn->setObjectName(u"findInColumn"_s);
    m_count->setObjectName(u"findCount"_s);
    m_preview->setObjectName(u"findPreview"_s);
    m_preview->setAccessibleName(tr("What is replaced"));
    m_preview->setHorizontalHeaderLabels({tr("Now"), tr("Afterwards")});
    m_preview->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_preview->verticalHeader()->hide();
    m_preview->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_preview->setTabKeyNavigation(false);

    layOut();
    for (QLineEdit *line : {m_find, m_with})
        connect(line, &QLineEdit::textChanged, this, &FindReplaceDialog::onEdited);
    for (QAbstractButton *button :
         QList<QAbstractButton *> {m_expression, m_case, m_whole, m_inSelection})
        connect(button, &QAbstractButton::toggled, this, &FindReplaceDialog::onEdited);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &FindReplaceDialog::look);
    connect(&m_edits, &SelectionEdits::previewed, this, &FindReplaceDialog::showPreview);
    onEdited();
    m_find->setFocus();
}

void FindReplaceDialog::layOut()
{
    auto *form = new QFormLayout;
    form->addRow(tr("&Find:"), m_find);
    form->addRow(tr("Re&place with:"), m_with);
    auto *how = new QHBoxLayout;
    for (QCheckBox *box : {m_expression, m_case, m_whole})
        how->addWidget(box);
    how->addStretch();
    auto *where = new QHBoxLayout;
    where->addWidget(m_inSelection);
    where->addWidget(m_inColumn);
    where->addStretch();
    (m_selected.count() > 1 ? m_inSelection : m_inColumn)->setChecked(true);
    m_inSelection->setEnabled(m_selected.count() > 0);
    form->addRow(QString(), how);
    form->addRow(tr("In:"), where);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_replace = buttons->addButton(tr("&Replace All"), QDialogButtonBox::AcceptRole);
    m_replace->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(m_count);
    layout->addWidget(m_preview, 1);
    layout->addWidget(buttons);
    setMinimumSize(fontMetrics().averageCharWidth() * 80, fontMetrics().lineSpacing() * 22);

    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        m_edits.replace(cells(), wanted());
        accept();
    });
}

TextReplacement FindReplaceDialog::wanted() const
{
    return {m_find->text(), m_with->text(), m_expression->isChecked(), m_case->isChecked(),
            m_whole->isChecked()};
}

const SelectionEdits::Cells &FindReplaceDialog::cells() const
{
    return m_inColumn->isChecked() ? m_column : m_selected;
}

void FindReplaceDialog::onEdited()
{
    m_replace->setEnabled(false); // Until it is known what it does.
    m_preview->setRowCount(0);
    m_count->setText(TextReplacer(wanted()).fault());
    m_pause.start();
}

void FindReplaceDialog::look()
{
    if (TextReplacer(wanted()).fault().isEmpty())
        m_edits.preview(cells(), wanted());
}

void FindReplaceDialog::showPreview(const SelectionEdits::Preview &preview)
{
    if (m_pause.isActive()) // Something else is wanted by now.
        return;
    m_count->setText(preview.cells == 0 ? tr("No cell has it.")
                                        : tr("%Ln cell(s) are replaced.", nullptr, preview.cells));
    m_preview->setRowCount(int(preview.first.size()));
    for (int row = 0; row < preview.first.size(); ++row) {
        m_preview->setItem(row, 0, new QTableWidgetItem(preview.first[row].first));
        m_preview->setItem(row, 1, new QTableWidgetItem(shownText(preview.first[row].second)));
    }
    m_replace->setEnabled(preview.cells > 0);
}

} // namespace hubkeeper

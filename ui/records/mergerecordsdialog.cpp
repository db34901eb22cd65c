// SPDX-License-Identifier: MIT
#include "records/mergerecordsdialog.h"

#include "records/mergemodel.h"
#include "session/open/session.h"
#include "session/reading/recordlabel.h"
#include "widgets/errortext.h"
#include "widgets/notelabel.h"
#include "widgets/taborder.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

MergeRecordsDialog::MergeRecordsDialog(Session &session, ObjectType type, const QString &primaryId,
                                       const QString &mergedId, const PropertyNames &names,
                                       QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_names(names)
    , m_model(new MergeModel(names, this))
    , m_title(new QLabel(this))
    , m_tree(new QTreeView(this))
    , m_note(new NoteLabel(this))
    , m_swap(new QPushButton(tr("S&wap Records"), this))
{
    setObjectName(u"mergeDialog"_s);
    setWindowTitle(type == ObjectType::Contacts ? tr("Merge Contacts") : tr("Merge Companies"));
    m_wish.type = type;
    m_wish.primaryId = primaryId;
    m_wish.mergedId = mergedId;
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_note->setObjectName(u"mergeNote"_s);
    m_tree->setObjectName(u"mergePreview"_s);
    m_tree->setAccessibleName(tr("What is left of both records"));
    m_tree->setModel(m_model);
    m_tree->setRootIsDecorated(false);
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_swap->setObjectName(u"swapRecords"_s);
    m_swap->setToolTip(tr("The other record stays"));
    m_swap->setAutoDefault(false);
    auto *different = new QCheckBox(tr("Only &different values"), this);
    different->setChecked(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_stage = buttons->addButton(tr("&Stage Merge"), QDialogButtonBox::AcceptRole);
    m_stage->setObjectName(u"stageMerge"_s);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);

    auto *row = new QHBoxLayout;
    row->addWidget(m_swap);
    row->addWidget(different);
    row->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_title);
    layout->addLayout(row);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_note);
    layout->addWidget(buttons);
    tabInOrder({m_swap, different, m_tree});
    const int width = fontMetrics().averageCharWidth();
    m_tree->header()->setDefaultSectionSize(width * 24);
    resize(width * 104, fontMetrics().height() * 30);

    connect(different, &QCheckBox::toggled, m_model, &MergeModel::setOnlyDifferent);
    connect(m_model, &MergeModel::chosen, this, &MergeRecordsDialog::choose);
    connect(m_swap, &QPushButton::clicked, this, &MergeRecordsDialog::swapRecords);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    read();
}

void MergeRecordsDialog::read()
{
    m_stage->setEnabled(false);
    m_swap->setEnabled(false);
    m_title->setText(tr("Reading both records…"));
    m_reading = std::make_unique<QObject>();
    m_session.definitions(m_wish.type, false, m_reading.get())
        ->onDone(this, [this](const Result<QList<PropertyDefinition>> &definitions) {
            m_definitions = definitions.value_or(QList<PropertyDefinition>());
        });
    previewMerge(m_session, m_wish, m_reading.get())
        ->onDone(this, [this](const Result<MergePreview> &preview) {
            if (preview)
                return show(*preview);
            const ErrorText text = errorText(preview.error(), Situation::ReadingRecords);
            m_title->setText(text.sentence);
            m_note->setText(text.detail);
        });
}

void MergeRecordsDialog::show(const MergePreview &preview)
{
    m_preview = preview;
    m_model->setPreview(preview);
    const auto called = [this](const Record &record) {
        return m_names.masking().name(labelOf(m_wish.type, record.properties, record.id));
    };
    //: %1 and %2 are records.
    m_title->setText(tr("%2 is merged into %1. HubSpot cannot separate them again.")
                         .arg(called(preview.primary.record), called(preview.merged.record)));
    showWarnings();
    m_stage->setEnabled(true);
    m_swap->setEnabled(true);
}

void MergeRecordsDialog::showWarnings()
{
    QStringList lines;
    for (const QString &warning : std::as_const(m_preview.warnings))
        lines.append(m_names.masking().text(warning));
    lines.append(tr("%Ln association(s) of the second record move to the merged one.", nullptr,
                    int(m_preview.moving.size())));
    lines.append(tr("When the merge is applied, both records go into the journal whole before "
                    "anything is sent. Revert Run on the Journal page rebuilds the second one."));
    m_note->setText(lines.join(u'\n'));
}

void MergeRecordsDialog::choose(const QString &property, const QString &text)
{
    m_wish.wanted.insert(property, text);
    show(previewOf(m_wish, m_preview.primary, m_preview.merged, m_definitions));
}

/// What was chosen was about the other record.
void MergeRecordsDialog::swapRecords()
{
    std::swap(m_wish.primaryId, m_wish.mergedId);
    m_wish.wanted.clear();
    show(previewOf(m_wish, m_preview.merged, m_preview.primary, m_definitions));
}

} // namespace hubkeeper

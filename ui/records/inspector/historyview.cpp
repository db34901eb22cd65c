// SPDX-License-Identifier: MIT
#include "records/inspector/historyview.h"

#include "records/inspector/historymodel.h"
#include "session/open/session.h"
#include "widgets/errortext.h"
#include "widgets/notelabel.h"
#include "widgets/taborder.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

HistoryView::HistoryView(ObjectType type, const PropertyNames &names, QWidget *parent)
    : QWidget(parent)
    , m_type(type)
    , m_names(names)
    , m_model(new HistoryModel(type, names, this))
    , m_choice(new QComboBox(this))
    , m_stage(new QPushButton(tr("Stage This Value"), this))
    , m_note(new NoteLabel(this))
    , m_tree(new QTreeView(this))
{
    m_choice->setObjectName(u"historyProperty"_s);
    m_choice->setAccessibleName(tr("Property whose history is shown"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(12);
    m_stage->setObjectName(u"stageHistory"_s);
    m_stage->setToolTip(tr("Stage the value of the selected line in place of the present one"));
    m_stage->setAutoDefault(false);
    m_tree->setObjectName(u"history"_s);
    m_tree->setAccessibleName(tr("Values that the record had"));
    m_tree->setModel(m_model);
    m_tree->setRootIsDecorated(false);
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_tree->setAllColumnsShowFocus(true);
    const int width = fontMetrics().averageCharWidth();
    m_tree->header()->resizeSection(HistoryModel::SinceColumn, width * 17);
    m_tree->header()->resizeSection(HistoryModel::PropertyColumn, width * 14);
    m_tree->header()->resizeSection(HistoryModel::ValueColumn, width * 18);
    auto *row = new QHBoxLayout;
    row->addWidget(m_choice, 1);
    row->addWidget(m_stage);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(row);
    layout->addWidget(m_note);
    layout->addWidget(m_tree, 1);
    tabInOrder({m_choice, m_stage, m_tree});
    connect(m_choice, &QComboBox::activated, this, [this] {
        m_model->setProperty(m_choice->currentData().toString());
        showNote();
    });
    connect(m_stage, &QPushButton::clicked, this, &HistoryView::stage);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &HistoryView::updateButton);
    connect(m_model, &QAbstractItemModel::modelReset, this, &HistoryView::updateButton);
    fillChoice();
    showNote();
    updateButton();
}

HistoryView::~HistoryView() = default;

void HistoryView::setSession(std::shared_ptr<Session> session)
{
    m_session = std::move(session);
    clear();
    if (!m_session)
        return;
    connect(m_session.get(), &Session::recordsWritten, this,
            [this](ObjectType type, const QList<Record> &records) {
                for (const Record &record : records) {
                    if (type != m_type || record.id != m_id)
                        continue;
                    m_isStale = true;
                    readIfShown();
                }
            });
}

void HistoryView::clear()
{
    m_reading.reset();
    m_id.clear();
    m_fault.clear();
    m_isStale = true;
    m_model->clear();
    showNote();
}

void HistoryView::showRecord(const QString &id, const QString &label)
{
    m_id = id;
    m_recordLabel = label;
    m_isStale = true;
    readIfShown();
}

void HistoryView::setProperties(const QStringList &properties, const QString &current)
{
    QStringList wanted = properties;
    if (!current.isEmpty() && !wanted.contains(current))
        wanted.append(current);
    const bool isOther = wanted != m_properties;
    m_properties = wanted;
    m_current = current;
    m_isStale = m_isStale || isOther;
    fillChoice();
    if (isOther)
        readIfShown();
}

void HistoryView::fillChoice()
{
    m_choice->clear();
    m_choice->addItem(tr("All columns of the grid"), QString());
    for (const QString &property : std::as_const(m_properties))
        m_choice->addItem(m_names.label(property), property);
    m_choice->setCurrentIndex(std::max(0, m_choice->findData(m_current)));
    m_model->setProperty(m_choice->currentData().toString());
    showNote();
}

void HistoryView::namesChanged()
{
    fillChoice();
    m_model->namesChanged();
}

void HistoryView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    readIfShown();
}

void HistoryView::readIfShown()
{
    if (!m_session || m_id.isEmpty() || m_properties.isEmpty() || !isVisible() || !m_isStale)
        return;
    m_isStale = false;
    m_fault.clear();
    m_reading = std::make_unique<QObject>();
    m_model->clear();
    showNote();
    m_session->owners(false, m_reading.get())
        ->onDone(this, [this](const Result<QList<Owner>> &owners) {
            if (owners) // Without them users have numbers.
                m_model->setUsers(*owners);
        });
    readHistories(m_session->portal(), m_type, {m_id}, m_properties, m_reading.get())
        ->onDone(this, [this](const Result<HistoryBatch> &batch) {
            if (!batch)
                m_fault = errorText(batch.error(), Situation::ReadingRecords).sentence;
            else if (batch->records.isEmpty())
                m_fault = tr("The record is not there any more.");
            else
                m_model->setHistory(batch->records.first());
            showNote();
        });
}

void HistoryView::showNote()
{
    QString text = m_fault;
    if (text.isEmpty() && m_id.isEmpty())
        text = tr("Select a record to see what its values were.");
    else if (text.isEmpty() && m_isStale)
        text = tr("The history is read when it is shown.");
    else if (text.isEmpty() && m_model->record().id.isEmpty())
        text = tr("Reading the history…");
    else if (text.isEmpty() && m_model->rowCount() == 0)
        text = tr("HubSpot has no history of it.");
    else if (text.isEmpty() && m_model->isCut())
        text = tr("HubSpot keeps the last %Ln value(s) of a property; there may have been more.",
                  nullptr, keptValues(m_type));
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

void HistoryView::updateButton()
{
    const QModelIndex current = m_tree->currentIndex();
    const bool canStage = m_session && current.isValid() && !m_model->lineAt(current.row()).isNow
        && !m_names.isReadOnly(m_model->lineAt(current.row()).property);
    m_stage->setEnabled(canStage);
}

void HistoryView::stage()
{
    const QModelIndex current = m_tree->currentIndex();
    if (!m_session || !current.isValid())
        return;
    const HistoryModel::Line line = m_model->lineAt(current.row());
    m_session->changes().setText(m_type, m_model->record(), m_recordLabel, line.property,
                                 line.past.value);
    emit statusMessage(tr("Staged %1 as it was.").arg(m_names.label(line.property)));
}

} // namespace hubkeeper

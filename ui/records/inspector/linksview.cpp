// SPDX-License-Identifier: MIT
#include "records/inspector/linksview.h"

#include "records/inspector/linklabelsdialog.h"
#include "records/inspector/linkpicker.h"
#include "records/inspector/linksmodel.h"
#include "session/open/session.h"
#include "widgets/errortext.h"
#include "widgets/notelabel.h"
#include "widgets/taborder.h"

#include <QBoxLayout>
#include <QDialog>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QTreeView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostLinksShown = 200;

} // namespace

LinksView::LinksView(ObjectType type, const PropertyNames &names, QWidget *parent)
    : QWidget(parent)
    , m_type(type)
    , m_other(type == ObjectType::Contacts ? ObjectType::Companies : ObjectType::Contacts)
    , m_names(names)
    , m_tree(new QTreeView(this))
    , m_note(new NoteLabel(this))
    , m_add(new QPushButton(tr("Associate…"), this))
    , m_remove(new QPushButton(tr("Remove"), this))
    , m_setLabels(new QPushButton(tr("Labels…"), this))
    , m_primary(new QPushButton(tr("Primary"), this))
{
    m_tree->setObjectName(u"associations"_s);
    m_tree->setAccessibleName(tr("Associated records"));
    m_tree->setRootIsDecorated(false);
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->installEventFilter(this);
    makeButtons();
    auto *row = new QHBoxLayout;
    for (QPushButton *button : {m_add, m_remove, m_setLabels, m_primary})
        row->addWidget(button);
    row->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(row);
    layout->addWidget(m_note);
    layout->addWidget(m_tree, 1);
    tabInOrder({m_add, m_remove, m_setLabels, m_primary, m_tree});
    showNote();
    updateButtons();
}

LinksView::~LinksView() = default;

void LinksView::makeButtons()
{
    m_add->setObjectName(u"addAssociation"_s);
    m_remove->setObjectName(u"removeAssociation"_s);
    m_setLabels->setObjectName(u"labelAssociation"_s);
    m_primary->setObjectName(u"primaryAssociation"_s);
    m_add->setToolTip(tr("Stage an association with another record"));
    m_remove->setToolTip(tr("Stage that the association goes, or take that back"));
    m_setLabels->setToolTip(tr("Choose the labels of the association"));
    m_primary->setToolTip(tr("Make this the contact's primary company, or no longer"));
    m_primary->setCheckable(true);
    for (QPushButton *button : {m_add, m_remove, m_setLabels, m_primary})
        button->setAutoDefault(false);
    const int remove = m_remove->sizeHint().width();
    m_remove->setText(tr("Keep"));
    m_remove->setMinimumWidth(std::max(remove, m_remove->sizeHint().width()));
    connect(m_add, &QPushButton::clicked, this, &LinksView::add);
    connect(m_remove, &QPushButton::clicked, this, &LinksView::remove);
    connect(m_setLabels, &QPushButton::clicked, this, &LinksView::editLabels);
    connect(m_primary, &QPushButton::clicked, this, &LinksView::togglePrimary);
    connect(m_tree, &QTreeView::doubleClicked, this, &LinksView::goToCurrent);
}

void LinksView::setSession(std::shared_ptr<Session> session)
{
    const QList<QDialog *> open = findChildren<QDialog *>();
    qDeleteAll(open); // They end with their connection.
    m_work = std::make_unique<QObject>();
    m_reading.reset();
    m_tree->setModel(nullptr);
    m_model.reset();
    m_labels.reset();
    m_fault.clear();
    m_session = std::move(session);
    if (m_session) {
        m_model = std::make_unique<LinksModel>(m_type, m_other, m_session->changes(),
                                               m_names.masking(), nullptr);
        m_tree->setModel(m_model.get());
        const int width = fontMetrics().averageCharWidth();
        m_tree->header()->setStretchLastSection(false);
        m_tree->header()->setSectionResizeMode(LinksModel::RecordColumn, QHeaderView::Stretch);
        m_tree->header()->resizeSection(LinksModel::LabelsColumn, width * 16);
        m_tree->header()->resizeSection(LinksModel::ChangeColumn, width * 14);
        connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
                &LinksView::updateButtons);
        connect(m_model.get(), &QAbstractItemModel::modelReset, this, &LinksView::updateButtons);
        connect(m_model.get(), &QAbstractItemModel::dataChanged, this, &LinksView::updateButtons);
        connect(m_model.get(), &QAbstractItemModel::rowsInserted, this, &LinksView::showNote);
        connect(m_model.get(), &QAbstractItemModel::rowsRemoved, this, &LinksView::showNote);
        connect(m_model.get(), &LinksModel::written, this, [this] {
            m_isStale = true;
            readIfShown();
        });
    }
    showNote();
    updateButtons();
}

void LinksView::clear()
{
    m_reading.reset();
    m_fault.clear();
    if (m_model)
        m_model->setRecord({}, {});
    showNote();
    updateButtons();
}

void LinksView::showRecord(const QString &id, const QString &name)
{
    if (!m_model)
        return;
    if (m_model->record().id != id)
        m_model->setRecord({m_type, id}, name);
    m_isStale = true;
    readIfShown();
}

/// Nobody who does not look at it pays for it.
void LinksView::readIfShown()
{
    if (m_isStale && isVisible())
        read();
}

void LinksView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    readIfShown();
}

void LinksView::read()
{
    if (!m_session || m_model->record().id.isEmpty())
        return;
    m_isStale = false;
    m_reading = std::make_unique<QObject>();
    (new ReadLinkedRecords(m_session->portal(), m_model->record(), m_other, mostLinksShown,
                           m_reading.get()))
        ->onDone(this, [this](const Result<LinkedRecords> &found) { onRead(found); });
    readLabels();
}

void LinksView::onRead(const Result<LinkedRecords> &found)
{
    if (!found && found.error().kind == ErrorKind::Cancelled)
        return;
    const int row = current();
    const QString kept = row < 0 ? QString() : m_model->lineAt(row).linked.record.id;
    m_fault = found ? QString() : errorText(found.error(), Situation::ReadingRecords).sentence;
    if (found)
        m_model->setLinks(*found);
    else
        m_model->clear();
    choose(kept);
    showNote();
    updateButtons();
}

/// The line of that record, else the first one.
void LinksView::choose(const QString &id)
{
    int row = 0;
    while (row < m_model->rowCount() && m_model->lineAt(row).linked.record.id != id)
        ++row;
    if (m_model->rowCount() > 0)
        m_tree->setCurrentIndex(m_model->index(row < m_model->rowCount() ? row : 0, 0));
}

/// Once for a session; until then labels are what the links have.
void LinksView::readLabels()
{
    if (m_labels)
        return;
    m_session->portal()
        .associationLabels(ObjectType::Contacts, ObjectType::Companies, m_reading.get())
        ->onDone(this, [this](const Result<QList<AssociationLabel>> &labels) {
            if (!labels && labels.error().kind == ErrorKind::Cancelled)
                return;
            if (labels)
                m_labels = *labels;
            m_setLabels->setToolTip(
                labels ? tr("Choose the labels of the association")
                       : errorText(labels.error(), Situation::ReadingRecords).sentence);
            updateButtons();
        });
}

void LinksView::showNote()
{
    QString text = m_fault;
    if (text.isEmpty() && m_model && m_model->isKnown()) {
        if (m_model->rowCount() == 0)
            text = m_other == ObjectType::Companies
                ? tr("No associated companies. “Associate…” adds one.")
                : tr("No associated contacts. “Associate…” adds one.");
        else if (const qsizetype hidden = m_model->hidden(); hidden > 0)
            text = tr("%Ln more associated record(s) are not shown.", nullptr, int(hidden));
    }
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

void LinksView::namesChanged()
{
    if (m_model)
        m_model->maskingChanged();
}

int LinksView::current() const
{
    const QModelIndex index = m_tree->currentIndex();
    return m_model && index.isValid() ? index.row() : -1;
}

void LinksView::updateButtons()
{
    const int row = current();
    const bool canEdit = row >= 0 && m_model->canEdit(row);
    m_add->setEnabled(m_model && m_model->isKnown());
    m_remove->setEnabled(canEdit);
    const QList<AssociationKind> wanted =
        row >= 0 ? m_model->lineAt(row).wanted() : QList<AssociationKind>();
    const bool goes = row >= 0 && wanted.isEmpty();
    m_remove->setText(goes ? tr("Keep") : tr("Remove"));
    m_setLabels->setEnabled(canEdit && !goes && m_labels.has_value());
    m_primary->setEnabled(canEdit && !goes);
    m_primary->setChecked(row >= 0 && hasKind(wanted, primaryKind())
                          && !m_model->losesPrimary(m_model->lineAt(row)));
}

void LinksView::goToCurrent()
{
    const int row = current();
    if (row < 0)
        return;
    const RecordReference &record = m_model->lineAt(row).linked.record;
    if (localNumber(record.id) == 0)
        emit goTo({pageOf(record.type), ItemId {record.id}});
}

/// The link is read before it is staged: it may be there already, and another company be primary.
void LinksView::add()
{
    const RecordReference record = m_model->record();
    auto *picker = new LinkPicker(*m_session, m_other, m_names.masking(), this);
    picker->setAttribute(Qt::WA_DeleteOnClose);
    connect(picker, &LinkPicker::picked, this,
            [this, record](const QString &id, const QString &name) {
                if (m_model->record() != record)
                    return;
                const RecordReference other {m_other, id};
                m_model->learnName(other, name);
                LinkedRecord linked {other, name, {}};
                LinkOrder order {record, other, LinkOrder::Add, {}, {}};
                order.label = m_model->labelOfPair(linked);
                (new PlanLinks(m_session->portal(), {order}, m_work.get()))
                    ->onDone(this, [this, record, name](const Result<QList<PlannedLink>> &plans) {
                        if (plans && m_model->record() == record)
                            stageAdded(plans->first(), name);
                        else if (!plans && plans.error().kind != ErrorKind::Cancelled)
                            emit statusMessage(
                                errorText(plans.error(), Situation::ReadingRecords).sentence);
                    });
            });
    picker->open();
}

void LinksView::stageAdded(const PlannedLink &plan, const QString &name)
{
    if (plan.row)
        (void)m_session->changes().addRows({*plan.row}, Adding::Merge, tr("Associate"),
                                           &m_session->changes());
    const QString &id =
        plan.order.from == m_model->record() ? plan.order.to.id : plan.order.from.id;
    choose(id);
    m_tree->setFocus();
    if (plan.row)
        return;
    const int row = current();
    const bool goes = row >= 0 && m_model->lineAt(row).linked.record.id == id
        && m_model->lineAt(row).wanted().isEmpty();
    if (goes)
        remove(); // It is kept.
    else
        emit statusMessage(tr("%1 is associated already.").arg(m_names.masking().name(name)));
}

/// What shall go stays when this is pressed again.
void LinksView::remove()
{
    const int row = current();
    if (row < 0)
        return;
    const LinksModel::Line line = m_model->lineAt(row);
    const bool goes = line.wanted().isEmpty();
    m_model->stage(row, goes ? line.linked.link.kinds : QList<AssociationKind>(),
                   goes ? tr("Keep Association") : tr("Remove Association"));
    updateButtons();
}

void LinksView::editLabels()
{
    const int row = current();
    if (row < 0 || !m_setLabels->isEnabled())
        return;
    const RecordReference edited = m_model->record();
    const RecordReference other = m_model->lineAt(row).linked.record;
    auto *dialog = new LinkLabelsDialog(*m_labels, m_model->lineAt(row).wanted(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, edited, other, row] {
        const bool isSame = m_model->record() == edited && row < m_model->rowCount()
            && m_model->lineAt(row).linked.record == other;
        if (isSame)
            m_model->stage(row, dialog->kinds(), tr("Change Labels"));
        updateButtons();
    });
    dialog->open();
}

void LinksView::togglePrimary()
{
    const int row = current();
    if (row < 0)
        return;
    QList<AssociationKind> wanted = without(m_model->lineAt(row).wanted(), {primaryKind()});
    if (m_primary->isChecked())
        wanted.append(primaryKind());
    m_model->stage(row, wanted,
                   m_primary->isChecked() ? tr("Make Primary") : tr("No Longer Primary"));
    updateButtons();
}

bool LinksView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_tree || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && current() >= 0)
        goToCurrent();
    else if (key == Qt::Key_Insert && m_add->isEnabled())
        add();
    else if (static_cast<QKeyEvent *>(event)->matches(QKeySequence::Delete)
             && m_remove->isEnabled())
        remove();
    else if (key == Qt::Key_F2)
        editLabels();
    else
        return QWidget::eventFilter(watched, event);
    return true;
}

} // namespace hubkeeper

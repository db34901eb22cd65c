// SPDX-License-Identifier: MIT
#include "requests/requestsdock.h"

#include "base/savefile.h"
#include "net/curlline.h"
#include "net/trafficexport.h"
#include "requests/cliline.h"
#include "requests/limitsview.h"
#include "requests/requestsmodel.h"
#include "requests/requesttext.h"
#include "session/open/session.h"
#include "widgets/icons.h"
#include "widgets/masking.h"
#include "widgets/sizes.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QCheckBox>
#include <QClipboard>
#include <QFileDialog>
#include <QFontDatabase>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>

#include <array>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr std::array lettersOf {14, 9, 34, 8, 10, 12, 5, 12, 38}; // By RequestsModel::Column.
// What the details repeat goes first where there is little room.
constexpr std::array<int, 5> dispensable {RequestsModel::CorrelationColumn,
                                          RequestsModel::LeftColumn, RequestsModel::TryColumn,
                                          RequestsModel::SizeColumn, RequestsModel::DurationColumn};
constexpr int leastPath = 30; // Letters.

} // namespace

RequestsDock::RequestsDock(Masking &masking, QWidget *parent)
    : Page(PageId::Requests, parent)
    , m_masking(masking)
    , m_filtered(new RequestsFilter(this))
    , m_tabs(new QTabWidget(this))
    , m_table(new QTableView(this))
    , m_details(new QPlainTextEdit(this))
    , m_limits(new LimitsView(this))
    , m_filter(new QLineEdit(this))
    , m_onlyFailed(new QCheckBox(tr("Only failed"), this))
    , m_keepBodies(new QCheckBox(tr("Keep bodies"), this))
    , m_pause(new QPushButton(tr("Pause"), this))
    , m_copy(new QPushButton(hubkeeper::icon(u"edit-copy"_s), tr("Copy as curl"), this))
    , m_copyCommand(new QPushButton(hubkeeper::icon(u"command"_s), tr("Copy as Command"), this))
    , m_export(new QPushButton(hubkeeper::icon(u"document-save-as"_s), tr("Export…"), this))
    , m_clear(new QPushButton(hubkeeper::icon(u"edit-clear"_s), tr("Clear"), this))
{
    m_pause->setCheckable(true);
    m_keepBodies->setToolTip(tr("Bodies hold personal data. They are kept in memory only, of the "
                                "newest 200 requests and 8 MiB in all."));
    build();
    connect(m_copy, &QPushButton::clicked, this, &RequestsDock::copyAsCurl);
    connect(m_copyCommand, &QPushButton::clicked, this, &RequestsDock::copyAsCommand);
    connect(m_export, &QPushButton::clicked, this, &RequestsDock::chooseExport);
    connect(m_clear, &QPushButton::clicked, this, [this] { m_session->traffic().clear(); });
    connect(&m_masking, &Masking::changed, this, &RequestsDock::maskingChanged);
    connect(m_filter, &QLineEdit::textChanged, m_filtered, &RequestsFilter::setText);
    connect(m_onlyFailed, &QCheckBox::toggled, m_filtered, &RequestsFilter::setOnlyFailed);
    connect(m_keepBodies, &QCheckBox::toggled, this, [this](bool keep) {
        if (m_session)
            m_session->traffic().setKeepsBodies(keep);
        showDetails();
    });
    connect(m_pause, &QPushButton::toggled, this, [this](bool paused) {
        if (m_model)
            m_model->setPaused(paused);
    });
    updateButtons();
}

RequestsDock::~RequestsDock() = default;

void RequestsDock::build()
{
    m_filter->setPlaceholderText(tr("Filter by path, status or ID"));
    m_filter->setAccessibleName(tr("Filter requests"));
    m_filter->setClearButtonEnabled(true);
    m_table->setAccessibleName(tr("Requests"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->viewport()->installEventFilter(this);
    m_details->setReadOnly(true);
    m_details->setTabChangesFocus(true);
    m_details->setAccessibleName(tr("Request and reply"));
    m_details->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_details->setPlaceholderText(tr("Choose a request to see what was sent and what came back."));

    auto *bar = new QHBoxLayout;
    bar->addWidget(m_filter, 1);
    for (QWidget *widget : QList<QWidget *> {m_onlyFailed, m_keepBodies, m_pause, m_copy,
                                             m_copyCommand, m_export, m_clear})
        bar->addWidget(widget);
    auto *split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(m_table);
    split->addWidget(m_details);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    auto *calls = new QWidget(this);
    auto *callsLayout = new QVBoxLayout(calls);
    setDockMargins(*callsLayout);
    callsLayout->addLayout(bar);
    callsLayout->addWidget(split, 1);
    m_tabs->addTab(calls, tr("Calls"));
    m_tabs->addTab(m_limits, tr("Limits"));
    m_tabs->setDocumentMode(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tabs, 1);
}

QString RequestsDock::title() const
{
    return tr("Requests");
}

QIcon RequestsDock::icon() const
{
    return hubkeeper::icon(u"requests"_s);
}

void RequestsDock::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_filtered->setSourceModel(nullptr);
    m_model.reset();
    m_session = std::move(session);
    m_limits->setSession(m_session);
    m_details->clear();
    m_pause->setChecked(false);
    if (m_session) {
        m_session->traffic().setKeepsBodies(m_keepBodies->isChecked());
        connectModel();
    }
    updateButtons();
}

void RequestsDock::connectModel()
{
    m_model = std::make_unique<RequestsModel>(m_session->traffic(), nullptr);
    m_model->setMask(m_masking.pseudonyms());
    m_filtered->setSourceModel(m_model.get());
    m_table->setModel(m_filtered);
    QHeaderView *header = m_table->horizontalHeader();
    const int width = fontMetrics().averageCharWidth();
    for (int column = 0; column < m_model->columnCount(); ++column)
        header->resizeSection(column, width * lettersOf[size_t(column)]);
    header->setSectionResizeMode(RequestsModel::PathColumn, QHeaderView::Stretch);
    showColumns();
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, m_work.get(),
            [this] { showDetails(); });
    connect(m_filtered, &QAbstractItemModel::rowsInserted, m_work.get(), [this] {
        const auto *bar = m_table->verticalScrollBar();
        if (bar->value() == bar->maximum() && isVisible())
            m_table->scrollToBottom();
        updateButtons();
    });
    connect(m_model.get(), &QAbstractItemModel::modelReset, m_work.get(),
            [this] { showDetails(); });
}

/// Those there is room for beside a path that can be read.
void RequestsDock::showColumns()
{
    if (!m_model)
        return;
    QHeaderView *header = m_table->horizontalHeader();
    const int width = fontMetrics().averageCharWidth();
    int needed = leastPath - lettersOf[RequestsModel::PathColumn];
    for (const int letters : lettersOf)
        needed += letters;
    for (const int column : dispensable) {
        const bool hides = needed * width > m_table->viewport()->width();
        header->setSectionHidden(column, hides);
        if (hides)
            needed -= lettersOf[size_t(column)];
    }
}

bool RequestsDock::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == m_table->viewport())
        showColumns();
    return Page::eventFilter(watched, event);
}

const TrafficRecord *RequestsDock::current() const
{
    const QModelIndex index =
        m_model ? m_filtered->mapToSource(m_table->currentIndex()) : QModelIndex();
    return index.isValid() ? &m_model->recordAt(index.row()) : nullptr;
}

void RequestsDock::maskingChanged()
{
    if (m_model)
        m_model->setMask(m_masking.pseudonyms());
    m_filtered->invalidate(); // A filter looks through what is shown.
    showDetails();
}

/// None while what it says would have to be masked: a command must do what the call did.
std::optional<QString> RequestsDock::commandFor(const TrafficRecord &record) const
{
    const auto line = cliLine(record, m_session->connection().provisionerPath, !m_masking.isOn());
    const auto bare = cliLine(record, QString(), !m_masking.isOn());
    return bare && m_masking.text(*bare) != *bare ? std::nullopt : line;
}

void RequestsDock::updateButtons()
{
    const bool any = m_model && m_model->rowCount() > 0;
    const TrafficRecord *record = current();
    m_copy->setEnabled(record);
    const bool hasCommand = record && commandFor(*record).has_value();
    const bool wantsBody = record && !hasCommand && record->verb != Verb::Get
        && (m_masking.isOn() || record->requestBody.isEmpty());
    m_copyCommand->setEnabled(hasCommand);
    m_copyCommand->setToolTip(
        hasCommand      ? tr("The hubkeeper-cli command that does the same")
            : wantsBody ? tr("What was sent is masked or was not kept, so there may be no command: "
                             "keep bodies, and do not mask personal data")
                        : tr("No hubkeeper-cli command does the same"));
    m_export->setEnabled(any);
    m_clear->setEnabled(any);
    m_pause->setEnabled(m_model != nullptr);
}

void RequestsDock::showDetails()
{
    updateButtons();
    const TrafficRecord *record = current();
    m_details->setPlainText(record ? requestText(*record, m_masking.pseudonyms()) : QString());
}

void RequestsDock::copyAsCurl()
{
    if (const TrafficRecord *record = current()) {
        const Pseudonyms *mask = m_masking.pseudonyms();
        QApplication::clipboard()->setText(curlLine(mask ? maskedRecord(*record, *mask) : *record));
        emit statusMessage(
            mask ? tr("Copied with pseudonyms in place of personal data: good to show, but not to "
                      "send again.")
                 : tr("Copied, personal data included. The token is in it as $HUBSPOT_TOKEN."));
    }
}

void RequestsDock::copyAsCommand()
{
    const TrafficRecord *record = current();
    const auto line = record ? commandFor(*record) : std::nullopt;
    if (!line)
        return;
    QApplication::clipboard()->setText(*line);
    emit statusMessage(tr("Copied: %1").arg(line->section(u'\n', 0, 0)));
}

Result<void> RequestsDock::exportTo(const QString &path) const
{
    if (!m_model)
        return fail(ErrorKind::InvalidInput, u"There are no requests: no connection is open."_s,
                    u"Open a connection first."_s);
    const auto &records = m_model->records();
    const QByteArray bytes = path.endsWith(".har"_L1, Qt::CaseInsensitive)
        ? trafficAsHar(records, m_masking.pseudonyms())
        : trafficAsJsonLines(records, m_masking.pseudonyms());
    return saveFile(path, bytes, FileMode::KeepOrPrivate);
}

void RequestsDock::chooseExport()
{
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Export Requests"), u"requests.har"_s,
                                     tr("HTTP Archive (*.har);;JSON lines (*.jsonl)"));
    if (path.isEmpty())
        return;
    const auto saved = exportTo(path);
    if (!saved)
        return emit statusMessage(saved.error().sentence());
    emit statusMessage(m_masking.isOn()
                           ? tr("The requests were exported with pseudonyms in place of personal "
                                "data.")
                           : tr("The requests were exported. They may hold personal data."));
}

void RequestsDock::showItem(const PlaceItem &item)
{
    if (item == PlaceItem(PagePart::Limits))
        m_tabs->setCurrentWidget(m_limits);
}

void RequestsDock::focusFilter()
{
    m_tabs->setCurrentIndex(0);
    m_filter->setFocus();
    m_filter->selectAll();
}

} // namespace hubkeeper

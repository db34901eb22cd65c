// SPDX-License-Identifier: MIT
#include "records/requestsdock.h"

#include "base/redact.h"
#include "base/savefile.h"
#include "net/curlline.h"
#include "records/requestsmodel.h"
#include "session/session.h"
#include "shell/icons.h"

#include <QApplication>
#include <QBoxLayout>
#include <QCheckBox>
#include <QClipboard>
#include <QFileDialog>
#include <QFontDatabase>
#include <QHeaderView>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RequestsDock::RequestsDock(QWidget *parent)
    : Page(u"requests"_s, parent)
    , m_table(new QTableView(this))
    , m_details(new QPlainTextEdit(this))
    , m_mask(new QCheckBox(tr("&Mask personal data"), this))
    , m_copy(new QPushButton(hubkeeper::icon(u"edit-copy"_s), tr("&Copy as curl"), this))
    , m_export(new QPushButton(hubkeeper::icon(u"document-save-as"_s), tr("E&xport…"), this))
    , m_clear(new QPushButton(hubkeeper::icon(u"edit-clear"_s), tr("C&lear"), this))
{
    m_table->setAccessibleName(tr("Requests"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_details->setReadOnly(true);
    m_details->setAccessibleName(tr("Request and reply"));
    m_details->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_details->setPlaceholderText(tr("Choose a request to see what was sent and what came back."));
    m_mask->setChecked(true);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_copy);
    buttons->addWidget(m_export);
    buttons->addWidget(m_clear);
    buttons->addStretch(1);
    buttons->addWidget(m_mask);
    auto *split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(m_table);
    split->addWidget(m_details);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(buttons);
    layout->addWidget(split, 1);

    connect(m_copy, &QPushButton::clicked, this, &RequestsDock::copyAsCurl);
    connect(m_export, &QPushButton::clicked, this, &RequestsDock::exportAll);
    connect(m_clear, &QPushButton::clicked, this, [this] { m_session->traffic().clear(); });
    connect(m_mask, &QCheckBox::toggled, this, &RequestsDock::showDetails);
    updateButtons();
}

RequestsDock::~RequestsDock() = default;

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
    m_table->setModel(nullptr);
    m_model.reset();
    m_session = std::move(session);
    m_details->clear();
    if (m_session) {
        m_model = std::make_unique<RequestsModel>(m_session->traffic(), nullptr);
        m_table->setModel(m_model.get());
        const int width = fontMetrics().averageCharWidth();
        const std::pair<int, int> sizes[] = {
            {RequestsModel::TimeColumn, 14},     {RequestsModel::VerbColumn, 9},
            {RequestsModel::PathColumn, 50},     {RequestsModel::StatusColumn, 9},
            {RequestsModel::DurationColumn, 11}, {RequestsModel::SizeColumn, 11},
            {RequestsModel::LeftColumn, 7}};
        for (const auto &[column, characters] : sizes)
            m_table->setColumnWidth(column, width * characters);
        connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, m_work.get(),
                [this] { showDetails(); });
        connect(m_model.get(), &QAbstractItemModel::rowsInserted, m_work.get(), [this] {
            const auto *bar = m_table->verticalScrollBar();
            if (bar->value() == bar->maximum() && isVisible())
                m_table->scrollToBottom();
            updateButtons();
        });
        connect(m_model.get(), &QAbstractItemModel::modelReset, m_work.get(),
                [this] { updateButtons(); });
    }
    updateButtons();
}

const TrafficRecord *RequestsDock::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return m_model && index.isValid() ? &m_model->recordAt(index.row()) : nullptr;
}

void RequestsDock::updateButtons()
{
    const bool any = m_model && m_model->rowCount() > 0;
    m_copy->setEnabled(current());
    m_export->setEnabled(any);
    m_clear->setEnabled(any);
}

QString RequestsDock::shownBody(const QByteArray &body, bool hidden) const
{
    if (hidden)
        return tr("(not shown: it holds credentials)");
    if (body.isEmpty())
        return tr("(empty)", "no body");
    const QJsonDocument json = QJsonDocument::fromJson(body);
    const QString text = QString::fromUtf8(json.isNull() ? body : json.toJson());
    return m_mask->isChecked() ? redacted(text) : text;
}

void RequestsDock::showDetails()
{
    updateButtons();
    const TrafficRecord *record = current();
    if (!record)
        return m_details->clear();
    QStringList lines;
    lines.append(u"%1 %2"_s.arg(QString::fromLatin1(nameOf(record->verb)),
                                m_mask->isChecked() ? redacted(record->url) : record->url));
    if (record->attempt > 1)
        lines.append(tr("Attempt %1").arg(record->attempt));
    lines.append(shownBody(record->requestBody, record->requestBodyHidden));
    lines.append(QString());
    lines.append(record->status > 0 ? tr("Status %1").arg(record->status) : record->error);
    if (!record->correlationId.isEmpty())
        lines.append(tr("Correlation ID %1").arg(record->correlationId));
    lines.append(shownBody(record->replyBody, record->replyBodyHidden));
    m_details->setPlainText(lines.join(u'\n'));
}

void RequestsDock::copyAsCurl()
{
    if (const TrafficRecord *record = current()) {
        QApplication::clipboard()->setText(curlLine(*record));
        emit statusMessage(tr("Copied. The token stands in it as $HUBSPOT_TOKEN."));
    }
}

void RequestsDock::exportAll()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Export Requests"),
                                                      u"requests.txt"_s, tr("Text files (*.txt)"));
    if (path.isEmpty())
        return;
    QString text;
    for (const TrafficRecord &record : m_session->traffic().records()) {
        const QString line = curlLine(record);
        text += u"# %1 %2, %3 ms\n%4\n\n"_s.arg(
            record.startedAt.toString(Qt::ISODateWithMs), QString::number(record.status),
            QString::number(record.duration.count()), m_mask->isChecked() ? redacted(line) : line);
    }
    const auto saved = saveFile(path, text.toUtf8(), FileMode::KeepOrPrivate);
    emit statusMessage(saved ? tr("The requests were exported.") : saved.error().sentence());
}

} // namespace hubkeeper

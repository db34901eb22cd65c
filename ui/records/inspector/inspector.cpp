// SPDX-License-Identifier: MIT
#include "records/inspector/inspector.h"

#include "records/grid/propertydelegate.h"
#include "records/inspector/connectoreyemodel.h"
#include "records/inspector/connectoreyeview.h"
#include "records/inspector/historyview.h"
#include "records/inspector/inspectormodel.h"
#include "records/inspector/linksview.h"
#include "session/open/session.h"
#include "session/reading/readfullrecord.h"
#include "widgets/elidedlabel.h"
#include "widgets/errortext.h"
#include "widgets/messagebar.h"

#include <QApplication>
#include <QBoxLayout>
#include <QCheckBox>
#include <QFontDatabase>
#include <QHeaderView>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTabWidget>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

QByteArray asJson(const Record &record, const PropertyNames &names)
{
    QJsonObject properties;
    for (auto it = record.properties.begin(); it != record.properties.end(); ++it)
        properties.insert(it.key(),
                          it->isNull() ? QJsonValue() : QJsonValue(names.stored(it.key(), *it)));
    return QJsonDocument(
               QJsonObject {{u"id"_s, record.id},
                            {u"properties"_s, properties},
                            {u"createdAt"_s, record.createdAt.toString(Qt::ISODateWithMs)},
                            {u"updatedAt"_s, record.updatedAt.toString(Qt::ISODateWithMs)},
                            {u"archived"_s, record.archived}})
        .toJson();
}

} // namespace

Inspector::Inspector(ObjectType type, const PropertyNames &names, QWidget *parent)
    : QWidget(parent)
    , m_type(type)
    , m_names(names)
    , m_title(new ElidedLabel(this, Qt::ElideRight))
    , m_message(new MessageBar(this))
    , m_tabs(new QTabWidget(this))
    , m_filter(new QLineEdit(this))
    , m_hideEmpty(new QCheckBox(tr("Only with val&ue"), this))
    , m_tree(new QTreeView(this))
    , m_links(new LinksView(type, names, this))
    , m_history(new HistoryView(type, names, this))
    , m_json(new QPlainTextEdit(this))
    , m_eye(new ConnectorEyeView(type, names, this))
{
    m_title->setObjectName(u"recordTitle"_s);
    // A name of hundreds of characters without a blank must not widen the window.
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_filter->setPlaceholderText(tr("Filter properties"));
    m_filter->setAccessibleName(tr("Filter properties of the record"));
    m_filter->setClearButtonEnabled(true);
    m_tree->setAccessibleName(tr("Properties of the record"));
    m_tree->setItemDelegate(new PropertyDelegate(m_names, m_tree));
    m_tree->setAlternatingRowColors(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_json->setReadOnly(true);
    m_json->setAccessibleName(tr("Record as JSON"));
    m_json->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_json->setLineWrapMode(QPlainTextEdit::NoWrap);

    makeTabs();
    connectParts();
    m_hideEmpty->setChecked(true);
}

void Inspector::makeTabs()
{
    auto *properties = new QWidget(this);
    auto *propertiesLayout = new QVBoxLayout(properties);
    auto *filterRow = new QHBoxLayout;
    filterRow->addWidget(m_filter, 1);
    filterRow->addWidget(m_hideEmpty);
    propertiesLayout->addLayout(filterRow);
    propertiesLayout->addWidget(m_tree);
    m_tabs->setUsesScrollButtons(true); // Five tabs are not to make the window wider.
    m_tabs->addTab(properties, tr("Properties"));
    m_tabs->addTab(m_links, tr("Associations"));
    m_tabs->addTab(m_history, tr("History"));
    m_tabs->addTab(m_json, tr("JSON"));
    //: The record as IDM sees it through the connector.
    m_tabs->addTab(m_eye, tr("Connector"));

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_title);
    layout->addWidget(m_message);
    layout->addWidget(m_tabs, 1);
}

void Inspector::connectParts()
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(300ms);
    connect(&m_pause, &QTimer::timeout, this, &Inspector::readRecord);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (m_model)
            m_model->setFilter(text);
    });
    connect(m_hideEmpty, &QCheckBox::toggled, this, [this](bool hide) {
        if (m_model)
            m_model->setHideEmpty(hide);
    });
    connect(m_links, &LinksView::goTo, this, &Inspector::goTo);
    connect(m_links, &LinksView::statusMessage, this, &Inspector::statusMessage);
    connect(m_history, &HistoryView::statusMessage, this, &Inspector::statusMessage);
    connect(m_eye, &ConnectorEyeView::serverWanted, this, [this] { emit goTo({PageId::Idm, {}}); });
    connect(m_message, &MessageBar::buttonPressed, this, [this](Choice button) {
        if (button == Choice::Retry)
            readRecord();
    });
    connect(static_cast<PropertyDelegate *>(m_tree->itemDelegate()), &PropertyDelegate::refused,
            this, &Inspector::statusMessage);
}

Inspector::~Inspector() = default;

QSize Inspector::minimumSizeHint() const
{
    // All tabs, and beside the names of properties room for values.
    const QSize least = QWidget::minimumSizeHint();
    const QMargins margins = layout()->contentsMargins();
    const int tabs = m_tabs->tabBar()->sizeHint().width() + margins.left() + margins.right();
    return {std::max(least.width(), tabs), least.height()};
}

void Inspector::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_reading.reset();
    m_tree->setModel(nullptr);
    m_model.reset();
    m_session = std::move(session);
    m_id.clear();
    clearValues();
    showTitle();
    m_eye->setSession(m_session);
    m_links->setSession(m_session);
    m_history->setSession(m_session);
    m_tabs->setEnabled(m_session != nullptr);
    if (!m_session)
        return;
    m_model = std::make_unique<InspectorModel>(m_type, m_session->changes(), m_names, nullptr);
    m_model->setHideEmpty(m_hideEmpty->isChecked());
    m_tree->setModel(m_model.get());
    connect(m_model.get(), &QAbstractItemModel::modelReset, this, &Inspector::expandAll);
    connect(m_model.get(), &InspectorModel::refused, this, &Inspector::statusMessage);
    m_tree->header()->resizeSection(0, fontMetrics().averageCharWidth() * 22);
    connect(m_session.get(), &Session::recordsWritten, m_work.get(),
            [this](ObjectType type, const QList<Record> &records) {
                for (const Record &record : records) {
                    if (type == m_type && record.id == m_id)
                        m_pause.start();
                }
            });
}

void Inspector::setServer(CurrentServer *server)
{
    m_eye->setServer(server);
}

void Inspector::setHistoryOf(const QStringList &properties, const QString &current)
{
    m_history->setProperties(properties, current);
}

void Inspector::showRecord(const QString &id, const QString &label)
{
    if (id == m_id)
        return;
    m_id = id;
    m_recordLabel = label;
    clearValues();
    showTitle();
    m_pause.start();
}

/// Nothing of another record may be seen, or edited, below the title of this one.
void Inspector::clearValues()
{
    m_reading.reset();
    if (m_model)
        m_model->clear();
    m_json->clear();
    m_eye->clear();
    m_links->clear();
    m_history->clear();
    m_message->dismiss();
}

void Inspector::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_model && m_model->record().id != m_id)
        m_pause.start();
}

void Inspector::readRecord()
{
    if (!m_session || m_id.isEmpty() || !isVisible())
        return;
    m_reading = std::make_unique<QObject>();
    (new ReadFullRecord(*m_session, m_type, m_id, m_reading.get()))
        ->onDone(this, [this](const Result<Record> &record) {
            if (!record)
                return showReadError(record.error());
            m_message->dismiss();
            show(*record);
        });
    m_links->showRecord(m_id, m_recordLabel);
    m_history->showRecord(m_id, m_recordLabel);
}

void Inspector::showReadError(const Error &error)
{
    if (error.kind == ErrorKind::Cancelled)
        return;
    // What was read before is not what the portal has now.
    m_model->clear();
    m_json->clear();
    m_eye->clear();
    m_message->showError(error, Situation::ReadingRecords, {{Choice::Retry, tr("&Try Again")}});
}

void Inspector::show(const Record &record)
{
    m_model->setRecord(record, m_recordLabel);
    showJson();
    m_eye->showRecord(record);
}

void Inspector::showTitle()
{
    m_title->setText(m_id.isEmpty() ? tr("No record selected")
                                    : m_names.masking().name(m_recordLabel));
}

void Inspector::showJson()
{
    if (m_model && !m_model->record().id.isEmpty())
        m_json->setPlainText(QString::fromUtf8(asJson(m_model->record(), m_names)));
}

void Inspector::namesChanged()
{
    if (m_tree->viewport()->isAncestorOf(QApplication::focusWidget()))
        m_tree->setFocus(); // Ends an edit: an editor shows the value itself.
    showTitle();
    showJson();
    m_eye->namesChanged();
    m_links->namesChanged();
    m_history->namesChanged();
    if (m_model)
        m_model->namesChanged();
}

void Inspector::expandAll()
{
    m_tree->expandAll();
    for (int group = 0; m_model && group < m_model->rowCount({}); ++group)
        m_tree->setFirstColumnSpanned(group, {}, true);
}

} // namespace hubkeeper

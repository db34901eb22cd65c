// SPDX-License-Identifier: MIT
#include "records/inspector/connectoreyeview.h"

#include "connector/connector.h"
#include "records/inspector/connectoreyemodel.h"
#include "records/inspector/linkedview.h"
#include "session/open/session.h"
#include "widgets/errortext.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ConnectorEyeView::ConnectorEyeView(ObjectType type, const PropertyNames &names, QWidget *parent)
    : QWidget(parent)
    , m_type(type)
    , m_model(new ConnectorEyeModel(names, this))
    , m_summary(new QLabel(this))
    , m_view(new QTreeView(this))
    , m_linked(new LinkedView(type, names, this))
{
    m_summary->setWordWrap(true);
    m_summary->setTextFormat(Qt::PlainText);
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("The record as IDM sees it"));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAlternatingRowColors(true);
    const int width = fontMetrics().averageCharWidth();
    for (const int column : {0, 1, 2, 3})
        m_view->header()->resizeSection(column, width * 16);
    auto *layout = new QVBoxLayout(this);
    auto *parts = new QSplitter(Qt::Vertical, this);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_view);
    parts->addWidget(m_linked);
    parts->setStretchFactor(0, 1);
    parts->setStretchFactor(1, 1);
    layout->addWidget(m_summary);
    layout->addWidget(parts, 1);
    connect(m_linked, &LinkedView::serverWanted, this, &ConnectorEyeView::serverWanted);
}

ConnectorEyeView::~ConnectorEyeView() = default;

void ConnectorEyeView::setSession(std::shared_ptr<Session> session)
{
    m_session = std::move(session);
    m_linked->setSession(m_session);
    clear();
}

void ConnectorEyeView::setServer(CurrentServer *server)
{
    m_linked->setServer(server);
}

void ConnectorEyeView::namesChanged()
{
    m_model->namesChanged();
    m_linked->namesChanged();
}

void ConnectorEyeView::showRecord(const Record &record)
{
    m_record = record;
    if (isVisible())
        look();
}

void ConnectorEyeView::clear()
{
    m_work = std::make_unique<QObject>();
    m_record.reset();
    m_model->setLines({});
    m_linked->clear();
    m_summary->setText(tr("Choose a record to see it with the connector's eyes."));
}

void ConnectorEyeView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    look();
}

void ConnectorEyeView::look()
{
    if (!m_session || !m_record)
        return;
    m_work = std::make_unique<QObject>();
    const auto failed = [this](const Error &error) {
        m_model->setLines({});
        m_summary->setText(errorText(error, Situation::ReadingSchema).sentence);
    };
    m_session->connector()
        .schema(m_work.get())
        ->onDone(m_work.get(), [this, failed](const Result<Schema> &schema) {
            if (!schema)
                return failed(schema.error());
            m_session->account(m_work.get())
                ->onDone(m_work.get(),
                         [this, failed, schema = *schema](const Result<AccountDetails> &account) {
                             if (!account)
                                 return failed(account.error());
                             const auto objectClass = m_type == ObjectType::Contacts
                                 ? ObjectClass::Contact
                                 : ObjectClass::Company;
                             const auto lines =
                                 connectorEye(schema.of(objectClass), *m_record, *account);
                             m_model->setLines(lines);
                             m_linked->showRecord(m_record->id, lines);
                             const auto unseen =
                                 std::count_if(lines.begin(), lines.end(), [](const EyeLine &l) {
                                     return l.note == EyeNote::NotSeen;
                                 });
                             m_summary->setText(
                                 tr("%Ln property(s) with a value are not seen by IDM.", nullptr,
                                    int(unseen)));
                         });
        });
}

} // namespace hubkeeper

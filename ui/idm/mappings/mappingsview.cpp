// SPDX-License-Identifier: MIT
#include "idm/mappings/mappingsview.h"

#include "configuration/text/jsoneditor.h"
#include "idm/currentserver.h"
#include "idm/mappings/mappingsmodel.h"
#include "idm/mappings/mappingtreemodel.h"
#include "problems/findingsmodel.h"
#include "problems/findingstable.h"
#include "provisioner/document/document.h"
#include "session/idm/seenmapping.h"
#include "widgets/callbar.h"
#include "widgets/elidedlabel.h"
#include "widgets/emptystate.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "widgets/wrappedlabel.h"

#include <QAction>
#include <QBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int pauseAfterEdit = 400; // Milliseconds until the text is checked.

CodeEditor::MarkKind markOf(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return CodeEditor::MarkKind::Info;
    case Severity::Warning:
        return CodeEditor::MarkKind::Warning;
    case Severity::Error:
        return CodeEditor::MarkKind::Error;
    }
    Q_UNREACHABLE();
}

} // namespace

MappingsView::MappingsView(CurrentServer &server, QWidget *parent)
    : QWidget(parent)
    , m_server(server)
    , m_messages(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_origin(new ElidedLabel(this, Qt::ElideMiddle))
    , m_empty(new EmptyState(this))
    , m_body(new QSplitter(Qt::Horizontal, this))
    , m_mappings(new MappingsModel(this))
    , m_list(new QTableView(this))
    , m_views(new QTabWidget(this))
    , m_tree(new MappingTreeModel(this))
    , m_table(new QTreeView(this))
    , m_editor(new JsonEditor(this))
    , m_found(new FindingsModel(this))
    , m_filter(new FindingsFilter(this))
    , m_problems(nullptr)
    , m_explanation(new WrappedLabel(this))
{
    m_filter->setSourceModel(m_found);
    m_problems = new FindingsTable(*m_filter, this);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseAfterEdit);
    makeActions();
    build();
    connect(&m_pause, &QTimer::timeout, this, &MappingsView::check);
    connect(&m_server, &CurrentServer::changed, this, &MappingsView::onServer);
    connect(m_messages, &MessageBar::buttonPressed, this, &MappingsView::onPressed);
    connect(m_empty, &EmptyState::pressed, this, &MappingsView::onPressed);
    onServer();
}

MappingsView::~MappingsView()
{
    m_editor->disconnect(this); // Its cursor moves once more while it goes.
}

void MappingsView::makeActions()
{
    const auto make = [this](const QString &name, const QString &iconName, const QString &text,
                             auto slot) {
        auto *action = new QAction(icon(iconName), text, this);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    m_open =
        make(u"openMappings"_s, u"document-open"_s, tr("Open File…"), &MappingsView::askForFile);
    m_read = make(u"readMappings"_s, u"view-refresh"_s, tr("Read From Server"),
                  &MappingsView::readServer);
    m_save = make(u"saveMappings"_s, u"document-save"_s, tr("Save"), [this] { (void)save(); });
    m_write = make(u"writeMapping"_s, u"apply"_s, tr("Write to Server…"), &MappingsView::write);
}

void MappingsView::build()
{
    m_origin->setObjectName(u"mappingsOrigin"_s);
    auto *head = new QHBoxLayout;
    head->addWidget(m_origin, 1);
    for (QAction *action : {m_open, m_read, m_save, m_write}) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        head->addWidget(button);
    }
    buildList();
    buildText();
    auto *below = new QSplitter(Qt::Vertical, this);
    below->setChildrenCollapsible(false);
    below->addWidget(m_views);
    auto *problems = new QWidget(this);
    auto *problemColumn = new QVBoxLayout(problems);
    problemColumn->setContentsMargins({});
    problemColumn->addWidget(m_problems, 1);
    problemColumn->addWidget(m_explanation);
    below->addWidget(problems);
    below->setStretchFactor(0, 2);
    below->setStretchFactor(1, 1);
    m_body->setChildrenCollapsible(false);
    m_body->addWidget(m_list);
    m_body->addWidget(below);
    m_body->setStretchFactor(1, 3);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addLayout(head);
    column->addWidget(m_messages);
    column->addWidget(m_progress);
    column->addWidget(m_empty, 1);
    column->addWidget(m_body, 1);
}

void MappingsView::buildList()
{
    m_list->setObjectName(u"mappings"_s);
    m_list->setAccessibleName(tr("Mappings"));
    m_list->setModel(m_mappings);
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setTabKeyNavigation(false);
    m_list->setShowGrid(false);
    m_list->setWordWrap(false);
    m_list->verticalHeader()->hide();
    m_list->horizontalHeader()->setHighlightSections(false);
    // Long names are cut in their middle, and whole in the tip: nobody has to scroll sideways.
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_list->horizontalHeader()->setSectionResizeMode(MappingsModel::FindingsColumn,
                                                     QHeaderView::ResizeToContents);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &MappingsView::showMapping);
}

void MappingsView::buildText()
{
    m_table->setObjectName(u"mappingTable"_s);
    m_table->setAccessibleName(tr("The mapping as a table"));
    m_table->setModel(m_tree);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    connect(m_table, &QTreeView::activated, this, [this](const QModelIndex &index) {
        goTo(index.data(MappingTreeModel::PointerRole).toString());
    });
    m_editor->setObjectName(u"mappingsText"_s);
    m_editor->setAccessibleName(tr("The text of all mappings"));
    m_editor->showMarksInMargin();
    m_views->setObjectName(u"mappingViews"_s);
    m_views->tabBar()->setAccessibleName(tr("How the mapping is shown"));
    m_views->addTab(m_table, tr("Table"));
    m_views->addTab(m_editor, tr("Text"));
    m_problems->setObjectName(u"mappingProblems"_s);
    m_problems->setAccessibleName(tr("What is wrong with the mappings"));
    m_explanation->setObjectName(u"mappingExplanation"_s);
    connect(m_problems->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &MappingsView::showFinding);
    connect(m_problems, &QTableView::activated, this, [this](const QModelIndex &index) {
        const QModelIndex row = m_filter->mapToSource(index);
        m_views->setCurrentWidget(m_editor);
        m_editor->goToOffset(m_found->at(row.row()).at.begin);
        m_editor->setFocus();
    });
}

void MappingsView::onServer()
{
    const auto &session = m_server.session();
    if (session && m_readFrom.lock() != session && (!m_document || m_onServer)
        && unsaved().isEmpty())
        readServer();
    updateActions();
    showEmpty();
}

void MappingsView::readServer()
{
    leaveThen([this] {
        const auto session = m_server.session();
        if (!session)
            return;
        m_readFrom = session;
        auto *call = checkServerMappings(*session, &m_work);
        m_progress->watch(call, tr("Reading the mappings"));
        call->onDone(this, [this, session](const Result<CheckedMappings> &read) {
            if (session == m_server.session()) // Another one may be open by now.
                onServerRead(read);
        });
    });
}

void MappingsView::onServerRead(const Result<CheckedMappings> &read)
{
    if (!read)
        return m_messages->showError(read.error(), Situation::ReadingServer);
    m_messages->dismiss();
    m_onServer = read->mappings;
    m_options = read->options;
    const Server &server = m_server.session()->server();
    for (const ServerMapping &one : read->mappings.all()) // So that a write from a file notices.
        (void)rememberSeen(server, one.name, one.value, m_server.services().paths);
    m_origin->setText(tr("Mappings of %1").arg(server.label));
    take(Document::fromBytes(read->text));
    onFindings(read->findings);
}

void MappingsView::take(std::unique_ptr<Document> document)
{
    m_editor->setDocument(nullptr);
    m_document = std::move(document);
    connect(m_document.get(), &Document::changed, this, &MappingsView::showText);
    connect(m_document.get(), &Document::savedOrMoved, this, &MappingsView::updateActions);
    m_editor->setDocument(m_document.get());
    showText();
    if (!m_list->currentIndex().isValid() && m_mappings->rowCount() > 0)
        m_list->selectRow(0);
    m_pause.stop();
    showEmpty();
}

void MappingsView::showText()
{
    m_mappings->setMappings(tablesOf(m_document->text()));
    showMapping();
    checkSoon();
    updateActions();
}

void MappingsView::showMapping()
{
    const int row = m_list->currentIndex().row();
    if (row < 0 || row >= m_mappings->rowCount())
        m_tree->clear();
    else
        m_tree->setMapping(m_mappings->at(row));
    m_table->expandAll();
    for (int column = 0; column < MappingTreeModel::columns; ++column)
        m_table->resizeColumnToContents(column);
    updateActions();
}

QString MappingsView::selectedMapping() const
{
    const int row = m_list->currentIndex().row();
    return row >= 0 && row < m_mappings->rowCount() ? m_mappings->at(row).name : QString();
}

void MappingsView::selectMapping(const QString &name)
{
    for (int row = 0; row < m_mappings->rowCount(); ++row) {
        if (m_mappings->at(row).name == name)
            return m_list->selectRow(row);
    }
}

void MappingsView::goTo(const QString &pointer)
{
    const int node = m_document ? m_document->text().at(pointer) : int(JsonText::none);
    if (node == JsonText::none)
        return;
    m_views->setCurrentWidget(m_editor);
    m_editor->goToOffset(m_document->text().node(node).span.begin);
    m_editor->setFocus();
}

void MappingsView::showFinding()
{
    const QModelIndex current = m_filter->mapToSource(m_problems->currentIndex());
    if (!current.isValid())
        return m_explanation->clear();
    const Finding &finding = m_found->at(current.row());
    m_explanation->setText(finding.effect + u' ' + finding.remedy);
    if (const int row = m_mappings->rowOf(finding.pointer);
        row >= 0 && row != m_list->currentIndex().row())
        m_list->selectRow(row);
}

void MappingsView::checkSoon()
{
    m_checking.reset(); // It is about an older text.
    m_pause.start();
}

void MappingsView::check()
{
    if (!m_document)
        return;
    m_checking = std::make_unique<QObject>();
    checkMappings(m_document->bytes(), m_options, m_checking.get())
        ->onDone(this, [this](const Result<QList<Finding>> &findings) {
            if (findings)
                onFindings(*findings);
        });
}

void MappingsView::onFindings(const QList<Finding> &findings)
{
    m_findings = findings;
    m_mappings->setFindings(findings);
    m_found->setFindings(findings);
    QList<JsonEditor::Stretch> stretches;
    for (const Finding &finding : findings)
        stretches.append({finding.at, finding.message, markOf(finding.severity)});
    m_editor->setStretches(stretches);
    if (!m_problems->currentIndex().isValid())
        m_explanation->clear();
}

void MappingsView::showEmpty()
{
    m_empty->setVisible(!m_document);
    m_body->setVisible(bool(m_document));
    if (m_document)
        return;
    m_empty->clearButtons();
    m_empty->setContents(
        icon(u"server"_s), tr("No mappings are open"),
        tr("Mappings say what a reconciliation creates, changes and deletes. Open a server above, "
           "or a sync.json, to see what they do and what is wrong with them."));
    m_empty->addButton(Choice::Open, icon(u"document-open"_s), tr("Open File…"));
}

} // namespace hubkeeper

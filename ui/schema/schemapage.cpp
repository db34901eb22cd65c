// SPDX-License-Identifier: MIT
#include "schema/schemapage.h"

#include "base/savefile.h"
#include "connector/connector.h"
#include "session/session.h"
#include "shell/callbar.h"
#include "shell/icons.h"
#include "shell/messagebar.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QFileDialog>
#include <QFontDatabase>
#include <QHeaderView>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

enum Which { DefaultSchema, LiveSchema };

} // namespace

SchemaPage::SchemaPage(QWidget *parent)
    : Page(u"schema"_s, parent)
    , m_filtered(new QSortFilterProxyModel(this))
    , m_which(new QComboBox(this))
    , m_filter(new QLineEdit(this))
    , m_message(new MessageBar(this))
    , m_tree(new QTreeView(this))
    , m_json(new QPlainTextEdit(this))
    , m_progress(new CallBar(this))
{
    m_filtered->setSourceModel(&m_model);
    m_filtered->setFilterRole(SchemaModel::SearchRole);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filtered->setRecursiveFilteringEnabled(true);
    build();
    connect(m_which, &QComboBox::activated, this, &SchemaPage::show);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filtered->setFilterFixedString(text);
        m_tree->expandAll();
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &SchemaPage::showJson);
    connect(m_message, &MessageBar::buttonPressed, this, [this](const QString &button) {
        if (button == "retry"_L1)
            reload();
        else
            emit wants(button);
    });
}

SchemaPage::~SchemaPage() = default;

void SchemaPage::build()
{
    m_which->addItem(tr("Default: built into the connector"), DefaultSchema);
    m_which->addItem(tr("Live: what HubSpot defines now"), LiveSchema);
    m_which->setAccessibleName(tr("Which schema"));
    m_filter->setPlaceholderText(tr("Filter attributes and properties"));
    m_filter->setAccessibleName(tr("Filter attributes and properties"));
    m_filter->setClearButtonEnabled(true);
    m_tree->setModel(m_filtered);
    m_tree->setAccessibleName(tr("Object classes and attributes"));
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    const int width = fontMetrics().averageCharWidth();
    const int widths[] = {30, 16, 22, 24, 22, 30};
    for (int column = 0; column < 6; ++column)
        m_tree->header()->resizeSection(column, width * widths[column]);
    m_json->setReadOnly(true);
    m_json->setAccessibleName(tr("Definition as JSON"));
    m_json->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_json->setPlaceholderText(tr("Choose a class or an attribute to see its definition."));
    auto *save = new QPushButton(hubkeeper::icon(u"document-save-as"_s), tr("E&xport…"), this);
    connect(save, &QPushButton::clicked, this, &SchemaPage::exportSchema);

    auto *top = new QHBoxLayout;
    top->addWidget(m_which);
    top->addWidget(m_filter, 1);
    top->addWidget(save);
    auto *split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_tree);
    split->addWidget(m_json);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 1);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(m_message);
    layout->addWidget(split, 1);
    layout->addWidget(m_progress);
}

QString SchemaPage::title() const
{
    return tr("Schema");
}

QIcon SchemaPage::icon() const
{
    return hubkeeper::icon(u"schema"_s);
}

void SchemaPage::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_live.reset();
    m_session = std::move(session);
    m_definitions.clear();
    m_liveSchema.reset();
    m_begun = false;
    m_message->dismiss();
    m_which->setCurrentIndex(
        m_session && m_session->connector().options().readSchema ? LiveSchema : DefaultSchema);
    show(); // The default schema needs no portal.
    if (m_session && isVisible())
        begin(false);
}

void SchemaPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    if (m_session && !m_begun)
        begin(false);
}

void SchemaPage::begin(bool fresh)
{
    m_begun = true;
    m_message->dismiss();
    readDefinitions(ObjectType::Contacts, fresh);
    readDefinitions(ObjectType::Companies, fresh);
    readLiveSchema();
}

void SchemaPage::readDefinitions(ObjectType type, bool fresh)
{
    m_session->definitions(type, fresh, m_work.get())
        ->onDone(this, [this, type](const Result<QList<PropertyDefinition>> &definitions) {
            if (!definitions)
                return m_message->showError(definitions.error(), Situation::ReadingSchema);
            m_definitions.insert(type, *definitions);
            show();
        });
}

void SchemaPage::readLiveSchema()
{
    ConnectorOptions options = m_session->connector().options();
    options.readSchema = true;
    m_live = m_session->connectorWith(options);
    auto *call = m_live->schema(m_work.get());
    m_progress->watch(call, tr("Reading the schema"));
    call->onDone(this, [this](const Result<Schema> &schema) {
        if (!schema)
            return m_message->showError(schema.error(), Situation::ReadingSchema);
        m_liveSchema = *schema;
        show();
    });
}

void SchemaPage::show()
{
    const bool live = m_which->currentData().toInt() == LiveSchema;
    const Schema builtIn = defaultSchema();
    if (live && m_liveSchema)
        m_model.setSchema(*m_liveSchema, builtIn, m_definitions);
    else
        m_model.setSchema(live ? Schema {} : builtIn, live ? std::nullopt : m_liveSchema,
                          m_definitions);
    for (int row = 0; row < std::min(2, m_filtered->rowCount()); ++row)
        m_tree->expand(m_filtered->index(row, 0));
    if (!m_tree->currentIndex().isValid())
        m_tree->setCurrentIndex(m_filtered->index(0, 0));
    showJson();
}

void SchemaPage::showJson()
{
    const QModelIndex current = m_tree->currentIndex();
    const QJsonObject json = current.data(SchemaModel::JsonRole).toJsonObject();
    m_json->setPlainText(json.isEmpty() ? QString()
                                        : QString::fromUtf8(QJsonDocument(json).toJson()));
}

void SchemaPage::exportSchema()
{
    const bool live = m_which->currentData().toInt() == LiveSchema && m_liveSchema;
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export Schema"), live ? u"schema-live.json"_s : u"schema-default.json"_s,
        tr("JSON files (*.json)"));
    if (path.isEmpty())
        return;
    const QJsonObject json = live ? m_liveSchema->toJson() : defaultSchema().toJson();
    const auto saved = saveFile(path, QJsonDocument(json).toJson(), FileMode::KeepOrDefault);
    if (!saved)
        m_message->showError(saved.error(), Situation::SavingFile);
}

void SchemaPage::showItem(const QString &item)
{
    if (!item.isEmpty())
        m_filter->setText(item);
}

void SchemaPage::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

void SchemaPage::reload()
{
    if (m_session)
        begin(true);
}

} // namespace hubkeeper

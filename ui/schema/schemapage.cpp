// SPDX-License-Identifier: MIT
#include "schema/schemapage.h"

#include "base/savefile.h"
#include "connector/connector.h"
#include "provisioner/document/document.h"
#include "schema/schemadetails.h"
#include "schema/schemafilter.h"
#include "session/connections/provisionerfacts.h"
#include "session/open/session.h"
#include "session/schema/schemaexport.h"
#include "widgets/callbar.h"
#include "widgets/emptystate.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "widgets/scopetext.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr qint64 largestSync = 16 << 20; // Bytes of a sync.json.

} // namespace

SchemaPage::SchemaPage(QWidget *parent)
    : Page(PageId::Schema, parent)
    , m_filtered(new SchemaFilter(this))
    , m_filter(new QLineEdit(this))
    , m_onlyDifferences(new QCheckBox(tr("Only d&ifferences"), this))
    , m_summary(new QLabel(this))
    , m_message(new MessageBar(this))
    , m_tree(new QTreeView(this))
    , m_nothing(new QLabel(this))
    , m_list(new QStackedWidget(this))
    , m_missing(new EmptyState(this))
    , m_details(new SchemaDetails(this))
    , m_progress(new CallBar(this))
{
    m_filtered->setSourceModel(&m_model);
    m_pause.setSingleShot(true);
    m_pause.setInterval(300ms);
    build();
    connect(&m_pause, &QTimer::timeout, this, &SchemaPage::show);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filtered->setText(text);
        m_tree->expandAll();
        showNothing();
    });
    connect(m_onlyDifferences, &QCheckBox::toggled, this, [this](bool only) {
        m_filtered->setOnlyDifferences(only);
        m_tree->expandAll();
        showNothing();
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &SchemaPage::showDetails);
    connect(m_details, &SchemaDetails::pointerChosen, this, [this](const QString &pointer) {
        emit goTo({PageId::Configuration, JsonPlace {pointer}});
    });
    const auto onButton = [this](Choice button) {
        if (button == Choice::Retry)
            reload();
        else
            emit wants(button);
    };
    connect(m_message, &MessageBar::buttonPressed, this, onButton);
    connect(m_missing, &EmptyState::pressed, this, onButton);
}

SchemaPage::~SchemaPage() = default;

void SchemaPage::build()
{
    m_filter->setPlaceholderText(tr("Filter attributes and properties"));
    m_filter->setAccessibleName(tr("Filter attributes and properties"));
    m_filter->setClearButtonEnabled(true);
    m_tree->setModel(m_filtered);
    m_tree->setAccessibleName(tr("Object classes and attributes"));
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    const int width = fontMetrics().averageCharWidth();
    const int widths[] = {26, 22, 22, 22, 20, 20, 24};
    for (int column = 0; column < m_model.columnCount(); ++column)
        m_tree->header()->resizeSection(column, width * widths[column]);
    // What has drifted is the question: beside the name it is seen on a small screen, too.
    m_tree->header()->moveSection(SchemaModel::DiffersColumn, 1);
    auto *save = new QPushButton(hubkeeper::icon(u"document-save-as"_s), tr("E&xport…"), this);
    connect(save, &QPushButton::clicked, this, &SchemaPage::chooseExport);

    auto *top = new QHBoxLayout;
    top->addWidget(m_filter, 1);
    top->addWidget(m_onlyDifferences);
    top->addWidget(m_summary);
    top->addWidget(save);
    auto *split = new QSplitter(Qt::Horizontal, this);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setTextFormat(Qt::PlainText);
    m_list->addWidget(m_tree);
    m_list->addWidget(m_nothing);
    split->addWidget(m_list);
    auto *beside = new QSplitter(Qt::Vertical, this);
    beside->addWidget(m_missing);
    beside->addWidget(m_details);
    beside->setChildrenCollapsible(false);
    m_missing->hide();
    split->addWidget(beside);
    split->setStretchFactor(0, 5);
    split->setStretchFactor(1, 3);
    split->setSizes({width * 105, width * 50});
    split->setChildrenCollapsible(false);
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

void SchemaPage::setDocument(Document *document)
{
    if (m_document)
        disconnect(m_document, nullptr, this, nullptr);
    m_document = document;
    if (m_document)
        connect(m_document, &Document::changed, &m_pause, qOverload<>(&QTimer::start));
    show();
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
    showMissing({});
    show(); // Default and file need no portal.
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
    m_work = std::make_unique<QObject>(); // What is being read is not wanted any more.
    m_message->dismiss();
    showMissing({});
    readDefinitions(ObjectType::Contacts, fresh);
    readDefinitions(ObjectType::Companies, fresh);
    readLiveSchema();
}

void SchemaPage::readDefinitions(ObjectType type, bool fresh)
{
    m_session->definitions(type, fresh, m_work.get())
        ->onDone(m_work.get(), [this, type](const Result<QList<PropertyDefinition>> &definitions) {
            if (!definitions)
                return onFailed(definitions.error());
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
    call->onDone(m_work.get(), [this](const Result<Schema> &schema) {
        if (!schema)
            return onFailed(schema.error());
        m_liveSchema = *schema;
        show();
    });
}

/// Contacts and companies have a scope each, and both may be missing.
void SchemaPage::onFailed(const Error &error)
{
    if (error.kind != ErrorKind::Forbidden || error.missingScopes.isEmpty())
        return m_message->showError(error, Situation::ReadingSchema);
    QStringList scopes = m_missingScopes + error.missingScopes;
    scopes.removeDuplicates();
    showMissing(scopes);
}

void SchemaPage::showMissing(const QStringList &scopes)
{
    m_missingScopes = scopes;
    m_missing->setVisible(!scopes.isEmpty());
    if (scopes.isEmpty())
        return;
    QStringList lines {tr("What HubSpot defines cannot be read. The built-in schema and the file "
                          "are compared all the same.")};
    for (const QString &scope : scopes) {
        const QString purpose = purposeOf(scope);
        //: %1 is an OAuth scope, %2 a sentence that says what it is for.
        lines.append(purpose.isEmpty() ? scope : tr("%1: %2").arg(scope, purpose));
    }
    m_missing->setContents(hubkeeper::icon(u"lock"_s),
                           tr("The app was not granted %Ln scope(s)", nullptr, int(scopes.size())),
                           lines.join(u"\n\n"_s));
    m_missing->clearButtons();
    m_missing->addButton(Choice::Connect, hubkeeper::icon(u"connected"_s),
                         tr("Co&nnect to HubSpot…"));
    m_missing->addButton(Choice::Retry, hubkeeper::icon(u"view-refresh"_s), tr("&Try Again"));
}

QList<ClassSides> SchemaPage::sides() const
{
    return schemaSides(m_document ? &m_document->text() : nullptr,
                       m_liveSchema ? &*m_liveSchema : nullptr);
}

void SchemaPage::show()
{
    const QModelIndex current = m_tree->currentIndex();
    const QString chosen = current.siblingAtColumn(0).data().toString();
    QStringList open;
    for (int row = 0; row < m_filtered->rowCount(); ++row) {
        if (m_tree->isExpanded(m_filtered->index(row, 0)))
            open.append(m_filtered->index(row, 0).data().toString());
    }
    m_model.setSides(sides(), m_document != nullptr, m_liveSchema.has_value(), m_definitions);
    for (int row = 0; row < m_filtered->rowCount(); ++row) {
        const QModelIndex one = m_filtered->index(row, 0);
        m_tree->setExpanded(one, open.isEmpty() ? row == 0 : open.contains(one.data().toString()));
    }
    const auto found = chosen.isEmpty()
        ? QModelIndexList()
        : m_filtered->match(m_filtered->index(0, 0), Qt::DisplayRole, chosen, 1,
                            Qt::MatchExactly | Qt::MatchRecursive);
    m_tree->setCurrentIndex(found.isEmpty() ? m_filtered->index(0, 0) : found.first());
    showDetails();
    showSummary();
    showNothing();
}

/// Says why the list is empty.
void SchemaPage::showNothing()
{
    const bool hasNothing = m_filtered->rowCount() == 0 && m_model.rowCount({}) > 0;
    m_list->setCurrentIndex(hasNothing ? 1 : 0);
    m_nothing->setText(m_filter->text().isEmpty()
                           ? tr("The sides do not differ.")
                           : tr("No attribute and no property matches the filter."));
}

void SchemaPage::showSummary()
{
    using Difference = SchemaModel::Difference;
    const auto count = [this](Difference difference) {
        return m_model.differenceCount(difference);
    };
    QStringList parts;
    if (const int differ = count(Difference::OtherType); differ > 0)
        parts.append(tr("%Ln differ(s)", "attributes", differ));
    if (const int only = count(Difference::OnlyInFile); only > 0)
        parts.append(tr("%Ln only in the file", "attributes", only));
    if (const int missing = count(Difference::NotInFile); missing > 0)
        parts.append(tr("%Ln not in the file", "attributes", missing));
    m_summary->setText(parts.isEmpty() ? tr("The sides agree.") : parts.join(u", "_s));
    m_summary->setToolTip(tr("What differs, or is only in the file, is drift. What is not in the "
                             "file is just not used by IDM."));
}

void SchemaPage::showDetails()
{
    const QModelIndex index = m_filtered->mapToSource(m_tree->currentIndex());
    const ClassSides *ofClass = m_model.classAt(index);
    const AttributeSides *attribute = m_model.attributeAt(index);
    if (!ofClass)
        return m_details->clear();
    if (!attribute)
        return m_details->showClass(*ofClass);
    QByteArray json;
    if (m_document && !attribute->pointer.isEmpty()) {
        const int node = m_document->text().at(attribute->pointer);
        if (node != JsonText::none)
            json = m_document->text().rawOf(node);
    }
    m_details->showAttribute(*ofClass, *attribute, m_model.definitionAt(index),
                             usesOf(*ofClass, *attribute), json);
}

/// Mappings of a sync.json that lies beside the provisioner, as in IDM's conf folder.
QList<MappingUse> SchemaPage::usesOf(const ClassSides &ofClass,
                                     const AttributeSides &attribute) const
{
    if (!m_document || !m_session || m_document->path().isEmpty())
        return {};
    const QString path = QFileInfo(m_document->path()).absolutePath() + u"/sync.json"_s;
    if (!QFileInfo::exists(path))
        return {};
    const auto bytes = readFile(path, largestSync);
    if (!bytes)
        return {};
    return mappingUses(JsonText(*bytes), m_session->provisioner().name, ofClass.key,
                       attribute.name);
}

Result<void> SchemaPage::exportTo(const QString &path) const
{
    const bool withFile = m_document != nullptr;
    const bool withLive = m_liveSchema.has_value();
    QByteArray bytes;
    if (path.endsWith(".csv"_L1, Qt::CaseInsensitive))
        bytes = schemaAsCsv(sides(), withFile, withLive);
    else if (path.endsWith(".md"_L1, Qt::CaseInsensitive))
        bytes = schemaAsMarkdown(sides(), withFile, withLive);
    else
        bytes = schemaAsJson(sides(), withFile, withLive);
    return saveFile(path, bytes, FileMode::KeepOrDefault);
}

void SchemaPage::chooseExport()
{
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export Schema"), u"schema.md"_s,
        tr("Markdown (*.md);;Comma-separated values (*.csv);;JSON (*.json)"));
    if (path.isEmpty())
        return;
    if (const auto saved = exportTo(path); !saved)
        return m_message->showError(saved.error(), Situation::SavingFile);
    m_message->endError(Situation::SavingFile);
    emit statusMessage(tr("The schema was exported."));
}

void SchemaPage::showItem(const PlaceItem &item)
{
    if (const QString attribute = idIn(item); !attribute.isEmpty())
        m_filter->setText(attribute);
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

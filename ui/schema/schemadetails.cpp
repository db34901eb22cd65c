// SPDX-License-Identifier: MIT
#include "schema/schemadetails.h"

#include "editor/codeeditor.h"
#include "editor/jsonhighlighter.h"

#include <QEvent>
#include <QHeaderView>
#include <QJsonDocument>
#include <QLabel>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int pointerRole = Qt::UserRole;

/// Rows as tall as their wrapped texts: a tree by itself measures them in one line.
class WrappingDelegate final : public QStyledItemDelegate
{
public:
    explicit WrappingDelegate(QTreeView *view)
        : QStyledItemDelegate(view)
        , m_view(*view)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem wide = option;
        wide.rect = QRect(0, 0, m_view.columnWidth(index.column()), QWIDGETSIZE_MAX);
        return QStyledItemDelegate::sizeHint(wide, index);
    }

private:
    const QTreeView &m_view;
};

QTreeWidget *table(const QStringList &titles, const QString &name, QWidget *parent)
{
    auto *view = new QTreeWidget(parent);
    view->setHeaderLabels(titles);
    view->setAccessibleName(name);
    view->setRootIsDecorated(false);
    view->setAlternatingRowColors(true);
    view->setUniformRowHeights(false);
    view->setWordWrap(true);
    view->setItemDelegate(new WrappingDelegate(view));
    view->header()->resizeSection(0, view->fontMetrics().averageCharWidth() * 18);
    // Rows keep the height they had at the width before.
    QObject::connect(
        view->header(), &QHeaderView::sectionResized, view, [view] { view->doItemsLayout(); },
        Qt::QueuedConnection);
    return view;
}

} // namespace

SchemaDetails::SchemaDetails(QWidget *parent)
    : QTabWidget(parent)
    , m_facts(table({tr("Fact"), tr("Value")}, tr("Facts about the attribute"), this))
    , m_options(table({tr("Value"), tr("Label"), tr("Shown")}, tr("Options of the property"), this))
    , m_noOptions(new QLabel(this))
    , m_optionsStack(new QStackedWidget(this))
    , m_json(new CodeEditor(this))
    , m_highlighter(new JsonHighlighter(m_json->document(), palette()))
{
    m_json->setReadOnly(true);
    m_json->setAccessibleName(tr("Definition as JSON"));
    m_json->setPlaceholderText(tr("Choose an attribute to see its definition."));
    addTab(m_facts, tr("&Details"));
    m_noOptions->setAlignment(Qt::AlignCenter);
    m_noOptions->setWordWrap(true);
    m_noOptions->setMargin(fontMetrics().height());
    m_optionsStack->addWidget(m_noOptions);
    m_optionsStack->addWidget(m_options);
    addTab(m_optionsStack, tr("&Options"));
    addTab(m_json, tr("&JSON"));
    const auto follow = [this](const QTreeWidgetItem *item) {
        if (const QString pointer = item->data(0, pointerRole).toString(); !pointer.isEmpty())
            emit pointerChosen(pointer);
    };
    connect(m_facts, &QTreeWidget::itemActivated, this, follow);
    connect(m_facts, &QTreeWidget::itemClicked, this,
            [follow](const QTreeWidgetItem *item, int column) {
                if (column == 1) // What looks like a link is one.
                    follow(item);
            });
}

void SchemaDetails::clear()
{
    m_facts->clear();
    m_options->clear();
    m_json->clear();
    showOptions({}, tr("Choose an attribute to see the options of its property."));
}

void SchemaDetails::addFact(const QString &name, const QString &value, const QString &pointer)
{
    if (value.isEmpty())
        return;
    auto *item = new QTreeWidgetItem(m_facts, {name, value});
    item->setToolTip(1, value);
    item->setData(0, pointerRole, pointer);
    if (!pointer.isEmpty()) {
        item->setToolTip(1, tr("See it on the Configuration page"));
        QFont font = m_facts->font();
        font.setUnderline(true);
        item->setFont(1, font);
        item->setForeground(1, palette().link());
    }
}

void SchemaDetails::showClass(const ClassSides &sides)
{
    clear();
    addFact(tr("Object class"), nameOf(sides.objectClass));
    addFact(tr("Attributes"), QString::number(sides.attributes.size()));
    addFact(tr("Writable"), isWritable(sides.objectClass) ? tr("yes") : tr("no, read-only"));
    addFact(tr("In the file"), sides.pointer, sides.pointer);
}

void SchemaDetails::addDefinition(const PropertyDefinition &definition)
{
    addFact(tr("Property"), definition.name);
    addFact(tr("Label"), definition.label);
    addFact(tr("Description"), definition.description);
    addFact(tr("Group"), definition.groupName);
    addFact(tr("Type"), u"%1 / %2"_s.arg(definition.type, definition.fieldType));
    QStringList rules;
    if (definition.hasUniqueValue)
        rules.append(tr("unique"));
    if (definition.readOnlyValue)
        rules.append(tr("read-only"));
    if (definition.calculated)
        rules.append(tr("calculated"));
    if (definition.hidden)
        rules.append(tr("hidden"));
    if (definition.externalOptions)
        rules.append(tr("more options elsewhere"));
    addFact(tr("Rules"), rules.join(u", "_s));
    addFact(tr("Made by"), definition.hubspotDefined ? u"HubSpot"_s : tr("this account"));
}

/// Or the sentence instead, if there are none.
void SchemaDetails::showOptions(const QList<PropertyOption> &options, const QString &otherwise)
{
    m_noOptions->setText(otherwise);
    m_optionsStack->setCurrentIndex(options.isEmpty() ? 0 : 1);
    for (const PropertyOption &option : options)
        new QTreeWidgetItem(m_options,
                            {option.value, option.label, option.hidden ? tr("no") : tr("yes")});
    setTabText(1, options.isEmpty() ? tr("&Options") : tr("&Options (%L1)").arg(options.size()));
}

void SchemaDetails::showAttribute(const ClassSides &sides, const AttributeSides &attribute,
                                  const PropertyDefinition *definition,
                                  const QList<MappingUse> &uses, const QByteArray &fileJson)
{
    clear();
    addFact(tr("Attribute"), u"%1 / %2"_s.arg(sides.key, attribute.name));
    addFact(tr("Default"), attribute.inDefault);
    addFact(tr("File"), attribute.inFile);
    addFact(tr("Live"), attribute.inLive);
    addFact(tr("In the file"), attribute.pointer, attribute.pointer);
    for (const MappingUse &use : uses)
        addFact(tr("Used by"),
                use.reads ? tr("mapping %1, read into %2").arg(use.mapping, use.other)
                          : tr("mapping %1, set from %2").arg(use.mapping, use.other));
    if (definition) {
        addDefinition(*definition);
        showOptions(definition->options, tr("The property has no options: its values are free."));
    } else {
        showOptions({}, tr("HubSpot's definition of the attribute is not known here."));
    }
    QStringList parts;
    if (!fileJson.isEmpty())
        parts.append(tr("// In the file\n%1").arg(QString::fromUtf8(fileJson)));
    if (definition)
        parts.append(tr("// HubSpot's definition\n%1")
                         .arg(QString::fromUtf8(QJsonDocument(definition->json).toJson())));
    m_json->setPlainText(parts.join(u"\n\n"_s));
}

void SchemaDetails::changeEvent(QEvent *event)
{
    QTabWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_highlighter)
        m_highlighter->setPalette(palette());
}

} // namespace hubkeeper

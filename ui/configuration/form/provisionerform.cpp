// SPDX-License-Identifier: MIT
#include "configuration/form/provisionerform.h"

#include "configuration/findings/documentfindings.h"
#include "configuration/findings/findingnotes.h"
#include "configuration/findings/jsonpointers.h"
#include "configuration/form/objecttypessection.h"
#include "configuration/form/operationoptionssection.h"
#include "configuration/form/ratelimitssection.h"
#include "configuration/form/syncfailuresection.h"
#include "configuration/form/systemactionssection.h"
#include "configuration/form/timeoutssection.h"
#include "configuration/form/versionmeaning.h"
#include "provisioner/model/provisionerfields.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "widgets/sizes.h"
#include "widgets/typing.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QList<FieldSpec> specsOf(FieldBlock block)
{
    QList<FieldSpec> specs;
    for (const ProvisionerField &field : provisionerFields()) {
        if (field.block != block)
            continue;
        specs.append(specOf(field));
        specs.last().isShownOnlyIfSet = block == FieldBlock::RestOnly;
        if (specs.last().pointer == "/connectorRef/bundleVersion"_L1) {
            specs.last().choices = knownBundleVersions();
            specs.last().meaning = meaningOfVersions;
        }
        if (specs.last().pointer == "/connectorRef/connectorHostRef"_L1)
            specs.last().choices = QStringList {u"#LOCAL"_s};
    }
    return specs;
}

QList<FieldSpec> propertySpecs(bool advanced)
{
    QList<FieldSpec> specs;
    for (const ConnectorProperty &property : connectorProperties()) {
        if (property.advanced == advanced)
            specs.append(specOf(property));
    }
    return specs;
}

QStringList pointersOf(const QList<FieldSpec> &specs)
{
    QStringList pointers;
    for (const FieldSpec &spec : specs)
        pointers.append(spec.pointer);
    return pointers;
}

} // namespace

ProvisionerForm::ProvisionerForm(DocumentFindings *findings, QWidget *parent)
    : QWidget(parent)
    , m_findings(findings)
    , m_list(new QListWidget(this))
    , m_stack(new QStackedWidget(this))
    , m_refusal(new MessageBar(this))
{
    m_list->setAccessibleName(tr("Sections"));
    m_list->setUniformItemSizes(true);
    m_list->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_list, &QListWidget::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_findings, &DocumentFindings::changed, this, &ProvisionerForm::showFindings);
    addSections();
    sizeByCurrent(m_stack);
    m_list->setFixedWidth(m_list->sizeHintForColumn(0) + fontMetrics().averageCharWidth() * 6);
    m_list->setCurrentRow(0);

    auto *row = new QHBoxLayout;
    row->addWidget(m_list);
    row->addSpacing(fontMetrics().averageCharWidth());
    row->addWidget(m_stack, 1);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(row, 1);
    layout->addWidget(m_refusal);
    connect(m_list, &QListWidget::currentRowChanged, m_refusal, &MessageBar::dismiss);
    setDocument(nullptr);
}

void ProvisionerForm::addSections()
{
    const QList<FieldSpec> general = specsOf(FieldBlock::General) + specsOf(FieldBlock::RestOnly);
    addSection(new FieldsSection(tr("General"), {}, pointersOf(general), general, this), u"form"_s);
    addSection(new FieldsSection(tr("Connector"),
                                 tr("Which connector IDM loads for this file, and where it runs."),
                                 {u"/connectorRef"_s}, specsOf(FieldBlock::Reference), this),
               u"connected"_s);
    const QList<FieldSpec> credentials = propertySpecs(false);
    addSection(
        new FieldsSection(tr("Credentials"),
                          tr("The HubSpot app that the connector signs in as. Secrets stay in "
                             "the keychain unless you put them into the file."),
                          pointersOf(credentials), credentials, this),
        u"key"_s);
    addSection(new FieldsSection(tr("Advanced connection"), {}, {u"/configurationProperties"_s},
                                 propertySpecs(true), this),
               u"configuration"_s);
    addSection(m_objectTypes = new ObjectTypesSection(this), u"object-class"_s);
    addSection(
        new FieldsSection(tr("Pool"),
                          tr("Instances of the connector that IDM keeps. The HubSpot connector "
                             "pools its HTTP connections by itself; see Maximum connections."),
                          {u"/poolConfigOption"_s}, specsOf(FieldBlock::Pool), this),
        u"requests"_s);
    addSection(new FieldsSection(tr("Results handlers"),
                                 tr("What IDM does with results before it passes them on."),
                                 {u"/resultsHandlerConfig"_s}, specsOf(FieldBlock::Handlers), this),
               u"view-filter"_s);
    addSection(new TimeOutsSection(this), u"history"_s);
    addSection(new RateLimitsSection(this), u"review"_s);
    addSection(new OperationOptionsSection(this), u"lock"_s);
    addSection(new SystemActionsSection(this), u"command"_s);
    addSection(new SyncFailureSection(this), u"process-stop"_s);
}

void ProvisionerForm::addSection(FormSection *section, const QString &icon)
{
    auto *item = new QListWidgetItem(hubkeeper::icon(icon), section->title(), m_list);
    item->setData(Qt::UserRole, icon);
    m_stack->addWidget(section);
    m_sections.append(section);
    connect(section, &FormSection::failed, this, [this](const Error &error) {
        m_refusal->showError(error, Situation::EditingFile);
        emit failed(error);
    });
    connect(section, &FormSection::secretsWanted, this, &ProvisionerForm::secretsWanted);
    connect(section, &FormSection::textWanted, this, &ProvisionerForm::textWanted);
    connect(section, &FormSection::fixWanted, m_findings,
            [this](const Finding &finding) { m_findings->apply(finding); });
}

void ProvisionerForm::setDocument(Document *document)
{
    if (m_document)
        m_document->disconnect(this);
    m_document = document;
    m_stack->setEnabled(document != nullptr);
    m_refusal->dismiss();
    if (document)
        connect(document, &Document::changed, this, &ProvisionerForm::onDocumentChanged);
    for (FormSection *section : std::as_const(m_sections))
        section->setDocument(document);
}

void ProvisionerForm::setSession(std::shared_ptr<Session> session)
{
    m_objectTypes->setSession(std::move(session));
}

void ProvisionerForm::setSecretState(const QString &property, const QString &state)
{
    if (FormField *secret = field(u"/configurationProperties/"_s + property))
        secret->setSecretState(state);
}

FormField *ProvisionerForm::field(const QString &pointer) const
{
    for (FormSection *section : m_sections) {
        auto *fields = qobject_cast<FieldsSection *>(section);
        if (!fields)
            continue;
        for (FormField *field : fields->fields()) {
            if (field->spec().pointer == pointer)
                return field;
        }
    }
    return nullptr;
}

bool ProvisionerForm::showField(const QString &pointer)
{
    for (int row = 0; row < m_sections.size(); ++row) {
        if (!m_sections[row]->covers(pointer))
            continue;
        m_list->setCurrentRow(row);
        return m_sections[row]->showField(pointer);
    }
    return false;
}

QString ProvisionerForm::focusedPointer() const
{
    QWidget *widget = QApplication::focusWidget();
    if (!widget || !m_stack->isAncestorOf(widget))
        return {};
    for (; widget != m_stack; widget = widget->parentWidget()) {
        if (const auto *field = qobject_cast<const FormField *>(widget))
            return field->pointer();
        if (const auto *view = qobject_cast<const QAbstractItemView *>(widget))
            return view->currentIndex().siblingAtColumn(0).data(pointerRole).toString();
    }
    return {};
}

void ProvisionerForm::takeTyping()
{
    for (QWidget *part = lineBeingTyped(m_stack); part && part != m_stack;
         part = part->parentWidget()) {
        if (auto *field = qobject_cast<FormField *>(part))
            return field->takeTyping();
    }
}

void ProvisionerForm::onDocumentChanged()
{
    m_refusal->dismiss();
    for (FormSection *section : std::as_const(m_sections))
        section->showValues();
}

void ProvisionerForm::showFindings()
{
    QList<QList<Finding>> bySection(m_sections.size());
    // What is wrong with the text as a whole is said above the form, which is of no use then.
    const bool isReadable = m_document && m_document->text().isValid();
    const QList<Finding> all = isReadable ? m_findings->findings() : QList<Finding>();
    for (const Finding &finding : all) {
        const auto covers = [&](const FormSection *section) {
            return section->covers(finding.pointer);
        };
        const auto section = std::find_if(m_sections.begin(), m_sections.end(), covers);
        // What concerns the whole file or no block of it is under General.
        bySection[section == m_sections.end() ? 0 : section - m_sections.begin()].append(finding);
    }
    for (int row = 0; row < m_sections.size(); ++row) {
        m_sections[row]->showFindings(bySection[row]);
        showMark(row);
    }
}

void ProvisionerForm::showMark(int row)
{
    const QList<Finding> &findings = m_sections[row]->findings();
    QListWidgetItem *item = m_list->item(row);
    const auto worst =
        std::max_element(findings.begin(), findings.end(), [](const Finding &a, const Finding &b) {
            return a.severity < b.severity;
        });
    item->setIcon(worst == findings.end() ? icon(item->data(Qt::UserRole).toString())
                                          : iconOf(worst->severity));
    const QString count = tr("%Ln finding(s)", nullptr, int(findings.size()));
    item->setToolTip(findings.isEmpty() ? QString() : count);
    item->setData(Qt::AccessibleDescriptionRole, findings.isEmpty() ? QString() : count);
}

} // namespace hubkeeper

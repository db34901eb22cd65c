// SPDX-License-Identifier: MIT
#include "configuration/propertyform.h"

#include "provisioner/secretvalue.h"
#include "shell/icons.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QCoreApplication>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString pointerTo(const ConnectorProperty &property)
{
    return u"/configurationProperties/"_s + QLatin1String(property.name);
}

QString told(const char *text)
{
    return QCoreApplication::translate("ConnectorProperty", text);
}

QJsonValue defaultOf(const ConnectorProperty &property)
{
    const QByteArray json = property.defaultJson;
    if (json == "true" || json == "false")
        return json == "true";
    return json == "null" ? QJsonValue() : QJsonValue(json.toInt());
}

} // namespace

PropertyForm::PropertyForm(QWidget *parent)
    : QWidget(parent)
    , m_enabled(new QCheckBox(tr("&Enabled: IDM loads this connector"), this))
    , m_version(new QLineEdit(this))
{
    auto *connector = new QGroupBox(tr("Connector"), this);
    auto *connectorForm = new QFormLayout(connector);
    connectorForm->addRow(m_enabled);
    m_version->setToolTip(tr("An exact version, or a range as in [1.5.0.0,1.6.0.0)"));
    connectorForm->addRow(tr("Bundle &version:"), m_version);
    connect(m_enabled, &QCheckBox::clicked, this,
            [this](bool on) { set(u"/enabled"_s, on, on ? tr("Enable") : tr("Disable")); });
    connect(m_version, &QLineEdit::editingFinished, this, [this] {
        if (m_version->isModified())
            set(u"/connectorRef/bundleVersion"_s, m_version->text(), tr("Bundle version"));
    });

    auto *basic = new QGroupBox(tr("Basic"), this);
    auto *advanced = new QGroupBox(tr("Advanced connection"), this);
    auto *basicForm = new QFormLayout(basic);
    auto *advancedForm = new QFormLayout(advanced);
    m_fields.reserve(connectorProperties().size());
    for (const ConnectorProperty &property : connectorProperties())
        addProperty(property.advanced ? advancedForm : basicForm, property);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(connector);
    layout->addWidget(basic);
    layout->addWidget(advanced);
    layout->addStretch(1);
    setDocument(nullptr);
}

QWidget *PropertyForm::makeEditor(Field &field)
{
    const QString name = QString::fromLatin1(field.property->name);
    const size_t number = m_fields.size();
    if (field.property->isConfidential()) {
        auto *widget = new QWidget(this);
        auto *row = new QHBoxLayout(widget);
        row->setContentsMargins(0, 0, 0, 0);
        field.state = new QLabel(widget);
        auto *change = new QPushButton(hubkeeper::icon(u"key"_s), tr("&Change…"), widget);
        change->setAccessibleName(tr("Change %1").arg(told(field.property->label)));
        row->addWidget(field.state, 1);
        row->addWidget(change);
        connect(change, &QPushButton::clicked, this, &PropertyForm::secretsWanted);
        return widget;
    }
    if (field.property->type == PropertyType::Boolean) {
        field.box = new QCheckBox(this);
        field.box->setObjectName(name);
        field.box->setAccessibleName(told(field.property->label));
        connect(field.box, &QCheckBox::clicked, this, [this, number](bool on) {
            const Field &own = m_fields[number];
            set(pointerTo(*own.property), on, told(own.property->label));
        });
        return field.box;
    }
    field.line = new QLineEdit(this);
    field.line->setObjectName(name);
    field.line->setAccessibleName(told(field.property->label));
    connect(field.line, &QLineEdit::editingFinished, this, [this, number] {
        if (m_fields[number].line->isModified())
            commitLine(m_fields[number]);
    });
    return field.line;
}

void PropertyForm::addProperty(QFormLayout *layout, const ConnectorProperty &property)
{
    Field field;
    field.property = &property;
    QWidget *editor = makeEditor(field);
    editor->setToolTip(told(property.help));
    field.note = new QLabel(this);
    field.note->setWordWrap(true);
    auto *resetButton = new QToolButton(this);
    resetButton->setIcon(hubkeeper::icon(u"edit-undo"_s));
    resetButton->setToolTip(tr("Back to the default, %1").arg(QLatin1String(property.defaultJson)));
    resetButton->setAccessibleName(tr("Reset %1").arg(told(property.label)));
    resetButton->setVisible(!property.isConfidential() && !property.required);

    auto *row = new QHBoxLayout;
    row->addWidget(editor, 1);
    row->addWidget(resetButton);
    auto *cell = new QVBoxLayout;
    cell->addLayout(row);
    cell->addWidget(field.note);
    auto *label = new QLabel(told(property.label) + u':', this);
    label->setToolTip(told(property.help));
    layout->addRow(label, cell);
    const size_t number = m_fields.size();
    connect(resetButton, &QToolButton::clicked, this, [this, number] { reset(m_fields[number]); });
    m_fields.push_back(field);
}

void PropertyForm::setDocument(Document *document)
{
    if (m_document)
        m_document->disconnect(this);
    m_document = document;
    setEnabled(document != nullptr);
    if (document)
        connect(document, &Document::changed, this, &PropertyForm::show);
    show();
}

void PropertyForm::setSecretState(const QString &property, const QString &state)
{
    m_secretStates.insert(property, state);
    show();
}

QWidget *PropertyForm::editorOf(const QString &property) const
{
    for (const Field &field : m_fields) {
        if (property == QLatin1String(field.property->name))
            return field.line ? static_cast<QWidget *>(field.line) : field.box;
    }
    return nullptr;
}

bool PropertyForm::showField(const QString &pointer)
{
    const QString prefix = u"/configurationProperties/"_s;
    QWidget *editor = pointer == "/enabled"_L1        ? m_enabled
        : pointer == "/connectorRef/bundleVersion"_L1 ? static_cast<QWidget *>(m_version)
        : pointer.startsWith(prefix)                  ? editorOf(pointer.mid(prefix.size()))
                                                      : nullptr;
    if (!editor)
        return false;
    editor->setFocus(Qt::OtherFocusReason);
    return true;
}

void PropertyForm::show()
{
    const bool valid = m_document && m_document->text().isValid();
    m_enabled->setEnabled(valid);
    m_enabled->setChecked(valid && m_document->value(u"/enabled"_s).toBool(true));
    m_version->setEnabled(valid);
    if (!m_version->hasFocus() || !m_version->isModified())
        m_version->setText(valid ? m_document->value(u"/connectorRef/bundleVersion"_s).toString()
                                 : QString());
    for (const Field &field : m_fields)
        fill(field);
}

void PropertyForm::fill(const Field &field)
{
    const bool valid = m_document && m_document->text().isValid();
    const int node = valid ? m_document->text().at(pointerTo(*field.property)) : JsonText::none;
    const bool substituted = valid && isSubstituted(m_document->text(), node);
    const QJsonValue raw = valid ? m_document->text().valueOf(node) : QJsonValue();
    const QJsonValue value = converted(field.property->type, raw);
    if (field.state)
        field.state->setText(m_secretStates.value(QString::fromLatin1(field.property->name)));
    if (field.box) {
        field.box->setEnabled(valid && !substituted);
        field.box->setChecked(value.toBool());
    }
    if (field.line) {
        field.line->setEnabled(valid && !substituted);
        if (!field.line->hasFocus() || !field.line->isModified()) {
            field.line->setText(substituted               ? raw.toString(tr("(filled in by IDM)"))
                                    : value.isDouble()    ? QString::number(value.toInt())
                                    : value.isUndefined() ? raw.toVariant().toString()
                                                          : value.toString());
        }
        if (value.isNull() && field.property->defaultJson != QByteArray("null"))
            field.line->setPlaceholderText(QString::fromLatin1(field.property->defaultJson));
    }
    const QString note = noteFor(field, raw);
    field.note->setText(note);
    field.note->setVisible(!note.isEmpty());
}

QString PropertyForm::noteFor(const Field &field, const QJsonValue &value) const
{
    if (!m_document || field.state)
        return {};
    const int node = m_document->text().at(pointerTo(*field.property));
    if (isSubstituted(m_document->text(), node))
        return tr("A substitution: IDM fills it in. Edit it in the text.");
    if (converted(field.property->type, value).isUndefined())
        return tr("IDM cannot convert this value; the connector would not start.");
    if (field.property->required && value.toString().isEmpty())
        return tr("Required.");
    return {};
}

void PropertyForm::set(const QString &pointer, const QJsonValue &value, const QString &name)
{
    if (!m_document)
        return;
    const auto done = m_document->setValue(pointer, value, name);
    if (!done)
        emit failed(done.error());
}

void PropertyForm::commitLine(const Field &field)
{
    field.line->setModified(false);
    const QString text = field.line->text().trimmed();
    QJsonValue value = text.isEmpty() ? QJsonValue() : QJsonValue(text);
    // A number that stands quoted in the file stays quoted: IDM takes both, the diff stays small.
    if (field.property->type == PropertyType::Integer && !text.isEmpty()) {
        const int node = m_document->text().at(pointerTo(*field.property));
        const bool wasQuoted =
            node != JsonText::none && m_document->text().node(node).kind == JsonKind::String;
        bool isNumber = false;
        const int number = text.toInt(&isNumber);
        if (isNumber && !wasQuoted)
            value = number;
    }
    set(pointerTo(*field.property), value, told(field.property->label));
    show();
}

void PropertyForm::reset(const Field &field)
{
    set(pointerTo(*field.property), defaultOf(*field.property),
        tr("Reset %1").arg(told(field.property->label)));
}

} // namespace hubkeeper

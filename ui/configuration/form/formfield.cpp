// SPDX-License-Identifier: MIT
#include "configuration/form/formfield.h"

#include "base/compactjson.h"
#include "configuration/findings/findingnotes.h"
#include "configuration/form/secretbutton.h"
#include "configuration/form/valuetext.h"
#include "configuration/text/documentline.h"
#include "provisioner/confidential/secretvalue.h"
#include "widgets/icons.h"
#include "widgets/notelabel.h"
#include "widgets/tones.h"

#include <QAbstractItemView>
#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QJsonValue valueOfJson(const QByteArray &json)
{
    const JsonText text(json);
    return text.root() == JsonText::none ? QJsonValue() : text.valueOf(text.root());
}

/// What all tables say of a value.
template <typename Field>
FieldSpec basicsOf(const Field &field, const char *context)
{
    FieldSpec spec;
    spec.type = field.type;
    spec.defaultJson = field.defaultJson;
    spec.label = QCoreApplication::translate(context, field.label);
    spec.help = QCoreApplication::translate(context, field.help);
    return spec;
}

/// What is offered for a value of an entry.
QStringList choicesOf(const QString &pointer)
{
    if (pointer == "/items/type"_L1)
        return attributeTypes();
    if (pointer == "/items/nativeType"_L1)
        return attributeNativeTypes();
    return pointer == "/onDeny"_L1 ? denialKinds() : QStringList();
}

} // namespace

FieldSpec specOf(const ConnectorProperty &property)
{
    FieldSpec spec = basicsOf(property, "ConnectorProperty");
    spec.pointer = u"/configurationProperties/"_s + QLatin1String(property.name);
    spec.required = property.required;
    spec.isProperty = true;
    return spec;
}

FieldSpec specOf(const ProvisionerField &field)
{
    FieldSpec spec = basicsOf(field, "ProvisionerField");
    spec.pointer = QString::fromLatin1(field.pointer);
    spec.required = field.required;
    return spec;
}

QList<FieldSpec> specsOf(EntryKind kind)
{
    QList<FieldSpec> specs;
    for (const EntryField &field : entryFields()) {
        if (field.entry != kind)
            continue;
        FieldSpec spec = basicsOf(field, "EntryField");
        spec.pointer = QString::fromLatin1(field.pointer);
        spec.value = field.value;
        spec.choices = choicesOf(spec.pointer);
        specs.append(spec);
    }
    return specs;
}

FormField::FormField(FieldSpec spec, QWidget *parent)
    : QWidget(parent)
    , m_spec(std::move(spec))
    , m_reset(new QToolButton(this))
    , m_note(new NoteLabel(this))
    , m_findings(new FindingNotes(this))
{
    makeEditor();
    m_editor->setObjectName(m_spec.pointer);
    m_editor->setAccessibleDescription(m_spec.help);
    m_editor->setToolTip(m_spec.help);
    m_reset->setIcon(hubkeeper::icon(u"edit-undo"_s));
    m_reset->setAutoRaise(true);
    m_reset->setAccessibleName(tr("Reset %1").arg(m_spec.label));
    m_reset->setToolTip(
        m_spec.defaultJson.isEmpty() || m_spec.defaultJson == "null"
            ? tr("Back to nothing")
            : tr("Back to the default, %1").arg(readableText(valueOfJson(m_spec.defaultJson))));
    QSizePolicy keepsItsPlace = m_reset->sizePolicy();
    keepsItsPlace.setRetainSizeWhenHidden(true);
    m_reset->setSizePolicy(keepsItsPlace);
    connect(m_reset, &QToolButton::clicked, this, &FormField::reset);
    connect(m_findings, &FindingNotes::fixWanted, this, &FormField::fixWanted);

    auto *row = new QHBoxLayout;
    if (m_state)
        row->addWidget(m_state, 1);
    const bool isWide = !m_state && m_spec.type != PropertyType::Integer;
    row->addWidget(m_editor, isWide ? 1 : 0);
    if (!isWide && !m_state)
        row->addStretch(1);
    row->addWidget(m_reset);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(fontMetrics().height() / 5);
    column->addLayout(row);
    column->addWidget(m_note);
    column->addWidget(m_findings);
}

void FormField::makeEditor()
{
    if (m_spec.type == PropertyType::Boolean)
        return makeSwitch();
    m_label = new QLabel(tr("%1:").arg(m_spec.label), this);
    m_label->setToolTip(m_spec.help);
    if (m_spec.type == PropertyType::GuardedString)
        makeSecret();
    else if (!m_spec.choices.isEmpty())
        makeChoice();
    else
        makeLine();
    m_label->setBuddy(m_editor);
}

void FormField::makeSwitch()
{
    m_box = new QCheckBox(m_spec.label, this);
    connect(m_box, &QCheckBox::clicked, this,
            [this](bool on) { set(on ? "true" : "false", m_spec.label); });
    m_editor = m_box;
}

void FormField::makeLine()
{
    m_line = new DocumentLine(this);
    m_line->setAccessibleName(m_spec.label);
    if (m_spec.type == PropertyType::Integer)
        m_line->setMaximumWidth(fontMetrics().averageCharWidth() * 24);
    connect(m_line, &QLineEdit::editingFinished, this, [this] {
        if (m_line->isModified())
            commitText(m_line->text());
    });
    m_editor = m_line;
}

void FormField::makeChoice()
{
    m_choice = new QComboBox(this);
    m_choice->setEditable(true);
    m_line = new DocumentLine(m_choice);
    m_choice->setLineEdit(m_line);
    m_choice->setCompleter(nullptr); // It would end a range that is meant to be another one.
    m_choice->setInsertPolicy(QComboBox::NoInsert);
    m_choice->setAccessibleName(m_spec.label);
    m_choice->view()->setAccessibleName(m_spec.label);
    m_choice->addItems(m_spec.choices);
    for (int i = 0; m_spec.meaning && i < m_choice->count(); ++i) {
        for (const int role : {Qt::ToolTipRole, Qt::AccessibleDescriptionRole})
            m_choice->setItemData(i, m_spec.meaning(m_choice->itemText(i)), role);
    }
    connect(m_line, &QLineEdit::editingFinished, this, [this] {
        if (m_line->isModified())
            commitText(m_line->text());
    });
    connect(m_choice, &QComboBox::textActivated, this, &FormField::commitText);
    m_editor = m_choice;
}

void FormField::makeSecret()
{
    m_state = new QLabel(this);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    m_secret = new SecretButton(m_spec.pointer.section(u'/', -1), m_spec.label, this);
    connect(m_secret, &SecretButton::keychainWanted, this, &FormField::secretsWanted);
    connect(m_secret, &SecretButton::failed, this, &FormField::failed);
    m_editor = m_secret;
}

void FormField::setAccessKey(const QString &labelWithKey)
{
    if (m_box)
        m_box->setText(labelWithKey);
    else
        m_label->setText(tr("%1:").arg(labelWithKey));
}

void FormField::setDocument(Document *document)
{
    m_document = document;
    if (m_secret)
        m_secret->setDocument(document);
    if (m_line)
        m_line->setModified(false);
    showValue();
}

void FormField::setBase(const QString &base)
{
    if (m_base == base)
        return;
    m_base = base;
    if (m_line)
        m_line->setModified(false);
    showValue();
}

bool FormField::isWanted() const
{
    return !m_spec.isShownOnlyIfSet || !read().isAbsent;
}

FormField::Value FormField::read() const
{
    Value value;
    if (!m_document || !m_document->text().isValid())
        return value;
    const JsonText &text = m_document->text();
    const int node = text.at(pointer());
    value.isAbsent = node == JsonText::none;
    value.isSubstituted = isSubstituted(text, node);
    value.raw = text.valueOf(node);
    readValue(value, text, node);
    return value;
}

void FormField::readValue(Value &value, const JsonText &text, int node) const
{
    if (m_spec.value == EntryValue::Single) {
        value.taken = converted(m_spec.type, value.raw);
        value.text = readableText(value.isSubstituted || value.taken.isUndefined() ? value.raw
                                                                                   : value.taken);
        return;
    }
    const auto names = lineOfNames(text, node);
    const bool isNames = m_spec.value == EntryValue::Names;
    value.taken = isNames && !names ? QJsonValue(QJsonValue::Undefined) : value.raw;
    value.text = isNames && names ? *names : lineOfValue(text, node);
}

void FormField::showValue()
{
    const bool usable = m_document && m_document->text().isValid();
    const Value value = read();
    m_editor->setEnabled(usable && (!value.isSubstituted || m_state));
    if (m_line)
        showLine(value);
    if (m_box) {
        const QJsonValue shown =
            value.taken.isBool() ? value.taken : valueOfJson(m_spec.defaultJson);
        m_box->setCheckState(!shown.isBool()      ? Qt::PartiallyChecked
                                 : shown.toBool() ? Qt::Checked
                                                  : Qt::Unchecked);
    }
    const bool isDefault = value.isAbsent
        || (m_spec.isProperty && value.taken == valueOfJson(m_spec.defaultJson)
            && value.raw == value.taken);
    m_reset->setVisible(!m_state && !m_spec.required);
    m_reset->setEnabled(usable && !isDefault);
    showNote(value);
}

void FormField::showLine(const Value &value)
{
    if (m_line->isModified())
        return; // It is being typed.
    if (m_line->text() != value.text) {
        m_line->setText(value.text);
        m_line->setCursorPosition(0);
    }
    m_line->setModified(false);
    const QString byDefault = readableText(valueOfJson(m_spec.defaultJson));
    m_line->setPlaceholderText(byDefault.isEmpty() ? QString() : tr("Default: %1").arg(byDefault));
}

void FormField::showNote(const Value &value)
{
    QStringList notes {m_spec.help};
    const bool isQuoted = m_spec.type != PropertyType::String && value.raw.isString();
    if (value.isSubstituted && !m_state)
        notes.append(tr("A substitution: IDM fills it in. Edit it in the text."));
    else if (value.taken.isUndefined() && !value.isAbsent && !m_state // A $crypto block is valid.
             && m_findings->findings().isEmpty())
        notes.append(tr("IDM cannot convert this value."));
    else if (isQuoted && !value.taken.isUndefined() && m_spec.isProperty && !m_state)
        notes.append(tr("Quoted in the file; IDM converts it."));
    if (value.isAbsent && m_box && m_document)
        notes.append(m_spec.defaultJson.isEmpty() ? tr("Not in the file.")
                                                  : tr("Not in the file: the default."));
    QString text = notes.join(u' ');
    if (m_spec.meaning && !value.isAbsent && !value.isSubstituted)
        text += u'\n' + m_spec.meaning(value.text);
    m_note->setText(text.trimmed());
}

void FormField::showFindings(const QList<Finding> &findings)
{
    m_findings->setFindings(findings);
    showNote(read());
}

void FormField::setSecretState(const QString &state)
{
    if (m_state)
        m_state->setText(state);
}

void FormField::commitText(const QString &typed)
{
    m_line->setModified(false);
    const QString text = typed.trimmed();
    const Value before = read();
    if (!m_document || text == before.text)
        return showValue();
    if (text.isEmpty() && !m_spec.isProperty) {
        remove(m_spec.label);
        return showValue();
    }
    if (const auto json = jsonFor(text, before); json)
        set(*json, m_spec.label);
    else
        emit failed(json.error());
    showValue();
}

void FormField::takeTyping()
{
    if (!m_line || !m_document)
        return;
    const QString text = m_line->text().trimmed();
    const Value before = read();
    if (text.isEmpty() || text == before.text)
        return;
    // Half a value is not a failure while somebody types.
    if (const auto json = jsonFor(text, before); json)
        set(*json, m_spec.label);
}

Result<QByteArray> FormField::jsonFor(const QString &text, const Value &before) const
{
    if (m_spec.value == EntryValue::Any)
        return valueOfLine(text);
    if (m_spec.value == EntryValue::Names)
        return namesOfLine(text);
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    // A number that is quoted in the file stays quoted: IDM takes both, the diff stays small.
    if (m_spec.type == PropertyType::Integer && isNumber
        && !(before.raw.isString() && m_spec.isProperty))
        return QByteArray::number(number);
    return text.isEmpty() ? QByteArray("null") : jsonQuoted(text);
}

void FormField::set(const QByteArray &json, const QString &name)
{
    if (json.isEmpty())
        return remove(name);
    if (!m_document)
        return;
    if (const auto done = m_document->setRaw(pointer(), json, name); !done)
        emit failed(done.error());
}

void FormField::remove(const QString &name)
{
    if (!m_document)
        return;
    QString gone = pointer();
    // What an entry holds its value in is the field's own, and goes with the last of its values.
    for (QString holder = gone; !m_base.isEmpty();) {
        holder.truncate(holder.lastIndexOf(u'/'));
        const int node = m_document->text().at(holder);
        if (holder == m_base || node == JsonText::none
            || m_document->text().node(node).childCount != 1)
            break;
        gone = holder;
    }
    if (const auto done = m_document->removeValue(gone, name); !done)
        emit failed(done.error());
}

void FormField::reset()
{
    const QString name = tr("Reset %1").arg(m_spec.label);
    if (m_line)
        m_line->setModified(false);
    if (m_spec.isProperty)
        set(m_spec.defaultJson, name);
    else
        remove(name);
}

} // namespace hubkeeper

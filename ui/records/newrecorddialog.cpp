// SPDX-License-Identifier: MIT
#include "records/newrecorddialog.h"

#include "widgets/taborder.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QInputDialog>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QStringList usualProperties(ObjectType type)
{
    return type == ObjectType::Contacts
        ? QStringList {u"email"_s, u"firstname"_s, u"lastname"_s, u"phone"_s, u"company"_s}
        : QStringList {u"name"_s, u"domain"_s, u"phone"_s, u"city"_s, u"country"_s};
}

} // namespace

NewRecordDialog::NewRecordDialog(ObjectType type, const PropertyNames &names, QWidget *parent)
    : QDialog(parent)
    , m_type(type)
    , m_names(names)
    , m_form(new QFormLayout)
    , m_fault(new QLabel(this))
{
    setWindowTitle(type == ObjectType::Contacts ? tr("New Contact") : tr("New Company"));
    m_fault->setWordWrap(true);
    m_fault->setTextFormat(Qt::PlainText);
    for (const QString &property : usualProperties(type)) {
        if (m_names.definition(property))
            addField(property);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto *stage = buttons->addButton(tr("&Stage"), QDialogButtonBox::AcceptRole);
    stage->setDefault(true);
    auto *more = buttons->addButton(tr("&Add Property…"), QDialogButtonBox::ActionRole);
    connect(more, &QPushButton::clicked, this, &NewRecordDialog::chooseField);
    connect(buttons, &QDialogButtonBox::accepted, this, &NewRecordDialog::checkAndAccept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->addLayout(m_form);
    layout->addWidget(m_fault);
    layout->addStretch();
    layout->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 60);
}

void NewRecordDialog::addField(const QString &property)
{
    PropertyEditor *editor = makePropertyEditor(m_names.definition(property), m_names, false, this);
    editor->setObjectName(property);
    m_form->addRow(m_names.label(property), editor);
    if (!m_fields.isEmpty())
        tabInOrder({m_fields.last().second, editor});
    m_fields.append({property, editor});
    if (isVisible())
        editor->setFocus();
}

void NewRecordDialog::chooseField()
{
    QStringList choices;
    QHash<QString, QString> byText;
    for (const PropertyDefinition &definition : m_names.definitions()) {
        const bool there = std::any_of(m_fields.begin(), m_fields.end(), [&](const auto &field) {
            return field.first == definition.name;
        });
        if (there || definition.hidden || m_names.isReadOnly(definition.name))
            continue;
        const QString text = u"%1 (%2)"_s.arg(definition.label, definition.name);
        choices.append(text);
        byText.insert(text, definition.name);
    }
    choices.sort(Qt::CaseInsensitive);
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(u"addProperty"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Add Property"));
    dialog->setLabelText(tr("Property:"));
    dialog->setMinimumWidth(fontMetrics().averageCharWidth() * 50);
    dialog->setComboBoxEditable(true);
    dialog->setComboBoxItems(choices);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, byText](const QString &text) {
        if (byText.contains(text))
            addField(byText.value(text));
    });
    dialog->open();
}

QHash<QString, QString> NewRecordDialog::properties() const
{
    QHash<QString, QString> properties;
    for (const auto &[name, editor] : m_fields) {
        if (!editor->text().isEmpty())
            properties.insert(name, editor->text());
    }
    return properties;
}

QString NewRecordDialog::refusal() const
{
    const QHash<QString, QString> given = properties();
    for (const auto &[name, editor] : m_fields) {
        if (!editor->refusal().isEmpty())
            return u"%1: %2"_s.arg(m_names.label(name), editor->refusal());
        const PropertyDefinition *definition = m_names.definition(name);
        const QString why = definition && given.contains(name)
            ? refusalOf(*definition, given.value(name))
            : QString();
        if (!why.isEmpty())
            return u"%1: %2"_s.arg(m_names.label(name), why);
    }
    if (m_type == ObjectType::Contacts) {
        const bool named = given.contains(u"email"_s) || given.contains(u"firstname"_s)
            || given.contains(u"lastname"_s);
        return named ? QString() : tr("A contact needs an e-mail address or a name.");
    }
    const bool named = given.contains(u"name"_s) || given.contains(u"domain"_s);
    return named ? QString() : tr("A company needs a name or a domain.");
}

void NewRecordDialog::checkAndAccept()
{
    const QString why = refusal();
    m_fault->setText(why);
    if (why.isEmpty())
        accept();
}

} // namespace hubkeeper

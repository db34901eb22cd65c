// SPDX-License-Identifier: MIT
#include "configuration/form/secretinfiledialog.h"

#include "base/secret.h"
#include "provisioner/document/secretplacing.h"
#include "session/secrets/secretplaces.h"
#include "widgets/messagebar.h"
#include "widgets/notelabel.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

SecretInFileDialog::SecretInFileDialog(Document &document, QString property, QString label,
                                       QWidget *parent)
    : QDialog(parent)
    , m_document(&document)
    , m_property(std::move(property))
    , m_label(std::move(label))
    , m_message(new MessageBar(this))
    , m_asName(
          new QRadioButton(tr("A &substitution, which IDM fills in from its environment:"), this))
    , m_asText(new QRadioButton(tr("The secret as &plain text:"), this))
    , m_name(new QLineEdit(substitutionNameFor(m_property, document.path()), this))
    , m_text(new QLineEdit(this))
{
    setObjectName(u"secretInFile"_s);
    //: %1 is the name of a secret.
    setWindowTitle(tr("%1 in the File").arg(m_label));
    build();
    connect(&document, &QObject::destroyed, this, &QDialog::reject);
    connect(m_asName, &QRadioButton::toggled, this, &SecretInFileDialog::showChoice);
    connect(m_name, &QLineEdit::textChanged, this, &SecretInFileDialog::showChoice);
    connect(m_text, &QLineEdit::textChanged, this, &SecretInFileDialog::showChoice);
    m_asName->setChecked(true);
}

void SecretInFileDialog::build()
{
    m_asName->setObjectName(u"asSubstitution"_s);
    m_asText->setObjectName(u"asPlainText"_s);
    m_name->setObjectName(u"substitutionName"_s);
    m_name->setAccessibleName(tr("Name of the substitution"));
    m_name->setMinimumWidth(fontMetrics().averageCharWidth() * 45);
    m_text->setObjectName(u"plainText"_s);
    m_text->setAccessibleName(m_label);
    m_text->setEchoMode(QLineEdit::Password);
    m_text->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_put = buttons->addButton(tr("Put Into the &File"), QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &SecretInFileDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    const auto addIndented = [&](QWidget *widget) {
        auto *row = new QHBoxLayout;
        row->addSpacing(fontMetrics().height() * 3 / 2);
        row->addWidget(widget);
        column->addLayout(row);
    };
    column->addWidget(m_message);
    column->addWidget(m_asName);
    addIndented(m_name);
    addIndented(new NoteLabel(this,
                              tr("The file holds only the name, as &{name}. Set the value "
                                 "where IDM runs.")));
    column->addWidget(m_asText);
    addIndented(m_text);
    addIndented(new NoteLabel(this,
                              tr("Whoever can read the file can read it, until IDM has "
                                 "loaded the file and encrypted it.")));
    column->addStretch(1);
    column->addWidget(buttons);
}

void SecretInFileDialog::showChoice()
{
    m_message->dismiss(); // It was about what is another choice now.
    const bool asName = m_asName->isChecked();
    m_name->setEnabled(asName);
    m_text->setEnabled(!asName);
    m_put->setEnabled(asName ? isSubstitutionName(m_name->text().trimmed())
                             : !m_text->text().trimmed().isEmpty());
}

void SecretInFileDialog::accept()
{
    if (!m_document)
        return reject();
    const auto placed = m_asName->isChecked()
        ? placeSubstitution(*m_document, m_property, m_name->text().trimmed(), m_label)
        : placePlainText(*m_document, m_property, Secret(m_text->text().trimmed().toUtf8()),
                         m_label);
    if (!placed)
        return m_message->showError(placed.error(), Situation::SavingFile);
    m_text->clear();
    QDialog::accept();
}

} // namespace hubkeeper

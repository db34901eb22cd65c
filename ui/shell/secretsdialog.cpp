// SPDX-License-Identifier: MIT
#include "shell/secretsdialog.h"

#include "provisioner/document.h"
#include "shell/messagebar.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Takes what was typed and leaves an empty field. QLineEdit's own copies cannot be wiped.
Secret takeSecret(QLineEdit &edit)
{
    Secret secret(edit.text().trimmed().toUtf8());
    edit.clear();
    return secret;
}

} // namespace

SecretsDialog::SecretsDialog(const Connection &connection, SecretStore &store,
                             bool canKeepForSession, QWidget *parent)
    : QDialog(parent)
    , m_connection(connection)
    , m_store(store)
    , m_canKeepForSession(canKeepForSession)
    , m_messages(new MessageBar(this))
    , m_where(new QLabel(this))
{
    setObjectName(u"secretsDialog"_s);
    //: %1 is the label of a connection.
    setWindowTitle(tr("Secrets of %1").arg(connection.label));
    m_where->setTextFormat(Qt::PlainText);
    m_where->setWordWrap(true);

    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_fields.append(addField(u"clientSecret"_s, tr("&Client secret:"), form));
    m_fields.append(addField(u"refreshToken"_s, tr("&Refresh token:"), form));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_save = buttons->addButton(tr("&Store"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(u"store"_s);
    m_save->setDefault(true);
    connect(m_save, &QPushButton::clicked, this, &SecretsDialog::storeNext);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *column = new QVBoxLayout(this);
    column->addWidget(m_messages);
    column->addWidget(m_where);
    column->addSpacing(fontMetrics().height() / 2);
    column->addLayout(form);
    column->addStretch();
    column->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 75);
    connect(m_messages, &MessageBar::buttonPressed, this, &SecretsDialog::sessionOnlyWanted);
    look();
}

SecretsDialog::Field SecretsDialog::addField(const QString &name, const QString &label,
                                             QFormLayout *form)
{
    Field field;
    field.name = name;
    field.edit = new QLineEdit(this);
    field.edit->setObjectName(name);
    field.edit->setEchoMode(QLineEdit::Password);
    field.edit->setPlaceholderText(tr("Leave empty to keep it as it is"));
    field.edit->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    field.state = new QLabel(this);
    field.state->setObjectName(name + u"State"_s);
    field.state->setTextFormat(Qt::PlainText);
    field.state->setWordWrap(true);
    field.forget = new QPushButton(tr("Forget"), this);
    field.forget->setObjectName(name + u"Forget"_s);
    field.forget->setAutoDefault(false);
    field.forget->setEnabled(false);
    QString plain = label;
    plain.remove(u'&').chop(1);
    field.edit->setAccessibleName(plain);
    //: %1 is "Client secret" or "Refresh token".
    field.forget->setAccessibleName(tr("Forget: %1").arg(plain));
    connect(field.forget, &QPushButton::clicked, this, [this, field] { forget(field); });
    auto *row = new QHBoxLayout;
    row->addWidget(field.edit, 1);
    row->addWidget(field.forget);
    form->addRow(label, row);
    static_cast<QLabel *>(form->labelForField(row))->setBuddy(field.edit);
    form->addRow(QString(), field.state);
    return field;
}

void SecretsDialog::look()
{
    const SecretBackend backend = m_store.backend();
    m_where->setText(backend.persistent
                         //: %1 is the name of a keychain, %2 the name its entries have there.
                         ? tr("Stored in %1, under the name \"%2\". Never in a file.")
                               .arg(backend.name, backend.service)
                         : tr("Kept in memory for this session only; gone when the program ends."));
    for (const Field &field : m_fields) {
        field.state->setText(tr("Looking…"));
        m_store.read({m_connection.id, field.name}, this)
            ->onDone(this,
                     [this, field](const Result<Secret> &secret) { showState(field, secret); });
    }
}

SecretForm SecretsDialog::formInFile(const QString &name) const
{
    const auto document = Document::open(m_connection.provisionerPath);
    if (!document)
        return SecretForm::Absent;
    const JsonText &text = (*document)->text();
    const int node = text.at(u"/configurationProperties/"_s + name);
    return node == JsonText::none ? SecretForm::Absent : secretFormOf(text, node);
}

void SecretsDialog::showState(const Field &field, const Result<Secret> &stored)
{
    field.forget->setEnabled(stored.has_value());
    if (stored) {
        field.state->setText(m_store.backend().persistent ? tr("In the keychain.")
                                                          : tr("In memory, for this session."));
        return;
    }
    if (stored.error().kind == ErrorKind::NoKeychain) {
        field.state->setText(tr("No keychain answers."));
        QList<MessageBar::Button> buttons;
        const ErrorText words = errorText(stored.error(), Situation::ReadingSecret);
        if (m_canKeepForSession)
            buttons.append({words.button, words.buttonText});
        m_messages->showMessage(MessageBar::Warning, words.sentence,
                                words.detail + u'\n' + words.advice, buttons);
        return;
    }
    switch (formInFile(field.name)) {
    case SecretForm::PlainText:
        field.state->setText(tr("In the file as plain text. Store it here and take it out there."));
        break;
    case SecretForm::Encrypted:
        field.state->setText(
            tr("Encrypted in the file by IDM, which alone can read it. Enter it once here."));
        break;
    case SecretForm::Substituted:
        field.state->setText(tr("Filled in by IDM from its own environment. Enter it once here."));
        break;
    default:
        field.state->setText(tr("Not set."));
        break;
    }
}

void SecretsDialog::storeNext()
{
    for (const Field &field : m_fields) {
        if (field.edit->text().trimmed().isEmpty())
            continue;
        m_save->setEnabled(false);
        m_messages->dismiss();
        const auto kept = std::make_shared<const Secret>(takeSecret(*field.edit));
        m_store.write({m_connection.id, field.name}, kept->clone(), this)
            ->onDone(this, [this, field, kept](const Result<void> &outcome) {
                if (!outcome) {
                    kept->withClearText([&](std::string_view text) {
                        field.edit->setText(QString::fromUtf8(text.data(), qsizetype(text.size())));
                    });
                }
                stored(field, outcome);
            });
        return;
    }
}

void SecretsDialog::stored(const Field &field, const Result<void> &outcome)
{
    m_save->setEnabled(true);
    if (!outcome) {
        QList<MessageBar::Button> buttons;
        const ErrorText words = errorText(outcome.error(), Situation::StoringSecret);
        if (outcome.error().kind == ErrorKind::NoKeychain && m_canKeepForSession)
            buttons.append({words.button, words.buttonText});
        m_messages->showMessage(MessageBar::Failure, words.sentence,
                                words.detail + u'\n' + words.advice, buttons);
        field.edit->setFocus();
        return;
    }
    emit secretsChanged();
    look();
    storeNext();
}

void SecretsDialog::forget(const Field &field)
{
    m_store.remove({m_connection.id, field.name}, this)
        ->onDone(this, [this](const Result<void> &outcome) {
            if (!outcome)
                m_messages->showError(outcome.error(), Situation::StoringSecret);
            emit secretsChanged();
            look();
        });
}

void SecretsDialog::retry()
{
    m_messages->dismiss();
    look();
    storeNext();
}

} // namespace hubkeeper

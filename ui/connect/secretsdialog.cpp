// SPDX-License-Identifier: MIT
#include "connect/secretsdialog.h"

#include "connect/secretplacesmodel.h"
#include "session/connections/connectionregistry.h"
#include "session/connections/secretvault.h"
#include "session/secrets/leakcheck.h"
#include "widgets/callbar.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QDir>
#include <QFormLayout>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QTreeView>

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

SecretsDialog::SecretsDialog(const Connection &connection, const SecretsServices &services,
                             QWidget *parent)
    : QDialog(parent)
    , m_connection(connection)
    , m_services(services)
    , m_places(new SecretPlacesModel(this))
    , m_messages(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_moves(new SecretMoves(services, *m_messages, *m_progress, this))
    , m_where(new QLabel(this))
    , m_table(new QTreeView(this))
    , m_last {connection.id, nameOf(SecretName::ClientSecret)}
{
    setObjectName(u"secretsDialog"_s);
    setWindowTitle(tr("Where Are My Secrets?"));
    build();
    connect(m_messages, &MessageBar::buttonPressed, this, &SecretsDialog::onMessageButton);
    connect(m_moves, &SecretMoves::changed, this, &SecretsDialog::secretsChanged);
    connect(m_moves, &SecretMoves::outdated, this, &SecretsDialog::look);
    look();
}

void SecretsDialog::build()
{
    m_where->setTextFormat(Qt::PlainText);
    m_where->setWordWrap(true);
    m_table->setObjectName(u"secretPlaces"_s);
    m_table->setAccessibleName(tr("Secrets and where they are"));
    m_table->setModel(m_places);
    m_table->setRootIsDecorated(false);
    m_table->setItemsExpandable(false);
    m_table->setAlternatingRowColors(true);
    m_table->setUniformRowHeights(true);
    m_table->header()->setStretchLastSection(false);
    for (const int column : {SecretPlacesModel::ConnectionLabel, SecretPlacesModel::SecretName,
                             SecretPlacesModel::LastUsed})
        m_table->header()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    m_table->header()->setSectionResizeMode(SecretPlacesModel::Where, QHeaderView::Stretch);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &SecretsDialog::showSelection);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_check = buttons->addButton(tr("&Look for Leaks"), QDialogButtonBox::ActionRole);
    m_check->setObjectName(u"checkForLeaks"_s);
    m_check->setAutoDefault(false);
    connect(m_check, &QPushButton::clicked, this, &SecretsDialog::checkForLeaks);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *column = new QVBoxLayout(this);
    column->addWidget(m_messages);
    column->addWidget(m_progress);
    column->addWidget(m_where);
    column->addWidget(m_table, 1);
    column->addWidget(buildMoves());
    column->addWidget(buildFields());
    column->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 30);
}

QWidget *SecretsDialog::buildMoves()
{
    const auto make = [this](const QString &name, const QString &iconName, const QString &text,
                             void (SecretMoves::*act)(const SecretPlace &)) {
        auto *button = new QPushButton(icon(iconName), text, this);
        button->setObjectName(name);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, act] {
            if (const SecretPlace *place = selected(); place && act)
                (m_moves->*act)(SecretPlace(*place));
        });
        return button;
    };
    m_takeOut = make(u"takeOut"_s, u"key"_s, tr("From the File into the &Keychain"),
                     &SecretMoves::takeOutOfFile);
    m_keep = make(u"keepForSession"_s, u"history"_s, tr("For This &Session Only"),
                  &SecretMoves::keepForSession);
    m_move = make(u"moveSecret"_s, u"go-next"_s, tr("&Move To"), nullptr);
    auto *targets = new QMenu(m_move);
    m_move->setMenu(targets);
    connect(targets, &QMenu::aboutToShow, this, [this, targets] {
        if (const SecretPlace *place = selected())
            m_moves->fillTargets(*targets, *place);
    });
    m_forget = make(u"forgetSecret"_s, u"edit-delete"_s, tr("&Forget…"), &SecretMoves::askToForget);
    auto *all = new QWidget(this);
    auto *row = new QHBoxLayout(all);
    row->setContentsMargins(0, 0, 0, 0);
    for (QPushButton *button : {m_takeOut, m_keep, m_move, m_forget})
        row->addWidget(button);
    row->addStretch();
    return all;
}

QWidget *SecretsDialog::buildFields()
{
    m_entry = new QGroupBox(this);
    auto *form = new QFormLayout(m_entry);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    const std::pair<QString, QString> fields[] = {
        {nameOf(SecretName::ClientSecret), tr("&Client secret:")},
        {nameOf(SecretName::RefreshToken), tr("&Refresh token:")}};
    for (const auto &[name, label] : fields) {
        auto *field = new QLineEdit(m_entry);
        field->setObjectName(name);
        field->setEchoMode(QLineEdit::Password);
        field->setPlaceholderText(tr("Leave empty to keep it as it is"));
        field->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
        form->addRow(label, field);
        m_fields.append(field);
    }
    m_store = new QPushButton(tr("St&ore"), m_entry);
    m_store->setObjectName(u"store"_s);
    m_store->setDefault(true);
    connect(m_store, &QPushButton::clicked, this, &SecretsDialog::storeNext);
    auto *signIn = new QPushButton(icon(u"connected"_s), tr("Sign &In Instead…"), m_entry);
    signIn->setObjectName(u"signIn"_s);
    signIn->setAutoDefault(false);
    connect(signIn, &QPushButton::clicked, this, &SecretsDialog::connectWanted);
    auto *row = new QHBoxLayout;
    row->addWidget(m_store);
    row->addWidget(signIn);
    row->addStretch();
    form->addRow(QString(), row);
    return m_entry;
}

void SecretsDialog::showWhere()
{
    const SecretBackend backend = m_services.session.secrets.backend();
    if (!backend.answers) {
        m_where->setText(
            tr("No keychain answers, so nothing is kept there. Hubkeeper itself writes "
               "no secret into a file."));
        return;
    }
    m_where->setText(
        backend.persistent
            //: %1 is the name of a keychain, %2 the name its entries have there.
            ? tr("Secrets are kept in the %1, under the name \"%2\". Hubkeeper itself writes none "
                 "into a file.")
                  .arg(backend.name, backend.service)
            : tr("No keychain is used: secrets are kept in memory for this session only, and are "
                 "gone when the program ends."));
}

void SecretsDialog::look()
{
    showWhere();
    auto *call = lookForSecrets(m_services.registry.connections(), m_services.session,
                                m_services.vault, this);
    m_progress->watch(call, tr("Waiting for the keychain"));
    call->onDone(this, [this](const Result<QList<SecretPlace>> &places) {
        if (places)
            showPlaces(*places);
    });
}

void SecretsDialog::showPlaces(const QList<SecretPlace> &places)
{
    showWhere(); // Now that it was asked.
    const SecretId last = m_last; // A reset moves the selection.
    m_places->setPlaces(places);
    for (int row = 0; row < places.size(); ++row) {
        if (places[row].id == last)
            m_table->setCurrentIndex(m_places->index(row, 0));
    }
    showSelection();
    const auto failed = std::find_if(places.begin(), places.end(),
                                     [](const SecretPlace &place) { return place.failure; });
    if (failed == places.end())
        return emit keychainAnswered();
    const ErrorText words = errorText(*failed->failure, Situation::ReadingSecret);
    QList<MessageBar::Button> buttons;
    if (m_services.vault && !m_services.vault->isSessionOnly())
        buttons.append({Choice::SessionOnly, tr("Use for This &Session")});
    m_messages->showMessage(
        MessageBar::Warning, words.sentence,
        tr("%1\nUntil then the program works only with secrets that are plain text in a "
           "provisioner. On Linux, install gnome-keyring or kwalletmanager and log in again.")
            .arg(words.detail),
        buttons);
    m_messages->showUntil(this, &SecretsDialog::keychainAnswered);
}

const SecretPlace *SecretsDialog::selected() const
{
    const int row = m_table->currentIndex().row();
    return row < 0 || row >= m_places->places().size() ? nullptr : &m_places->places()[row];
}

void SecretsDialog::showSelection()
{
    const SecretPlace *place = selected();
    const bool isConnections = place && !place->provisionerPath.isEmpty();
    if (place && place->id != m_last) {
        m_last = place->id;
        m_moves->forgetQuestion();
    }
    const bool isPlain = place && place->inFile == SecretForm::PlainText;
    m_takeOut->setEnabled(isPlain);
    m_keep->setEnabled(place && place->stored && !place->sessionOnly && m_services.vault);
    m_move->setEnabled(isConnections && place->stored
                       && m_services.registry.connections().size() > 1);
    m_forget->setEnabled(isConnections && place->stored);
    m_forget->setToolTip(place && !isConnections
                             ? tr("Without its key the journal could not be verified any more.")
                             : QString());
    m_entry->setEnabled(isConnections);
    //: %1 is the label of a connection.
    m_entry->setTitle(isConnections ? tr("Enter or change for %1").arg(place->connection)
                                    : tr("Enter or change"));
}

void SecretsDialog::storeNext()
{
    const SecretPlace *place = selected();
    if (!place || place->provisionerPath.isEmpty())
        return;
    for (QLineEdit *field : std::as_const(m_fields)) {
        if (field->text().trimmed().isEmpty())
            continue;
        m_store->setEnabled(false);
        m_messages->dismiss();
        const auto kept = std::make_shared<const Secret>(takeSecret(*field));
        auto *call = m_services.session.secrets.write({place->id.connection, field->objectName()},
                                                      kept->clone(), this);
        m_progress->watch(call, tr("Waiting for the keychain"));
        call->onDone(this, [this, field, kept](const Result<void> &outcome) {
            if (!outcome) {
                kept->withClearText([&](std::string_view text) {
                    field->setText(QString::fromUtf8(text.data(), qsizetype(text.size())));
                });
            }
            onStored(field, outcome);
        });
        return;
    }
}

void SecretsDialog::onStored(QLineEdit *field, const Result<void> &outcome)
{
    m_store->setEnabled(true);
    if (!outcome) {
        m_moves->report({}, outcome);
        field->setFocus();
        return;
    }
    emit secretsChanged();
    if (const SecretPlace *place = selected()) {
        SecretPlace stored = *place;
        stored.id.name = field->objectName();
        m_moves->showDone(tr("Stored: %1.").arg(titleOfSecret(stored.id.name)), stored);
    }
    look();
    storeNext();
}

void SecretsDialog::onMessageButton(Choice button)
{
    if (button == Choice::SessionOnly)
        emit sessionOnlyWanted();
    else
        m_moves->answer(button);
}

void SecretsDialog::checkForLeaks()
{
    m_messages->dismiss();
    m_check->setEnabled(false);
    auto *call =
        hubkeeper::checkForLeaks(m_services.registry.connections(), m_services.session, {}, this);
    m_progress->watch(call, tr("Searching the files that Hubkeeper wrote"));
    call->onDone(this, [this](const Result<LeakReport> &report) {
        m_check->setEnabled(true);
        if (report)
            showLeaks(*report);
        else
            m_messages->showError(report.error(), Situation::CheckingForLeaks);
    });
}

void SecretsDialog::showLeaks(const LeakReport &report)
{
    const QString looked =
        tr("Looked for %Ln secret(s)", "first half of: in 12 files, 3 MB.", report.secrets)
        //: Second half of: "Looked for 3 secrets in 12 files, 3 MB."
        + tr(" in %Ln file(s), %1.", nullptr, report.files)
              .arg(QLocale().formattedDataSize(report.bytes));
    if (report.leaks.isEmpty()) {
        m_messages->showMessage(MessageBar::Good,
                                tr("No secret was found in what Hubkeeper wrote."), looked);
        return;
    }
    constexpr qsizetype mostShown = 6;
    QStringList lines;
    for (const Leak &leak : report.leaks.first(std::min(mostShown, report.leaks.size()))) {
        //: A place in a file: path, number of a byte, name of a secret, how it is written.
        lines.append(tr("%1, byte %2: %3 (%4)")
                         .arg(QDir::toNativeSeparators(leak.path), QLocale().toString(leak.offset),
                              leak.secret, leak.form));
    }
    if (report.leaks.size() > mostShown)
        lines.append(tr("and %Ln more", nullptr, int(report.leaks.size() - mostShown)));
    lines.append(looked);
    m_messages->showMessage(MessageBar::Failure,
                            tr("Found %Ln secret(s) in a file.", nullptr, int(report.leaks.size())),
                            lines.join(u'\n'));
}

void SecretsDialog::retry()
{
    m_messages->dismiss();
    look();
    storeNext();
}

} // namespace hubkeeper

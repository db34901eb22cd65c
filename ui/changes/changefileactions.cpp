// SPDX-License-Identifier: MIT
#include "changes/changefileactions.h"

#include "base/poolcall.h"
#include "base/savefile.h"
#include "changes/set/changesfile.h"
#include "policy/account.h"
#include "policy/policyfile.h"
#include "session/open/session.h"
#include "session/secrets/signingkeys.h"
#include "widgets/callbar.h"
#include "widgets/icons.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"

#include <QAction>
#include <QFileDialog>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString filters()
{
    return ChangeFileActions::tr("Change sets (*.jsonl *.json)");
}

} // namespace

ChangeFileActions::ChangeFileActions(const Masking &masking, MessageBar &message, CallBar &progress,
                                     QWidget *window)
    : QObject(window)
    , m_masking(masking)
    , m_message(message)
    , m_progress(progress)
    , m_window(window)
    , m_save(new QAction(icon(u"document-save"_s), tr("&Save Change Set…"), this))
    , m_open(new QAction(icon(u"document-open"_s), tr("&Open Change Set…"), this))
    , m_sign(new QAction(icon(u"lock"_s), tr("Sig&n Change Set…"), this))
{
    m_sign->setObjectName(u"signChangeSet"_s);
    m_sign->setToolTip(tr("Put your signature under a change set that somebody else has saved"));
    connect(m_sign, &QAction::triggered, this, &ChangeFileActions::sign);
    connect(m_save, &QAction::triggered, this, &ChangeFileActions::save);
    connect(m_open, &QAction::triggered, this, &ChangeFileActions::open);
    updateActions(false);
}

ChangeFileActions::~ChangeFileActions() = default;

void ChangeFileActions::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_session = std::move(session);
}

void ChangeFileActions::updateActions(bool isBusy)
{
    m_save->setEnabled(m_session && !m_session->changes().isEmpty() && !isBusy);
    m_open->setEnabled(m_session && !isBusy);
    m_sign->setEnabled(m_services && !isBusy);
}

void ChangeFileActions::showError(const Error &error, Situation situation)
{
    m_message.showError(error, situation);
    m_message.setCause(this);
}

QString ChangeFileActions::askWhereToSave()
{
    return QFileDialog::getSaveFileName(m_window, tr("Save Change Set"),
                                        u"changes.hubkeeper.jsonl"_s, filters());
}

void ChangeFileActions::save()
{
    const QString path = askWhereToSave();
    if (path.isEmpty() || !m_session)
        return;
    auto *call = m_session->changes().saveAs(path, m_work.get());
    m_progress.watch(call, tr("Saving the change set"));
    call->onDone(m_work.get(), [this](const Result<void> &saved) { onSaved(saved); });
}

void ChangeFileActions::onSaved(const Result<void> &saved)
{
    m_message.dismissFor(this);
    if (!saved)
        showError(saved.error(), Situation::SavingFile);
    else if (m_masking.isOn())
        emit statusMessage(tr("The change set was saved with the values themselves: it has to be "
                              "applied."));
}

bool ChangeFileActions::saveNow()
{
    const QString path = askWhereToSave();
    if (path.isEmpty() || !m_session)
        return false;
    const ChangeSet &changes = m_session->changes();
    const auto saved = saveFile(path, changesToLines(headerFor(changes.binding()), changes.rows()),
                                FileMode::KeepOrPrivate);
    onSaved(saved);
    return saved.has_value();
}

void ChangeFileActions::open()
{
    const QString path =
        QFileDialog::getOpenFileName(m_window, tr("Open Change Set"), {}, filters());
    if (!path.isEmpty() && m_session)
        openFile(path);
}

void ChangeFileActions::openFile(const QString &path)
{
    m_message.dismissFor(this);
    const auto read = [path](const std::stop_token &) { return readChangesFile(path); };
    auto *call = new PoolCall<ExchangedChanges>(read, m_work.get());
    m_progress.watch(call, tr("Reading the change set"));
    call->onDone(m_work.get(), [this](const Result<ExchangedChanges> &file) { onRead(file); });
}

void ChangeFileActions::onRead(const Result<ExchangedChanges> &file)
{
    if (!file)
        return showError(file.error(), Situation::OpeningFile);
    if (const auto refusal = refusalOf(file->binding(), m_session->changes().binding()))
        return showError(*refusal, Situation::OpeningFile);
    const auto shared = std::make_shared<const ExchangedChanges>(*file);
    if (m_session->changes().waiting() + m_session->changes().excluded() == 0
        && file->binding().portalId != 0)
        add(*shared, Adding::Merge);
    else
        askHowToAdd(shared);
}

/// Nothing that is staged goes without a word.
void ChangeFileActions::askHowToAdd(const std::shared_ptr<const ExchangedChanges> &file)
{
    const int staged = m_session->changes().waiting() + m_session->changes().excluded();
    QStringList facts;
    if (staged > 0)
        facts.append(tr("%Ln record(s) are staged already.", nullptr, staged));
    if (file->binding().portalId == 0)
        facts.append(tr("The file does not say which portal it was made for."));
    auto *box = new QMessageBox(QMessageBox::Question, tr("Open Change Set"), facts.join(u' '),
                                QMessageBox::Cancel, m_window);
    box->setObjectName(u"openChangeSet"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("“Add” keeps what is staged; where both edit a value, the file's "
                               "counts. Undo takes either back."));
    auto *merge = box->addButton(tr("&Add"), QMessageBox::AcceptRole);
    auto *replace =
        staged > 0 ? box->addButton(tr("&Replace"), QMessageBox::DestructiveRole) : nullptr;
    box->setDefaultButton(merge);
    connect(box, &QMessageBox::finished, m_work.get(), [this, box, merge, replace, file] {
        if (box->clickedButton() == merge)
            add(*file, Adding::Merge);
        else if (replace && box->clickedButton() == replace)
            add(*file, Adding::Replace);
    });
    box->open();
}

void ChangeFileActions::add(const ExchangedChanges &file, Adding adding)
{
    auto *call = m_session->changes().addFile(file, adding, tr("Open Change Set"), m_work.get());
    m_progress.watch(call, tr("Adding the change set"));
    const auto kept = std::make_shared<const ExchangedChanges>(
        ExchangedChanges {file.header, {}, file.contents, file.otherForm});
    call->onDone(m_work.get(), [this, kept](const Result<AddedRows> &added) {
        if (added)
            onAdded(*added, *kept);
        else
            showError(added.error(), Situation::OpeningFile);
    });
}

void ChangeFileActions::onAdded(const AddedRows &added, const ExchangedChanges &file)
{
    constexpr qsizetype mostNames = 10;
    if (added.left.isEmpty()) {
        emit statusMessage(tr("%Ln record(s) were added.", nullptr, added.added));
        return showSignatures(file);
    }
    const QStringList names = added.left.first(std::min(added.left.size(), mostNames));
    m_message.showMessage(
        MessageBar::Warning,
        tr("%Ln record(s) were left out: what is staged for them does not go together with the "
           "file.",
           nullptr, int(added.left.size())),
        m_masking.isOn() ? QString() : names.join(u", "_s));
    m_message.setCause(this);
}

/// Who has signed the file, by the policy file of this computer; nothing where nobody has and
/// nobody has to.
void ChangeFileActions::showSignatures(const ExchangedChanges &file)
{
    const auto policy = currentPolicyFile();
    const auto limits = policy ? policy->limitsOf(file.binding().portalId) : PortalLimits();
    const auto signatures = file.contents
        ? judged(file.contents->signatures, file.contents->digest(), file.header.author,
                 accountName(), limits.trustedKeys)
        : QList<JudgedSignature>();
    const int needed = limits.signatures ? limits.signatures->value : 0;
    if (signatures.isEmpty() && needed == 0)
        return;
    QStringList sentences;
    for (const JudgedSignature &signature : signatures)
        sentences.append(sentenceOf(signature));
    if (file.otherForm > 0 && !signatures.isEmpty())
        sentences.append(tr("The file is not in canonical form, so no signature counts."));
    const int counting = file.otherForm > 0 ? 0 : countOf(signatures);
    const bool isEnough = counting > 0 && counting >= needed;
    m_message.showMessage(isEnough ? MessageBar::Good : MessageBar::Warning,
                          signatures.isEmpty() ? tr("Nobody has signed this change set.")
                              : isEnough       ? tr("This change set is signed.")
                                         : tr("The signatures of this change set do not suffice."),
                          sentences.join(u' '));
    m_message.setCause(this);
}

void ChangeFileActions::setServices(const SessionServices &services)
{
    m_services = std::make_unique<const SessionServices>(services);
    updateActions(m_progress.isBusy());
}

void ChangeFileActions::sign()
{
    const QString path =
        QFileDialog::getOpenFileName(m_window, tr("Sign Change Set"), {}, filters());
    if (!path.isEmpty())
        signFile(path);
}

void ChangeFileActions::signFile(const QString &path)
{
    m_message.dismissFor(this);
    const auto keys = signingKeys(m_services->paths);
    if (!keys)
        return showNotSigned(keys.error());
    if (keys->size() < 2) {
        const auto only = signingKeyNamed({}, m_services->paths);
        return only ? signWith(path, *only) : showNotSigned(only.error());
    }
    QStringList names;
    for (const OwnSigningKey &key : *keys)
        names.append(key.name);
    auto *dialog = new QInputDialog(m_window);
    dialog->setObjectName(u"chooseSigningKey"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Sign Change Set"));
    dialog->setLabelText(tr("&Key:"));
    dialog->setComboBoxItems(names);
    connect(dialog, &QInputDialog::textValueSelected, &m_signing,
            [this, path, keys = *keys](const QString &name) {
                for (const OwnSigningKey &key : keys) {
                    if (key.name == name)
                        return signWith(path, key);
                }
            });
    dialog->open();
}

/// In its own words: it may be about the file, the key or who has saved it.
void ChangeFileActions::showNotSigned(const Error &error)
{
    if (error.kind == ErrorKind::Cancelled)
        return;
    m_message.showMessage(MessageBar::Failure, tr("The change set was not signed."),
                          error.sentence());
    m_message.setCause(this);
}

void ChangeFileActions::signWith(const QString &path, const OwnSigningKey &key)
{
    auto *call = signChangesFile(path, key, *m_services, &m_signing);
    m_progress.watch(call, tr("Signing the change set"));
    call->onDone(&m_signing, [this, name = key.name](const Result<ExchangedChanges> &file) {
        if (!file)
            return showNotSigned(file.error());
        m_message.showMessage(
            MessageBar::Good,
            //: %Ln is the number of rows, %1 an account, %2 a portal, %3 the name of a key.
            tr("Signed %Ln row(s) that %1 has saved for %2, with the key “%3”.", nullptr,
               int(file->rows.size()))
                .arg(file->header.author, file->binding().portal(), name));
        m_message.setCause(this);
    });
}

} // namespace hubkeeper

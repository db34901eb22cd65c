// SPDX-License-Identifier: MIT
// Change sets as files: saving them, and adding those of a file to what is staged.
#include "base/poolcall.h"
#include "base/savefile.h"
#include "changes/changesdock.h"
#include "changes/set/changesfile.h"
#include "session/open/session.h"
#include "widgets/callbar.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"

#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 largestChangeFile = 512 << 20; // Bytes.

QString filters()
{
    return ChangesDock::tr("Change sets (*.jsonl *.json)");
}

} // namespace

QString ChangesDock::askWhereToSave()
{
    return QFileDialog::getSaveFileName(this, tr("Save Change Set"), u"changes.hubkeeper.jsonl"_s,
                                        filters());
}

void ChangesDock::saveToFile()
{
    const QString path = askWhereToSave();
    if (path.isEmpty() || !m_session)
        return;
    auto *call = m_session->changes().saveAs(path, m_work.get());
    m_progress->watch(call, tr("Saving the change set"));
    call->onDone(m_work.get(), [this](const Result<void> &saved) { onSaved(saved); });
}

void ChangesDock::onSaved(const Result<void> &saved)
{
    if (!saved)
        m_message->showError(saved.error(), Situation::SavingFile);
    else if (m_masking.isOn())
        emit statusMessage(tr("The change set was saved with the values themselves: it has to be "
                              "applied."));
}

/// Of what nothing keeps, when the window closes: few rows, in memory.
bool ChangesDock::save()
{
    if (unsaved().isEmpty())
        return true;
    const QString path = askWhereToSave();
    if (path.isEmpty() || !m_session)
        return false;
    const ChangeSet &changes = m_session->changes();
    const auto saved =
        saveFile(path, changesToLines(changes.binding(), changes.rows()), FileMode::KeepOrPrivate);
    onSaved(saved);
    return saved.has_value();
}

void ChangesDock::openFromFile()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Open Change Set"), {}, filters());
    if (!path.isEmpty() && m_session)
        openFile(path);
}

void ChangesDock::openFile(const QString &path)
{
    const auto read = [path](const std::stop_token &) {
        return readFile(path, largestChangeFile).and_then(&changesFromFile);
    };
    auto *call = new PoolCall<ExchangedChanges>(read, m_work.get());
    m_progress->watch(call, tr("Reading the change set"));
    call->onDone(m_work.get(), [this](const Result<ExchangedChanges> &file) {
        if (!file)
            return m_message->showError(file.error(), Situation::OpeningFile);
        if (const auto refusal = refusalOf(file->binding, m_session->changes().binding()))
            return m_message->showError(*refusal, Situation::OpeningFile);
        const auto shared = std::make_shared<const ExchangedChanges>(*file);
        if (m_session->changes().waiting() == 0 && file->binding.portalId != 0)
            return addFromFile(*shared, Adding::Merge);
        askHowToAdd(shared);
    });
}

/// Nothing that is staged goes without a word.
void ChangesDock::askHowToAdd(const std::shared_ptr<const ExchangedChanges> &file)
{
    const int staged = m_session->changes().waiting();
    QStringList facts;
    if (staged > 0)
        facts.append(tr("%Ln record(s) are staged already.", nullptr, staged));
    if (file->binding.portalId == 0)
        facts.append(tr("The file does not say which portal it was made for."));
    auto *box = new QMessageBox(QMessageBox::Question, tr("Open Change Set"), facts.join(u' '),
                                QMessageBox::Cancel, this);
    box->setObjectName(u"openChangeSet"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("“Add” keeps what is staged; where both edit a value, the file's "
                               "counts. Undo takes either back."));
    auto *add = box->addButton(tr("&Add"), QMessageBox::AcceptRole);
    auto *replace =
        staged > 0 ? box->addButton(tr("&Replace"), QMessageBox::DestructiveRole) : nullptr;
    box->setDefaultButton(add);
    connect(box, &QMessageBox::finished, m_work.get(), [this, box, add, replace, file] {
        if (box->clickedButton() == add)
            addFromFile(*file, Adding::Merge);
        else if (replace && box->clickedButton() == replace)
            addFromFile(*file, Adding::Replace);
    });
    box->open();
}

void ChangesDock::addFromFile(const ExchangedChanges &file, Adding adding)
{
    auto *call = m_session->changes().addFile(file, adding, tr("Open Change Set"), m_work.get());
    m_progress->watch(call, tr("Adding the change set"));
    call->onDone(m_work.get(), [this](const Result<AddedRows> &added) {
        if (!added)
            return m_message->showError(added.error(), Situation::OpeningFile);
        if (added->left.isEmpty()) {
            emit statusMessage(tr("%Ln record(s) were added.", nullptr, added->added));
            return;
        }
        m_message->showMessage(
            MessageBar::Warning,
            tr("%Ln record(s) were left out: what is staged for them does not go together with "
               "the file.",
               nullptr, int(added->left.size())),
            m_masking.isOn()
                ? QString()
                : QStringList(added->left.first(std::min<qsizetype>(added->left.size(), 10)))
                      .join(u", "_s));
    });
}

} // namespace hubkeeper

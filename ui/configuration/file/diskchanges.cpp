// SPDX-License-Identifier: MIT
#include "configuration/file/diskchanges.h"

#include "configuration/compare/mergedialog.h"
#include "configuration/file/opendocument.h"
#include "widgets/messagebar.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// With what the merge decides by itself.
QString withContested(const QString &sentence, const Merge &merge)
{
    if (merge.contested == 0)
        return sentence;
    return sentence + u' '
        + DiskChanges::tr("Of comments and layout that both changed, yours stay in %Ln place(s).",
                          nullptr, merge.contested);
}

} // namespace

DiskChanges::DiskChanges(OpenDocument &open, MessageBar &bar, QWidget *window)
    : QObject(window)
    , m_open(open)
    , m_bar(bar)
    , m_window(window)
{
    connect(&open, &OpenDocument::fileTouched, this, &DiskChanges::check);
    connect(&bar, &MessageBar::buttonPressed, this, &DiskChanges::onButton);
}

void DiskChanges::check()
{
    switch (m_open.diskState()) {
    case DiskState::Same:
        return m_bar.dismiss();
    case DiskState::Changed:
        readAgain();
        emit statusMessage(tr("Another program changed the file; it was read again."));
        return;
    case DiskState::Gone:
        m_bar.showMessage(MessageBar::Warning, tr("The file was removed or cannot be read."),
                          tr("Saving writes it again."),
                          {{Choice::WriteFile, tr("Write It Again")}});
        return;
    case DiskState::Diverged:
        return askAboutBoth();
    }
}

void DiskChanges::onSaved()
{
    if (m_open.diskState() == DiskState::Same)
        m_bar.dismiss();
}

void DiskChanges::askAboutBoth()
{
    const QString text = tr("Another program changed the file, and you have edits.");
    QList<MessageBar::Button> buttons {{Choice::KeepMine, tr("Keep Mine")},
                                       {Choice::TakeTheirs, tr("Take From Disk")}};
    const auto merge = m_open.merge();
    if (!merge) {
        m_bar.showMessage(MessageBar::Warning, text, merge.error().sentence(), buttons);
    } else if (merge->conflicts.isEmpty()) {
        buttons.prepend({Choice::Merge, tr("Merge")});
        m_bar.showMessage(
            MessageBar::Warning, text,
            withContested(tr("They fit together: no value was changed by both."), *merge), buttons);
    } else {
        buttons.prepend({Choice::ChooseSides, tr("Choose…")});
        const QString count =
            tr("%Ln value(s) were changed by both.", nullptr, int(merge->conflicts.size()));
        m_bar.showMessage(MessageBar::Warning, text, withContested(count, *merge), buttons);
    }
}

void DiskChanges::onButton(Choice button)
{
    switch (button) {
    case Choice::ChooseSides:
        return openMerge();
    case Choice::WriteFile:
        return emit saveWanted();
    case Choice::TakeTheirs:
        return readAgain();
    case Choice::Merge:
        return end(m_open.adoptMerge({}));
    case Choice::KeepMine:
        return end(m_open.keepMine());
    default:
        return;
    }
}

void DiskChanges::openMerge()
{
    const auto merge = m_open.merge();
    if (!merge)
        return emit failed(merge.error());
    auto *dialog = new MergeDialog(merge->conflicts, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { end(m_open.adoptMerge(dialog->choices())); });
    dialog->open();
}

void DiskChanges::readAgain()
{
    if (m_open.document())
        end(m_open.document()->reload());
}

void DiskChanges::end(const Result<void> &done)
{
    if (!done)
        return emit failed(done.error());
    m_bar.dismiss();
    emit resolved();
}

} // namespace hubkeeper

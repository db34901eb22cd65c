// SPDX-License-Identifier: MIT
#include "configuration/file/filemessages.h"

#include "configuration/file/opendocument.h"
#include "widgets/messagebar.h"

namespace hubkeeper {

FileMessages::FileMessages(OpenDocument &open, MessageBar &bar, QObject *parent)
    : QObject(parent)
    , m_open(open)
    , m_bar(bar)
{
}

void FileMessages::showNotOpened(const Error &error)
{
    m_bar.showError(error, Situation::OpeningFile);
    stayUntilSaved();
}

void FileMessages::showNotEdited(const Error &error)
{
    m_bar.showError(error, Situation::EditingFile);
    if (m_open.document())
        m_bar.showUntil(m_open.document(), &Document::changed);
}

void FileMessages::showNotSaved(const Error &error)
{
    m_bar.showError(error, Situation::SavingFile);
    stayUntilSaved();
}

void FileMessages::showRefused(const QString &text, const QString &detail)
{
    m_bar.showMessage(MessageBar::Failure, text, detail);
    stayUntilSaved();
}

/// Or until there is nothing to save any more.
void FileMessages::stayUntilSaved()
{
    const Document *document = m_open.document();
    if (!document)
        return;
    m_bar.showUntil(document, &Document::savedOrMoved);
    connect(document, &Document::changed, m_bar.shown(), [this, document] {
        if (!document->isModified())
            m_bar.dismiss();
    });
}

void FileMessages::showFault(bool isSeen)
{
    const Document *document = m_open.document();
    const auto fault = document ? document->firstFault() : std::nullopt;
    if (fault && !isSeen) {
        const bool isTooLarge = document->text().faults().front().kind == SyntaxFaultKind::TooLarge;
        m_bar.showMessage(MessageBar::Failure,
                          isTooLarge ? tr("The file is too large for the form.")
                                     : tr("The text is not valid JSON."),
                          *fault, {{Choice::ShowFault, tr("Sho&w")}});
        m_showsFault = true;
    } else if (m_showsFault) {
        m_bar.dismiss();
        m_showsFault = false;
    }
}

} // namespace hubkeeper

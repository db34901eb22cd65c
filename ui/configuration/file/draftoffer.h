// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/choice.h"

#include <QObject>

namespace hubkeeper {

class MessageBar;
class OpenDocument;

/// Offers what a run that crashed has left behind: to be restored or discarded.
class DraftOffer final : public QObject
{
    Q_OBJECT

public:
    /// `open` and `bar` must outlive it.
    DraftOffer(OpenDocument &open, MessageBar &bar, QObject *parent);

    /// Asks if there is a draft.
    void ask();
    /// The document was edited: an offer that was closed counts as declined, so that the new edits
    /// are kept.
    void onEdited();

signals:
    void statusMessage(const QString &text);

private:
    void onButton(Choice button);

    OpenDocument &m_open;
    MessageBar &m_bar;
};

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QObject>

namespace hubkeeper {

class MessageBar;
class OpenDocument;

/// What a message bar says of the open file: that its text cannot be read, why it was not opened,
/// edited or saved. Each goes with its cause.
class FileMessages final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    FileMessages(OpenDocument &open, MessageBar &bar, QObject *parent);

    void showNotOpened(const Error &error);
    void showNotEdited(const Error &error);
    void showNotSaved(const Error &error);
    /// Why it was not tried at all.
    void showRefused(const QString &text, const QString &detail);
    /// The first fault of the text; nothing where it is seen anyway, as in the text itself: a
    /// message above it would push down what somebody types.
    void showFault(bool isSeen);

private:
    void stayUntilSaved();

    OpenDocument &m_open;
    MessageBar &m_bar;
    bool m_showsFault = false;
};

} // namespace hubkeeper

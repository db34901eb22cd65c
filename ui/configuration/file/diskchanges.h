// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "widgets/choice.h"

#include <QWidget>

namespace hubkeeper {

class MessageBar;
class OpenDocument;

/// What another program does to the open file: read again where nothing is lost by it, else asked
/// about in a bar, and done as the user says.
class DiskChanges final : public QObject
{
    Q_OBJECT

public:
    /// `open`, `bar` and `window`, which dialogs open over, must outlive it.
    DiskChanges(OpenDocument &open, MessageBar &bar, QWidget *window);

    void check();
    /// Takes the bar away once the file and the document agree.
    void onSaved();

signals:
    void failed(const hubkeeper::Error &error);
    void statusMessage(const QString &text);
    /// The user wants the removed file back.
    void saveWanted();
    /// What counts as saved is another now.
    void resolved();

private:
    void askAboutBoth();
    void onButton(Choice button);
    void readAgain();
    void openMerge();
    void end(const Result<void> &done);

    OpenDocument &m_open;
    MessageBar &m_bar;
    QWidget *m_window;
};

} // namespace hubkeeper

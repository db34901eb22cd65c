// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/model/completion.h"

#include <QCompleter>

class QKeyEvent;
class QStandardItemModel;

namespace hubkeeper {

class JsonEditor;

/// The list of what can be at the cursor of a JSON editor: opened by Ctrl+Space and while a key
/// is typed.
class JsonCompleter final : public QCompleter
{
    Q_OBJECT

public:
    /// Belongs to the editor.
    explicit JsonCompleter(JsonEditor &editor);

    void setProfile(ServerProfile profile) { m_profile = profile; }

    /// Opens the list; puts the only candidate in at once.
    void complete();
    /// Whether the open list takes the key, so that the editor must not.
    [[nodiscard]] bool takesKey(QKeyEvent *event);
    /// Opens, narrows or closes the list after a key did its work.
    void afterKey(QKeyEvent *event);
    [[nodiscard]] bool isOpen() const;

private:
    void open(const Completion &completion);
    void insert(int row);

    JsonEditor &m_editor;
    ServerProfile m_profile = ServerProfile::Commercial;
    Completion m_completion;
    QStandardItemModel *m_list;
};

} // namespace hubkeeper

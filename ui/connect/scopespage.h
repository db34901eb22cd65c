// SPDX-License-Identifier: MIT
#pragma once

#include "connect/assistantpage.h"

class QTreeWidget;

namespace hubkeeper {

/// Which scopes to ask for: needed ones are fixed, optional ones can be left out, each with its
/// purpose.
class ScopesPage final : public AssistantPage
{
    Q_OBJECT

public:
    ScopesPage(SignInState &state, QWidget *parent);

    [[nodiscard]] bool validatePage() override;

private:
    void addScope(const QString &scope, bool needed);

    QTreeWidget *m_list;
};

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/deployplan.h"

#include <QTabWidget>

class QTreeWidget;

namespace hubkeeper {

class DiffText;

/// What a deployment would do: what differs by meaning and as text, where the secrets come from,
/// and what speaks against it.
class PlanView final : public QTabWidget
{
    Q_OBJECT

public:
    explicit PlanView(QWidget *parent);

    /// `file` is the text that would be deployed; `since`: what has changed on the server since it
    /// was last deployed from here, nothing if it never was.
    void show(const DeployPlan &plan, const QByteArray &file,
              const std::optional<DeployDifference> &since);
    void clear();
    /// Brings what speaks against it to the front.
    void showChecks();

    [[nodiscard]] QTreeWidget *changes() const { return m_changes; }
    /// What others have changed.
    [[nodiscard]] QTreeWidget *since() const { return m_since; }
    [[nodiscard]] DiffText *text() const { return m_text; }
    [[nodiscard]] QTreeWidget *secrets() const { return m_secrets; }
    [[nodiscard]] QTreeWidget *checks() const { return m_checks; }

private:
    [[nodiscard]] QTreeWidget *table(const QString &name, const QString &title,
                                     const QStringList &columns);
    void showChanges(const DeployPlan &plan);
    void showSince(const std::optional<DeployDifference> &since);
    void showText(const DeployPlan &plan, const QByteArray &file);
    void showSecrets(const DeployPlan &plan);
    void showChecks(const DeployPlan &plan);

    QTreeWidget *m_changes;
    DiffText *m_text;
    QTreeWidget *m_secrets;
    QTreeWidget *m_checks;
    QTreeWidget *m_since;
};

/// What a deployment would do, in a sentence.
[[nodiscard]] QString summaryOf(const DeployPlan &plan);

/// Where a secret comes from, as a sentence.
[[nodiscard]] QString textOf(DeployedSecret source);

} // namespace hubkeeper

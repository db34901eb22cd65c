// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/document/document.h"
#include "provisioner/rules/fixes.h"
#include "provisioner/rules/validation.h"

#include <QDateTime>
#include <QPointer>
#include <QTimer>

namespace hubkeeper {

/// The findings of the document that is open, kept up to date while it is edited: one list for
/// the form, the text and the Problems dock. Found a moment after the last edit, so that typing
/// stays light.
class DocumentFindings final : public QObject
{
    Q_OBJECT

public:
    explicit DocumentFindings(QObject *parent);

    /// Null: no document, no findings. The document may be deleted at any time.
    void setDocument(Document *document);
    [[nodiscard]] Document *document() const { return m_document; }
    void setProfile(ServerProfile profile);
    /// Of HubSpot's API, of the connection the document belongs to; empty: not known.
    void setApiVersion(const QString &version);
    /// Null: those of the program.
    void setDatedRules(std::shared_ptr<const DatedRules> rules);
    [[nodiscard]] const ValidationOptions &options() const { return m_options; }

    /// Of the document as it was at the last changed().
    [[nodiscard]] const QList<Finding> &findings() const { return m_findings; }
    [[nodiscard]] int count(Severity severity) const;
    /// Findings at a value or below it.
    [[nodiscard]] QList<Finding> at(const QString &pointer) const;

    /// Now, instead of a moment later.
    void check();
    /// One fix as one undoable step; false if the text has changed since it was found.
    bool apply(const Finding &finding);
    /// All safe ones as one undoable step; how many were mended.
    int applySafe();
    /// All fixes of one rule, safe or not, as one undoable step; how many were mended.
    int applyRule(const QString &ruleId);

    /// What a portal was asked about `checked` (session/livechecks.h), listed with the rest until
    /// another document is open. Once the text has changed they lose their fixes, and those whose
    /// place is gone disappear.
    void setLive(const QList<Finding> &findings, const QByteArray &checked);
    [[nodiscard]] const QDateTime &checkedAt() const { return m_checkedAt; }

signals:
    void changed();

private:
    void onDocumentChanged();
    int applyChosen(const FixChoice &choice, const QString &name);
    void addLive();

    QPointer<Document> m_document;
    ValidationOptions m_options;
    QList<Finding> m_findings;
    QByteArray m_checked; // The bytes the findings belong to.
    QDateTime m_checkedAt;
    QList<Finding> m_live;
    QByteArray m_liveChecked; // The bytes those of the portal belong to.
    QTimer m_pause;
};

} // namespace hubkeeper

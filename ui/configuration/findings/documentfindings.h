// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "configuration/findings/projectrules.h"
#include "provisioner/document/document.h"
#include "provisioner/rules/fixes.h"
#include "provisioner/rules/validation.h"

#include <QDateTime>
#include <QPointer>
#include <QTimer>

namespace hubkeeper {

/// What fixing would make of a text. Nothing is changed by it.
struct FixedText
{
    QByteArray before; ///< The text it was found for.
    FixOutcome outcome;
};

/// The findings of the document that is open, kept up to date while it is edited: one list for
/// the form, the text and the Problems dock. Found a moment after the last edit, so that typing
/// stays light.
///
/// A file of up to promptBytes is looked at on this thread, within a frame; a larger one by a
/// worker, one text at a time: when the document was edited meanwhile, the outcome is dropped and
/// the newest text is looked at.
class DocumentFindings final : public QObject
{
    Q_OBJECT

public:
    /// A shipped file has 15,000.
    static constexpr qsizetype promptBytes = 64 << 10;

    explicit DocumentFindings(QObject *parent);

    /// Null: no document, no findings. The document may be deleted at any time.
    void setDocument(Document *document);
    [[nodiscard]] Document *document() const { return m_document; }
    /// The server that the user means, whatever the project file says; until another project file
    /// applies.
    void setProfile(ServerProfile profile);
    /// Of HubSpot's API, of the connection the document belongs to; empty: not known.
    void setApiVersion(const QString &version);
    /// Whether the document belongs to a practice portal, whose secrets are made up.
    void setPractice(bool isPractice);
    /// The project file of the document, which chooses rules and severities.
    [[nodiscard]] ProjectRules &project() { return m_project; }
    [[nodiscard]] const ProjectRules &project() const { return m_project; }
    /// Null: those of the program.
    void setDatedRules(std::shared_ptr<const DatedRules> rules);
    [[nodiscard]] const ValidationOptions &options() const { return m_options; }

    /// Of the document as it was at the last changed().
    [[nodiscard]] const QList<Finding> &findings() const { return m_findings; }
    [[nodiscard]] int count(Severity severity) const;
    /// How many the project's baseline knows, which are not among them.
    [[nodiscard]] int hiddenCount() const { return m_hidden; }
    /// Those that an edit of the file can end.
    [[nodiscard]] int curableCount() const;
    /// Findings at a value or below it.
    [[nodiscard]] QList<Finding> at(const QString &pointer) const;

    /// Now, instead of a moment later. Done on return, unless isChecking().
    void check();
    /// A worker is looking at the text; changed() follows.
    [[nodiscard]] bool isChecking() const { return m_checking != nullptr; }
    /// One fix as one undoable step; false if the text has changed since it was found.
    bool apply(const Finding &finding);
    /// What the fixes that are chosen would make of the text as it is now, found by a worker. Fails
    /// with Cancelled alone.
    [[nodiscard]] Call<FixedText> *fixAll(const FixChoice &wanted, QObject *parent) const;
    /// Takes it over as one undoable step that undo calls `name`; false, and nothing is changed, if
    /// the text is no longer the one it was found for.
    bool adopt(const FixedText &fixedText, const QString &name);

    /// What a portal was asked about `checked` (session/livechecks.h), listed with the rest until
    /// another document is open. Once the text has changed they lose their fixes, and those whose
    /// place is gone disappear.
    void setLive(const QList<Finding> &findings, const QByteArray &checked);
    [[nodiscard]] const QDateTime &checkedAt() const { return m_checkedAt; }

signals:
    void changed();
    void checkingChanged();

private:
    /// With the text they belong to: the newest one may be another by then.
    struct Checked
    {
        JsonText text;
        QList<Finding> findings;
    };

    [[nodiscard]] bool isLarge() const;
    void lookForProject();
    void onProjectChanged();
    void checkOnWorker();
    void setFindings(const JsonText &text, QList<Finding> findings);
    void stopChecking();
    void addLive(const JsonText &text);

    QPointer<Document> m_document;
    ProjectRules m_project;
    QString m_projectPath; // Of the file that applied last.
    std::optional<ServerProfile> m_chosenProfile;
    ValidationOptions m_options;
    QList<Finding> m_findings;
    int m_hidden = 0; // Known findings that are not listed.
    QByteArray m_checked; // The bytes the findings belong to.
    QDateTime m_checkedAt;
    QList<Finding> m_live;
    QByteArray m_liveChecked; // The bytes those of the portal belong to.
    QTimer m_pause;
    Call<Checked> *m_checking = nullptr;
    bool m_isOutdated = false; // What the worker looks at; it has to look again.
};

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/project/projectfile.h"
#include "provisioner/report/baseline.h"

#include <QObject>

namespace hubkeeper {

/// The project file (`.hubkeeper.json`) that applies to the open document, the same that
/// `hubkeeper-cli validate` takes for it, and whether the user wants it to apply.
class ProjectRules final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Looks for it in the folder of `path` and above (findProjectFile()); empty: there is none.
    void lookAbove(const QString &path);
    /// It may have been written, changed or removed meanwhile.
    void lookAgain();

    /// Until it is set again, also for other documents.
    void setUsed(bool used);
    [[nodiscard]] bool isUsed() const { return m_isUsed; }

    /// What was found, whether it is used or not.
    [[nodiscard]] const std::optional<ProjectFile> &found() const { return m_found; }
    /// Why what was found cannot be used; its sentence names the file.
    [[nodiscard]] const std::optional<Error> &fault() const { return m_fault; }
    /// Why its baseline of known findings cannot be used, though the rest can.
    [[nodiscard]] const std::optional<Error> &baselineFault() const { return m_baselineFault; }
    /// Takes the findings of the document that its baseline knows out of the list, if it applies,
    /// and gives how many those are.
    [[nodiscard]] int hideKnown(QList<Finding> &findings) const;
    /// What applies; null if nothing does.
    [[nodiscard]] const ProjectFile *active() const
    {
        return m_isUsed && m_found ? &*m_found : nullptr;
    }

signals:
    void changed();

private:
    /// Reads the baseline that `m_found` names; whether it is another one than before.
    [[nodiscard]] bool readBaseline();

    QString m_path; // Of the document.
    std::optional<ProjectFile> m_found;
    std::optional<Error> m_fault;
    std::optional<Baseline> m_baseline;
    std::optional<Error> m_baselineFault;
    bool m_isUsed = true;
};

} // namespace hubkeeper

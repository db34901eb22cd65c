// SPDX-License-Identifier: MIT
#include "configuration/findings/projectrules.h"

#include <QFileInfo>

namespace hubkeeper {

void ProjectRules::lookAbove(const QString &path)
{
    m_path = path;
    lookAgain();
}

void ProjectRules::lookAgain()
{
    std::optional<ProjectFile> found;
    std::optional<Error> fault;
    if (!m_path.isEmpty()) {
        auto looked = findProjectFile(QFileInfo(m_path).path());
        if (looked)
            found = *std::move(looked);
        else
            fault = std::move(looked.error());
    }
    const bool isSameFault =
        fault.has_value() == m_fault.has_value() && (!fault || fault->what == m_fault->what);
    if (found == m_found && isSameFault)
        return;
    m_found = std::move(found);
    m_fault = std::move(fault);
    emit changed();
}

void ProjectRules::setUsed(bool used)
{
    if (used == m_isUsed)
        return;
    m_isUsed = used;
    emit changed();
}

} // namespace hubkeeper

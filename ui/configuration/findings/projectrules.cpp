// SPDX-License-Identifier: MIT
#include "configuration/findings/projectrules.h"

#include <QFileInfo>

namespace hubkeeper {

namespace {

bool isSameFault(const std::optional<Error> &a, const std::optional<Error> &b)
{
    return a.has_value() == b.has_value() && (!a || a->what == b->what);
}

} // namespace

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
    const bool isSame = found == m_found && isSameFault(fault, m_fault);
    m_found = std::move(found);
    m_fault = std::move(fault);
    const bool isOtherBaseline = readBaseline();
    if (!isSame || isOtherBaseline)
        emit changed();
}

bool ProjectRules::readBaseline()
{
    const auto before = std::exchange(m_baseline, std::nullopt);
    const auto faultBefore = std::exchange(m_baselineFault, std::nullopt);
    if (m_found && !m_found->baseline.isEmpty()) {
        auto baseline = Baseline::read(m_found->baseline);
        if (baseline)
            m_baseline = *std::move(baseline);
        else
            m_baselineFault = std::move(baseline.error());
    }
    return before != m_baseline || !isSameFault(faultBefore, m_baselineFault);
}

int ProjectRules::hideKnown(QList<Finding> &findings) const
{
    if (!m_isUsed || !m_baseline)
        return 0;
    return m_baseline->hideKnown(Baseline::nameFor(m_path, m_found->baseline), findings);
}

void ProjectRules::setUsed(bool used)
{
    if (used == m_isUsed)
        return;
    m_isUsed = used;
    emit changed();
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "configuration/documentfindings.h"

#include <QFileInfo>

using namespace std::chrono_literals;

namespace hubkeeper {

DocumentFindings::DocumentFindings(QObject *parent)
    : QObject(parent)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(150ms);
    connect(&m_pause, &QTimer::timeout, this, &DocumentFindings::check);
}

void DocumentFindings::setDocument(Document *document)
{
    if (m_document)
        m_document->disconnect(this);
    m_document = document;
    m_live.clear();
    if (document) {
        connect(document, &Document::changed, this, &DocumentFindings::onDocumentChanged);
        connect(document, &Document::savedOrMoved, this, &DocumentFindings::check);
    }
    check();
}

void DocumentFindings::setProfile(ServerProfile profile)
{
    if (m_options.profile == profile)
        return;
    m_options.profile = profile;
    check();
}

void DocumentFindings::setApiVersion(const QString &version)
{
    if (m_options.apiVersion == version)
        return;
    m_options.apiVersion = version;
    check();
}

void DocumentFindings::setDatedRules(std::shared_ptr<const DatedRules> rules)
{
    m_options.dated = std::move(rules);
    check();
}

int DocumentFindings::count(Severity severity) const
{
    return int(
        std::count_if(m_findings.begin(), m_findings.end(),
                      [severity](const Finding &finding) { return finding.severity == severity; }));
}

QList<Finding> DocumentFindings::at(const QString &pointer) const
{
    QList<Finding> found;
    for (const Finding &finding : m_findings) {
        if (finding.pointer == pointer || finding.pointer.startsWith(pointer + u'/'))
            found.append(finding);
    }
    return found;
}

void DocumentFindings::check()
{
    m_pause.stop();
    m_options.today = QDate::currentDate();
    m_options.fileName = m_document ? QFileInfo(m_document->path()).fileName() : QString();
    m_checked = m_document ? m_document->bytes() : QByteArray();
    m_findings = m_document ? validate(m_document->text(), m_options) : QList<Finding>();
    m_checkedAt = QDateTime::currentDateTime();
    addLive();
    emit changed();
}

void DocumentFindings::setLive(const QList<Finding> &findings, const QByteArray &checked)
{
    m_live = findings;
    m_liveChecked = checked;
    check();
}

void DocumentFindings::addLive()
{
    if (!m_document || m_live.isEmpty())
        return;
    const JsonText &text = m_document->text();
    const bool isSame = m_checked == m_liveChecked;
    for (Finding finding : std::as_const(m_live)) {
        if (!isSame) {
            const int node = text.at(finding.pointer);
            if (node == JsonText::none)
                continue;
            finding.fix.reset();
            finding.at = text.node(node).span;
            finding.position = text.positionOf(finding.at.begin);
        }
        m_findings.append(finding);
    }
    std::stable_sort(m_findings.begin(), m_findings.end(),
                     [](const Finding &a, const Finding &b) { return a.at.begin < b.at.begin; });
}

bool DocumentFindings::apply(const Finding &finding)
{
    if (!m_document || !finding.fix || m_document->bytes() != m_checked)
        return false;
    m_document->edit(finding.fix->edits, finding.fix->title);
    check();
    return true;
}

int DocumentFindings::applySafe()
{
    return applyChosen({}, tr("Fix All"));
}

int DocumentFindings::applyRule(const QString &ruleId)
{
    //: %1 is the id of a rule.
    return applyChosen({{ruleId}, false}, tr("Fix All of %1").arg(ruleId));
}

int DocumentFindings::applyChosen(const FixChoice &choice, const QString &name)
{
    if (!m_document)
        return 0;
    const FixOutcome outcome = withFixes(m_document->bytes(), m_options, choice);
    if (!outcome.mended.isEmpty())
        m_document->setBytes(outcome.bytes, name);
    check();
    return int(outcome.mended.size());
}

void DocumentFindings::onDocumentChanged()
{
    m_pause.start();
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "configuration/documentfindings.h"

#include "provisioner/fixes.h"

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
    emit changed();
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
    if (!m_document)
        return 0;
    const FixOutcome outcome = withFixes(m_document->bytes(), m_options);
    if (!outcome.mended.isEmpty())
        m_document->setBytes(outcome.bytes, tr("Fix All"));
    check();
    return int(outcome.mended.size());
}

void DocumentFindings::onDocumentChanged()
{
    m_pause.start();
}

} // namespace hubkeeper

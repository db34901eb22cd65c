// SPDX-License-Identifier: MIT
#include "configuration/findings/documentfindings.h"

#include "base/poolcall.h"
#include "provisioner/rules/rule.h"

#include <QFileInfo>

using namespace std::chrono_literals;

namespace hubkeeper {

DocumentFindings::DocumentFindings(QObject *parent)
    : QObject(parent)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(150ms);
    connect(&m_pause, &QTimer::timeout, this, &DocumentFindings::check);
    connect(&m_project, &ProjectRules::changed, this, &DocumentFindings::onProjectChanged);
}

void DocumentFindings::setDocument(Document *document)
{
    if (m_document)
        m_document->disconnect(this);
    m_document = document;
    m_live.clear();
    stopChecking();
    if (document) {
        connect(document, &Document::changed, &m_pause, qOverload<>(&QTimer::start));
        connect(document, &Document::savedOrMoved, this, &DocumentFindings::lookForProject);
        connect(document, &Document::savedOrMoved, this, &DocumentFindings::check);
    }
    if (isLarge())
        setFindings(JsonText(), {}); // Those of another document are worse than none.
    lookForProject();
    check();
}

void DocumentFindings::lookForProject()
{
    m_project.lookAbove(m_document ? m_document->path() : QString());
}

void DocumentFindings::onProjectChanged()
{
    const ProjectFile *file = m_project.active();
    const QString path = file ? file->path : QString();
    if (std::exchange(m_projectPath, path) != path)
        m_chosenProfile.reset();
    check();
}

bool DocumentFindings::isLarge() const
{
    return m_document && m_document->bytes().size() > promptBytes;
}

void DocumentFindings::setProfile(ServerProfile profile)
{
    if (m_options.profile == profile)
        return;
    m_chosenProfile = profile;
    check();
}

void DocumentFindings::setPractice(bool isPractice)
{
    if (m_options.secretsAreMadeUp == isPractice)
        return;
    m_options.secretsAreMadeUp = isPractice;
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

int DocumentFindings::curableCount() const
{
    return int(std::count_if(m_findings.begin(), m_findings.end(),
                             [](const Finding &finding) { return finding.isCurable; }));
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
    const ProjectFile *project = m_project.active();
    const ServerProfile usual =
        project ? project->profile.value_or(ServerProfile::Commercial) : ServerProfile::Commercial;
    m_options.profile = m_chosenProfile.value_or(usual);
    m_options.fileName =
        m_document ? nameToJudge(QFileInfo(m_document->path()).fileName()) : QString();
    if (isLarge())
        return checkOnWorker();
    stopChecking();
    setFindings(m_document ? m_document->text() : JsonText(),
                m_document ? validate(m_document->text(), m_options) : QList<Finding>());
}

void DocumentFindings::checkOnWorker()
{
    m_isOutdated = m_checking != nullptr;
    if (m_isOutdated)
        return; // One at a time, however fast somebody types.
    const auto work = [bytes = m_document->bytes(),
                       options = m_options](const std::stop_token &) -> Result<Checked> {
        JsonText text(bytes); // Read again: a copy of the tree would take this thread longer.
        QList<Finding> findings = validate(text, options);
        return Checked {std::move(text), std::move(findings)};
    };
    m_checking = new PoolCall<Checked>(work, this);
    m_checking->onDone(this, [this](const Result<Checked> &checked) {
        m_checking = nullptr;
        if (m_isOutdated)
            check();
        else if (checked && m_document && m_document->bytes() == checked->text.bytes())
            setFindings(checked->text, checked->findings);
        emit checkingChanged();
    });
    emit checkingChanged();
}

void DocumentFindings::stopChecking()
{
    if (!m_checking)
        return;
    delete std::exchange(m_checking, nullptr);
    emit checkingChanged();
}

void DocumentFindings::setFindings(const JsonText &text, QList<Finding> findings)
{
    m_checked = text.bytes();
    m_findings = std::move(findings);
    m_checkedAt = QDateTime::currentDateTime();
    addLive(text);
    if (const ProjectFile *project = m_project.active())
        project->rules.applyTo(m_findings);
    m_hidden = m_project.hideKnown(m_findings);
    emit changed();
}

void DocumentFindings::setLive(const QList<Finding> &findings, const QByteArray &checked)
{
    m_live = findings;
    m_liveChecked = checked;
    check();
}

void DocumentFindings::addLive(const JsonText &text)
{
    if (m_live.isEmpty())
        return;
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

Call<FixedText> *DocumentFindings::fixAll(const FixChoice &wanted, QObject *parent) const
{
    FixChoice choice = wanted;
    if (const ProjectFile *project = m_project.active(); project && choice.rules.isEmpty()) {
        for (const Rule *rule : allRules()) { // What the project does not look at stays as it is.
            if (const QString id = QString::fromLatin1(rule->id); project->rules.takes(id))
                choice.rules.insert(id);
        }
    }
    const auto work = [bytes = m_document ? m_document->bytes() : QByteArray(), options = m_options,
                       choice](const std::stop_token &) -> Result<FixedText> {
        return FixedText {bytes, withFixes(bytes, options, choice)};
    };
    return new PoolCall<FixedText>(work, parent);
}

bool DocumentFindings::adopt(const FixedText &fixedText, const QString &name)
{
    const bool isSame = m_document && m_document->bytes() == fixedText.before;
    if (isSame && !fixedText.outcome.fixed.isEmpty())
        m_document->setBytes(fixedText.outcome.bytes, name);
    check();
    return isSame;
}

} // namespace hubkeeper

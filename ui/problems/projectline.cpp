// SPDX-License-Identifier: MIT
#include "problems/projectline.h"

#include "configuration/findings/documentfindings.h"
#include "problems/findingsmodel.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"

#include <QBoxLayout>
#include <QDir>
#include <QEvent>
#include <QLabel>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString listed(const QSet<QString> &ids)
{
    QStringList sorted(ids.begin(), ids.end());
    sorted.sort();
    return sorted.join(u", "_s);
}

/// What the file asks for, one line each.
QString demandsOf(const ProjectFile &file)
{
    QStringList lines;
    if (file.profile) {
        lines.append(*file.profile == ServerProfile::Community
                         ? ProjectLine::tr("Server: OpenIDM community")
                         : ProjectLine::tr("Server: IDM 7 and newer"));
    }
    if (!file.baseline.isEmpty()) { //: %1 is the path of a file.
        lines.append(
            ProjectLine::tr("Known findings: %1").arg(QDir::toNativeSeparators(file.baseline)));
    }
    if (!file.rules.ignored.isEmpty()) //: %1 are ids of rules.
        lines.append(ProjectLine::tr("Rules left out: %1").arg(listed(file.rules.ignored)));
    if (!file.rules.only.isEmpty()) //: %1 are ids of rules.
        lines.append(ProjectLine::tr("Only these rules: %1").arg(listed(file.rules.only)));
    QStringList severities;
    for (auto it = file.rules.severities.begin(); it != file.rules.severities.end(); ++it) {
        //: The id of a rule and its severity: "HK305: Information".
        severities.append(ProjectLine::tr("%1: %2").arg(it.key(), severityText(it.value())));
    }
    severities.sort();
    return (lines + severities).join(u'\n');
}

} // namespace

ProjectLine::ProjectLine(DocumentFindings &findings, QWidget *parent)
    : QWidget(parent)
    , m_findings(findings)
    , m_rules(findings.project())
    , m_icon(new QLabel(this))
    , m_text(new ElidedLabel(this))
    , m_use(new QToolButton(this))
{
    setObjectName(u"projectLine"_s);
    m_text->setObjectName(u"projectText"_s);
    m_use->setObjectName(u"useProject"_s);
    m_use->setFocusPolicy(Qt::StrongFocus);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    row->addWidget(m_use);
    connect(m_use, &QToolButton::clicked, this, [this] { m_rules.setUsed(!m_rules.isUsed()); });
    connect(&m_rules, &ProjectRules::changed, this, &ProjectLine::showRules);
    connect(&findings, &DocumentFindings::changed, this, &ProjectLine::showRules);
    showRules();
}

void ProjectLine::showRules()
{
    const auto &found = m_rules.found();
    setVisible(found || m_rules.fault());
    m_use->setVisible(found.has_value());
    m_use->setText(m_rules.isUsed() ? tr("Ignore It") : tr("Use It"));
    m_use->setAccessibleName(m_rules.isUsed() ? tr("Ignore the project file")
                                              : tr("Use the project file"));
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    const bool isFaulty = m_rules.fault() || (m_rules.isUsed() && m_rules.baselineFault());
    const QString name = isFaulty ? u"dialog-warning"_s : u"dialog-information"_s;
    m_icon->setPixmap(icon(name).pixmap(QSize(size, size), devicePixelRatioF()));
    if (m_rules.fault()) {
        //: %1 is a sentence that names a file and says what is wrong with it.
        m_text->setText(tr("Checked without a project file. %1").arg(m_rules.fault()->what));
        m_text->setToolTip(m_text->text());
        return;
    }
    if (!found)
        return;
    const QString path = QDir::toNativeSeparators(found->path);
    m_text->setText(m_rules.isUsed() ? usedText(path)
                                     //: %1 is the path of a file.
                                     : tr("Checked without %1.").arg(path));
    m_text->setToolTip((m_text->text() + u'\n' + demandsOf(*found)).trimmed());
}

QString ProjectLine::usedText(const QString &path) const
{
    //: %1 is the path of a file.
    const QString text = tr("Checked as %1 says.").arg(path);
    if (const auto &fault = m_rules.baselineFault()) {
        //: %1 is a sentence; %2 one that says why a file with known findings cannot be used.
        return tr("%1 Nothing is hidden as known. %2").arg(text, fault->what);
    }
    if (const int hidden = m_findings.hiddenCount(); hidden > 0) {
        return text + u' ' + tr("%Ln finding(s) known before are not listed.", nullptr, hidden);
    }
    return text;
}

void ProjectLine::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showRules();
}

} // namespace hubkeeper

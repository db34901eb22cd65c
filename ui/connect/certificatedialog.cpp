// SPDX-License-Identifier: MIT
#include "connect/certificatedialog.h"

#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "widgets/showntime.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// "CN=portal.example, O=ACME" is known by its common name.
QString shortName(const QString &subject)
{
    const QStringList parts = subject.split(u", "_s);
    for (const QString &part : parts) {
        if (part.startsWith("CN="_L1))
            return part.mid(3);
    }
    return subject.isEmpty() ? CertificateDialog::tr("without a name") : subject;
}

/// A fingerprint of 32 bytes is too long for a line that is compared by eye.
QString inTwoLines(const QString &fingerprint)
{
    constexpr qsizetype half = 48; // 16 bytes with their colons.
    return fingerprint.size() <= half ? fingerprint
                                      : fingerprint.left(half) + u'\n' + fingerprint.mid(half);
}

} // namespace

CertificateDialog::CertificateDialog(const CertificateReport &report, QWidget *parent)
    : QDialog(parent)
    , m_report(report)
{
    setObjectName(u"certificateDialog"_s);
    //: %1 is the name of a host.
    setWindowTitle(tr("Certificate of %1").arg(report.host));
    build();
}

void CertificateDialog::build()
{
    auto *message = new MessageBar(this);
    const bool refused = !m_report.faults.isEmpty();
    message->showMessage(refused                         ? MessageBar::Failure
                             : m_report.judged.isEmpty() ? MessageBar::Good
                                                         : MessageBar::Warning,
                         verdict(),
                         m_report.protocol.isEmpty()
                             ? QString()
                             //: %1 is the name of a protocol: "TLS 1.3".
                             : tr("Encrypted with %1.").arg(m_report.protocol));
    auto *column = new QVBoxLayout(this);
    column->addWidget(message);
    if (!m_report.judged.isEmpty())
        column->addWidget(buildFaults(), 1);
    auto *heading = new QLabel(tr("The chain, the server's own certificate first:"), this);
    column->addWidget(heading);
    column->addWidget(buildChain(), 3);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *copy = buttons->addButton(tr("&Copy Details"), QDialogButtonBox::ActionRole);
    copy->setObjectName(u"copyCertificate"_s);
    connect(copy, &QPushButton::clicked, this, &CertificateDialog::copyDetails);
    auto *configuration =
        buttons->addButton(tr("Open C&onfiguration"), QDialogButtonBox::ActionRole);
    configuration->setObjectName(u"openConfiguration"_s);
    connect(configuration, &QPushButton::clicked, this, [this] {
        accept();
        emit configurationWanted();
    });
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    buttons->button(QDialogButtonBox::Close)->setFocus();
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 108, fontMetrics().height() * 32);
}

QString CertificateDialog::verdict() const
{
    if (!m_report.faults.isEmpty())
        return tr("The certificate was refused; nothing was sent.");
    if (!m_report.judged.isEmpty())
        return tr("The certificate has faults that the provisioner accepts.");
    return tr("The certificate is in order.");
}

QTreeWidget *CertificateDialog::buildFaults()
{
    auto *tree = new QTreeWidget(this);
    tree->setObjectName(u"faults"_s);
    tree->setAccessibleName(tr("Faults, and the settings that accept them"));
    tree->setHeaderLabels({tr("Fault"), tr("State"), tr("Setting that accepts it")});
    tree->setRootIsDecorated(false);
    tree->setAlternatingRowColors(true);
    tree->setWordWrap(true);
    tree->header()->setStretchLastSection(false);
    tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    tree->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    for (const CertificateFault &fault : m_report.judged) {
        const QString by = fault.forgivenBy == CertificateFault::AcceptSelfSigned
            ? u"acceptSelfSignedCertificates"_s
            : fault.forgivenBy == CertificateFault::DisableHostName ? u"disableHostNameVerifier"_s
                                                                    : tr("none");
        auto *item =
            new QTreeWidgetItem(tree,
                                {withShownTimes(fault.sentence),
                                 fault.forgiven ? tr("accepted") : tr("not accepted"), by});
        item->setIcon(1, icon(fault.forgiven ? u"dialog-warning"_s : u"dialog-error"_s));
        item->setToolTip(0, item->text(0));
    }
    tree->setCurrentItem(tree->topLevelItem(0));
    return tree;
}

QTreeWidget *CertificateDialog::buildChain()
{
    auto *tree = new QTreeWidget(this);
    tree->setObjectName(u"chain"_s);
    tree->setAccessibleName(tr("Chain of certificates"));
    tree->setHeaderLabels({tr("Certificate"), tr("Value")});
    tree->setAlternatingRowColors(true);
    tree->setWordWrap(true);
    tree->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    for (qsizetype place = 0; place < m_report.chain.size(); ++place)
        addCertificate(tree, m_report.chain[place], place);
    tree->expandAll();
    tree->setCurrentItem(tree->topLevelItem(0));
    return tree;
}

void CertificateDialog::addCertificate(QTreeWidget *tree, const CertificateFacts &facts,
                                       qsizetype place)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const bool isOutOfDate = now < facts.notBefore || now > facts.notAfter;
    auto *top = new QTreeWidgetItem(tree, {shortName(facts.subject)});
    top->setText(1,
                 place == 0             ? tr("the server's own")
                     : facts.selfSigned ? tr("root")
                                        : tr("intermediate"));
    top->setIcon(0, icon(isOutOfDate ? u"dialog-warning"_s : u"key"_s));
    const auto add = [top](const QString &name, const QString &value) {
        if (value.isEmpty())
            return;
        auto *item = new QTreeWidgetItem(top, {name, value});
        item->setTextAlignment(0, Qt::AlignLeading | Qt::AlignTop);
        item->setToolTip(1, value);
    };
    add(tr("Issued to"), facts.subject);
    add(tr("Issued by"), facts.selfSigned ? tr("itself (self-signed)") : facts.issuer);
    add(tr("Valid from"), shownTime(facts.notBefore));
    add(tr("Valid until"),
        now > facts.notAfter ? tr("%1 (expired)").arg(shownTime(facts.notAfter))
                             : shownTime(facts.notAfter));
    add(tr("Names"), facts.alternativeNames.join(u", "_s));
    add(tr("Key"), facts.key);
    add(tr("SHA-256"), inTwoLines(facts.sha256));
    top->child(top->childCount() - 1)
        ->setFont(1, QFontDatabase::systemFont(QFontDatabase::FixedFont));
}

void CertificateDialog::copyDetails()
{
    QStringList lines {windowTitle(), verdict()};
    for (const CertificateFault &fault : m_report.judged)
        lines.append(withShownTimes(fault.sentence));
    const auto *tree = findChild<QTreeWidget *>(u"chain"_s);
    for (int row = 0; row < tree->topLevelItemCount(); ++row) {
        const QTreeWidgetItem *top = tree->topLevelItem(row);
        lines.append(QString());
        lines.append(u"%1 (%2)"_s.arg(top->text(0), top->text(1)));
        for (int child = 0; child < top->childCount(); ++child)
            lines.append(u"  %1: %2"_s.arg(top->child(child)->text(0),
                                           top->child(child)->text(1).remove(u'\n')));
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace hubkeeper

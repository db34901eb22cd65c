// SPDX-License-Identifier: MIT
#include "configuration/compare/diffview.h"

#include "base/savefile.h"
#include "base/settings.h"
#include "configuration/compare/sidebysidediff.h"
#include "editor/difftext.h"
#include "provisioner/document/document.h"
#include "provisioner/document/newprovisioner.h"
#include "widgets/actionbutton.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "widgets/sizes.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QStackedWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr int contextLines = 3;

} // namespace

DiffView::DiffView(Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_choice(new QComboBox(this))
    , m_sideBySide(new QToolButton(this))
    , m_context(new QToolButton(this))
    , m_summary(new ElidedLabel(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new QLabel(this))
    , m_text(new DiffText(DiffSide::Both, this))
    , m_sides(new SideBySideDiff(this))
    , m_message(new MessageBar(this))
    , m_next(makeAction(u"nextChange"_s, u"go-down"_s, tr("&Next Change")))
    , m_previous(makeAction(u"previousChange"_s, u"go-up"_s, tr("&Previous Change")))
    , m_revert(makeAction(u"revertChange"_s, u"document-revert"_s, tr("Re&vert This Change")))
    , m_copy(makeAction(u"copyPatch"_s, u"edit-copy"_s, tr("Copy as Pa&tch")))
{
    m_next->setShortcut(Qt::ALT | Qt::Key_Down);
    m_previous->setShortcut(Qt::ALT | Qt::Key_Up);
    build();
    m_pause.setSingleShot(true);
    m_pause.setInterval(150ms);
    connect(&m_pause, &QTimer::timeout, this, &DiffView::compare);
    connect(m_next, &QAction::triggered, this, [this] { nextChange(1); });
    connect(m_previous, &QAction::triggered, this, [this] { nextChange(-1); });
    connect(m_revert, &QAction::triggered, this, &DiffView::revertChange);
    connect(m_copy, &QAction::triggered, this, &DiffView::copyPatch);
    connect(m_text, &DiffText::currentHunkChanged, this, &DiffView::updateActions);
    connect(m_sides, &SideBySideDiff::currentHunkChanged, this, &DiffView::updateActions);
    connect(m_sideBySide, &QToolButton::toggled, this, &DiffView::showSideBySide);
    connect(m_choice, &QComboBox::activated, this, &DiffView::onChosen);
    connect(m_context, &QToolButton::toggled, this, &DiffView::compare);
    compare();
}

QAction *DiffView::makeAction(const QString &name, const QString &iconName, const QString &text)
{
    auto *action = new QAction(icon(iconName), text, this);
    action->setObjectName(name);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(action);
    return action;
}

void DiffView::build()
{
    m_choice->setAccessibleName(tr("Compare with"));
    m_choice->addItem(tr("Against the saved file"), int(Against::Saved));
    m_choice->addItem(tr("Against the shipped sample"), int(Against::Sample));
    m_choice->addItem(tr("Against a file…"), int(Against::File));
    m_sideBySide->setText(tr("&Side by Side"));
    m_sideBySide->setObjectName(u"sideBySide"_s);
    m_sideBySide->setCheckable(true);
    m_sideBySide->setChecked(m_settings.value(setting::diffSideBySide));
    m_sideBySide->setToolTip(tr("Show both texts beside each other"));
    m_sideBySide->setFocusPolicy(Qt::StrongFocus);
    m_context->setText(tr("&Whole Text"));
    m_context->setCheckable(true);
    m_context->setToolTip(tr("Show the unchanged lines too"));
    m_context->setFocusPolicy(Qt::StrongFocus);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_stack->addWidget(m_text);
    m_stack->addWidget(m_sides);
    m_stack->addWidget(m_empty);
    auto *row = new QHBoxLayout;
    row->addWidget(m_choice);
    row->addWidget(m_summary, 1);
    row->addWidget(m_sideBySide);
    row->addWidget(m_context);
    for (QAction *action : {m_previous, m_next, m_revert, m_copy}) {
        const bool isStep = action == m_previous || action == m_next;
        row->addWidget(buttonFor(
            action, isStep ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon, this));
    }
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(row);
    layout->addWidget(m_message);
    layout->addWidget(m_stack, 1);
}

void DiffView::setDocument(Document *document)
{
    if (m_document)
        m_document->disconnect(this);
    m_document = document;
    m_message->dismiss();
    if (document) {
        connect(document, &Document::changed, this, &DiffView::compareLater);
        connect(document, &Document::savedOrMoved, this, &DiffView::compareLater);
    }
    compareLater();
}

void DiffView::onChosen()
{
    const auto against = Against(m_choice->currentData().toInt());
    if (against != Against::File)
        return compareWith(against);
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Compare With"), m_document ? QFileInfo(m_document->path()).path() : QString(),
        tr("JSON files (*.json);;All files (*)"));
    if (path.isEmpty())
        m_choice->setCurrentIndex(m_choice->findData(int(m_against)));
    else
        compareWithFile(path);
}

void DiffView::compareWith(Against against)
{
    m_against = against;
    m_choice->setCurrentIndex(m_choice->findData(int(against)));
    m_message->dismiss();
    compare();
}

void DiffView::compareWithFile(const QString &path)
{
    const auto read = readFile(path, Document::largestFile);
    if (!read) {
        m_choice->setCurrentIndex(m_choice->findData(int(m_against)));
        return m_message->showError(read.error(), Situation::OpeningFile);
    }
    m_otherPath = path;
    m_otherFile = *read;
    compareWith(Against::File);
}

QByteArray DiffView::otherSide() const
{
    switch (m_against) {
    case Against::Saved:
        return m_document->savedBytes();
    case Against::Sample:
        return sampleProvisioner();
    case Against::File:
        return m_otherFile;
    }
    Q_UNREACHABLE();
}

QString DiffView::otherName() const
{
    switch (m_against) {
    case Against::Saved:
        return QFileInfo(m_document->path()).fileName();
    case Against::Sample:
        return u"provisioner.openicf-hubspot.json"_s;
    case Against::File:
        return QFileInfo(m_otherPath).fileName();
    }
    Q_UNREACHABLE();
}

void DiffView::compareLater()
{
    m_isStale = true;
    if (isVisible())
        m_pause.start();
}

void DiffView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        compare();
}

void DiffView::compare()
{
    m_pause.stop();
    m_isStale = false;
    m_before = m_document ? otherSide() : QByteArray();
    m_after = m_document ? m_document->bytes() : QByteArray();
    m_comparison = compared(m_before, m_after, m_context->isChecked() ? -1 : contextLines);
    showComparison();
    m_empty->setText(!m_document
                         ? tr("No provisioner is open.")
                         : tr("No differences. The document is what %1 has.", "a name of a file")
                               .arg(withShortWords(otherName())));
    m_summary->setText(summary());
    updateActions();
}

void DiffView::showComparison()
{
    const bool isEmpty = m_comparison.hunks.isEmpty();
    const int line = front()->textCursor().blockNumber();
    if (m_sideBySide->isChecked())
        m_sides->show(m_comparison);
    else
        m_text->show(m_comparison.rows);
    front()->goToLine(line);
    if (m_document) {
        //: Above one of two texts: what the document is compared with; %1 is a file.
        m_sides->setNames(m_against == Against::Saved ? tr("%1 as saved").arg(otherName())
                                                      : otherName(),
                          tr("The document"));
    }
    QWidget *comparison = m_sideBySide->isChecked() ? static_cast<QWidget *>(m_sides) : m_text;
    m_stack->setCurrentWidget(isEmpty ? m_empty : comparison);
}

void DiffView::showSideBySide(bool on)
{
    m_settings.setValue(setting::diffSideBySide, on);
    DiffText *gone = on ? m_text : m_sides->after();
    const int hunk = gone->currentHunk();
    showComparison();
    if (hunk >= 0)
        front()->goToHunk(hunk);
    updateActions();
}

DiffText *DiffView::front() const
{
    return m_sideBySide->isChecked() ? m_sides->after() : m_text;
}

QString DiffView::summary() const
{
    if (m_comparison.hunks.isEmpty())
        return {};
    //: %1: how many changes; %2 and %3: numbers of lines with their signs.
    return tr("%1 (%2 %3)")
        .arg(tr("%Ln change(s)", nullptr, int(m_comparison.hunks.size())),
             u"+%L1"_s.arg(m_comparison.added), u"−%L1"_s.arg(m_comparison.removed));
}

void DiffView::updateActions()
{
    const bool any = !m_comparison.hunks.isEmpty();
    m_next->setEnabled(any);
    m_previous->setEnabled(any);
    m_copy->setEnabled(any);
    m_revert->setEnabled(any && front()->currentHunk() >= 0);
}

void DiffView::nextChange(int by)
{
    const int count = int(m_comparison.hunks.size());
    if (count == 0)
        return;
    int now = front()->currentHunk();
    const bool isInside = front()->isOnHunk();
    if (now < 0)
        now = by > 0 ? count - 1 : count;
    else if (!isInside && by > 0)
        now -= 1; // The next change below is the next one.
    front()->goToHunk((now + by + count) % count);
}

void DiffView::revertChange()
{
    const int hunk = front()->currentHunk();
    // The text may have changed since it was compared; then the lines are elsewhere.
    if (hunk < 0 || !m_document || m_document->bytes() != m_after)
        return;
    m_document->edit({revertOf(m_before, m_after, m_comparison.hunks[hunk])}, tr("Revert Change"));
    compare();
}

QByteArray DiffView::patch() const
{
    if (!m_document)
        return {};
    const auto [before, after] = maskedPair(m_before, m_after);
    return unifiedDiff(before, after, otherName(), QFileInfo(m_document->path()).fileName());
}

void DiffView::copyPatch()
{
    QApplication::clipboard()->setText(QString::fromUtf8(patch()));
    m_message->showMessage(MessageBar::Good, tr("The patch is in the clipboard."),
                           tr("Secrets are masked in it."));
    if (m_document) // Another one is meant then.
        m_message->showUntil(m_document.data(), &Document::changed);
}

} // namespace hubkeeper

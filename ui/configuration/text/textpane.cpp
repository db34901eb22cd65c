// SPDX-License-Identifier: MIT
#include "configuration/text/textpane.h"

#include "configuration/findings/documentfindings.h"
#include "configuration/text/jsoneditor.h"
#include "editor/codefolding.h"
#include "editor/findbar.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "widgets/showntime.h"

#include <QAction>
#include <QBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

CodeEditor::MarkKind kindOf(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return CodeEditor::MarkKind::Info;
    case Severity::Warning:
        return CodeEditor::MarkKind::Warning;
    case Severity::Error:
        return CodeEditor::MarkKind::Error;
    }
    Q_UNREACHABLE();
}

} // namespace

TextPane::TextPane(DocumentFindings &findings, QWidget *parent)
    : QWidget(parent)
    , m_findings(findings)
    , m_editor(new JsonEditor(this))
    , m_find(new FindBar(*m_editor, this))
    , m_message(new MessageBar(this))
    , m_pointer(new QLabel(this))
    , m_finding(new ElidedLabel(this, Qt::ElideRight))
    , m_position(new QLabel(this))
    , m_secrets(new QToolButton(this))
{
    makeActions();
    build();
    connect(&m_findings, &DocumentFindings::changed, this, &TextPane::onFindings);
    connect(m_editor, &QPlainTextEdit::cursorPositionChanged, this, &TextPane::onCursorMoved);
    connect(m_editor, &JsonEditor::noticeChanged, this, &TextPane::showNotice);
    connect(m_editor, &JsonEditor::refused, this,
            [this](const QString &why) { m_message->showMessage(MessageBar::Information, why); });
    connect(m_editor, &QWidget::customContextMenuRequested, this, &TextPane::showContextMenu);
    connect(m_message, &MessageBar::buttonPressed, m_editor, &JsonEditor::convert);
    connect(m_secrets, &QToolButton::toggled, m_editor, &JsonEditor::showSecrets);
    connect(m_secrets, &QToolButton::toggled, this, &TextPane::dropRefusal);
    onCursorMoved();
}

TextPane::~TextPane()
{
    m_editor->disconnect(this); // Its cursor moves once more while it goes.
}

QAction *TextPane::makeAction(const QString &name, const QString &text, const QKeySequence &keys,
                              void (TextPane::*run)())
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, run);
    addAction(action);
    m_contextActions.append(action);
    return action;
}

void TextPane::makeActions()
{
    const auto fix = makeAction(u"quickFix"_s, tr("Quick &Fix…"), {}, &TextPane::showQuickFixes);
    fix->setShortcuts(
        {QKeySequence(Qt::ALT | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Period)});
    makeAction(u"complete"_s, tr("&Complete"), Qt::CTRL | Qt::Key_Space, &TextPane::complete);
    // Find itself is the window's: it asks the page.
    QAction *find = makeAction(u"findInText"_s, tr("Fi&nd…"), {}, &TextPane::openFind);
    find->setToolTip(tr("Find in the text"));
    m_findActions = {
        makeAction(u"findNext"_s, tr("Find Ne&xt"), Qt::Key_F3, &TextPane::findNext),
        makeAction(u"findPrevious"_s, tr("Find Previ&ous"), Qt::SHIFT | Qt::Key_F3,
                   &TextPane::findPrevious),
        makeAction(u"replace"_s, tr("R&eplace…"), Qt::CTRL | Qt::Key_H, &TextPane::openReplace)};
    // So is going to a line; the tab only shows its keys.
    m_goToLine = makeAction(u"goToLine"_s, tr("&Go to Line…"), {}, &TextPane::askForLine);
    m_findActions.append(m_goToLine);
    makeAction(u"fold"_s, tr("F&old"), Qt::CTRL | Qt::SHIFT | Qt::Key_Minus, &TextPane::fold);
    makeAction(u"unfoldAll"_s, tr("&Unfold All"), Qt::CTRL | Qt::ALT | Qt::Key_Plus,
               &TextPane::unfoldAll);
    makeAction(u"toggleComment"_s, tr("Toggle Co&mment"), Qt::CTRL | Qt::SHIFT | Qt::Key_K,
               &TextPane::toggleComment);
}

/// Ctrl+G asks for something else where the text is not in front.
void TextPane::showKeyOfLine(bool isInFront)
{
    const QString keys = QKeySequence(Qt::CTRL | Qt::Key_G).toString(QKeySequence::NativeText);
    const QString text = tr("&Go to Line…");
    m_goToLine->setText(isInFront ? text + u'\t' + keys : text);
}

void TextPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showKeyOfLine(true);
}

void TextPane::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    showKeyOfLine(false);
}

void TextPane::build()
{
    m_editor->setContextMenuPolicy(Qt::CustomContextMenu);
    m_secrets->setIcon(icon(u"key"_s));
    m_secrets->setText(tr("Show &Secrets"));
    m_secrets->setToolTip(
        tr("Secrets that stand in the file as plain text are hidden until you show them"));
    m_secrets->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_secrets->setCheckable(true);
    m_secrets->setFocusPolicy(Qt::StrongFocus);
    for (QLabel *label : {m_pointer, m_finding})
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_pointer->setTextFormat(Qt::PlainText);
    m_pointer->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_pointer->setToolTip(tr("JSON pointer of the place"));
    auto *bottom = new QHBoxLayout;
    const int gap = fontMetrics().averageCharWidth();
    bottom->setContentsMargins(gap, 0, gap, gap / 2); // The frame of the tab is close.
    bottom->addWidget(m_pointer, 2);
    bottom->addWidget(m_finding, 3);
    bottom->addWidget(m_position);
    bottom->addWidget(m_secrets);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_message);
    layout->addWidget(m_editor, 1);
    layout->addWidget(m_find);
    layout->addLayout(bottom);
    setFocusProxy(m_editor);
}

void TextPane::setDocument(Document *document)
{
    m_secrets->setChecked(false);
    m_editor->setDocument(document);
    if (document) {
        connect(document, &Document::changed, this, &TextPane::dropRefusal);
        connect(document, &Document::savedOrMoved, this, &TextPane::dropRefusal);
    }
    onCursorMoved();
}

/// Why an edit was refused is of no interest any more once another one was made; what it covered
/// is.
void TextPane::dropRefusal()
{
    if (m_message->kind() == MessageBar::Information)
        showNotice();
}

void TextPane::onFindings()
{
    QList<JsonEditor::Stretch> stretches;
    for (const Finding &finding : m_findings.findings()) {
        QString text = u"%1: %2"_s.arg(finding.ruleId, withShownTimes(finding.message));
        for (const QString &sentence : {finding.effect, finding.remedy}) {
            if (!sentence.isEmpty())
                text += u'\n' + sentence;
        }
        stretches.append({finding.at, text, kindOf(finding.severity)});
    }
    m_editor->setProfile(m_findings.options().profile);
    m_editor->setStretches(stretches);
    onCursorMoved();
}

QList<Finding> TextPane::findingsAtCursor() const
{
    const qsizetype offset = m_editor->cursorOffset();
    const int line = m_editor->textCursor().blockNumber() + 1;
    QList<Finding> here;
    QList<Finding> inLine;
    for (const Finding &finding : m_findings.findings()) {
        const bool isShort = finding.position.line == line;
        if (isShort && finding.at.begin <= offset && offset <= finding.at.end)
            here.append(finding);
        else if (isShort)
            inLine.append(finding);
    }
    return here.isEmpty() ? inLine : here;
}

void TextPane::onCursorMoved()
{
    const QTextCursor cursor = m_editor->textCursor();
    //: Place of the cursor in a text.
    m_position->setText(
        tr("Line %L1, column %L2").arg(cursor.blockNumber() + 1).arg(cursor.positionInBlock() + 1));
    const QList<Finding> findings = findingsAtCursor();
    const auto worst =
        std::max_element(findings.begin(), findings.end(), [](const Finding &a, const Finding &b) {
            return a.severity < b.severity;
        });
    QString text = worst == findings.end() ? QString() : withShownTimes(worst->message);
    if (findings.size() > 1) {
        //: %1 is a finding; more of them concern the same place.
        text = tr("%1 (and %Ln more)", nullptr, int(findings.size()) - 1).arg(text);
    }
    m_finding->setText(text);
    m_finding->setToolTip(worst == findings.end()
                              ? QString()
                              : withShownTimes(worst->message) + u'\n' + worst->remedy);
    showPointer();
}

QString TextPane::pointerText() const
{
    const Document *document = m_editor->provisioner();
    if (!document)
        return {};
    const int node = document->text().covering(m_editor->cursorOffset());
    return node == JsonText::none ? QString() : document->text().pointerOf(node);
}

void TextPane::showPointer()
{
    // Its end says more than its beginning.
    m_pointer->setText(
        m_pointer->fontMetrics().elidedText(pointerText(), Qt::ElideLeft, m_pointer->width()));
}

void TextPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showPointer();
}

void TextPane::showNotice()
{
    const QString notice = m_editor->notice();
    if (notice.isEmpty())
        return m_message->dismiss();
    QList<MessageBar::Button> buttons;
    if (m_editor->canConvert())
        buttons.append({Choice::ConvertText, tr("Convert to &UTF-8")});
    m_message->showMessage(MessageBar::Warning, notice, {}, buttons);
}

void TextPane::goToPosition(TextPosition position)
{
    if (const Document *document = m_editor->provisioner())
        m_editor->goToOffset(document->text().offsetOf(position));
}

void TextPane::goToPointer(const QString &pointer)
{
    const Document *document = m_editor->provisioner();
    const int node = document ? document->text().at(pointer) : JsonText::none;
    if (node != JsonText::none)
        m_editor->goToOffset(document->text().node(node).span.begin);
}

QMenu *TextPane::makeQuickFixMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"quickFixes"_s);
    QSet<QString> rules;
    const QList<Finding> findings = findingsAtCursor();
    for (const Finding &finding : findings) {
        if (!finding.fix)
            continue;
        connect(menu->addAction(icon(u"apply"_s), finding.fix->title), &QAction::triggered, this,
                [this, finding] {
                    if (!m_findings.apply(finding))
                        emit statusMessage(
                            tr("The text has changed meanwhile; it was checked again."));
                });
        rules.insert(finding.ruleId);
    }
    for (const QString &rule : std::as_const(rules)) {
        const auto all =
            std::count_if(m_findings.findings().begin(), m_findings.findings().end(),
                          [&rule](const Finding &one) { return one.ruleId == rule && one.fix; });
        if (all > 1) {
            //: %1 is the id of a rule.
            connect(menu->addAction(tr("Fix &All of %1").arg(rule)), &QAction::triggered, this,
                    [this, rule] { fixAllOf(rule); });
        }
    }
    if (!menu->isEmpty())
        menu->addSeparator();
    QSet<QString> explained;
    for (const Finding &finding : findings) {
        if (explained.contains(finding.ruleId))
            continue;
        explained.insert(finding.ruleId);
        connect(menu->addAction(icon(u"help-contents"_s), tr("&Explain %1").arg(finding.ruleId)),
                &QAction::triggered, this,
                [this, rule = finding.ruleId] { emit explainWanted(rule); });
    }
    if (findings.isEmpty())
        menu->addAction(m_findings.isChecking() ? tr("The text is being checked")
                                                : tr("Nothing was found in this line"))
            ->setEnabled(false);
    return menu;
}

void TextPane::fixAllOf(const QString &rule)
{
    m_findings.fixAll({{rule}, false}, this)
        ->onDone(this, [this, rule](const Result<FixedText> &fixedText) {
            //: %1 is the id of a rule.
            if (fixedText && m_findings.adopt(*fixedText, tr("Fix All of %1").arg(rule)))
                emit statusMessage(
                    tr("%Ln finding(s) fixed", nullptr, int(fixedText->outcome.fixed.size())));
            else
                emit statusMessage(tr("The text has changed meanwhile; it was checked again."));
        });
}

void TextPane::showQuickFixes()
{
    m_findings.check(); // Fixes belong to the text as it is now.
    QMenu *menu = makeQuickFixMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setActiveAction(menu->actions().first());
    menu->popup(m_editor->viewport()->mapToGlobal(m_editor->cursorRect().bottomLeft()));
}

void TextPane::showContextMenu(const QPoint &place)
{
    QMenu *menu = m_editor->createStandardContextMenu(place);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction *action : menu->actions()) {
        if (action->objectName() == "edit-redo"_L1 && !action->text().contains(u'\t'))
            action->setText(action->text() + u'\t'
                            + QKeySequence(QKeySequence::Redo).toString(QKeySequence::NativeText));
    }
    menu->addSeparator();
    menu->addActions(m_contextActions);
    menu->popup(m_editor->viewport()->mapToGlobal(place));
}

void TextPane::askForLine()
{
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(u"lineDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Go to Line"));
    dialog->setMinimumWidth(fontMetrics().averageCharWidth() * 50); // The title is not cut.
    dialog->setLabelText(tr("&Line (1 to %L1)").arg(m_editor->blockCount()));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setIntRange(1, m_editor->blockCount());
    dialog->setIntValue(m_editor->textCursor().blockNumber() + 1);
    connect(dialog, &QInputDialog::intValueSelected, this,
            [this](int line) { m_editor->goTo(line, 1); });
    dialog->open();
}

void TextPane::find()
{
    m_find->open(false);
}

void TextPane::openFind()
{
    m_find->open(false);
}

void TextPane::openReplace()
{
    m_find->open(true);
}

void TextPane::findNext()
{
    m_find->findNext();
}

void TextPane::findPrevious()
{
    m_find->findPrevious();
}

void TextPane::complete()
{
    m_editor->complete();
}

void TextPane::fold()
{
    const int line = m_editor->textCursor().blockNumber();
    if (m_editor->folding()->isFolded(line))
        m_editor->folding()->toggle(line);
    else
        m_editor->folding()->foldAround(line);
}

void TextPane::unfoldAll()
{
    m_editor->folding()->unfoldAll();
}

void TextPane::toggleComment()
{
    m_editor->toggleComment();
}

} // namespace hubkeeper

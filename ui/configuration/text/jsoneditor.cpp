// SPDX-License-Identifier: MIT
#include "configuration/text/jsoneditor.h"

#include "configuration/text/jsoncompleter.h"
#include "configuration/text/jsoneditorkeys.h"
#include "editor/codefolding.h"
#include "editor/jsonhighlighter.h"
#include "provisioner/confidential/secretspans.h"
#include "provisioner/document/document.h"

#include <QMimeData>
#include <QStringDecoder>
#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype largestColoured = 2 << 20; // Bytes; colours and folds of more would be felt.

bool isWide(const JsonText &text)
{
    const auto &faults = text.faults();
    return !faults.empty() && faults.front().kind == SyntaxFaultKind::WideEncoding;
}

bool isForeign(const JsonText &text)
{
    const auto &faults = text.faults();
    return !faults.empty() && faults.front().kind == SyntaxFaultKind::Foreign;
}

/// Bytes that are no UTF-8 as Windows-1252 has them; Latin-1 where that has nothing.
QByteArray asUtf8(const QByteArray &bytes)
{
    static constexpr char16_t from80[] {
        0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    QByteArray result;
    for (qsizetype at = 0; at < bytes.size();) {
        const auto first = static_cast<unsigned char>(bytes[at]);
        const int width = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        const QByteArray unit = bytes.mid(at, width);
        if (ShownText::isShowable(unit)) {
            result += unit;
            at += width;
        } else {
            const char16_t meant = first >= 0x80 && first < 0xA0 ? from80[first - 0x80] : first;
            result += QString(QChar(meant)).toUtf8();
            ++at;
        }
    }
    return result;
}

QByteArray decodedWide(const QByteArray &bytes)
{
    auto encoding = QStringConverter::encodingForData(bytes);
    if (!encoding || *encoding == QStringConverter::Utf8) {
        const bool littleEndian = bytes.size() > 1 && bytes[1] == '\0';
        encoding = littleEndian ? QStringConverter::Utf16LE : QStringConverter::Utf16BE;
    }
    QStringDecoder decoder(*encoding);
    const QString text = decoder(bytes);
    return text.toUtf8();
}

} // namespace

JsonEditor::JsonEditor(QWidget *parent)
    : CodeEditor(parent)
    , m_highlighter(new JsonHighlighter(document(), palette()))
    , m_completer(new JsonCompleter(*this))
    , m_keys(new JsonEditorKeys(*this))
{
    setAccessibleName(tr("Provisioner as text"));
    setAcceptDrops(false); // A file that is dropped is opened by the window.
    setTabChangesFocus(false);
    showMarksInMargin();
    enableFolding();
    connect(document(), &QTextDocument::contentsChange, this, &JsonEditor::onContentsChange);
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &JsonEditor::onCursorMoved);
}

JsonEditor::~JsonEditor() = default;

void JsonEditor::toggleComment()
{
    m_keys->toggleComment();
}

void JsonEditor::catchUp()
{
    if (m_isStale)
        resync();
}

void JsonEditor::leave(bool forward)
{
    QWidget::focusNextPrevChild(forward);
}

void JsonEditor::keyPressEvent(QKeyEvent *event)
{
    if (m_keys->takesKey(event))
        return;
    CodeEditor::keyPressEvent(event);
    m_completer->afterKey(event);
}

bool JsonEditor::focusNextPrevChild(bool next)
{
    // What cannot be edited has no use for Tab.
    return isReadOnly() ? QWidget::focusNextPrevChild(next) : CodeEditor::focusNextPrevChild(next);
}

void JsonEditor::setDocument(Document *document)
{
    if (m_document)
        m_document->disconnect(this);
    m_document = document;
    m_stretches.clear();
    m_hasTypedSecrets = false;
    m_secretsShown = false;
    const QByteArray bytes = document ? document->bytes() : QByteArray();
    m_isShowing = true; // To attach a highlighter is a change of contents, too.
    m_highlighter->setDocument(bytes.size() <= largestColoured ? this->document() : nullptr);
    m_isShowing = false;
    if (document)
        connect(document, &Document::changed, this, &JsonEditor::onDocumentChanged);
    show(bytes);
    moveCursor(QTextCursor::Start);
    setEnabled(document);
}

void JsonEditor::onDocumentChanged()
{
    if (!m_isTyping)
        show(m_document->bytes());
}

QList<Span> JsonEditor::secretsToHide(const QByteArray &bytes) const
{
    return m_secretsShown ? QList<Span>() : plainSecretSpans(bytes);
}

/// Brings the view to what the document has, changing only what differs.
void JsonEditor::show(const QByteArray &bytes)
{
    const bool hasNoText =
        m_document && (isWide(m_document->text()) || isForeign(m_document->text()));
    m_shown = hasNoText ? ShownText() : ShownText(bytes, secretsToHide(bytes));
    showAgain();
    updateNotice();
    updateRegions();
}

void JsonEditor::resync()
{
    if (m_document)
        show(m_document->bytes());
}

void JsonEditor::showAgain()
{
    m_isStale = false;
    const QString next = m_shown.text();
    QTextCursor all(document());
    all.select(QTextCursor::Document);
    const QString now = all.selectedText().replace(QChar(QChar::ParagraphSeparator), u'\n');
    if (now == next)
        return;
    const qsizetype shorter = std::min(now.size(), next.size());
    qsizetype head = 0;
    while (head < shorter && now[head] == next[head])
        ++head;
    head -= head > 0 && now[head - 1].isHighSurrogate() ? 1 : 0;
    qsizetype tail = 0;
    while (tail < shorter - head && now[now.size() - 1 - tail] == next[next.size() - 1 - tail])
        ++tail;
    tail -= tail > 0 && next[next.size() - tail].isLowSurrogate() ? 1 : 0;
    m_isShowing = true;
    for (const qsizetype end : {head, now.size() - tail}) // What is folded there changes.
        folding()->reveal(document()->findBlock(int(end)).blockNumber());
    if (head == 0 && tail == 0) {
        setPlainText(next);
    } else {
        QTextCursor change(document());
        change.setPosition(int(head));
        change.setPosition(int(now.size() - tail), QTextCursor::KeepAnchor);
        change.insertText(next.mid(head, next.size() - tail - head));
    }
    m_isShowing = false;
    setStretches(m_stretches);
}

void JsonEditor::onContentsChange(int position, int removed, int added)
{
    if (m_isShowing || !m_document)
        return;
    const int end = std::min(position + added, document()->characterCount() - 1);
    QTextCursor cursor(document());
    cursor.setPosition(position);
    cursor.setPosition(end, QTextCursor::KeepAnchor);
    const QTextBlock block = document()->findBlock(position);
    const auto typing = m_isStale
        ? std::nullopt
        : m_shown.typed({block.blockNumber(), position - block.position()}, removed,
                        cursor.selectedText());
    if (!typing) {
        // The view cannot be changed from within its own change.
        m_isStale = true;
        QMetaObject::invokeMethod(this, &JsonEditor::resync, Qt::QueuedConnection);
        emit refused(tr("A hidden secret cannot be edited. Select all of it to replace it, or show "
                        "the secrets."));
        return;
    }
    if (typing->edit.length == 0 && typing->edit.replacement.isEmpty())
        return;
    m_shown = ShownText(applied(m_shown.bytes(), {typing->edit}), typing->hidden);
    m_hasTypedSecrets = true;
    m_isTyping = true;
    m_document->setBytes(m_shown.bytes(), tr("Typing"));
    m_isTyping = false;
    updateRegions();
    if (typing->isShownOtherwise) {
        m_isStale = true;
        QMetaObject::invokeMethod(this, &JsonEditor::resync, Qt::QueuedConnection);
    }
}

void JsonEditor::onCursorMoved()
{
    const int line = textCursor().blockNumber();
    const bool isLeft = line != m_line;
    m_line = line;
    if (isLeft && !m_isShowing && !m_isTyping)
        hideSecretsAgain();
}

void JsonEditor::hideSecretsAgain()
{
    if (!m_hasTypedSecrets || m_isStale || !m_document)
        return;
    m_hasTypedSecrets = false;
    const QList<Span> hidden = secretsToHide(m_shown.bytes());
    if (hidden == m_shown.hidden())
        return;
    m_shown = ShownText(m_shown.bytes(), hidden);
    showAgain();
}

void JsonEditor::showSecrets(bool shown)
{
    if (m_secretsShown == shown || !m_document)
        return;
    m_secretsShown = shown;
    show(m_document->bytes());
}

void JsonEditor::updateNotice()
{
    QString notice;
    if (m_document && isForeign(m_document->text()))
        notice = tr("The file is not text. It can only be replaced.");
    else if (m_document && isWide(m_document->text()))
        notice = tr("The file is not UTF-8 but UTF-16 or UTF-32, which IDM does not read. It can "
                    "be edited once it is converted.");
    else if (m_document && !ShownText::isShowable(m_document->bytes()))
        notice = tr("Some bytes of the file are no UTF-8. Editing it as text would damage them, so "
                    "it can only be read until it is converted.");
    setReadOnly(!notice.isEmpty());
    if (!notice.isEmpty())
        setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    if (notice == m_notice)
        return;
    m_notice = notice;
    emit noticeChanged();
}

bool JsonEditor::canConvert() const
{
    return m_document && !m_notice.isEmpty() && !isForeign(m_document->text());
}

void JsonEditor::convert()
{
    if (!canConvert())
        return;
    const QByteArray &bytes = m_document->bytes();
    m_document->setBytes(isWide(m_document->text()) ? decodedWide(bytes) : asUtf8(bytes),
                         tr("Convert to UTF-8"));
}

void JsonEditor::updateRegions()
{
    QList<FoldRegion> regions;
    const JsonText none;
    const bool isWanted = m_document && m_document->bytes().size() <= largestColoured;
    const JsonText &text = isWanted ? m_document->text() : none;
    for (int i = 0; i < text.nodeCount(); ++i) {
        const JsonText::Node &node = text.node(i);
        if (node.kind != JsonKind::Object && node.kind != JsonKind::Array)
            continue;
        const int first = text.positionOf(node.span.begin).line - 1;
        const int last = text.positionOf(std::max(node.span.begin, node.span.end - 1)).line - 1;
        if (last > first + 1 && (regions.isEmpty() || regions.last().first != first))
            regions.append({first, last - 1}); // The closing bracket stays visible.
    }
    std::stable_sort(regions.begin(), regions.end(),
                     [](const FoldRegion &a, const FoldRegion &b) { return a.first < b.first; });
    folding()->setRegions(regions);
}

void JsonEditor::setStretches(const QList<Stretch> &stretches)
{
    m_stretches = stretches;
    QList<Mark> marks;
    for (const Stretch &stretch : stretches) {
        const ShownPlace begin = m_shown.placeOf(stretch.at.begin);
        const ShownPlace end = m_shown.placeOf(stretch.at.end);
        // An underlined object would be a page of waves: its first line is enough.
        const int length = end.line == begin.line
            ? end.column - begin.column
            : int(document()->findBlockByNumber(begin.line).length()) - 1 - begin.column;
        marks.append({begin.line + 1, begin.column + 1, length, stretch.text, stretch.kind});
    }
    setMarks(marks);
}

qsizetype JsonEditor::cursorOffset() const
{
    const QTextCursor cursor = textCursor();
    return m_shown.offsetOf({cursor.blockNumber(), cursor.positionInBlock()});
}

void JsonEditor::goToOffset(qsizetype offset)
{
    const ShownPlace place = m_shown.placeOf(offset);
    goTo(place.line + 1, place.column + 1);
}

void JsonEditor::complete()
{
    m_completer->complete();
}

void JsonEditor::setProfile(ServerProfile profile)
{
    m_completer->setProfile(profile);
}

void JsonEditor::changeEvent(QEvent *event)
{
    CodeEditor::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->setPalette(palette());
}

void JsonEditor::focusOutEvent(QFocusEvent *event)
{
    CodeEditor::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        hideSecretsAgain();
}

void JsonEditor::insertFromMimeData(const QMimeData *source)
{
    if (source->text().contains(QString(ShownText::dotCount, QChar(ShownText::dot)))) {
        emit refused(tr("What was copied holds a hidden secret, as dots. Show the secrets to copy "
                        "it."));
        return;
    }
    CodeEditor::insertFromMimeData(source);
}

} // namespace hubkeeper

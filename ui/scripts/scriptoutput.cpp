// SPDX-License-Identifier: MIT
#include "scripts/scriptoutput.h"

#include "base/compactjson.h"
#include "editor/codeeditor.h"
#include "editor/jsonhighlighter.h"
#include "widgets/masking.h"

#include <QBoxLayout>
#include <QFontDatabase>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostLines = 10'000;

QString indented(const QJsonValue &value)
{
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson()).trimmed();
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson()).trimmed();
    return QString::fromUtf8(compactJson(value));
}

/// A heading that belongs to a view, with the view below it.
QWidget *titled(const QString &title, QWidget *view, QWidget *parent)
{
    auto *box = new QWidget(parent);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *label = new QLabel(title, box);
    label->setBuddy(view);
    layout->addWidget(label);
    layout->addWidget(view, 1);
    return box;
}

} // namespace

ScriptOutput::ScriptOutput(const Masking &masking, QWidget *parent)
    : QSplitter(Qt::Horizontal, parent)
    , m_masking(masking)
    , m_console(new QPlainTextEdit(this))
    , m_note(new QLabel(tr("Masked: e-mail addresses, and all of a line that is JSON. Other "
                           "personal data in printed text is shown."),
                        this))
    , m_result(new CodeEditor(this))
    , m_highlighter(new JsonHighlighter(m_result->document(), palette()))
{
    m_console->setReadOnly(true);
    m_console->setUndoRedoEnabled(false);
    m_console->setTabChangesFocus(true);
    m_console->setMaximumBlockCount(mostLines);
    m_console->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_console->setAccessibleName(tr("Output of the script"));
    m_console->setPlaceholderText(tr("What console.log() prints appears here."));
    m_result->setReadOnly(true);
    m_result->setAccessibleName(tr("Result of the script as JSON"));
    m_result->setPlaceholderText(tr("The value of the last statement appears here."));
    QWidget *printed = titled(tr("Pri&nted"), m_console, this);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    printed->layout()->addWidget(m_note);
    addWidget(printed);
    addWidget(titled(tr("Resul&t"), m_result, this));
    setStretchFactor(0, 1);
    setStretchFactor(1, 1);
    setChildrenCollapsible(false);
    connect(&m_masking, &Masking::changed, this, &ScriptOutput::showAgain);
    m_note->setVisible(m_masking.isOn());
}

void ScriptOutput::changeEvent(QEvent *event)
{
    QSplitter::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_highlighter)
        m_highlighter->setPalette(palette());
}

void ScriptOutput::clear()
{
    m_lines.clear();
    m_value.reset();
    m_console->clear();
    m_result->clear();
}

void ScriptOutput::showAgain()
{
    m_note->setVisible(m_masking.isOn());
    QStringList lines;
    for (const QString &line : std::as_const(m_lines))
        lines.append(masked(line));
    m_console->setPlainText(lines.join(u'\n'));
    if (m_value)
        m_result->setPlainText(indented(m_masking.json(*m_value)));
}

QString ScriptOutput::masked(const QString &line) const
{
    if (!m_masking.isOn())
        return line;
    const QJsonDocument json = QJsonDocument::fromJson(line.toUtf8());
    if (json.isNull())
        return m_masking.text(line);
    const QJsonValue value = json.isObject() ? QJsonValue(json.object()) : QJsonValue(json.array());
    const QJsonValue seen = m_masking.json(value);
    return QString::fromUtf8(
        (seen.isObject() ? QJsonDocument(seen.toObject()) : QJsonDocument(seen.toArray()))
            .toJson(QJsonDocument::Compact));
}

void ScriptOutput::print(const QString &line)
{
    if (m_lines.size() >= mostLines)
        m_lines.removeFirst();
    m_lines.append(line);
    m_console->appendPlainText(masked(line));
}

void ScriptOutput::showResult(const QJsonValue &result)
{
    m_value = result;
    m_result->setPlainText(indented(m_masking.json(result)));
}

} // namespace hubkeeper

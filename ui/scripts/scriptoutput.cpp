// SPDX-License-Identifier: MIT
#include "scripts/scriptoutput.h"

#include "configuration/jsonhighlighter.h"
#include "shell/codeeditor.h"

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

QString indented(const QJsonValue &value)
{
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson()).trimmed();
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson()).trimmed();
    const QByteArray array = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(array.mid(1, array.size() - 2));
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

ScriptOutput::ScriptOutput(QWidget *parent)
    : QSplitter(Qt::Horizontal, parent)
    , m_console(new QPlainTextEdit(this))
    , m_result(new CodeEditor(this))
    , m_highlighter(new JsonHighlighter(m_result->document(), palette()))
{
    m_console->setReadOnly(true);
    m_console->setUndoRedoEnabled(false);
    m_console->setTabChangesFocus(true);
    m_console->setMaximumBlockCount(10'000);
    m_console->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_console->setAccessibleName(tr("Output of the script"));
    m_console->setPlaceholderText(tr("What console.log() prints appears here."));
    m_result->setReadOnly(true);
    m_result->setAccessibleName(tr("Result of the script as JSON"));
    m_result->setPlaceholderText(tr("The value of the last statement appears here."));
    addWidget(titled(tr("&Printed"), m_console, this));
    addWidget(titled(tr("Resul&t"), m_result, this));
    setStretchFactor(0, 1);
    setStretchFactor(1, 1);
    setChildrenCollapsible(false);
}

void ScriptOutput::changeEvent(QEvent *event)
{
    QSplitter::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_highlighter)
        m_highlighter->setPalette(palette());
}

void ScriptOutput::clear()
{
    m_console->clear();
    m_result->clear();
}

void ScriptOutput::print(const QString &line)
{
    m_console->appendPlainText(line);
}

void ScriptOutput::showResult(const QJsonValue &result)
{
    m_result->setPlainText(indented(result));
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "configuration/form/systemactionssection.h"

#include "base/shownname.h"
#include "configuration/findings/jsonpointers.h"
#include "configuration/form/fieldnote.h"
#include "configuration/form/scriptsource.h"
#include "configuration/text/documentline.h"
#include "widgets/actionbutton.h"
#include "widgets/icons.h"
#include "widgets/sizes.h"
#include "widgets/tallcontents.h"

#include <QAbstractItemView>
#include <QAction>
#include <QBoxLayout>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QScrollArea>
#include <QSplitter>

using namespace Qt::StringLiterals;

namespace hubkeeper {

SystemActionsSection::SystemActionsSection(QWidget *parent)
    : FormSection(
        tr("System actions"),
        tr("Scripts that IDM runs on the connector by their ID. Groovy runs on the server "
           "only; JavaScript can be tried on the Scripts page."),
        QStringList(u"/systemActions"_s), parent)
    , m_list(new QListWidget(this))
    , m_none(new QLabel(tr("The file has no system actions. Add or Insert begins one."), this))
    , m_add(new QAction(hubkeeper::icon(u"list-add"_s), tr("Add"), this))
    , m_duplicate(new QAction(hubkeeper::icon(u"edit-copy"_s), tr("Duplicate"), this))
    , m_remove(new QAction(hubkeeper::icon(u"list-remove"_s), tr("Remove"), this))
    , m_detail(new TallContents(TallContents::Least, this))
    , m_id(new DocumentLine(m_detail))
    , m_idNote(new FieldNote(
          tr("What a call over REST names. Of two equal ones IDM takes the last."), m_detail))
    , m_systemType(new DocumentLine(m_detail))
    , m_systemTypeNote(
          new FieldNote(tr("A regular expression that has to match the whole connector "
                           "name, as in .*HubspotConnector."),
                        m_detail))
    , m_language(new QComboBox(m_detail))
    , m_languageNote(new FieldNote(tr("What the script is written in. Only JavaScript can be tried "
                                      "here."),
                                   m_detail))
    , m_source(new ScriptSource(m_detail))
{
    build();
    for (const FieldNote *note : {m_idNote, m_systemTypeNote, m_languageNote})
        connect(note, &FieldNote::fixWanted, this, &FormSection::fixWanted);
    connect(m_list, &QListWidget::currentRowChanged, this, &SystemActionsSection::showCurrent);
    connect(m_add, &QAction::triggered, this, &SystemActionsSection::add);
    connect(m_duplicate, &QAction::triggered, this, &SystemActionsSection::duplicate);
    connect(m_remove, &QAction::triggered, this, &SystemActionsSection::remove);
    connect(m_id, &QLineEdit::editingFinished, this, &SystemActionsSection::rename);
    connect(m_systemType, &QLineEdit::editingFinished, this, [this] {
        if (m_systemType->isModified())
            set(u"systemType"_s, m_systemType->text(), tr("System type"));
    });
    connect(m_language, &QComboBox::textActivated, this,
            [this](const QString &text) { set(u"actionType"_s, text, tr("Language")); });
    connect(m_language->lineEdit(), &QLineEdit::editingFinished, this, [this] {
        if (m_language->lineEdit()->isModified())
            set(u"actionType"_s, m_language->currentText(), tr("Language"));
    });
    connect(m_source, &ScriptSource::textEdited, this,
            [this](const QString &text) { setSource(u"actionSource"_s, u"actionFile"_s, text); });
    connect(m_source, &ScriptSource::fileEdited, this,
            [this](const QString &file) { setSource(u"actionFile"_s, u"actionSource"_s, file); });
}

void SystemActionsSection::build()
{
    m_list->setAccessibleName(title());
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_add->setShortcut(Qt::Key_Insert);
    m_remove->setShortcut(QKeySequence::Delete);
    auto *buttons = new QHBoxLayout;
    for (QAction *action : {m_add, m_duplicate, m_remove}) {
        action->setShortcutContext(Qt::WidgetShortcut);
        m_list->addAction(action);
        buttons->addWidget(buttonFor(action, Qt::ToolButtonTextBesideIcon, this));
    }
    buttons->addStretch(1);
    m_id->setAccessibleName(tr("Script ID"));
    m_systemType->setAccessibleName(tr("System type"));
    m_language->setEditable(true);
    m_language->setInsertPolicy(QComboBox::NoInsert);
    m_language->setAccessibleName(tr("Language"));
    m_language->view()->setAccessibleName(tr("Language"));
    m_language->addItems({u"groovy"_s, u"javascript"_s, u"shell"_s, u"powershell"_s});

    auto *left = new QWidget(this);
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, fontMetrics().averageCharWidth(), 0);
    m_none->setAlignment(Qt::AlignCenter);
    m_none->setWordWrap(true);
    leftLayout->addWidget(m_list, 1);
    leftLayout->addWidget(m_none);
    leftLayout->addLayout(buttons);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    const auto addRow = [&](const QString &text, QWidget *editor, FieldNote *note) {
        auto *label = new QLabel(text, m_detail);
        label->setBuddy(editor);
        form->addRow(label, note->below(editor));
    };
    addRow(tr("Script &ID:"), m_id, m_idNote);
    addRow(tr("S&ystem type:"), m_systemType, m_systemTypeNote);
    addRow(tr("&Language:"), m_language, m_languageNote);
    auto *detail = new QVBoxLayout(m_detail);
    const int gap = fontMetrics().averageCharWidth();
    detail->setContentsMargins(gap, 0, 0, 0);
    detail->addLayout(form);
    detail->addWidget(m_source, 1);
    auto *split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(left);
    split->addWidget(scrolling(m_detail, this));
    split->setStretchFactor(1, 2);
    split->setChildrenCollapsible(false);
    body()->addWidget(split, 1);
    keepPlaceForNotes();
}

std::optional<ScriptAction> SystemActionsSection::current() const
{
    const int row = m_list->currentRow();
    return row >= 0 && row < m_actions.size() ? std::optional(m_actions[row]) : std::nullopt;
}

void SystemActionsSection::showValues()
{
    const bool usable = document() && document()->text().isValid();
    setEnabled(usable);
    const QList<ScriptAction> now =
        document() ? scriptActionsOf(document()->text()) : QList<ScriptAction>();
    if (usable || !document()) {
        m_actions = now;
        fillList();
    }
    showCurrent();
}

void SystemActionsSection::fillList()
{
    const int row = m_list->currentRow();
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const ScriptAction &action : std::as_const(m_actions)) {
        //: An entry of a list: id of a script, its language.
        m_list->addItem(tr("%1 (%2)").arg(shownName(action.id), shownName(action.language)));
    }
    m_none->setVisible(m_actions.isEmpty());
    m_list->setCurrentRow(std::clamp(row, m_actions.isEmpty() ? -1 : 0, int(m_actions.size()) - 1));
}

void SystemActionsSection::showCurrent()
{
    const auto action = current();
    m_detail->setEnabled(action.has_value());
    m_duplicate->setEnabled(action.has_value());
    m_remove->setEnabled(action.has_value());
    const ScriptAction shown = action.value_or(ScriptAction());
    for (const auto &[line, text] :
         {std::pair(m_id, shown.id), std::pair(m_systemType, shown.systemType)}) {
        if (!line->hasFocus() || !line->isModified())
            line->setText(text);
    }
    if (!m_language->lineEdit()->isModified() || !m_language->hasFocus())
        m_language->setEditText(shown.language);
    m_source->showScript(shown.text, shown.file);
    m_idNote->setPointer(shown.entry + u"/scriptId"_s);
    m_systemTypeNote->setPointer(shown.action + u"/systemType"_s);
    m_languageNote->setPointer(shown.action + u"/actionType"_s);
    placeFindings();
}

QList<Finding> SystemActionsSection::placed(const QList<Finding> &findings)
{
    return m_languageNote->placed(m_systemTypeNote->placed(m_idNote->placed(findings)));
}

QString SystemActionsSection::freeName(const QString &stem) const
{
    const auto isTaken = [this](const QString &name) {
        return std::any_of(m_actions.begin(), m_actions.end(),
                           [&](const ScriptAction &action) { return action.id == name; });
    };
    QString name = stem;
    for (int number = 2; isTaken(name); ++number)
        name = stem + QString::number(number);
    return name;
}

void SystemActionsSection::add()
{
    if (!document() || !succeeded(addScriptAction(*document(), freeName(u"script"_s), {})))
        return;
    m_list->setCurrentRow(m_list->count() - 1);
    m_id->setFocus();
    m_id->selectAll();
}

void SystemActionsSection::duplicate()
{
    const auto action = current();
    if (!action)
        return;
    // The raw entry, so that what this form does not show is copied as well.
    const auto next = Document::fromBytes(document()->bytes());
    const JsonText &text = next->text();
    const int entry = text.at(action->entry);
    next->edit({appendElement(text, text.node(entry).parent, text.rawOf(entry))}, {});
    const QString last =
        next->text().pointerOf(next->text().node(next->text().at(u"/systemActions"_s)).lastChild);
    const auto renamed = next->setValue(last + u"/scriptId"_s, freeName(action->id), {});
    if (!succeeded(renamed))
        return;
    document()->setBytes(next->bytes(), tr("Duplicate script %1").arg(shownName(action->id)));
    m_list->setCurrentRow(m_list->count() - 1);
}

void SystemActionsSection::remove()
{
    if (const auto action = current())
        (void)succeeded(removeScriptAction(*document(), *action));
}

void SystemActionsSection::rename()
{
    const auto action = current();
    if (!action || !m_id->isModified())
        return;
    m_id->setModified(false);
    (void)succeeded(renameScriptAction(*document(), *action, m_id->text().trimmed()));
    showCurrent();
}

void SystemActionsSection::set(const QString &member, const QString &value, const QString &label)
{
    const auto action = current();
    m_systemType->setModified(false);
    m_language->lineEdit()->setModified(false);
    if (action)
        (void)succeeded(document()->setValue(action->action + u'/' + member, value, label));
}

void SystemActionsSection::setSource(const QString &member, const QString &other,
                                     const QString &value)
{
    const auto action = current();
    if (!action)
        return;
    const bool moves = document()->text().at(action->action + u'/' + other) != JsonText::none;
    if (!moves && member == "actionSource"_L1) {
        (void)succeeded(setScriptText(*document(), *action, value));
        return;
    }
    const auto next = Document::fromBytes(document()->bytes());
    const auto done = next->setValue(action->action + u'/' + member, value, {}).and_then([&] {
        return next->removeValue(action->action + u'/' + other, {});
    });
    if (succeeded(done))
        document()->setBytes(next->bytes(), tr("Script %1").arg(shownName(action->id)));
}

bool SystemActionsSection::showField(const QString &pointer)
{
    for (int row = 0; row < m_actions.size(); ++row) {
        if (isAtOrBelow(pointer, m_actions[row].entry))
            m_list->setCurrentRow(row);
    }
    m_list->setFocus(Qt::OtherFocusReason);
    return true;
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "records/values/choiceeditors.h"

#include "records/values/texteditors.h"

#include <QComboBox>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// A label for menus and buttons, where "&" and tabs have a meaning.
QString escaped(QString label)
{
    return label.replace(u'&', "&&"_L1).replace(u'\t', u' ');
}

/// A menu of check marks that stays open while they are set.
class CheckMenu final : public QMenu
{
public:
    using QMenu::QMenu;

    std::function<void()> accepted;

protected:
    void keyPressEvent(QKeyEvent *event) override
    {
        const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
        if (event->key() == Qt::Key_Space) {
            if (activeAction())
                activeAction()->toggle();
        } else if (isEnter) {
            close();
            accepted();
        } else {
            QMenu::keyPressEvent(event);
        }
    }
    /// Not QMenu's, which closes the menu in Qt 6.8.
    void mousePressEvent(QMouseEvent *event) override
    {
        QAction *action = actionAt(event->position().toPoint());
        if (action && event->button() == Qt::LeftButton)
            setActiveAction(action);
        else
            QMenu::mousePressEvent(event);
    }
    void mouseReleaseEvent(QMouseEvent *event) override
    {
        QAction *action = actionAt(event->position().toPoint());
        if (action && event->button() == Qt::LeftButton)
            action->toggle();
        else
            QMenu::mouseReleaseEvent(event);
    }
};

/// Opens the list; other keys that would move the focus do nothing.
class ListButton final : public QToolButton
{
public:
    using QToolButton::QToolButton;

protected:
    void keyPressEvent(QKeyEvent *event) override
    {
        switch (event->key()) {
        case Qt::Key_Space:
        case Qt::Key_Down:
        case Qt::Key_F4:
            return click();
        case Qt::Key_Up:
        case Qt::Key_Left:
        case Qt::Key_Right:
            return event->accept();
        default:
            QToolButton::keyPressEvent(event);
        }
    }
};

} // namespace

ChoiceEditor::ChoiceEditor(const PropertyDefinition &definition,
                           const QList<PropertyChoice> &choices, bool inCell, QWidget *parent)
    : PropertyEditor(parent)
    , m_definition(definition)
    , m_choices(choices)
    , m_box(new QComboBox(this))
{
    m_box->setFrame(!inCell);
    m_box->setEditable(true);
    m_box->setInsertPolicy(QComboBox::NoInsert);
    m_box->setDuplicatesEnabled(true); // Else Enter goes to the first item of that text.
    m_box->lineEdit()->setMaxLength(1 << 20);
    m_box->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_box->completer()->setFilterMode(Qt::MatchContains);
    m_box->setAccessibleName(definition.label);
    m_box->addItem(tr("(empty)", "no value"), QString());
    for (const PropertyChoice &choice : m_choices) {
        if (choice.isOffered)
            m_box->addItem(choice.label, choice.value);
    }
    fillEditor(this, m_box);
    connect(m_box, &QComboBox::activated, this, &PropertyEditor::chosen);
}

void ChoiceEditor::fill(const QString &text)
{
    int index = text.isEmpty() ? 0 : m_box->findData(text);
    if (index < 0) {
        const auto known =
            std::find_if(m_choices.begin(), m_choices.end(),
                         [&](const PropertyChoice &choice) { return choice.value == text; });
        m_box->addItem(known == m_choices.end() ? text : known->label, text);
        index = m_box->count() - 1;
    }
    m_box->setCurrentIndex(index);
}

QString ChoiceEditor::content() const
{
    return QString::number(m_box->currentIndex()) + u' ' + m_box->currentText();
}

TypedValue ChoiceEditor::entered() const
{
    const QString shown = m_box->currentText();
    if (shown == m_box->itemText(m_box->currentIndex()))
        return {m_box->currentData().toString(), {}};
    if (shown.trimmed().isEmpty() || shown == m_box->itemText(0))
        return {};
    return typedChoice(m_definition, m_choices, shown);
}

ManyChoicesEditor::ManyChoicesEditor(const PropertyDefinition &definition,
                                     const QList<PropertyChoice> &choices, QWidget *parent)
    : PropertyEditor(parent)
    , m_button(new ListButton(this))
{
    auto *menu = new CheckMenu(this);
    menu->accepted = [this] { emit chosen(); };
    m_menu = menu;
    m_button->setArrowType(Qt::DownArrow);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_button->setAccessibleName(definition.label);
    fillEditor(this, m_button);
    connect(m_button, &QToolButton::clicked, this, &ManyChoicesEditor::openList);
    for (const PropertyChoice &choice : choices) {
        QAction *action = m_menu->addAction(escaped(choice.label));
        action->setCheckable(true);
        action->setData(choice.value);
        action->setToolTip(choice.label);
        action->setVisible(choice.isOffered);
        connect(action, &QAction::toggled, this, &ManyChoicesEditor::showChoice);
    }
}

void ManyChoicesEditor::openList()
{
    m_menu->setMinimumWidth(width());
    m_menu->popup(mapToGlobal(QPoint(0, height())));
    const QList<QAction *> actions = m_menu->actions();
    for (QAction *action : actions) {
        if (action->isVisible())
            return m_menu->setActiveAction(action);
    }
}

void ManyChoicesEditor::fill(const QString &text)
{
    m_before = text.split(u';', Qt::SkipEmptyParts);
    m_unknown = m_before;
    for (QAction *action : m_menu->actions()) {
        m_unknown.removeAll(action->data().toString());
        action->setChecked(m_before.contains(action->data().toString()));
    }
    showChoice();
}

QString ManyChoicesEditor::content() const
{
    return values().join(u';');
}

TypedValue ManyChoicesEditor::entered() const
{
    return {values().join(u';'), {}};
}

QStringList ManyChoicesEditor::values() const
{
    QStringList chosen = m_unknown;
    for (const QAction *action : m_menu->actions()) {
        if (action->isChecked())
            chosen.append(action->data().toString());
    }
    // What was there keeps its order.
    QStringList values;
    for (const QString &value : m_before) {
        if (chosen.removeAll(value) > 0)
            values.append(value);
    }
    return values + chosen;
}

void ManyChoicesEditor::showChoice()
{
    QStringList labels = m_unknown;
    for (const QAction *action : m_menu->actions()) {
        if (action->isChecked())
            labels.append(action->toolTip());
    }
    const QString text = labels.isEmpty() ? tr("(none)", "no option chosen") : labels.join(u"; "_s);
    m_button->setText(escaped(text));
    m_button->setAccessibleDescription(text);
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "configuration/form/syncfailuresection.h"

#include "configuration/findings/jsonpointers.h"
#include "configuration/form/fieldnote.h"
#include "configuration/form/scriptsource.h"
#include "widgets/sizes.h"
#include "widgets/tallcontents.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const auto syncFailureBlock = u"/syncFailureHandler"_s;
const auto retriesPointer = syncFailureBlock + u"/maxRetries"_s;
const auto actionPointer = syncFailureBlock + u"/postRetryAction"_s;
const auto scriptPointer = actionPointer + u"/script"_s;

enum Mode { NotHandled, Forever, Counted };

} // namespace

SyncFailureSection::SyncFailureSection(QWidget *parent)
    : FormSection(
        tr("Sync failures"),
        tr("What IDM does when liveSync cannot bring a change over. The HubSpot connector "
           "has no liveSync, so this has no effect there; it does no harm either."),
        {syncFailureBlock}, parent)
    , m_mode(new QComboBox(this))
    , m_retries(new QSpinBox(this))
    , m_action(new QComboBox(this))
    , m_language(new QComboBox(this))
    , m_retriesNote(new FieldNote(tr("How often IDM tries again before it does what comes below; "
                                     "forever if no number is given. Not handled here "
                                     "takes the whole block out of the file."),
                                  this))
    , m_actionNote(new FieldNote(tr("What becomes of the change then. The dead letter queue keeps "
                                    "it in IDM's repository; nothing at all by default."),
                                 this))
    , m_script(new QWidget(this))
    , m_source(new ScriptSource(m_script))
{
    build();
    m_retriesNote->setPointer(retriesPointer);
    m_actionNote->setPointer(actionPointer);
    for (const FieldNote *note : {m_retriesNote, m_actionNote})
        connect(note, &FieldNote::fixWanted, this, &FormSection::fixWanted);
    connect(m_mode, &QComboBox::activated, this, &SyncFailureSection::commitRetries);
    connect(m_retries, &QSpinBox::editingFinished, this, [this] {
        if (m_mode->currentIndex() == Counted && document()
            && document()->value(retriesPointer).toInt(-1) != m_retries->value())
            commitRetries();
    });
    connect(m_action, &QComboBox::activated, this, &SyncFailureSection::commitAction);
    connect(m_language, &QComboBox::textActivated, this, [this](const QString &language) {
        set(u"/postRetryAction/script/type"_s, jsonQuoted(language), tr("Language"));
    });
    connect(m_source, &ScriptSource::textEdited, this,
            [this](const QString &text) { setScript(u"source"_s, u"file"_s, text); });
    connect(m_source, &ScriptSource::fileEdited, this,
            [this](const QString &file) { setScript(u"file"_s, u"source"_s, file); });
}

void SyncFailureSection::build()
{
    m_mode->addItems({tr("Not handled here"), tr("Until it works"), tr("This many times:")});
    m_mode->setAccessibleName(tr("Try again"));
    m_retries->setRange(0, std::numeric_limits<int>::max());
    m_retries->setAccessibleName(tr("Number of retries"));
    m_retries->setKeyboardTracking(false);
    m_action->addItems({tr("Nothing"), tr("Log it and go on"),
                        tr("Put it into the dead letter queue"), tr("Run a script")});
    m_action->setAccessibleName(tr("After that"));
    m_language->addItems({u"text/javascript"_s, u"groovy"_s});
    m_language->setAccessibleName(tr("Language"));
    auto *retryBox = new QWidget(this);
    auto *retries = new QHBoxLayout(retryBox);
    retries->setContentsMargins(0, 0, 0, 0);
    retries->addWidget(m_mode);
    retries->addWidget(m_retries);
    retries->addStretch(1);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    auto *retriesLabel = new QLabel(tr("Tr&y again:"), this);
    retriesLabel->setBuddy(m_mode);
    auto *actionLabel = new QLabel(tr("After th&at:"), this);
    actionLabel->setBuddy(m_action);
    form->addRow(retriesLabel, m_retriesNote->below(retryBox));
    form->addRow(actionLabel, m_actionNote->below(m_action));
    m_action->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    auto *script = new QVBoxLayout(m_script);
    script->setContentsMargins(0, 0, 0, 0);
    auto *language = new QFormLayout;
    language->addRow(tr("&Language:"), m_language);
    m_language->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    script->addLayout(language);
    script->addWidget(m_source, 1);
    auto *inside = new TallContents(TallContents::Least, this);
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(form);
    column->addWidget(m_script, 100);
    column->addStretch(1); // Keeps the fields together while there is no script.
    body()->addWidget(scrolling(inside, this), 1);
    keepPlaceForNotes();
}

SyncFailureSection::Action SyncFailureSection::action() const
{
    const JsonText &text = document()->text();
    const int node = text.at(actionPointer);
    if (node == JsonText::none || text.node(node).kind == JsonKind::Null)
        return NoAction;
    if (text.at(scriptPointer) != JsonText::none)
        return Script;
    const QString word = text.stringOf(node);
    if (word == "logged-ignore"_L1)
        return LoggedIgnore;
    return word == "dead-letter-queue"_L1 ? DeadLetterQueue : UnknownAction;
}

void SyncFailureSection::showValues()
{
    const bool usable = document() && document()->text().isValid();
    setEnabled(usable);
    if (!usable)
        return;
    showRetries();
    showAction();
}

void SyncFailureSection::showRetries()
{
    const bool isThere = document()->text().at(syncFailureBlock) != JsonText::none;
    const int retries = document()->value(retriesPointer).toInt(-1);
    m_mode->setCurrentIndex(!isThere ? NotHandled : retries < 0 ? Forever : Counted);
    m_retries->setVisible(m_mode->currentIndex() == Counted);
    if (retries >= 0)
        m_retries->setValue(retries);
    m_action->setEnabled(m_mode->currentIndex() == Counted);
}

void SyncFailureSection::showAction()
{
    const Action shown = action();
    if (shown == UnknownAction && m_action->count() == UnknownAction)
        m_action->addItem(QString());
    if (shown == UnknownAction)
        m_action->setItemText(UnknownAction,
                              document()->text().stringOf(document()->text().at(actionPointer)));
    else if (m_action->count() > UnknownAction)
        m_action->removeItem(UnknownAction);
    m_action->setCurrentIndex(shown);
    m_script->setVisible(shown == Script);
    if (shown != Script)
        return;
    const QString language = document()->value(scriptPointer + u"/type"_s).toString();
    if (m_language->findText(language) < 0)
        m_language->addItem(language);
    m_language->setCurrentText(language);
    m_source->showScript(document()->value(scriptPointer + u"/source"_s).toString(),
                         document()->value(scriptPointer + u"/file"_s).toString());
}

void SyncFailureSection::commitRetries()
{
    if (!document())
        return;
    const QString name = tr("Retries");
    if (m_mode->currentIndex() == NotHandled) {
        (void)succeeded(document()->removeValue(syncFailureBlock, name));
        return;
    }
    const bool always = m_mode->currentIndex() == Forever;
    set(u"/maxRetries"_s, always ? QByteArray("-1") : QByteArray::number(m_retries->value()), name);
}

void SyncFailureSection::commitAction(int chosen)
{
    const QString name = tr("After the retries");
    if (!document() || chosen == action())
        return;
    if (chosen == NoAction)
        (void)succeeded(document()->removeValue(actionPointer, name));
    else if (chosen == Script)
        set(u"/postRetryAction"_s, R"({"script": {"type": "text/javascript", "source": ""}})",
            name);
    else
        set(u"/postRetryAction"_s,
            chosen == LoggedIgnore ? R"("logged-ignore")" : R"("dead-letter-queue")", name);
}

void SyncFailureSection::set(const QString &member, const QByteArray &json, const QString &label)
{
    if (document())
        (void)succeeded(document()->setRaw(syncFailureBlock + member, json, label));
}

void SyncFailureSection::setScript(const QString &member, const QString &other,
                                   const QString &value)
{
    if (!document() || action() != Script)
        return;
    const auto next = Document::fromBytes(document()->bytes());
    const auto done = next->setValue(scriptPointer + u'/' + member, value, {}).and_then([&] {
        return next->removeValue(scriptPointer + u'/' + other, {});
    });
    if (succeeded(done))
        document()->setBytes(next->bytes(), tr("Script after the retries"));
}

QList<Finding> SyncFailureSection::placed(const QList<Finding> &findings)
{
    return m_actionNote->placed(m_retriesNote->placed(findings));
}

bool SyncFailureSection::showField(const QString &pointer)
{
    QWidget *field = isAtOrBelow(pointer, scriptPointer) ? static_cast<QWidget *>(m_source)
        : isAtOrBelow(pointer, actionPointer) && m_action->isEnabled() ? m_action
                                                                       : m_mode;
    field->setFocus(Qt::OtherFocusReason);
    return true;
}

} // namespace hubkeeper

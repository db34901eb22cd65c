// SPDX-License-Identifier: MIT
#include "idm/servers/accountkeyfield.h"

#include "base/savefile.h"
#include "idm/access/signingkey.h"
#include "widgets/wrappedlabel.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 largestKeyFile = 1 << 20; ///< Bytes.
constexpr int shownLines = 3;

} // namespace

SecretPasteEdit::SecretPasteEdit(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setUndoRedoEnabled(false);
    setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    setFixedHeight(fontMetrics().lineSpacing() * shownLines + 2 * frameWidth()
                   + int(2 * document()->documentMargin()));
}

bool SecretPasteEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasText() || source->hasUrls();
}

void SecretPasteEdit::insertFromMimeData(const QMimeData *source)
{
    const QUrl file = source->urls().value(0);
    if (file.isLocalFile()) {
        emit fileArrived(file.toLocalFile());
        return;
    }
    QByteArray text = source->text().toUtf8();
    emit arrived(text);
    wipe(text);
}

void SecretPasteEdit::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        return event->ignore(); // The dialog's.
    const bool isText = !event->text().isEmpty() && event->text().front().isPrint();
    if (!isText || event->matches(QKeySequence::Paste))
        return QPlainTextEdit::keyPressEvent(event);
    event->accept();
    emit typed();
}

/// What an input method hands over at once, as a password store does, is as good as pasted.
void SecretPasteEdit::inputMethodEvent(QInputMethodEvent *event)
{
    event->accept();
    if (event->commitString().isEmpty())
        return;
    QByteArray text = event->commitString().toUtf8();
    emit arrived(text);
    wipe(text);
}

AccountKeyField::AccountKeyField(QWidget *parent)
    : QWidget(parent)
    , m_edit(new SecretPasteEdit(this))
    , m_choose(new QPushButton(tr("&Choose File…"), this))
    , m_remove(new QPushButton(tr("Remo&ve"), this))
    , m_said(new WrappedLabel(this))
{
    m_edit->setObjectName(u"key"_s);
    m_edit->setAccessibleName(tr("Key of the service account"));
    m_choose->setObjectName(u"chooseKey"_s);
    m_choose->setToolTip(tr("The private key that the cloud's console handed out, a JWK."));
    m_remove->setObjectName(u"removeKey"_s);
    m_remove->setToolTip(tr("Take back what was pasted or chosen."));
    m_said->setObjectName(u"keySaid"_s);
    auto *buttons = new QVBoxLayout;
    for (QPushButton *button : {m_choose, m_remove}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto *row = new QHBoxLayout;
    row->addWidget(m_edit, 1);
    row->addLayout(buttons);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addLayout(row);
    column->addWidget(m_said);
    connect(m_edit, &SecretPasteEdit::arrived, this,
            [this](QByteArray &text) { take(std::exchange(text, {})); });
    connect(m_edit, &SecretPasteEdit::fileArrived, this, &AccountKeyField::takeFile);
    connect(m_edit, &SecretPasteEdit::typed, this, [this] {
        if (!m_key && !m_error)
            say(tr("A key is not typed: paste it, or choose its file."));
    });
    connect(m_choose, &QPushButton::clicked, this, &AccountKeyField::chooseFile);
    connect(m_remove, &QPushButton::clicked, this, &AccountKeyField::remove);
    setFocusProxy(m_edit);
    remove();
}

std::optional<Secret> AccountKeyField::key() const
{
    return m_key ? std::optional(m_key->clone()) : std::nullopt;
}

void AccountKeyField::setHint(const QString &hint)
{
    m_hint = hint;
    if (!m_key && !m_error)
        m_edit->setPlaceholderText(m_hint);
}

void AccountKeyField::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Choose the Key"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Keys (*.jwk *.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &AccountKeyField::takeFile);
    dialog->open();
}

void AccountKeyField::takeFile(const QString &path)
{
    take(readFile(path, largestKeyFile));
}

void AccountKeyField::take(Result<QByteArray> text)
{
    m_key.reset();
    m_error.reset();
    auto kept = std::move(text).and_then(
        [](QByteArray &&bytes) { return keptKeyFrom(Secret(std::move(bytes))); });
    if (kept)
        m_key = std::move(*kept);
    else
        m_error = kept.error();
    say(m_key ? tr("The key is good. It is not shown.") : m_error->sentence());
    emit changed();
}

void AccountKeyField::remove()
{
    m_key.reset();
    m_error.reset();
    say({});
    emit changed();
}

void AccountKeyField::say(const QString &said)
{
    const bool isGiven = m_key || m_error;
    m_said->setText(said);
    m_said->setVisible(!said.isEmpty());
    m_edit->setPlaceholderText(m_key ? tr("A key was given.") : m_error ? QString() : m_hint);
    m_edit->setAccessibleDescription(said);
    if (m_remove->hasFocus() && !isGiven)
        m_edit->setFocus();
    m_remove->setEnabled(isGiven);
}

} // namespace hubkeeper

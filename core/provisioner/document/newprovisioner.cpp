// SPDX-License-Identifier: MIT
#include "provisioner/document/newprovisioner.h"

#include "provisioner/confidential/confidentialtexts.h"
#include "provisioner/confidential/secretmask.h"
#include "provisioner/document/document.h"
#include "provisioner/model/connectorproperties.h"
#include "provisioner/provisionertext.h"
#include "provisioner/text/frodofile.h"

#include <QFile>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Also a second member of that name, which a parser would take for the value.
void nullAll(Document &document, int object, const QString &key)
{
    const JsonText &text = document.text();
    QList<TextEdit> edits;
    for (int child = object == JsonText::none ? JsonText::none : text.node(object).firstChild;
         child != JsonText::none; child = text.node(child).next) {
        if (text.keyOf(child) == key && text.node(child).kind != JsonKind::Null)
            edits.append(replaceValue(text, child, "null"));
    }
    document.edit(edits, {});
}

void dropShiftedValues(Document &document)
{
    for (;;) {
        const std::vector<int> members = shiftedValues(document.text());
        if (members.empty())
            return;
        document.edit({removeChild(document.text(), members.front())}, {});
    }
}

/// What else looks like a secret: a token under a key the connector does not know, say, and what
/// repeats one.
void nullOtherSecrets(Document &document, const ConfidentialTexts &secrets)
{
    const JsonText &text = document.text();
    QList<TextEdit> edits;
    for (int node = 0; node < text.nodeCount(); ++node) {
        const bool repeats =
            text.node(node).kind == JsonKind::String && secrets.isIn(text.stringOf(node));
        if (repeats || isConfidential(text, node))
            edits.append(replaceValue(text, node, "null"));
    }
    document.edit(edits, {});
}

/// Whether a comment may hold a secret: it speaks of one, repeats one, or holds what nobody writes
/// by hand, such as a UUID.
bool mayHoldSecret(const QString &comment, const ConfidentialTexts &secrets)
{
    static const QRegularExpression name(
        u"secret|token|pass(?:word|phrase)|api_?key|private_?key"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression opaque(u"(?=[\\w+/-]*\\d)(?=[\\w+/-]*[A-Za-z])[\\w+/-]{16,}"_s);
    return comment.contains(name) || comment.contains(opaque) || secrets.isIn(comment);
}

/// All comments if one of them may hold a secret: a value that was commented out may go over
/// several of them.
void dropRevealingComments(Document &document, const ConfidentialTexts &secrets)
{
    const JsonText &text = document.text();
    const bool telling =
        std::any_of(text.comments().begin(), text.comments().end(), [&](const Span &comment) {
            return mayHoldSecret(QString::fromUtf8(text.bytes().mid(comment.begin, comment.size())),
                                 secrets);
        });
    if (!telling)
        return;
    QList<TextEdit> edits;
    for (const Span &comment : text.comments())
        edits.append({comment.begin, comment.size(), {}});
    document.edit(edits, {});
}

/// Out of what frodo puts around it, and as far to the left as it belongs then.
QByteArray provisionerAlone(const QByteArray &bytes)
{
    const JsonText text(bytes);
    if (!isFrodoFile(text))
        return bytes;
    const qsizetype key = text.node(text.root()).key.begin;
    const qsizetype line = text.lineStart(key);
    const QByteArray before = bytes.mid(line, key - line);
    QByteArray alone = text.rawOf(text.root());
    if (before.trimmed().isEmpty())
        alone.replace('\n' + before, "\n");
    return alone + '\n';
}

} // namespace

QByteArray sampleProvisioner()
{
    QFile file(u":/samples/provisioner.openicf-hubspot.json"_s);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen);
    const auto document = Document::fromBytes(isOpen ? file.readAll() : QByteArray());
    const auto emptied =
        document->setRaw(u"/configurationProperties/clientId"_s, "null", {}).and_then([&] {
            return document->setRaw(u"/enabled"_s, "false", {});
        });
    Q_ASSERT(emptied);
    return document->bytes();
}

Result<QByteArray> copyOfProvisioner(const QByteArray &source)
{
    const auto document = Document::fromBytes(provisionerAlone(source));
    const JsonText &text = document->text();
    if (!text.isValid() || text.node(text.root()).kind != JsonKind::Object) {
        return fail(
            ErrorKind::InvalidInput,
            document->firstFault().value_or(ProvisionerText::tr("The file holds no JSON object.")),
            ProvisionerText::tr("Correct it first, or start from the sample."));
    }
    const ConfidentialTexts secrets(text);
    dropRevealingComments(*document, secrets);
    dropShiftedValues(*document);
    for (const ConnectorProperty &property : connectorProperties()) {
        if (property.isConfidential()) {
            nullAll(*document, document->text().at(u"/configurationProperties"_s),
                    QString::fromLatin1(property.name));
        }
    }
    nullOtherSecrets(*document, secrets);
    for (const QString &pointer : {u"/_id"_s, u"/_rev"_s}) {
        if (const auto removed = document->removeValue(pointer, {}); !removed)
            return tl::unexpected(removed.error());
    }
    return document->bytes();
}

Result<QString> provisionerFileName(const QString &name)
{
    static const QRegularExpression allowed(u"^[A-Za-z0-9]+\\z"_s);
    if (!allowed.match(name).hasMatch()) {
        return fail(
            ErrorKind::InvalidInput,
            ProvisionerText::tr("\"%1\" cannot name a connector: IDM takes letters and digits.")
                .arg(name),
            ProvisionerText::tr("Choose a name like hubspot or hubspotEu."));
    }
    return u"provisioner.openicf-%1.json"_s.arg(name);
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "provisioner/confidential/publicwords.h"

#include "provisioner/model/provisionerkeys.h"
#include "provisioner/text/jsontext.h"

#include <QFile>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const QString &sampleText()
{
    static const QString text = [] {
        QFile file(u":/samples/provisioner.openicf-hubspot.json"_s);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }();
    return text;
}

QSet<QString> publicWords()
{
    QSet<QString> words {u"true"_s, u"false"_s, u"null"_s};
    for (const ProvisionerKey &key : provisionerKeys())
        words.insert(QString::fromLatin1(key.name));
    const JsonText sample(sampleText().toUtf8());
    for (int node = 0; node < sample.nodeCount(); ++node) {
        words.insert(sample.keyOf(node));
        words.insert(sample.stringOf(node));
    }
    return words;
}

} // namespace

bool isPublic(QStringView stretch)
{
    return sampleText().contains(stretch);
}

bool isPublicWord(QStringView word)
{
    static const QSet<QString> words = publicWords();
    return words.contains(word.toString());
}

} // namespace hubkeeper

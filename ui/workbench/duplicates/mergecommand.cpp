// SPDX-License-Identifier: MIT
#include "workbench/duplicates/mergecommand.h"

#include "net/shellquote.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString mergeCommand(const QString &provisioner, const GroupWish &wish,
                     const QList<RecordImage> &images)
{
    QStringList words {
        u"hubkeeper-cli"_s, u"merge"_s,
        provisioner,        wish.type == ObjectType::Contacts ? u"contact"_s : u"company"_s,
        u"--primary"_s,     wish.keptId};
    for (const QString &id : wish.otherIds)
        words << u"--merged"_s << id;
    QStringList properties = wish.wanted.keys();
    properties.sort();
    for (const QString &property : std::as_const(properties)) {
        const QString text = wish.wanted.value(property);
        const auto owner = std::find_if(images.begin(), images.end(), [&](const auto &image) {
            return image.record.text(property) == text;
        });
        if (owner != images.end())
            words << u"--take"_s << property + u'=' + owner->record.id;
        else
            words << u"--set"_s << property + u'=' + text;
    }
    for (QString &word : words)
        word = shellWord(word);
    return words.join(u' ');
}

} // namespace hubkeeper

// SPDX-License-Identifier: MIT
#include "provisioner/document/merge.h"

#include "provisioner/document/mergeditems.h"
#include "provisioner/document/trivia.h"
#include "provisioner/document/valuemeanings.h"
#include "provisioner/provisionertext.h"
#include "provisioner/text/frodofile.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int outermost = 0;

/// One of the three texts.
struct ReadSide
{
    ReadSide(const QByteArray &bytes, ValueMeanings &numbers)
        : text(bytes)
        , meanings(numbers.of(text))
    {
    }

    [[nodiscard]] bool isObject(int node) const { return isKind(node, JsonKind::Object); }
    [[nodiscard]] bool isList(int node) const { return isKind(node, JsonKind::Array); }
    [[nodiscard]] bool hasTwins(int node) const { return meanings[size_t(node)].hasTwins; }

    /// An object whose members can be merged: `$crypto` and coercions are values of their own.
    [[nodiscard]] bool isOpen(int node) const
    {
        if (!isObject(node) || hasTwins(node))
            return false;
        const JsonText::Node &object = text.node(node);
        return object.childCount != 1 || !text.keyOf(object.firstChild).startsWith(u'$');
    }

    [[nodiscard]] QByteArray commentsIn(Span span) const
    {
        QByteArray all;
        for (const Span &comment : text.comments()) {
            if (comment.begin >= span.begin && comment.end <= span.end)
                all += text.bytes().sliced(comment.begin, comment.size());
        }
        return all;
    }

    /// The byte order mark, and what comes before and after the outermost value.
    [[nodiscard]] QByteArray mark() const
    {
        return text.bytes().first(text.bytes().startsWith("\xEF\xBB\xBF") ? 3 : 0);
    }
    [[nodiscard]] QByteArray head() const
    {
        return text.bytes().first(text.node(outermost).span.begin).sliced(mark().size());
    }
    [[nodiscard]] QByteArray tail() const
    {
        return text.bytes().sliced(text.node(outermost).span.end);
    }

    const JsonText text;
    const std::vector<ValueMeanings::Meaning> meanings;

private:
    [[nodiscard]] bool isKind(int node, JsonKind kind) const
    {
        return node != JsonText::none && text.node(node).kind == kind;
    }
};

/// The same value in the three texts, or none where it is not.
struct Place
{
    int base = JsonText::none;
    int mine = JsonText::none;
    int theirs = JsonText::none;
};

QString below(const QString &pointer, QString key)
{
    return pointer + u'/' + key.replace(u"~"_s, u"~0"_s).replace(u"/"_s, u"~1"_s);
}

class MergeTexts
{
public:
    MergeTexts(const ReadSide &base, const ReadSide &mine, const ReadSide &theirs,
               const QHash<QString, MergeSide> &choices)
        : m_base(base)
        , m_mine(mine)
        , m_theirs(theirs)
        , m_choices(choices)
    {
    }

    Merge run() &&
    {
        const Place roots {outermost, outermost, outermost}; // What frodo puts around included.
        const QByteArray baseMark = m_base.mark();
        m_writer.add(resolved(mergedWhole(&baseMark, m_mine.mark(), m_theirs.mark())));
        const QByteArray baseHead = m_base.head();
        writeTrivia(&baseHead, m_mine.head(), m_theirs.head());
        const bool isFrodos = isFrodoFile(m_mine.text) || isFrodoFile(m_theirs.text);
        mergeValue(roots, isFrodos ? u".."_s : QString());
        const QByteArray baseTail = m_base.tail();
        writeTrivia(&baseTail, m_mine.tail(), m_theirs.tail());
        m_merge.bytes = m_writer.text();
        return std::move(m_merge);
    }

private:
    [[nodiscard]] static bool isSame(const ReadSide &a, int nodeA, const ReadSide &b, int nodeB)
    {
        if (nodeA == JsonText::none || nodeB == JsonText::none)
            return nodeA == nodeB;
        return a.meanings[size_t(nodeA)].number == b.meanings[size_t(nodeB)].number;
    }

    void mergeValue(const Place &at, const QString &pointer)
    {
        const bool isBaseOpen = at.base == JsonText::none || m_base.isOpen(at.base);
        if (m_mine.isOpen(at.mine) && m_theirs.isOpen(at.theirs) && isBaseOpen)
            return mergeObjects(at, pointer);
        if (isSame(m_mine, at.mine, m_theirs, at.theirs))
            return mergeSameValue(at, pointer);
        const bool isMineNew = !isSame(m_base, at.base, m_mine, at.mine);
        const bool isTheirsNew = !isSame(m_base, at.base, m_theirs, at.theirs);
        if (isMineNew && isTheirsNew)
            return decide(at, pointer);
        if (m_base.isList(at.base) && m_mine.isList(at.mine) && m_theirs.isList(at.theirs))
            return mergeChangedList(at, pointer);
        if (isTheirsNew && hasMyComments(at.base, at.mine))
            return decide(at, pointer);
        count(isMineNew ? MergeSide::Mine : MergeSide::Theirs);
        m_writer.add(isMineNew ? m_mine.text.rawOf(at.mine) : m_theirs.text.rawOf(at.theirs));
    }

    /// Both mean the same; only how it is written can differ.
    void mergeSameValue(Place at, const QString &pointer)
    {
        const bool isBaseSame = isSame(m_base, at.base, m_mine, at.mine);
        const bool isObject = m_mine.isObject(at.mine) && !m_mine.hasTwins(at.mine)
            && !m_theirs.hasTwins(at.theirs) && !(isBaseSame && m_base.hasTwins(at.base));
        if (!isObject && !m_mine.isList(at.mine)) {
            const QByteArray base = m_base.text.rawOf(at.base);
            return m_writer.add(resolved(
                mergedWhole(&base, m_mine.text.rawOf(at.mine), m_theirs.text.rawOf(at.theirs))));
        }
        if (!isBaseSame)
            at.base = JsonText::none;
        if (isObject)
            return mergeObjects(at, pointer);
        Containers all = containersOf(at);
        if (all.base)
            numberInOrder(*all.base);
        numberInOrder(all.mine);
        numberInOrder(all.theirs);
        mergeItems(all, '[', ']', pointer);
    }

    void mergeObjects(const Place &at, const QString &pointer)
    {
        mergeItems(containersOf(at), '{', '}', pointer);
    }

    /// One side changed elements, the other at most how they are written.
    void mergeChangedList(const Place &at, const QString &pointer)
    {
        const bool isMineNew = !isSame(m_base, at.base, m_mine, at.mine);
        Containers all = containersOf(at);
        numberInOrder(*all.base);
        numberInOrder(isMineNew ? all.theirs : all.mine);
        numberAfter(numbersOf(m_base, *all.base),
                    isMineNew ? numbersOf(m_mine, all.mine) : numbersOf(m_theirs, all.theirs),
                    isMineNew ? all.mine : all.theirs);
        const TokenWriter writer = m_writer;
        const int contested = m_merge.contested;
        ++m_listDepth;
        mergeItems(all, '[', ']', pointer);
        if (--m_listDepth > 0)
            return;
        if (std::exchange(m_isCommentLost, false)) { // Elements cannot be decided on.
            m_writer = writer;
            m_merge.contested = contested;
            return decide(at, pointer);
        }
        count(isMineNew ? MergeSide::Mine : MergeSide::Theirs);
    }

    static std::vector<int> numbersOf(const ReadSide &side, const ContainerParts &list)
    {
        std::vector<int> numbers;
        for (const ContainerItem &item : list.items)
            numbers.push_back(side.meanings[size_t(item.node)].number);
        return numbers;
    }

    [[nodiscard]] Containers containersOf(const Place &at) const
    {
        Containers all;
        if (at.base != JsonText::none)
            all.base = partsOf(m_base.text, at.base);
        all.mine = partsOf(m_mine.text, at.mine);
        all.theirs = partsOf(m_theirs.text, at.theirs);
        return all;
    }

    void mergeItems(const Containers &all, char open, char close, const QString &pointer)
    {
        const ItemsById base = all.base ? itemsById(*all.base) : ItemsById();
        const ItemsById mine = itemsById(all.mine);
        const ItemsById theirs = itemsById(all.theirs);
        const MergedOrder order = mergedOrder(all);
        std::vector<MergedItem> items;
        for (const QString &id : order.ids) {
            const MergedItem item {id, base.value(id), mine.value(id), theirs.value(id)};
            if ((item.mine && item.theirs) || staysAlone(item, pointerOf(item, pointer)))
                items.push_back(item);
        }
        m_merge.contested += order.isContested;
        m_writer.add(QByteArray(1, open));
        writeTrivia(all.base ? &all.base->opening : nullptr, all.mine.opening, all.theirs.opening);
        for (size_t i = 0; i < items.size(); ++i)
            writeItem(all, items[i], i + 1 == items.size(), pointerOf(items[i], pointer));
        writeTrivia(all.base ? &all.base->closing : nullptr, all.mine.closing, all.theirs.closing);
        m_writer.add(QByteArray(1, close));
    }

    /// As JsonText::pointerOf().
    [[nodiscard]] QString pointerOf(const MergedItem &item, const QString &container) const
    {
        const bool isRoot = item.mine && item.theirs && item.mine->node == m_mine.text.root()
            && item.theirs->node == m_theirs.text.root();
        return isRoot ? QString() : below(container, item.id);
    }

    /// Whether an item that one side has is in the merge.
    bool staysAlone(const MergedItem &item, const QString &pointer)
    {
        const bool isMine = item.mine != nullptr;
        const ReadSide &side = isMine ? m_mine : m_theirs;
        const ContainerItem &here = isMine ? *item.mine : *item.theirs;
        if (!item.base) {
            count(isMine ? MergeSide::Mine : MergeSide::Theirs);
            return true;
        }
        const bool isChanged = !isSame(m_base, item.base->node, side, here.node);
        const bool isCommented =
            isMine && m_base.commentsIn(item.base->region) != m_mine.commentsIn(here.region);
        if (!isChanged && !isCommented) {
            count(isMine ? MergeSide::Theirs : MergeSide::Mine);
            return false;
        }
        const Place at {item.base->node, isMine ? here.node : JsonText::none,
                        isMine ? JsonText::none : here.node};
        return (conflict(at, pointer) == MergeSide::Mine) == isMine;
    }

    void writeItem(const Containers &all, const MergedItem &item, bool isLast,
                   const QString &pointer)
    {
        m_writer.addTrivia(piece(all, item, &ContainerItem::lead));
        const ContainerItem &any = item.mine ? *item.mine : *item.theirs;
        if (!any.key.isEmpty()) {
            m_writer.add(item.mine && item.theirs
                             ? resolved(mergedWhole(item.base ? &item.base->key : nullptr,
                                                    item.mine->key, item.theirs->key))
                             : any.key);
            m_writer.addTrivia(piece(all, item, &ContainerItem::beforeColon));
            m_writer.add(":");
            m_writer.addTrivia(piece(all, item, &ContainerItem::afterColon));
        }
        if (item.mine && item.theirs) {
            mergeValue(
                {item.base ? item.base->node : JsonText::none, item.mine->node, item.theirs->node},
                pointer);
        } else {
            m_writer.add((item.mine ? m_mine : m_theirs).text.rawOf(any.node));
        }
        const QByteArray beforeComma = piece(all, item, &ContainerItem::beforeComma);
        if (!isLast || !beforeComma.trimmed().isEmpty())
            m_writer.addTrivia(beforeComma);
        if (!isLast)
            m_writer.add(",");
        m_writer.addTrivia(piece(all, item, &ContainerItem::trail));
    }

    QByteArray piece(const Containers &all, const MergedItem &item,
                     QByteArray ContainerItem::*which)
    {
        if (item.mine && item.theirs) {
            return resolved(mergedTrivia(item.base ? &(item.base->*which) : nullptr,
                                         item.mine->*which, item.theirs->*which));
        }
        if (item.mine)
            return likeNeighbour(all, all.mine, *item.mine, which);
        return likeNeighbour(all, all.theirs, *item.theirs, which);
    }

    [[nodiscard]] bool hasMyComments(int base, int mine) const
    {
        return m_base.commentsIn(m_base.text.node(base).span)
            != m_mine.commentsIn(m_mine.text.node(mine).span);
    }

    void decide(const Place &at, const QString &pointer)
    {
        const bool isMine = conflict(at, pointer) == MergeSide::Mine;
        m_writer.add(isMine ? m_mine.text.rawOf(at.mine) : m_theirs.text.rawOf(at.theirs));
    }

    MergeSide conflict(const Place &at, const QString &pointer)
    {
        if (m_listDepth > 0) {
            m_isCommentLost = true;
            return MergeSide::Theirs;
        }
        m_merge.conflicts.append({pointer, m_base.text.rawOf(at.base), m_mine.text.rawOf(at.mine),
                                  m_theirs.text.rawOf(at.theirs)});
        const MergeSide side = m_choices.value(pointer, MergeSide::Theirs);
        if (side == MergeSide::Mine)
            count(side);
        return side;
    }

    void count(MergeSide side)
    {
        if (m_listDepth == 0)
            ++(side == MergeSide::Mine ? m_merge.mineTaken : m_merge.theirsKept);
    }

    QByteArray resolved(const MergedTrivia &part)
    {
        m_merge.contested += part.isContested;
        return part.bytes;
    }

    void writeTrivia(const QByteArray *base, const QByteArray &mine, const QByteArray &theirs)
    {
        m_writer.addTrivia(resolved(mergedTrivia(base, mine, theirs)));
    }

    const ReadSide &m_base;
    const ReadSide &m_mine;
    const ReadSide &m_theirs;
    const QHash<QString, MergeSide> &m_choices;
    TokenWriter m_writer;
    Merge m_merge;
    int m_listDepth = 0; ///< Within how many lists that one side changed.
    bool m_isCommentLost = false; ///< Such a list has no place for a comment that I changed.
};

Result<void> checkValid(const JsonText &text, const QString &what)
{
    if (text.isValid())
        return {};
    return fail(ErrorKind::InvalidInput, ProvisionerText::tr("%1 is not valid JSON.").arg(what),
                ProvisionerText::tr("Keep one of the two, or correct it in the text view first."));
}

} // namespace

Result<Merge> merged(const QByteArray &base, const QByteArray &mine, const QByteArray &theirs,
                     const QHash<QString, MergeSide> &choices)
{
    const std::pair<const QByteArray &, QString> sides[] {
        {base, ProvisionerText::tr("The file as it was read")},
        {mine, ProvisionerText::tr("Your text")},
        {theirs, ProvisionerText::tr("The file on disk")},
    };
    for (const auto &[bytes, what] : sides) {
        if (const auto valid = checkValid(JsonText(bytes), what); !valid)
            return tl::unexpected(valid.error());
    }
    QByteArray baseBytes = base;
    QByteArray myBytes = mine;
    QByteArray theirBytes = theirs;
    unifyLineEndings(baseBytes, myBytes, theirBytes);
    ValueMeanings numbers;
    const ReadSide baseSide(baseBytes, numbers);
    const ReadSide mySide(myBytes, numbers);
    const ReadSide theirSide(theirBytes, numbers);
    return MergeTexts(baseSide, mySide, theirSide, choices).run();
}

} // namespace hubkeeper

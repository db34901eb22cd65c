// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QStandardPaths>
#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

QStringList quoted(QStringList words)
{
    for (QString &word : words)
        word = u'\'' + word + u'\'';
    return words;
}

/// A line as it is typed: the last word is not finished.
QString typed(const QStringList &words)
{
    QStringList escaped;
    for (QString word : words)
        escaped.append(word.replace(u' ', u"\\ "_s));
    return u"hubkeeper-cli "_s + escaped.join(u' ');
}

} // namespace

/// What the shells themselves offer after a part of a command.
class TestCliCompletion final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void bash_data() { addRows(); }
    void bash();
    void zsh_data() { addRows(); }
    void zsh();
    void fish_data() { addRows(); }
    void fish();
    void describesInFish();

private:
    static void addRows();
    [[nodiscard]] QStringList answerOf(const QString &shell, const QStringList &arguments);

    Program m_program;
};

void TestCliCompletion::initTestCase()
{
    m_program.withoutKeychain();
    m_program.write(u"my file.json"_s, "{}");
    QDir().mkpath(m_program.path(u"bin"_s));
    QVERIFY(QFile::link(QStringLiteral(HUBKEEPER_CLI), m_program.path(u"bin/hubkeeper-cli"_s)));
    m_program.set(u"PATH"_s, m_program.path(u"bin"_s) + u':' + qEnvironmentVariable("PATH"));
    const Ended made = m_program.run({u"new"_s, u"conf.json"_s});
    QVERIFY2(made.code == 0, made.err);
    const Ended named =
        m_program.run({u"connections"_s, u"set"_s, u"conf.json"_s, u"--label"_s, u"Acme EU"_s});
    QVERIFY2(named.code == 0, named.err);
    for (const QString &label : {u"IDM one"_s, u"IDM two"_s}) {
        const Ended added =
            m_program.run({u"idm"_s, u"servers"_s, u"add"_s, label, u"http://localhost:1"_s});
        QVERIFY2(added.code == 0, added.err);
    }
    m_program.write(u"completion.bash"_s, m_program.run({u"completion"_s, u"bash"_s}).out);
    m_program.write(u"functions/_hubkeeper-cli"_s, m_program.run({u"completion"_s, u"zsh"_s}).out);
    m_program.write(u"completion.fish"_s, m_program.run({u"completion"_s, u"fish"_s}).out);
}

void TestCliCompletion::addRows()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const QStringList &words, const QStringList &expected) {
        QTest::newRow(name) << words << expected;
    };
    // clang-format off
    row("verbs",               {u"val"_s},                                       {u"validate"_s});
    row("verbs of a group",    {u"journal"_s, u"re"_s},                          {u"resolve"_s, u"revert"_s});
    row("options",             {u"validate"_s, u"--baselin"_s},                  {u"--baseline"_s});
    row("words of an option",  {u"validate"_s, u"--format"_s, u"s"_s},           {u"sarif"_s});
    row("words, once more",    {u"validate"_s, u"--format"_s, u"text"_s, u"--format"_s, u"j"_s}, {u"json"_s, u"junit"_s});
    row("modes",               {u"connections"_s, u"set"_s, u"p.json"_s, u"--mode"_s, u"re"_s},  {u"read-only"_s, u"review"_s});
    row("classes",             {u"search"_s, u"p.json"_s, u"con"_s},             {u"contact"_s, u"contactProperties"_s});
    row("rules",               {u"explain"_s, u"HK401"_s},                       {u"HK401"_s});
    row("rules of an option",  {u"validate"_s, u"--ignore"_s, u"HK401"_s},       {u"HK401"_s});
    row("shells",              {u"completion"_s, u"f"_s},                        {u"fish"_s});
    row("files with blanks",   {u"validate"_s, u"my"_s},                         {u"my file.json"_s});
    row("files of options",    {u"practice"_s, u"--tls-cert"_s, u"my"_s},        {u"my file.json"_s});
    row("a key",               {u"practice"_s, u"--tls-key"_s, u"my"_s},         {u"my file.json"_s});
    row("a file to start from", {u"new"_s, u"--from"_s, u"my"_s},                {u"my file.json"_s});
    row("connections to forget", {u"connections"_s, u"forget"_s, u"Acm"_s},      {u"Acme EU"_s});
    row("connections",         {u"connections"_s, u"show"_s, u"Acm"_s},          {u"Acme EU"_s});
    row("servers",             {u"idm"_s, u"servers"_s, u"forget"_s, u"IDM"_s},  {u"IDM one"_s, u"IDM two"_s});
    row("servers of an option", {u"idm"_s, u"status"_s, u"--server"_s, u"IDM"_s}, {u"IDM one"_s, u"IDM two"_s});
    row("server of a connection", {u"connections"_s, u"set"_s, u"conf.json"_s, u"--server"_s, u"IDM"_s}, {u"IDM one"_s, u"IDM two"_s});
    // clang-format on
}

/// The lines that a shell prints, sorted.
QStringList TestCliCompletion::answerOf(const QString &shell, const QStringList &arguments)
{
    QProcess process;
    m_program.prepare(process, {});
    process.setProgram(shell);
    process.setArguments(arguments);
    process.start();
    const Ended ended = Program::ended(process);
    if (ended.code != 0 || !ended.err.isEmpty())
        qWarning("%s: %d\n%s", qPrintable(shell), ended.code, ended.err.constData());
    QStringList lines = QString::fromUtf8(ended.out).split(u'\n', Qt::SkipEmptyParts);
    lines.sort();
    return lines;
}

void TestCliCompletion::bash()
{
    QFETCH(const QStringList, words);
    QFETCH(const QStringList, expected);
    m_program.write(u"ask.bash"_s,
                    u". ./completion.bash\nCOMP_WORDS=(hubkeeper-cli %1)\nCOMP_CWORD=%2\n"
                    "_hubkeeper_cli\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n"_s
                        .replace(u"%1"_s, quoted(words).join(u' '))
                        .replace(u"%2"_s, QString::number(words.size()))
                        .toUtf8());
    QCOMPARE(answerOf(u"bash"_s, {u"ask.bash"_s}), expected);
}

/// In a terminal of its own, by its own completion system: what that adds goes into a file.
void TestCliCompletion::zsh()
{
    if (QStandardPaths::findExecutable(u"zsh"_s).isEmpty())
        QSKIP("zsh is not installed");
    QFETCH(const QStringList, words);
    QFETCH(const QStringList, expected);
    m_program.write(u"child.zsh"_s, R"(
PROMPT=; HITS=$PWD/hits
fpath=($PWD/functions $fpath)
autoload -Uz compinit && compinit -u -d $PWD/dump
compadd() {
    if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
    local -a __hits
    builtin compadd -A __hits "$@"
    (( $#__hits )) && print -rl -- $__hits >> $HITS
    builtin compadd "$@"
}
ask() { zle complete-word; print -r -- END >> $HITS }
zle -N ask
bindkey '^I' ask
)");
    m_program.write(u"ask.zsh"_s,
                    uR"(
zmodload zsh/zpty
rm -f hits
zpty child zsh -f -i
zpty -w child 'source ./child.zsh; print READY > ready'
for i in {1..200}; do [[ -e ready ]] && break; sleep 0.05; done
rm -f ready
zpty -w -n child %1$'\t'
for i in {1..200}; do grep -q END hits 2>/dev/null && break; sleep 0.05; done
zpty -d child
grep -v -x END hits | sort -u
)"_s.replace(u"%1"_s, u'\'' + typed(words) + u'\'')
                        .toUtf8());
    QStringList lines = answerOf(u"zsh"_s, {u"-f"_s, u"ask.zsh"_s});
    lines.replaceInStrings(u"\\ "_s, u" "_s); // As it is put into the line.
    QCOMPARE(lines, expected);
}

void TestCliCompletion::fish()
{
    if (QStandardPaths::findExecutable(u"fish"_s).isEmpty())
        QSKIP("fish is not installed");
    QFETCH(const QStringList, words);
    QFETCH(QStringList, expected);
    const QStringList lines = answerOf(
        u"fish"_s,
        {u"--no-config"_s, u"-c"_s,
         u"source ./completion.fish; complete -C '%1' | string replace -r '\\t.*' ''; true"_s
             .replace(u"%1"_s, typed(words))});
    QStringList completed; // Version 4 also names what only contains the word.
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(completed),
                 [&](const QString &line) { return line.startsWith(words.last()); });
    QCOMPARE(completed, expected);
}

void TestCliCompletion::describesInFish()
{
    if (QStandardPaths::findExecutable(u"fish"_s).isEmpty())
        QSKIP("fish is not installed");
    const QStringList lines =
        answerOf(u"fish"_s,
                 {u"--no-config"_s, u"-c"_s,
                  u"source ./completion.fish; complete -C 'hubkeeper-cli schema diff --'"_s});
    QVERIFY2(!lines.filter(u"--live\tWith what HubSpot defines now"_s).isEmpty(),
             qPrintable(lines.join(u'\n')));
    QVERIFY2(lines.filter(u"--text"_s).isEmpty(), "--text belongs to another diff");
}

HUBKEEPER_TEST(TestCliCompletion)
#include "tst_clicompletion.moc"

// SPDX-License-Identifier: MIT
#include "testkit/testprogram.h"
#include "transportrig.h"

#include <random>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// How many requests are on their way at a time, and what frees a place.
class TestPlacesInFlight : public QObject
{
    Q_OBJECT

private slots:
    void neverMoreThanMaximum();
    void cancelFreesThePlace();
    void deletedParentFreesThePlace();
    void transportGoesFirst();
    void storm();
};

void TestPlacesInFlight::neverMoreThanMaximum()
{
    ScriptedServer server([](const WireRequest &) { return WireAnswer {.delay = 80ms}; });
    TransportOptions options = optionsFor(server);
    options.maximumConnections = 10;
    QnamTransport transport(options);
    QStringList order;

    int good = 0;
    for (int i = 0; i < 30; ++i) {
        transport.send(get(u"/%1"_s.arg(i)), token(), this)->onDone(this, [&](const auto &reply) {
            good += reply.has_value();
        });
    }
    QTRY_COMPARE(good, 30);

    QCOMPARE(server.seen.size(), 30u);
    QCOMPARE(server.peak(), 10); // More than Qt's six to a host, and not one too many.
}

void TestPlacesInFlight::cancelFreesThePlace()
{
    ScriptedServer server([](const WireRequest &request) {
        return WireAnswer {.silent = request.target == "/silent"};
    });
    TransportOptions options = optionsFor(server);
    options.maximumConnections = 1;
    QnamTransport transport(options);

    Call<HttpReply> *stuck = transport.send(get(u"/silent"_s), token(), this);
    Call<HttpReply> *waiting = transport.send(get(u"/waiting"_s), token(), this);
    Call<HttpReply> *last = transport.send(get(u"/last"_s), token(), this);
    std::optional<Result<HttpReply>> stuckOutcome;
    stuck->onDone(this, [&](const auto &reply) { stuckOutcome.emplace(reply); });
    QTRY_COMPARE(server.seen.size(), 1u);
    waiting->cancel();
    stuck->cancel();

    QVERIFY(outcomeOf(last).value());
    QCOMPARE(stuckOutcome->error().kind, ErrorKind::Cancelled);
    QCOMPARE(server.seen.size(), 2u);
    QCOMPARE(server.seen.at(1).target, "/last");
}

void TestPlacesInFlight::deletedParentFreesThePlace()
{
    ScriptedServer server([](const WireRequest &request) {
        return WireAnswer {.silent = request.target == "/silent"};
    });
    TransportOptions options = optionsFor(server);
    options.maximumConnections = 1;
    QnamTransport transport(options);
    auto page = std::make_unique<QObject>();

    (void)transport.send(get(u"/silent"_s), token(), page.get());
    Call<HttpReply> *last = transport.send(get(u"/last"_s), token(), this);
    QTRY_COMPARE(server.seen.size(), 1u);
    page.reset();

    QVERIFY(outcomeOf(last).value());
}

void TestPlacesInFlight::transportGoesFirst()
{
    ScriptedServer server([](const WireRequest &) { return WireAnswer {.silent = true}; });
    TransportOptions options = optionsFor(server);
    options.maximumConnections = 1;
    auto transport = std::make_unique<QnamTransport>(options);
    int cancelled = 0;
    for (int i = 0; i < 3; ++i) {
        transport->send(get(), token(), this)->onDone(this, [&](const auto &reply) {
            cancelled += !reply && reply.error().kind == ErrorKind::Cancelled;
        });
    }
    QTRY_COMPARE(server.seen.size(), 1u);

    transport.reset();

    QTRY_COMPARE(cancelled, 3);
}

/// Everything at once: each call ends once, no create arrives twice, no place is lost.
void TestPlacesInFlight::storm()
{
    std::minstd_rand random(11);
    ScriptedServer server([&](const WireRequest &) {
        WireAnswer answer {.delay = std::chrono::milliseconds(random() % 20)};
        switch (random() % 6) {
        case 0:
            answer.hangUp = true;
            break;
        case 1:
            answer.cutAfter = 1;
            break;
        case 2:
            answer.silent = random() % 4 == 0;
            break;
        default:
            break;
        }
        return answer;
    });
    TransportOptions options = optionsFor(server);
    options.silence = 300ms;
    QnamTransport transport(options);
    constexpr int requests = 400;
    std::vector<int> outcomes(requests, 0);
    std::vector<std::unique_ptr<QObject>> pages;
    int deleted = 0;

    for (int i = 0; i < requests; ++i) {
        pages.push_back(std::make_unique<QObject>());
        HttpRequest create = post(i % 3 ? Repeat::Never : Repeat::Safe);
        create.path = u"/%1"_s.arg(i);
        auto *call = transport.send(create, token(), pages.back().get());
        call->onDone(this, [&outcomes, i](const auto &) { ++outcomes[size_t(i)]; });
        if (random() % 10 == 0)
            QTimer::singleShot(int(random() % 400), call, [call] { call->cancel(); });
        if (i % 20 == 7) {
            QTimer::singleShot(int(random() % 400), this, [&pages, &deleted, &outcomes, i] {
                deleted += outcomes[size_t(i)] == 0;
                pages[size_t(i)].reset();
            });
        }
    }
    const auto ended = [&] { return std::count(outcomes.begin(), outcomes.end(), 1) + deleted; };
    QTRY_COMPARE_WITH_TIMEOUT(ended(), requests, 30'000);

    QCOMPARE(std::count_if(outcomes.begin(), outcomes.end(), [](int n) { return n > 1; }), 0);
    QHash<QByteArray, int> copies;
    for (const WireRequest &seen : server.seen)
        ++copies[seen.target];
    for (int i = 0; i < requests; ++i) {
        if (i % 3)
            QVERIFY(copies.value('/' + QByteArray::number(i)) <= 1);
    }
    // All ten places are free again.
    Call<HttpReply> *last = transport.send(get(u"/last"_s), token(), this);
    QVERIFY(outcomeOf(last));
}

HUBKEEPER_TEST(TestPlacesInFlight)
#include "tst_placesinflight.moc"

// SPDX-License-Identifier: MIT
#include "widgets/icons.h"

#include "base/log.h"
#include "widgets/colours.h"
#include "widgets/tones.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Draws an SVG whose colours are words ("currentColor", "good", "warning", "bad", "accent") that
/// are replaced by those of the palette.
class DrawingEngine final : public QIconEngine
{
public:
    explicit DrawingEngine(QString name)
        : m_name(std::move(name))
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        if (isThemed())
            return QIcon::fromTheme(m_name).paint(painter, rect, Qt::AlignCenter, mode, state);
        QSvgRenderer(coloured(mode)).render(painter, rect);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        if (isThemed())
            return QIcon::fromTheme(m_name).pixmap(size, 1.0, mode, state);
        const QString key = u"hubkeeper:%1:%2x%3:%4:%5"_s.arg(
            m_name, QString::number(size.width()), QString::number(size.height()),
            textColour(mode).name(), QString::number(int(mode)));
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state,
                         qreal scale) override
    {
        Q_UNUSED(scale)
        return pixmap(size, mode, state);
    }

    QIconEngine *clone() const override { return new DrawingEngine(m_name); }
    QString key() const override { return u"hubkeeper"_s; }
    bool isNull() override { return false; }

private:
    [[nodiscard]] bool isThemed() const
    {
        return usesSystemColours() && QIcon::hasThemeIcon(m_name);
    }

    [[nodiscard]] static QColor textColour(QIcon::Mode mode)
    {
        const QPalette palette = QApplication::palette();
        switch (mode) {
        case QIcon::Disabled:
            return palette.color(QPalette::Disabled, QPalette::WindowText);
        case QIcon::Selected:
            return palette.color(QPalette::HighlightedText);
        default:
            return palette.color(QPalette::WindowText);
        }
    }

    [[nodiscard]] QByteArray coloured(QIcon::Mode mode)
    {
        if (m_svg.isEmpty()) {
            QFile file(u":/icons/%1.svg"_s.arg(m_name));
            if (file.open(QIODevice::ReadOnly))
                m_svg = file.readAll();
        }
        const QColor text = textColour(mode);
        const bool plain = mode == QIcon::Disabled || mode == QIcon::Selected;
        const Tones tones = tonesOf(QApplication::palette());
        const auto name = [&](const QColor &tone) { return (plain ? text : tone).name().toUtf8(); };
        QByteArray svg = m_svg;
        svg.replace("\"currentColor\"", "\"" + text.name().toUtf8() + "\"");
        svg.replace("\"good\"", "\"" + name(tones.good) + "\"");
        svg.replace("\"warning\"", "\"" + name(tones.warning) + "\"");
        svg.replace("\"bad\"", "\"" + name(tones.bad) + "\"");
        svg.replace("\"accent\"", "\"" + name(tones.accent) + "\"");
        return svg;
    }

    const QString m_name;
    QByteArray m_svg;
};

} // namespace

QIcon icon(const QString &name)
{
    if (!QFile::exists(u":/icons/%1.svg"_s.arg(name))) {
        qCWarning(lcUi).noquote() << "There is no drawing for the icon" << name;
        return {};
    }
    return QIcon(new DrawingEngine(name));
}

QIcon programIcon()
{
    return QIcon(u":/icons/io.github.hubkeeper.Hubkeeper.svg"_s);
}

} // namespace hubkeeper

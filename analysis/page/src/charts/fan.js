// Fans: a band from P10 to P90 with the middle case in it, one panel for each quantity, and what they end with.
import {compose, label, textWidth, yearTicks} from '../drawing.js';
import {faint, okabe} from '../colours.js';
import {parseDay} from '../format.js';
import {drawAxes, drawBand, drawLine, drawUpright, roundTicks} from './axes.js';
import {todayIn} from './today.js';

/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Quantiles} Quantiles */
/** @typedef {{name: string, colour: string, series: Quantiles[]}} Panel */

/** The values at the end of the lines, as far as they do not crowd. @param {View} view @param {Panel} panel @param {import('./axes.js').Axes} axes @param {number} x @param {number} digits */
function endLabels(view, panel, axes, x, digits) {
    const [low, middle, high] = panel.series[panel.series.length - 1], at = axes.y(middle);
    const shown = [{value: middle, y: at, weight: 600}, ...[high, low].filter(value => Math.abs(axes.y(value) - at) >= 13).map(value => ({value, y: axes.y(value), weight: 400}))];
    return shown.map(({value, y, weight}) => label(x, y + 4, view.format.number(value, digits), {'font-size': 11, 'font-weight': weight, ...weight === 400 ? {fill: faint} : {}}));
}

/** @param {View} view @param {Panel} panel @param {Date[]} days @param {number} width @param {number} height */
function drawPanel(view, panel, days, width, height) {
    const {format, result} = view;
    const top = Math.max(...panel.series.map(([, , high]) => high), 1), digits = top < 4 ? 1 : 0;
    const ticks = roundTicks(0, top, 4), from = parseDay(result.start).getTime(), to = days[days.length - 1].getTime();
    const ends = panel.series[panel.series.length - 1], room = Math.max(...ends.map(value => textWidth(format.number(value, digits), 11, '600'))) + 8;
    const frame = {
        width, height, left: Math.max(...ticks.map(value => textWidth(format.number(value, digits), 11))) + 12, right: room, top: 30, bottom: 24,
        x: {from, to, ticks: yearTicks(new Date(from), days[days.length - 1], width - 76 - room).map(day => ({value: day.getTime(), text: String(day.getUTCFullYear())}))},
        y: {from: 0, to: ticks[ticks.length - 1], ticks: ticks.map(value => ({value, text: format.number(value, digits)}))},
    };
    const axes = drawAxes(frame), at = days.map(day => day.getTime());
    if (result.as_of !== undefined) drawUpright(axes, parseDay(result.as_of).getTime(), frame, {stroke: okabe.purple, 'stroke-width': 1.5});
    const today = todayIn(result);
    if (today) drawUpright(axes, today.getTime(), frame, {stroke: faint, 'stroke-dasharray': '2 2'});
    drawBand(axes, panel.series.map(([low, , high], i) => [at[i], low, high]), {fill: panel.colour, 'fill-opacity': 0.3});
    drawLine(axes, panel.series.map(([low], i) => [at[i], low]), {stroke: panel.colour, 'stroke-opacity': 0.6, 'stroke-width': 0.75});
    drawLine(axes, panel.series.map(([, , high], i) => [at[i], high]), {stroke: panel.colour, 'stroke-opacity': 0.6, 'stroke-width': 0.75});
    drawLine(axes, panel.series.map(([, middle], i) => [at[i], middle]), {stroke: panel.colour});
    axes.svg.append(...endLabels(view, panel, axes, width - room + 4, digits));
    return axes;
}

/** @param {View} view @param {Panel[]} panels @param {string} unit @param {boolean} firstWide @param {number} width */
export function drawFans(view, panels, unit, firstWide, width) {
    const days = view.result.months.map(parseDay);
    const small = firstWide ? panels.length - 1 : panels.length;
    const columns = Math.min(small, width >= 900 ? 4 : width >= 520 ? 2 : 1) || 1;
    const page = width >= 600 && width < 760; // of paper, where two of these shall find room
    const gap = 14, height = panels.length === 1 ? (page ? 180 : 280) : page ? 150 : 190, wide = page ? 190 : 240;
    /** @type {import('../drawing.js').Piece[]} */
    const pieces = [];
    /** @type {import('../types.js').Point[]} */
    const points = [];
    /** @type {SVGElement[]} */
    const titles = [];
    let y = 0;
    panels.forEach((panel, i) => {
        const alone = firstWide && i === 0, at = firstWide ? i - 1 : i;
        const column = alone ? 0 : at % columns;
        const w = alone ? width : (width - gap * (columns - 1)) / columns, h = alone ? wide : height;
        const x = alone ? 0 : column * (w + gap);
        const axes = drawPanel(view, panel, days, w, h);
        pieces.push({svg: axes.svg, x, y});
        const title = panel.name ? `${panel.name}, ${unit}` : unit, size = panel.name ? 13 : 11;
        titles.push(label(x + 4, y + 14, title, {'font-weight': panel.name ? 600 : 400, 'font-size': Math.min(size, size * (w - 8) / textWidth(title, size, '600'))}));
        for (const m of yearEnds(days)) {
            const [p10, p50, p90] = panel.series[m];
            points.push({
                x: x + axes.x(days[m].getTime()), y: y + axes.y(p50),
                text: view.words.fanPoint({name: panel.name, when: view.format.day(days[m]), p10: view.format.number(p10), p50: view.format.number(p50), p90: view.format.number(p90), unit}),
            });
        }
        const lastInRow = alone || column === columns - 1 || i === panels.length - 1;
        if (lastInRow) y += h + 8;
    });
    const svg = compose(width, y, pieces);
    svg.append(...titles);
    return {svg, points};
}

/** @param {Date[]} days */
const yearEnds = days => days.flatMap((day, m) => day.getUTCMonth() === 11 || m === days.length - 1 ? [m] : []);

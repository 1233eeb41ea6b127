// Fans: a band from P10 to P90 with the middle case in it, one panel for each quantity.
import * as Plot from '@observablehq/plot';
import {compose, label, plot, yearTicks} from '../drawing.js';
import {okabe, rule} from '../colours.js';
import {parseDay} from '../format.js';

/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Quantiles} Quantiles */
/** @typedef {{name: string, colour: string, series: Quantiles[]}} Panel */

/** @param {View} view @param {Panel} panel @param {Date[]} days @param {number} width @param {number} height */
function drawPanel(view, panel, days, width, height) {
    const rows = days.map((day, i) => ({day, low: panel.series[i][0], middle: panel.series[i][1], high: panel.series[i][2]}));
    const top = Math.max(...rows.map(row => row.high), 1);
    return plot({
        width, height, marginLeft: 66, marginRight: 14, marginTop: 30, marginBottom: 24,
        x: {type: 'utc', domain: [parseDay(view.result.start), days[days.length - 1]], label: null},
        y: {domain: [0, top], nice: true, label: null},
        marks: [
            Plot.gridY({ticks: 4, stroke: rule, strokeOpacity: 1}),
            Plot.axisY({ticks: 4, tickSize: 0, tickFormat: (/** @type {number} */ v) => view.format.number(v, top < 4 ? 1 : 0)}),
            Plot.axisX({ticks: yearTicks(parseDay(view.result.start), days[days.length - 1], width - 76), tickFormat: (/** @type {Date} */ d) => String(d.getUTCFullYear())}),
            ...view.result.as_of !== undefined ? [Plot.ruleX([parseDay(view.result.as_of)], {stroke: okabe.purple, strokeWidth: 1.5})] : [],
            Plot.areaY(rows, {x: 'day', y1: 'low', y2: 'high', fill: panel.colour, fillOpacity: 0.3}),
            Plot.lineY(rows, {x: 'day', y: 'low', stroke: panel.colour, strokeOpacity: 0.6, strokeWidth: 0.75}),
            Plot.lineY(rows, {x: 'day', y: 'high', stroke: panel.colour, strokeOpacity: 0.6, strokeWidth: 0.75}),
            Plot.lineY(rows, {x: 'day', y: 'middle', stroke: panel.colour, strokeWidth: 2.5}),
        ],
    });
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
        const svg = drawPanel(view, panel, days, w, h);
        pieces.push({svg, x, y});
        titles.push(label(x + 4, y + 14, panel.name ? `${panel.name}, ${unit}` : unit, {'font-weight': panel.name ? 600 : 400, 'font-size': panel.name ? 13 : 11}));
        const scaleX = svg.scale('x'), scaleY = svg.scale('y');
        for (const m of yearEnds(days)) {
            const [p10, p50, p90] = panel.series[m];
            points.push({
                x: x + scaleX.apply(days[m]), y: y + scaleY.apply(p50),
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

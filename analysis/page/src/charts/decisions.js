// Charts of answers: figures with their intervals, one line for each name; money against confidence; a gift by year.
import {svgElement} from '../element.js';
import {label, textWidth} from '../drawing.js';
import {faint, ink, okabe} from '../colours.js';
import {drawRows, roomForRows} from './rows.js';
import {plainTicks} from './forecasts.js';
import {drawAxes, drawBand, drawLine, drawUpright, roundTicks} from './axes.js';

/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Point} Point */
/** @typedef {{name: string, right: string, value: number, low: number, high: number, colour: string, bar?: boolean, text: string}} Line */

/** Paths are known by their ends. @param {string} name @param {number} room */
function fitted(name, room) {
    let text = name;
    while (textWidth(text, 12) > room) text = `…${text.slice(2)}`;
    return text;
}

/** @param {View} view @param {Line[]} rows @param {number} width @param {{unit: string, least?: number, most?: number}} axis */
export function drawLines(view, rows, width, axis) {
    const names = rows.map(row => fitted(row.name, Math.min(width - 12, 326)));
    const room = roomForRows(names, rows.map(row => row.right), width);
    const least = Math.min(axis.least ?? 0, ...rows.map(row => row.low)), most = Math.max(axis.most ?? 0, ...rows.map(row => row.high));
    const span = most > least ? most - least : 1, low = least - (least < 0 ? 0.03 * span : 0), high = most + (axis.most === undefined ? 0.03 * span : 0);
    const x = (/** @type {number} */ value) => room.left + (room.right - room.left - 14) * (value - low) / (high - low || 1);
    const digits = span < 1 ? 2 : span < 10 ? 1 : 0;
    const ticks = plainTicks(low, high, room.right - room.left).map(value => ({x: x(value), text: view.format.number(value, digits).replace(/^-0$/, '0')}));
    const drawn = rows.map((row, i) => ({
        name: names[i], right: row.right,
        draw: (/** @type {SVGGElement} */ group, /** @type {number} */ middle, /** @type {number} */ thick) => {
            if (row.bar) group.append(svgElement('rect', {x: x(0), y: middle - thick / 2, width: Math.max(1, x(row.value) - x(0)), height: thick, fill: row.colour}));
            else group.append(svgElement('line', {x1: x(row.low), x2: x(row.high), y1: middle, y2: middle, stroke: row.colour, 'stroke-width': 3, 'stroke-opacity': 0.65}),
                              svgElement('circle', {cx: x(row.value), cy: middle, r: 4.5, fill: row.colour}));
        },
    }));
    const {svg, middleOf} = drawRows(width, room, drawn, {ticks, rightTitle: axis.unit});
    return {svg, points: rows.map((row, i) => ({x: x(row.value), y: middleOf(i), text: row.text}))};
}

/** @typedef {{x: number, met: number, low: number, high: number, then: number, text: string}} Tried */

/** How often an aim is met with so much money. @param {View} view @param {Tried[]} rows by x @param {{unit: string, aim: number | null, answer: number | null, answerText: string}} more @param {number} width */
export function drawConfidence(view, rows, more, width) {
    const height = width < 600 ? 260 : 320, {format} = view, first = rows[0].x, last = rows[rows.length - 1].x, span = last - first;
    const frame = {
        width, height, left: 52, right: 22, top: 34, bottom: 40,
        x: {from: first, to: last, ticks: plainTicks(first, last, width - 74).map(value => ({value, text: format.number(value, span < 10 ? 1 : 0)}))},
        y: {from: 0, to: 100, ticks: [0, 20, 40, 60, 80, 100].map(value => ({value, text: format.percent(value)}))},
    };
    const axes = drawAxes(frame);
    drawBand(axes, rows.map(row => [row.x, row.low, row.high]), {fill: okabe.sky, 'fill-opacity': 0.35});
    drawLine(axes, rows.map(row => [row.x, row.then]), {stroke: okabe.vermillion, 'stroke-width': 1.5, 'stroke-dasharray': '5 3'});
    drawLine(axes, rows.map(row => [row.x, row.met]), {stroke: okabe.blue});
    const points = rows.map(row => ({x: axes.x(row.x), y: axes.y(row.met), text: row.text}));
    axes.svg.append(...points.map(({x, y}) => svgElement('circle', {cx: x, cy: y, r: 3, fill: okabe.blue})));
    if (more.aim !== null) axes.svg.append(svgElement('line', {x1: frame.left, x2: width - frame.right, y1: axes.y(more.aim), y2: axes.y(more.aim), stroke: ink, 'stroke-dasharray': '2 3'}));
    axes.svg.append(label(width / 2, height - 6, more.unit, {'text-anchor': 'middle', 'font-size': 11, fill: faint}));
    if (more.answer !== null) {
        drawUpright(axes, more.answer, frame, {stroke: okabe.purple, 'stroke-width': 2});
        const at = axes.x(more.answer);
        axes.svg.append(label(at, 24, more.answerText, {'text-anchor': at > width / 2 ? 'end' : 'start', 'font-size': 11, 'font-weight': 600}));
    }
    return {svg: axes.svg, points};
}

/** @typedef {{year: string, kind: string, value: number, error: number, colour: string, text: string}} InYear */

/** Columns side by side, year by year. @param {View} view @param {InYear[]} rows @param {string[]} kinds @param {string} unit @param {number} width */
export function drawByYear(view, rows, kinds, unit, width) {
    const height = width < 600 ? 240 : 280, years = [...new Set(rows.map(row => row.year))], step = Math.ceil(years.length * 44 / Math.max(1, width - 60));
    const ends = rows.flatMap(row => [row.value - row.error, row.value + row.error]);
    const ticks = roundTicks(Math.min(0, ...ends), Math.max(0, ...ends), 5);
    const axes = drawAxes({
        width, height, left: 52, right: 8, top: 26, bottom: 26,
        x: {from: -0.5, to: years.length - 0.5, ticks: years.map((year, i) => ({value: i, text: year})).filter((_, i) => i % step === 0)},
        y: {from: ticks[0], to: ticks[ticks.length - 1], ticks: ticks.map(value => ({value, text: view.format.number(value, 1)}))},
    });
    const thick = 0.8 * (axes.x(1) - axes.x(0)) / kinds.length;
    const points = rows.map(row => {
        const x = axes.x(years.indexOf(row.year)) + (kinds.indexOf(row.kind) - (kinds.length - 1) / 2) * thick, y = axes.y(row.value), low = axes.y(row.value - row.error), high = axes.y(row.value + row.error);
        axes.svg.append(svgElement('rect', {x: x - thick * 0.47, y: Math.min(y, axes.y(0)), width: thick * 0.94, height: Math.abs(y - axes.y(0)), fill: row.colour}),
                        svgElement('line', {x1: x, x2: x, y1: low, y2: high, stroke: ink}));
        return {x, y, text: row.text};
    });
    axes.svg.append(svgElement('line', {x1: 52, x2: width - 8, y1: axes.y(0), y2: axes.y(0), stroke: ink}), label(4, 14, unit, {'font-size': 11}));
    return {svg: axes.svg, points};
}

// Charts of answers: figures with their intervals, one line for each name; money against confidence; a gift by year.
import * as Plot from '@observablehq/plot';
import {svgElement} from '../element.js';
import {compose, label, plot, textWidth} from '../drawing.js';
import {faint, ink, okabe, rule} from '../colours.js';
import {drawRows, roomForRows} from './rows.js';
import {plainTicks} from './forecasts.js';

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
    const names = rows.map(row => fitted(row.name, Math.min(width - 12, 266)));
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
    const height = width < 600 ? 260 : 320, {format} = view, span = rows[rows.length - 1].x - rows[0].x;
    const svg = plot({
        width, height, marginLeft: 52, marginRight: 22, marginTop: 34, marginBottom: 40,
        x: {label: null, nice: true}, y: {domain: [0, 100], label: null},
        marks: [
            Plot.gridY({ticks: 5, stroke: rule, strokeOpacity: 1}),
            Plot.axisY({ticks: 5, tickSize: 0, tickFormat: (/** @type {number} */ v) => format.percent(v)}),
            Plot.axisX({ticks: Math.max(3, Math.floor(width / 110)), tickFormat: (/** @type {number} */ v) => format.number(v, span < 10 ? 1 : 0)}),
            Plot.areaY(rows, {x: 'x', y1: 'low', y2: 'high', fill: okabe.sky, fillOpacity: 0.35}),
            Plot.lineY(rows, {x: 'x', y: 'then', stroke: okabe.vermillion, strokeWidth: 1.5, strokeDasharray: '5 3'}),
            Plot.lineY(rows, {x: 'x', y: 'met', stroke: okabe.blue, strokeWidth: 2.5}),
            Plot.dot(rows, {x: 'x', y: 'met', fill: okabe.blue, r: 3}),
            ...more.aim === null ? [] : [Plot.ruleY([more.aim], {stroke: ink, strokeDasharray: '2 3'})],
            ...more.answer === null ? [] : [Plot.ruleX([more.answer], {stroke: okabe.purple, strokeWidth: 2})],
        ],
    });
    const scaleX = svg.scale('x'), scaleY = svg.scale('y'), drawn = compose(width, height, [{svg, x: 0, y: 0}]);
    drawn.append(label(width / 2, height - 6, more.unit, {'text-anchor': 'middle', 'font-size': 11, fill: faint}));
    if (more.answer !== null) {
        const at = scaleX.apply(more.answer);
        drawn.append(label(at, 24, more.answerText, {'text-anchor': at > width / 2 ? 'end' : 'start', 'font-size': 11, 'font-weight': 600}));
    }
    return {svg: drawn, points: rows.map(row => ({x: scaleX.apply(row.x), y: scaleY.apply(row.met), text: row.text}))};
}

/** @typedef {{year: string, kind: string, value: number, error: number, colour: string, text: string}} InYear */

/** Columns side by side, year by year. @param {View} view @param {InYear[]} rows @param {string[]} kinds @param {string} unit @param {number} width */
export function drawByYear(view, rows, kinds, unit, width) {
    const height = width < 600 ? 240 : 280, years = [...new Set(rows.map(row => row.year))], step = Math.ceil(years.length * 44 / Math.max(1, width - 60));
    const svg = plot({
        width, height, marginLeft: 52, marginRight: 8, marginTop: 26, marginBottom: 26,
        fx: {domain: years, label: null, padding: 0.15}, x: {domain: kinds, axis: null, padding: 0.05}, y: {label: null, nice: true},
        marks: [
            Plot.gridY({ticks: 5, stroke: rule, strokeOpacity: 1}),
            Plot.axisY({ticks: 5, tickSize: 0, anchor: 'left', tickFormat: (/** @type {number} */ v) => view.format.number(v, 1)}),
            Plot.axisFx({anchor: 'bottom', tickFormat: (/** @type {string} */ year) => years.indexOf(year) % step === 0 ? year : ''}),
            Plot.barY(rows, {fx: 'year', x: 'kind', y: 'value', fill: 'colour'}),
            Plot.ruleX(rows, {fx: 'year', x: 'kind', y1: (/** @type {InYear} */ row) => row.value - row.error, y2: (/** @type {InYear} */ row) => row.value + row.error, stroke: ink}),
            Plot.ruleY([0], {stroke: ink}),
        ],
    });
    const scaleF = svg.scale('fx'), scaleX = svg.scale('x'), scaleY = svg.scale('y'), drawn = compose(width, height, [{svg, x: 0, y: 0}]);
    drawn.append(label(4, 14, unit, {'font-size': 11}));
    return {svg: drawn, points: rows.map(row => ({x: scaleF.apply(row.year) + scaleX.apply(row.kind) - scaleX.range[0] + scaleX.bandwidth / 2, y: scaleY.apply(row.value), text: row.text}))};
}

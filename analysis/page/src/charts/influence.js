// Inputs by their influence on one outcome, the most influential first: the measure by which they are ranked with its
// interval, and below it a second one.
import {svgElement} from '../element.js';
import {ink, okabe, paper} from '../colours.js';
import {drawRows, roomForRows} from './rows.js';

/** @typedef {{value: number | null, low: number | null, high: number | null}} Measure */
/** @typedef {{name: string, right: string, text: string, assumed: boolean, told: 'yes' | 'noise' | 'no', first: Measure, second: Measure, noise: number | null}} Influence */

export const told = okabe.blue, untold = okabe.grey, second = okabe.orange;

/** @param {number} from @param {number} to @param {number} room in pixels */
function ticksOf(from, to, room) {
    const rough = (to - from) / Math.max(2, Math.floor(room / 80)), power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 2.5, 5, 10].map(f => f * power).find(s => s >= rough) ?? 10 * power;
    const ticks = [];
    for (let i = Math.ceil(from / step - 1e-9); i * step <= to + 1e-9 * step; i++) ticks.push(i * step + 0); // never -0
    return ticks;
}

/** From where to where the axis goes: the least that shows the values, and their intervals as far as `reach` allows. @param {Influence[]} rows @param {[number, number]} least @param {[number, number]} reach @returns {[number, number]} */
function extentOf(rows, least, reach) {
    let [from, to] = least;
    for (const {first, second, noise} of rows)
        for (const number of [first.value, first.low, first.high, second.value, second.low, second.high, noise])
            if (number !== null) [from, to] = [Math.min(from, Math.max(number, reach[0])), Math.max(to, Math.min(number, reach[1]))];
    return from < to ? [from, to] : [from, from + 1];
}

/** A circle for what is assumed, a square for what has a source; hollow where it may be mere noise. @param {Influence} row @param {number} x @param {number} y */
function markOf(row, x, y) {
    const colour = row.told === 'yes' ? told : untold, dress = {'data-told': row.told, fill: row.told === 'noise' ? paper : colour, stroke: colour, 'stroke-width': 2};
    return row.assumed ? svgElement('circle', {cx: x, cy: y, r: 4.5, ...dress}) : svgElement('rect', {x: x - 4, y: y - 4, width: 8, height: 8, ...dress});
}

/**
 * @param {Influence[]} rows @param {number} width
 * @param {{rightTitle: string, tell: (value: number) => string, least: [number, number], reach: [number, number]}} axis
 */
export function drawInfluences(rows, width, axis) {
    const plain = roomForRows(rows.map(row => row.name), [...rows.map(row => row.right)], width);
    const room = {...plain, rowHeight: plain.narrow ? 44 : 25};
    const [from, to] = extentOf(rows, axis.least, axis.reach);
    const left = room.left + 6, right = room.right - 14;
    const x = (/** @type {number} */ value) => left + (right - left) * (Math.min(to, Math.max(from, value)) - from) / (to - from);
    const ticks = ticksOf(from, to, right - left).map(value => ({x: x(value), text: axis.tell(value)}));
    /** @type {import('../types.js').Point[]} */
    const points = [];
    const drawn = rows.map(row => ({
        name: row.name, right: row.right,
        draw: (/** @type {SVGGElement} */ group, /** @type {number} */ middle) => {
            const upper = middle + (room.narrow ? 2 : -4), lower = upper + 10, colour = row.told === 'yes' ? told : untold;
            if (room.narrow) group.append(svgElement('line', {x1: x(0), x2: x(0), y1: upper - 8, y2: lower + 8, stroke: ink})); // not through the names
            if (row.noise !== null) group.append(svgElement('rect', {x: x(0), y: upper - 5, width: Math.max(0, x(row.noise) - x(0)), height: 10, fill: okabe.pale, 'fill-opacity': 0.7}));
            if (row.first.low !== null && row.first.high !== null) group.append(svgElement('line', {x1: x(row.first.low), x2: x(row.first.high), y1: upper, y2: upper, stroke: colour, 'stroke-width': 3, 'stroke-opacity': 0.65}));
            if (row.second.low !== null && row.second.high !== null) group.append(svgElement('line', {x1: x(row.second.low), x2: x(row.second.high), y1: lower, y2: lower, stroke: second, 'stroke-width': 1.5}));
            if (row.second.value !== null) group.append(svgElement('rect', {x: x(row.second.value) - 3, y: lower - 3, width: 6, height: 6, fill: second, stroke: ink, 'stroke-width': 0.8, transform: `rotate(45 ${x(row.second.value)} ${lower})`}));
            if (row.first.value !== null) group.append(markOf(row, x(row.first.value), upper));
            points.push({x: row.first.value === null ? left : x(row.first.value), y: upper, text: row.text});
        },
    }));
    const {svg} = drawRows(width, room, drawn, {ticks, rightTitle: axis.rightTitle});
    if (!room.narrow) svg.append(svgElement('line', {x1: x(0), x2: x(0), y1: 36, y2: svg.viewBox.baseVal.height - 20, stroke: ink}));
    return {svg, points};
}

// Differences with their intervals, one line for each name, sooner to the left of zero and later to the right.
import {svgElement} from '../element.js';
import {ink, okabe, paper} from '../colours.js';
import {drawRows, roomForRows} from './rows.js';

/** @typedef {{name: string, difference: number, low: number | null, high: number | null, mark: string, right: string, text: string}} Difference */

export const sooner = okabe.blue, later = okabe.vermillion, unclear = okabe.grey;

/** @param {number} reach @param {number} room */
function ticksOf(reach, room) {
    const rough = 2 * reach / Math.max(2, Math.floor(room / 80)), power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map(f => f * power).find(s => s >= rough) ?? 10 * power;
    const most = Math.floor(reach / step);
    return Array.from({length: 2 * most + 1}, (_, i) => (i - most) * step);
}

/** @param {Difference[]} rows @param {number} width @param {{rightTitle: string, tell: (value: number) => string, reach: number}} axis `reach`: of one scale for all variants */
export function drawDifferences(rows, width, axis) {
    const room = roomForRows(rows.map(row => row.name), rows.map(row => row.right), width);
    const reach = 1.05 * Math.max(axis.reach, 1);
    const middleX = (room.left + room.right - 8) / 2, half = (room.right - 8 - room.left) / 2 - 4;
    const x = (/** @type {number} */ value) => middleX + half * value / reach;
    const ticks = ticksOf(reach, 2 * half).map(value => ({x: x(value), text: axis.tell(value)}));
    /** @type {import('../types.js').Point[]} */
    const points = [];
    const drawn = rows.map(row => ({
        name: row.name, right: row.right,
        draw: (/** @type {SVGGElement} */ group, /** @type {number} */ middle) => {
            const clear = row.mark === '**' || row.mark === '*', colour = clear ? row.difference < 0 ? sooner : later : unclear;
            if (room.narrow) group.append(svgElement('line', {x1: x(0), x2: x(0), y1: middle - 7, y2: middle + 8, stroke: ink})); // not through the names
            if (row.low !== null && row.high !== null) group.append(svgElement('line', {x1: x(row.low), x2: x(row.high), y1: middle, y2: middle, stroke: colour, 'stroke-width': 3, 'stroke-opacity': 0.65}));
            group.append(svgElement('circle', {cx: x(row.difference), cy: middle, r: 4.5, fill: row.mark === '*' ? paper : colour, stroke: colour, 'stroke-width': 2}));
            points.push({x: x(row.difference), y: middle, text: row.text});
        },
    }));
    const {svg} = drawRows(width, room, drawn, {ticks, rightTitle: axis.rightTitle});
    if (!room.narrow) svg.append(svgElement('line', {x1: x(0), x2: x(0), y1: 36, y2: svg.viewBox.baseVal.height - 20, stroke: ink}));
    return {svg, points};
}

// Facts beside what was forecast of them: P10 to P90 as a bar, P50 as a line across it, what came as a filled dot where
// it lies inside and as a hollow diamond where it does not; the word stands at the right.
import {svgElement} from '../element.js';
import {yearTicks} from '../drawing.js';
import {ink, okabe, paper} from '../colours.js';
import {parseDay} from '../format.js';
import {drawRows, roomForRows} from './rows.js';

/** @typedef {import('../types.js').View} View */
/** @typedef {Record<string, any>} Row */

const dayLength = 864e5;
const after = (/** @type {any} */ cell) => typeof cell === 'string' && cell.startsWith('after');
/** Days of dates, so that both kinds of facts stand on one kind of axis. @param {any} cell */
const numberOf = cell => cell === null ? null : typeof cell === 'number' ? cell : parseDay(cell).getTime() / dayLength;

/** @param {number} low @param {number} high @param {number} room */
export function plainTicks(low, high, room) {
    const rough = (high - low) / Math.max(2, Math.floor(room / 90)), power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map(f => f * power).find(s => s >= rough) ?? 10 * power;
    const first = Math.ceil(low / step);
    return Array.from({length: Math.floor(high / step) - first + 1}, (_, i) => (first + i) * step);
}

/** @param {Row[]} rows */
function rangeOf(rows) {
    const numbers = rows.flatMap(row => [row.p10, row.p90, row.fact].map(numberOf)).filter(value => value !== null);
    const dated = rows[0].units === 'date', least = Math.min(...numbers), most = Math.max(...numbers);
    return dated ? {low: least - 30, high: most + 30} : {low: Math.min(0, least), high: most > 0 ? 1.02 * most : 1};
}

/** @param {View} view @param {Row[]} rows @param {number} width */
export function drawForecasts(view, rows, width) {
    const {words, format} = view, dated = rows[0].units === 'date';
    const names = rows.map(row => view.name(row.name)), rights = rows.map(row => row.inside_80 === 'yes' ? words.inside : words.outside);
    const room = roomForRows(names, [...rights, words.inside, words.outside], width);
    const {low, high} = rangeOf(rows);
    const x = (/** @type {number} */ value) => room.left + (room.right - room.left - 14) * (value - low) / (high - low);
    const digits = high < 10 ? 2 : 0;
    const tell = (/** @type {any} */ cell) => cell === null ? '–' : dated ? after(cell) ? words.after({day: format.day(parseDay(cell))}) : format.day(parseDay(cell)) : `${format.number(cell, digits)} ${words.units[rows[0].units] ?? rows[0].units}`.trim();
    const ticks = dated ? yearTicks(new Date(low * dayLength), new Date(high * dayLength), room.right - room.left).map(day => ({x: x(day.getTime() / dayLength), text: String(day.getUTCFullYear())}))
                        : plainTicks(low, high, room.right - room.left).map(value => ({x: x(value), text: format.number(value, digits)}));
    const drawn = rows.map((row, i) => ({
        name: names[i], right: rights[i],
        draw: (/** @type {SVGGElement} */ group, /** @type {number} */ middle, /** @type {number} */ thick) => {
            const from = numberOf(row.p10), to = numberOf(row.p90), half = numberOf(row.p50), fact = numberOf(row.fact), inside = row.inside_80 === 'yes';
            if (from !== null && to !== null) group.append(svgElement('rect', {x: x(from), y: middle - thick / 2, width: Math.max(2, x(to) - x(from)), height: thick, fill: okabe.blue, 'fill-opacity': 0.45}));
            if (after(row.p90)) group.append(svgElement('path', {d: `M${x(high)},${middle - 7} l9,7 l-9,7 z`, fill: okabe.vermillion}));
            if (half !== null) group.append(svgElement('rect', {x: x(half) - 1.5, y: middle - thick / 2 - 1, width: 3, height: thick + 2, fill: ink}));
            if (fact !== null) group.append(inside
                ? svgElement('circle', {'data-inside': 'yes', cx: x(fact), cy: middle, r: 4.5, fill: okabe.blue, stroke: paper, 'stroke-width': 1.5})
                : svgElement('path', {'data-inside': 'no', d: `M${x(fact)},${middle - 6} l6,6 l-6,6 l-6,-6 z`, fill: paper, stroke: ink, 'stroke-width': 2}));
        },
    }));
    const {svg, middleOf} = drawRows(width, room, drawn, {ticks, rightTitle: dated ? '' : words.units[rows[0].units] ?? rows[0].units});
    const points = rows.map((row, i) => ({
        x: x(numberOf(row.fact) ?? low), y: middleOf(i),
        text: words.forecastPoint({name: names[i], fact: tell(row.fact), p10: tell(row.p10), p50: tell(row.p50), p90: tell(row.p90), verdict: rights[i]}),
    }));
    return {svg, points};
}

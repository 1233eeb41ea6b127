// When each place or district gets there: P10 to P90, with the share of futures in which it does not.
import {columnOf} from '../table.js';
import {svgElement} from '../element.js';
import {yearTicks} from '../drawing.js';
import {ink, okabe} from '../colours.js';
import {parseDay} from '../format.js';
import {drawRows, roomForRows} from './rows.js';
import {todayIn} from './today.js';

/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Table} Table */

const after = (/** @type {any} */ cell) => typeof cell === 'string' && cell.startsWith('after');

/** Earliest first; what is censored last, by how often. @param {Table} table */
function sorted(table) {
    const [p10, p50, censored] = ['p10', 'p50', 'censored'].map(name => columnOf(table, name));
    const key = (/** @type {any} */ cell) => cell === null || after(cell) ? '9999' : cell;
    const order = (/** @type {string} */ a, /** @type {string} */ b) => Number(a > b) - Number(a < b);
    return [...table.rows].sort((a, b) => order(key(a[p50]), key(b[p50])) || Number(a[censored]) - Number(b[censored]) || order(key(a[p10]), key(b[p10])));
}

/** @param {View} view @param {Table} table @param {number} width @param {Date} asked */
export function drawTimeline(view, table, width, asked) {
    const {result, words, format} = view;
    const [p10, p50, p90, censored] = ['p10', 'p50', 'p90', 'censored'].map(name => columnOf(table, name));
    const rows = sorted(table);
    const names = rows.map(row => view.name(String(row[0])));
    const rights = rows.map(row => format.percent(Number(row[censored])));
    const room = roomForRows(names, [...rights, '100 %'], width);
    const start = parseDay(result.start), end = parseDay(result.horizon);
    const x = (/** @type {Date} */ day) => room.left + (room.right - room.left - 14) * ((day.getTime() - start.getTime()) / (end.getTime() - start.getTime()));
    const told = (/** @type {any} */ cell) => cell === null ? '–' : after(cell) ? words.after({day: format.day(end)}) : format.day(parseDay(cell));

    const drawn = rows.map((row, i) => ({
        name: names[i], right: rights[i],
        draw: (/** @type {SVGGElement} */ group, /** @type {number} */ middle, /** @type {number} */ thick) => {
            const low = row[p10], high = row[p90], open = after(high) || high === null;
            if (low !== null && !after(low)) {
                const from = x(parseDay(String(low))), to = open ? x(end) : x(parseDay(String(high)));
                group.append(svgElement('rect', {x: from, y: middle - thick / 2, width: Math.max(2, to - from), height: thick, fill: okabe.blue, 'fill-opacity': 0.45}));
            }
            if (open) group.append(svgElement('path', {d: `M${x(end)},${middle - 7} l9,7 l-9,7 z`, fill: okabe.vermillion}));
            if (row[p50] !== null && !after(row[p50])) group.append(svgElement('rect', {x: x(parseDay(String(row[p50]))) - 1.75, y: middle - thick / 2 - 2, width: 3.5, height: thick + 4, fill: ink}));
        },
    }));
    const today = todayIn(result), ticks = yearTicks(start, end, room.right - room.left).map(day => ({x: x(day), text: String(day.getUTCFullYear())}));
    const {svg, middleOf} = drawRows(width, room, drawn, {ticks, rightTitle: words.notByHorizon({year: String(end.getUTCFullYear())}), marker: {x: x(asked), text: format.month(asked)}, known: result.as_of !== undefined ? x(parseDay(result.as_of)) : null, today: today && x(today)});
    const points = rows.map((row, i) => {
        const at = [row[p50], row[p90], row[p10]].find(cell => cell !== null && !after(cell));
        return {
            x: at ? x(parseDay(String(at))) : x(end) + 4, y: middleOf(i),
            text: words.whenPoint({name: names[i], p10: told(row[p10]), p50: told(row[p50]), p90: told(row[p90]), censored: rights[i]}),
        };
    });
    return {svg, points};
}

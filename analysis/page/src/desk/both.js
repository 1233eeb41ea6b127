// Charts with the base and the question beside each other.
import {svgElement} from '../element.js';
import {textWidth, yearTicks} from '../drawing.js';
import {drawAxes, drawBand, drawLine, roundTicks} from '../charts/axes.js';
import {drawRows, roomForRows} from '../charts/rows.js';
import {ink, okabe} from '../colours.js';
import {records} from '../table.js';
import {parseDay} from '../format.js';
import {words} from './words.js';

/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Result} Result */
/** @typedef {import('../types.js').Quantiles} Quantiles */
/** @typedef {import('../types.js').Table} Table */
/** @typedef {import('../figure.js').Chart} Chart */
/** @typedef {{mean: number, error: number | null}} Mean */
/** @typedef {{name: string, means: Mean[]}} Pair */

export const colours = [okabe.grey, okabe.blue];

/** @param {string[]} names @returns {import('../types.js').Sign[]} */
const legendOf = names => names.map((text, i) => ({colour: colours[i], text}));

/** Ticks from 0 that do not crowd. @param {number} top @param {number} room */
function ticksOf(top, room) {
    const rough = top / Math.max(2, Math.floor(room / 90)), power = 10 ** Math.floor(Math.log10(rough || 1));
    const step = ([1, 2, 5, 10].find(one => one * power >= rough) ?? 10) * power;
    return Array.from({length: Math.floor(top / step) + 1}, (_, i) => i * step);
}

/** @param {View} view @param {Pair[]} pairs @param {string[]} names @param {string} unit @param {number} width */
function drawPairs(view, pairs, names, unit, width) {
    const digits = (/** @type {number} */ value) => Math.abs(value) < 10 ? 1 : 0;
    const say = (/** @type {number} */ value) => view.format.number(value, digits(value));
    const rights = pairs.map(({means}) => means.map(one => say(one.mean)).join(' → '));
    const room = roomForRows(pairs.map(({name}) => name), rights, width), rowHeight = room.narrow ? 40 : 26;
    const top = Math.max(...pairs.flatMap(({means}) => means.map(one => one.mean + (one.error ?? 0))), 1e-9);
    const x = (/** @type {number} */ value) => room.left + (room.right - room.left) * value / top;
    /** @type {import('../types.js').Point[]} */
    const points = [];
    const drawn = drawRows(width, {...room, rowHeight}, pairs.map(({name, means}, i) => ({name, right: rights[i], draw: (group, middle) => means.forEach(({mean, error}, k) => {
        const y = middle - (means.length > 1 ? 8 : 4) + 8 * k;
        group.append(svgElement('rect', {x: room.left, y, width: Math.max(0.5, x(mean) - room.left), height: 7, fill: colours[k]}));
        if (error) group.append(svgElement('line', {x1: x(Math.max(0, mean - error)), x2: x(mean + error), y1: y + 3.5, y2: y + 3.5, stroke: ink, 'stroke-width': 1.2}));
        points.push({x: x(mean), y: y + 3.5, text: words.pairPoint({name, of: names[k], value: say(mean), error: error === null ? '?' : view.format.number(error, digits(mean)), unit})});
    })})), {ticks: ticksOf(top, room.right - room.left).map(value => ({x: x(value), text: view.format.number(value, top < 4 ? 1 : 0)})), rightTitle: unit});
    return {svg: drawn.svg, points};
}

/** @param {Pair[]} pairs @param {string[]} names @param {string} unit @param {string} label @returns {Table} */
const pairTable = (pairs, names, unit, label) => ({
    title: '', note: null, columns: [[label, null, 0], ...names.flatMap(name => /** @type {[string, string | null, number][]} */ ([[name, unit, 1], [`${name}, ±`, unit, 1]]))],
    rows: pairs.map(({name, means}) => [name, ...means.flatMap(one => [one.mean, one.error])]),
});

/** Rows of a table of means, by what they are called, the same of each result. @param {Result[]} results @param {string} table @param {string} label @param {(row: Record<string, any>) => boolean} wanted @returns {Pair[]} */
function pairsOf(results, table, label, wanted) {
    const each = results.map(result => records(result.tables[table]).filter(wanted));
    const names = [...new Set(each.flat().map(row => String(row[label])))];
    return names.map(name => ({name, means: each.map(rows => {
        const row = rows.find(one => one[label] === name);
        return {mean: row?.mean ?? 0, error: row?.mean_error ?? null};
    })})).filter(({means}) => means.some(one => one.mean > 0));
}

/** @param {View} view @param {Pair[]} pairs @param {string[]} names @param {{id: string, title: string, lead: string, unit: string, label: string}} what @returns {Chart | null} */
function pairChart(view, pairs, names, {id, title, lead, unit, label}) {
    const named = pairs.map(pair => ({...pair, name: view.name(pair.name)}));
    return pairs.length ? {id, title, lead, legend: legendOf(names), tables: [{name: id, title, table: pairTable(named, names, unit, label)}], draw: width => drawPairs(view, named, names, unit, width)} : null;
}

const most = (/** @type {Pair} */ a, /** @type {Pair} */ b) => Math.max(...b.means.map(one => one.mean)) - Math.max(...a.means.map(one => one.mean));

/** What holds a place back. @param {View} view @param {Result[]} results @param {string[]} names @param {string} place */
export const delayPairs = (view, results, names, place) => pairChart(view, pairsOf(results, 'place_delay', 'cause', row => row.place === place && row.cause !== 'housing').sort(most), names,
    {id: 'delay-both', title: words.delayBoth({place: view.name(place)}), lead: words.delayBothLead, unit: view.words.unitDays, label: 'cause'});

/** What becomes of the money for mine action, and why what is left is left. @param {View} view @param {Result[]} results @param {string[]} names */
export const moneyPairs = (view, results, names) => [
    pairChart(view, pairsOf(results, 'spending_by_purpose', 'purpose', row => row.purpose !== 'building').sort(most), names, {id: 'spent-both', title: words.spentBoth, lead: words.spentBothLead, unit: view.words.unitMoney, label: 'purpose'}),
    pairChart(view, pairsOf(results, 'unspent', 'reason', () => true).sort(most), names, {id: 'unspent-both', title: words.unspentBoth, lead: words.unspentBothLead, unit: view.words.unitMoney, label: 'reason'}),
];

/** @param {View} view @param {Result[]} results @param {string[]} names */
export const victimPairs = (view, results, names) => pairChart(view, pairsOf(results, 'casualties', 'victim', () => true), names,
    {id: 'victims-both', title: words.victimsBoth, lead: words.victimsBothLead, unit: view.words.unitPersons, label: 'victim'});

/** People home, month by month. @param {View} view @param {Result[]} results @param {string[]} names @returns {Chart | null} */
export function peopleBands(view, results, names) {
    const {format} = view, all = results.map(result => result.series.people_back?.all);
    if (all.some(series => !series) || !results[0].lived_in.some(lived => lived)) return null;
    const days = results[0].months.map(parseDay);
    const lines = all.map(series => days.map((day, m) => ({day, low: series?.[m][0] ?? 0, middle: series?.[m][1] ?? 0, high: series?.[m][2] ?? 0})));
    return {
        id: 'people-both', title: words.peopleBoth, lead: words.peopleBothLead, legend: names.map((text, i) => ({colour: colours[i], shape: /** @type {const} */ ('line'), text})),
        tables: [{name: 'people-both', title: words.peopleBoth, table: {title: '', note: null, columns: [['by', 'date', 0], ...names.flatMap(name => ['P10', 'P50', 'P90'].map(p => /** @type {[string, string | null, number]} */ ([`${name}, ${p}`, null, 0])))],
            rows: days.map((_, m) => [results[0].months[m], ...lines.flatMap(line => [line[m].low, line[m].middle, line[m].high])])}}],
        draw: width => {
            const ticks = roundTicks(0, Math.max(1, ...lines.flat().map(row => row.high)), 4), from = days[0].getTime(), to = days[days.length - 1].getTime();
            const axes = drawAxes({
                width, height: 280, left: Math.max(...ticks.map(value => textWidth(format.number(value), 11))) + 12, right: 16, top: 14, bottom: 26,
                x: {from, to, ticks: yearTicks(days[0], days[days.length - 1], width - 82).map(day => ({value: day.getTime(), text: String(day.getUTCFullYear())}))},
                y: {from: 0, to: ticks[ticks.length - 1], ticks: ticks.map(value => ({value, text: format.number(value)}))},
            });
            lines.forEach((line, i) => drawBand(axes, line.map(row => [row.day.getTime(), row.low, row.high]), {fill: colours[i], 'fill-opacity': 0.16}));
            lines.forEach((line, i) => drawLine(axes, line.map(row => [row.day.getTime(), row.middle]), {stroke: colours[i], ...i === 0 && lines.length > 1 ? {'stroke-dasharray': '6,3'} : {}}));
            const points = lines.flatMap((line, i) => line.filter(({day}) => day.getUTCMonth() === 11).map(row => ({x: axes.x(row.day.getTime()), y: axes.y(row.middle), text: view.words.fanPoint({
                name: names[i], when: format.day(row.day), p10: format.number(row.low), p50: format.number(row.middle), p90: format.number(row.high), unit: view.words.unitPersons})})));
            return {svg: axes.svg, points};
        },
    };
}

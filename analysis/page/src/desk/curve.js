// The chance that a place is released, month by month, as one curve for each scenario.
import {label, yearTicks} from '../drawing.js';
import {okabe} from '../colours.js';
import {drawAxes, drawBand, drawLine, drawUpright} from '../charts/axes.js';
import {colours} from './both.js';
import {chance} from '../charts/map.js';
import {subjects} from '../place.js';
import {parseDay} from '../format.js';
import {words} from './words.js';

/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Result} Result */

/** @param {View} view @param {Result[]} results @param {string[]} names @param {string} place @returns {import('../figure.js').Chart} */
export function curveChart(view, results, names, place) {
    const {format} = view;
    const i = subjects(results[0]).names.indexOf(place);
    const days = results[0].months.map(parseDay);
    const rows = results.map((result, r) => days.map((day, month) => {
        const [value, low, high] = chance(result, subjects(result).counts, i, month) ?? [0, 0, 0, 0];
        return {day, value, low, high, name: names[r]};
    }));
    return {
        id: 'curve', title: words.curveTitle({place: view.name(place)}), lead: words.curveLead,
        legend: results.map((_, r) => ({colour: colours[r], shape: /** @type {const} */ ('line'), text: names[r]})),
        tables: [{name: 'release-by-month', title: words.curveTitle({place: view.name(place)}), table: {
            title: '', note: null, columns: [['by', 'date', 0], ...names.slice(0, results.length).flatMap(name => /** @type {[string, string | null, number][]} */ ([[name, '%', 1]]))],
            rows: days.map((_, month) => [results[0].months[month], ...rows.map(line => line[month].value)]),
        }}],
        draw: width => {
            const first = days[0], last = days[days.length - 1];
            const frame = {
                width, height: 300, left: 50, right: 52, top: 14, bottom: 26,
                x: {from: first.getTime(), to: last.getTime(), ticks: yearTicks(first, last, width - 102).map(day => ({value: day.getTime(), text: String(day.getUTCFullYear())}))},
                y: {from: 0, to: 100, ticks: [0, 20, 40, 60, 80, 100].map(value => ({value, text: format.percent(value)}))},
            };
            const axes = drawAxes(frame);
            drawUpright(axes, days[view.month].getTime(), frame, {stroke: okabe.vermillion, 'stroke-dasharray': '4,3'});
            rows.forEach((line, r) => drawBand(axes, line.map(row => [row.day.getTime(), row.low, row.high]), {fill: colours[r], 'fill-opacity': 0.15}));
            rows.forEach((line, r) => drawLine(axes, line.map(row => [row.day.getTime(), row.value]), {stroke: colours[r], ...r === 0 && results.length > 1 ? {'stroke-dasharray': '6,3'} : {}}));
            const ends = rows.map(line => line[line.length - 1]), apart = ends.length > 1 && Math.abs(axes.y(ends[0].value) - axes.y(ends[1].value)) >= 13;
            ends.forEach((end, r) => (apart || r === ends.length - 1) && axes.svg.append(label(width - 46, axes.y(end.value) + 4, format.chance(end.value), {'font-size': 11, 'font-weight': 600})));
            const points = rows.flatMap(line => line.filter((_, m) => m % 3 === 0).map(row => ({
                x: axes.x(row.day.getTime()), y: axes.y(row.value), text: words.curvePoint({name: row.name, day: format.day(row.day), chance: format.chance(row.value)}),
            })));
            return {svg: axes.svg, points};
        },
    };
}

// The chance that a place is released, month by month, as one curve for each scenario.
import * as Plot from '@observablehq/plot';
import {compose, plot} from '../drawing.js';
import {okabe} from '../colours.js';
import {colours} from './both.js';
import {chance} from '../charts/map.js';
import {parseDay} from '../format.js';
import {deskWords} from './words.js';

/** @typedef {import('../types.js').View} View */
/** @typedef {import('../types.js').Result} Result */

/** @param {View} view @param {Result[]} results @param {string[]} names @param {string} place @returns {import('../figure.js').Chart} */
export function curveChart(view, results, names, place) {
    const {format} = view;
    const i = results[0].places.indexOf(place);
    const days = results[0].months.map(parseDay);
    const rows = results.map((result, r) => days.map((day, month) => {
        const [value, low, high] = chance(result, result.counts.place_release_day, i, month) ?? [0, 0, 0, 0];
        return {day, value, low, high, name: names[r]};
    }));
    return {
        id: 'curve', title: deskWords.curveTitle(view.name(place)), lead: deskWords.curveLead,
        legend: results.map((_, r) => ({colour: colours[r], shape: /** @type {const} */ ('line'), text: names[r]})),
        tables: [{name: 'release-by-month', title: deskWords.curveTitle(view.name(place)), table: {
            title: '', note: null, columns: [['by', 'date', 0], ...names.slice(0, results.length).flatMap(name => /** @type {[string, string | null, number][]} */ ([[name, '%', 1]]))],
            rows: days.map((_, month) => [results[0].months[month], ...rows.map(line => line[month].value)]),
        }}],
        draw: width => {
            const height = 300;
            const svg = plot({
                width, height, marginLeft: 44, marginRight: 16,
                x: {type: 'utc', label: null}, y: {domain: [0, 100], label: '%', grid: true},
                marks: [
                    Plot.ruleX([days[view.month]], {stroke: okabe.vermillion, strokeDasharray: '4,3'}),
                    ...rows.map((line, r) => Plot.areaY(line, {x: 'day', y1: 'low', y2: 'high', fill: colours[r], fillOpacity: 0.15})),
                    ...rows.map((line, r) => Plot.lineY(line, {x: 'day', y: 'value', stroke: colours[r], strokeWidth: 2.5, ...r === 0 && results.length > 1 ? {strokeDasharray: '6,3'} : {}})),
                ],
            });
            const x = svg.scale('x'), y = svg.scale('y');
            const points = rows.flatMap(line => line.filter((_, m) => m % 3 === 0).map(row => ({
                x: x.apply(row.day), y: y.apply(row.value), text: deskWords.curvePoint({name: row.name, day: format.day(row.day), chance: format.chance(row.value)}),
            })));
            return {svg: compose(width, height, [{svg, x: 0, y: 0}]), points};
        },
    };
}

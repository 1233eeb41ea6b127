// Money by year and purpose: stacked columns, one panel for each group of purposes.
import * as Plot from '@observablehq/plot';
import {compose, label, plot, yearTicks} from '../drawing.js';
import {colourOf, paper, rule} from '../colours.js';

/** @typedef {import('../types.js').View} View */
/** @typedef {{year: number, label: string, value: number}} Amount */
/** @typedef {{name: string, amounts: Amount[]}} Panel */

/** @param {View} view @param {Panel[]} panels @param {string[]} labels @param {number} width */
export function drawYears(view, panels, labels, width) {
    const columns = width >= 760 ? panels.length : 1, gap = 20, height = 280;
    const w = (width - gap * (columns - 1)) / columns;
    /** @type {import('../drawing.js').Piece[]} */
    const pieces = [];
    /** @type {import('../types.js').Point[]} */
    const points = [];
    /** @type {SVGElement[]} */
    const titles = [];
    panels.forEach((panel, i) => {
        const x = columns > 1 ? i * (w + gap) : 0, y = columns > 1 ? 0 : i * (height + 8);
        const years = [...new Set(panel.amounts.map(a => a.year))];
        const ticks = new Set(yearTicks(new Date(Date.UTC(years[0], 0, 1)), new Date(Date.UTC(years[years.length - 1], 0, 1)), w - 60).map(d => d.getUTCFullYear()));
        const order = new Map(labels.map((name, n) => [name, n]));
        const svg = plot({
            width: w, height, marginLeft: 50, marginRight: 8, marginTop: 32, marginBottom: 24,
            x: {type: 'band', domain: years, label: null, padding: 0.18}, y: {label: null, nice: true},
            marks: [
                Plot.gridY({ticks: 5, stroke: rule, strokeOpacity: 1}),
                Plot.axisY({ticks: 5, tickSize: 0, tickFormat: (/** @type {number} */ v) => view.format.number(v)}),
                Plot.axisX({ticks: [...ticks].filter(year => years.includes(year)), tickFormat: (/** @type {number} */ year) => String(year)}),
                Plot.barY(panel.amounts, Plot.stackY({x: 'year', y: 'value', fill: (/** @type {Amount} */ a) => colourOf(a.label, labels.indexOf(a.label)).colour, stroke: paper, strokeWidth: 0.5, order: (/** @type {Amount} */ a) => order.get(a.label) ?? 0})),
            ],
        });
        pieces.push({svg, x, y});
        titles.push(label(x + 4, y + 14, panel.name, {'font-weight': 600, 'font-size': 13}));
        const scaleX = svg.scale('x'), scaleY = svg.scale('y');
        for (const year of years) {
            let sum = 0;
            for (const amount of panel.amounts.filter(a => a.year === year).sort((a, b) => (order.get(a.label) ?? 0) - (order.get(b.label) ?? 0))) {
                points.push({
                    x: x + scaleX.apply(year) + scaleX.bandwidth / 2, y: y + scaleY.apply(sum + amount.value / 2),
                    text: view.words.purposePoint({name: view.name(amount.label), year: String(year), amount: view.format.number(amount.value, 1)}),
                });
                sum += amount.value;
            }
        }
    });
    const svg = compose(width, columns > 1 ? height : panels.length * (height + 8), pieces);
    svg.append(...titles);
    return {svg, points};
}

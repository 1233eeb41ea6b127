// Money by year and purpose: stacked columns, one panel for each group of purposes.
import {compose, label, textWidth, yearTicks} from '../drawing.js';
import {svgElement} from '../element.js';
import {colourOf} from '../colours.js';
import {drawAxes, roundTicks} from './axes.js';

/** @typedef {import('../types.js').View} View */
/** @typedef {{year: number, label: string, value: number}} Amount */
/** @typedef {{name: string, amounts: Amount[]}} Panel */

/** @param {View} view @param {Panel} panel @param {string[]} labels @param {number} width @param {number} height */
function drawPanel(view, panel, labels, width, height) {
    const years = [...new Set(panel.amounts.map(a => a.year))].sort((a, b) => a - b), first = years[0], last = years[years.length - 1];
    /** @param {number} year */
    const stackOf = year => panel.amounts.filter(a => a.year === year).sort((a, b) => labels.indexOf(a.label) - labels.indexOf(b.label));
    const stacks = years.map(year => ({year, parts: stackOf(year)})), top = Math.max(...stacks.map(({parts}) => parts.reduce((sum, a) => sum + a.value, 0)), 1);
    const ticks = roundTicks(0, top, 5), shown = yearTicks(new Date(Date.UTC(first, 0, 1)), new Date(Date.UTC(last, 0, 1)), width - 60).map(day => day.getUTCFullYear());
    const axes = drawAxes({
        width, height, left: Math.max(...ticks.map(value => textWidth(view.format.number(value), 11))) + 12, right: 8, top: 32, bottom: 24,
        x: {from: first - 0.6, to: last + 0.6, ticks: shown.filter(year => years.includes(year)).map(year => ({value: year, text: String(year)}))},
        y: {from: 0, to: ticks[ticks.length - 1], ticks: ticks.map(value => ({value, text: view.format.number(value)}))},
    });
    /** @type {import('../types.js').Point[]} */
    const points = [];
    const thick = 0.82 * (axes.x(1) - axes.x(0));
    for (const {year, parts} of stacks) {
        let sum = 0;
        for (const {label: purpose, value} of parts) {
            const low = axes.y(sum), high = axes.y(sum + value);
            sum += value;
            points.push({x: axes.x(year), y: (low + high) / 2, text: view.words.purposePoint({name: view.name(purpose), year: String(year), amount: view.format.number(value, 1)})});
            if (low - high > 0.05) axes.svg.append(svgElement('rect', {x: axes.x(year) - thick / 2, y: high, width: thick, height: low - high, fill: colourOf(purpose, labels.indexOf(purpose)).colour}));
        }
    }
    return {svg: axes.svg, points};
}

/** @param {View} view @param {Panel[]} panels @param {string[]} labels @param {number} width */
export function drawYears(view, panels, labels, width) {
    const columns = width >= 760 ? panels.length : 1, gap = 20, height = 280;
    const w = (width - gap * (columns - 1)) / columns;
    const drawn = panels.map((panel, i) => ({...drawPanel(view, panel, labels, w, height), x: columns > 1 ? i * (w + gap) : 0, y: columns > 1 ? 0 : i * (height + 8)}));
    const svg = compose(width, columns > 1 ? height : panels.length * (height + 8), drawn);
    svg.append(...drawn.map(({x, y}, i) => label(x + 4, y + 14, panels[i].name, {'font-weight': 600, 'font-size': 13})));
    return {svg, points: drawn.flatMap(({points, x, y}) => points.map(point => ({...point, x: x + point.x, y: y + point.y})))};
}

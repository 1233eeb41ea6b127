// The chance that something has come, month by month, one line for each result, with the interval of its Monte Carlo error.
import {label, textWidth, yearTicks} from '../drawing.js';
import {faint, ink, okabe} from '../colours.js';
import {parseDay} from '../format.js';
import {drawAxes, drawBand, drawLine, drawUpright} from './axes.js';
import {todayIn} from './today.js';

/** @typedef {import('../types.js').View} View */
/** @typedef {{name: string, colour: string, rows: {day: Date, chance: [number, number, number, number]}[]}} Line */

/** Apart from each other, in the order of their heights. @param {{y: number}[]} labels @param {number} gap */
function spread(labels, gap) {
    labels.sort((a, b) => a.y - b.y);
    labels.forEach((one, i) => { if (i > 0) one.y = Math.max(one.y, labels[i - 1].y + gap); });
}

/** @param {View} view @param {Line[]} lines @param {number} width */
export function drawChances(view, lines, width) {
    const {result, format, words} = view, from = parseDay(result.start), to = parseDay(result.months[result.months.length - 1]), height = 280;
    const frame = {
        width, height, left: 50, right: textWidth('>99 %', 11, '600') + 12, top: 20, bottom: 26,
        x: {from: from.getTime(), to: to.getTime(), ticks: yearTicks(from, to, width - 110).map(day => ({value: day.getTime(), text: String(day.getUTCFullYear())}))},
        y: {from: 0, to: 100, ticks: [0, 25, 50, 75, 100].map(value => ({value, text: format.percent(value)}))},
    };
    const axes = drawAxes(frame), today = todayIn(result), asked = parseDay(result.months[view.month]);
    if (result.as_of !== undefined) drawUpright(axes, parseDay(result.as_of).getTime(), frame, {stroke: okabe.purple, 'stroke-width': 1.5});
    if (today) drawUpright(axes, today.getTime(), frame, {stroke: faint, 'stroke-dasharray': '2 2'});
    drawUpright(axes, asked.getTime(), frame, {stroke: ink, 'stroke-dasharray': '3 3'});
    const half = textWidth(format.month(asked), 11) / 2;
    axes.svg.append(label(Math.max(half, Math.min(axes.x(asked.getTime()), width - half)), 12, format.month(asked), {'text-anchor': 'middle', 'font-size': 11}));
    for (const {rows, colour} of lines) drawBand(axes, rows.map(({day, chance}) => [day.getTime(), chance[1], chance[2]]), {fill: colour, 'fill-opacity': 0.18});
    lines.forEach(({rows, colour}, i) => drawLine(axes, rows.map(({day, chance}) => [day.getTime(), chance[0]]), {stroke: colour, ...i > 0 ? {'stroke-dasharray': `${4 + 3 * i} 3`} : {}}));
    const ends = lines.map(({rows, colour}) => ({y: axes.y(rows[rows.length - 1].chance[0]) + 4, text: format.chance(rows[rows.length - 1].chance[0]), colour}));
    spread(ends, 13);
    axes.svg.append(...ends.map(({y, text, colour}) => label(width - frame.right + 5, y, text, {'font-size': 11, 'font-weight': 600, ...lines.length > 1 ? {fill: colour} : {}})));
    const points = lines.flatMap(({name, rows}) => rows.filter(({day}) => day.getUTCMonth() === 11 || day.getUTCMonth() === 5).map(({day, chance}) => ({
        x: axes.x(day.getTime()), y: axes.y(chance[0]), text: words.chanceOf({name: lines.length > 1 ? `${name}, ${format.day(day)}` : format.day(day), chance: format.chance(chance[0]), low: format.percent(chance[1]), high: format.percent(chance[2])}),
    })));
    return {svg: axes.svg, points};
}

// Stacked bars in lines: what holds places back, and what became of money.
import {addTexture, textWidth} from '../drawing.js';
import {svgElement} from '../element.js';
import {colourOf, paper} from '../colours.js';
import {drawRows, roomForRows} from './rows.js';

/** @typedef {import('../types.js').View} View */
/** @typedef {{name: string, right: string, parts: {label: string, value: number, text: string}[]}} Stack */

let drawings = 0;

/** @param {number} top @param {number} count */
function roundTicks(top, count) {
    const rough = top / count, power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 2.5, 5, 10].map(f => f * power).find(s => s >= rough) ?? power * 10;
    return Array.from({length: Math.floor(top / step + 1e-9) + 1}, (_, i) => i * step);
}

/**
 * @param {View} view @param {Stack[]} stacks @param {string[]} labels in their order @param {number} width
 * @param {{top?: number, unit: string, rightTitle: string}} axis
 */
export function drawStacks(view, stacks, labels, width, axis) {
    const room = roomForRows(stacks.map(s => s.name), stacks.map(s => s.right), width);
    const top = axis.top ?? Math.max(...stacks.map(s => s.parts.reduce((sum, part) => sum + part.value, 0)), 1);
    const x = (/** @type {number} */ value) => room.left + (room.right - room.left - 8) * (value / top);
    const values = roundTicks(top, Math.max(2, Math.floor((room.right - room.left) / 90)));
    const unitWidth = textWidth(axis.unit, 11);
    const ticks = values.map((value, i) => ({x: x(value), text: view.format.number(value) + (i === values.length - 1 && unitWidth < 40 ? ` ${axis.unit}` : '')}));
    const own = `stack-${drawings++}`;
    /** @type {import('../types.js').Point[][]} */
    const points = stacks.map(() => []);
    const drawn = stacks.map((stack, row) => ({
        name: stack.name, right: stack.right,
        draw: (/** @type {SVGGElement} */ group, /** @type {number} */ middle, /** @type {number} */ thick) => {
            let sum = 0;
            for (const {label, value, text} of stack.parts) {
                const from = x(sum), to = x(sum + value), {colour, texture} = colourOf(label, labels.indexOf(label));
                sum += value;
                if (to - from < 0.05) continue;
                group.append(svgElement('rect', {
                    x: from, y: middle - thick / 2 - 1, width: to - from, height: thick + 2, fill: texture ? `url(#${own}-${texture})` : colour,
                    stroke: paper, 'stroke-width': to - from > 3 ? 0.8 : 0,
                }));
                points[row].push({x: (from + to) / 2, y: middle, text});
            }
        },
    }));
    const {svg} = drawRows(width, room, drawn, {ticks, rightTitle: axis.rightTitle});
    const textured = labels.map((label, i) => colourOf(label, i)).filter(c => c.texture);
    for (const {colour, texture} of textured) addTexture(svg, `${own}-${texture}`, colour, String(texture));
    return {svg, points: points.flat()};
}

// A frame with two axes, and the shapes that are drawn in it.
import {canvas, label} from '../drawing.js';
import {svgElement} from '../element.js';
import {faint, ink, rule} from '../colours.js';

/** @typedef {{value: number, text: string}} Tick */
/**
 * @typedef {{
 *   width: number, height: number, left: number, right: number, top: number, bottom: number,
 *   x: {from: number, to: number, ticks: Tick[], rules?: boolean}, y: {from: number, to: number, ticks: Tick[]}
 * }} Frame
 */
/** @typedef {{svg: SVGSVGElement, x: (value: number) => number, y: (value: number) => number}} Axes */

/** Round numbers that do not crowd, in a span or a little beyond it. @param {number} low @param {number} high @param {number} most */
export function roundTicks(low, high, most) {
    const rough = (high - low || 1) / Math.max(1, most), power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map(f => f * power).find(s => s >= rough * 0.999) ?? 10 * power;
    const first = Math.floor(low / step + 1e-9), last = Math.ceil(high / step - 1e-9);
    return Array.from({length: last - first + 1}, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** @param {Frame} frame @returns {Axes} */
export function drawAxes({width, height, left, right, top, bottom, x, y}) {
    const svg = canvas(width, height);
    const across = (/** @type {number} */ value) => left + (width - left - right) * (value - x.from) / (x.to - x.from || 1);
    const up = (/** @type {number} */ value) => height - bottom - (height - top - bottom) * (value - y.from) / (y.to - y.from || 1);
    for (const {value, text} of y.ticks)
        svg.append(svgElement('line', {x1: left, x2: width - right, y1: up(value), y2: up(value), stroke: rule}),
                   label(left - 6, up(value) + 4, text, {'text-anchor': 'end', 'font-size': 11, fill: faint}));
    for (const {value, text} of x.ticks)
        svg.append(svgElement('line', {x1: across(value), x2: across(value), y1: height - bottom, y2: height - bottom + 5, stroke: ink}),
                   label(across(value), height - bottom + 17, text, {'text-anchor': 'middle', 'font-size': 11, fill: faint}));
    return {svg, x: across, y: up};
}

const near = (/** @type {number} */ value) => Math.round(value * 10) / 10;

/** @param {Axes} axes @param {[number, number][]} points @param {Record<string, string | number>} look */
export function drawLine({svg, x, y}, points, look) {
    svg.append(svgElement('path', {d: points.map(([a, b], i) => `${i ? 'L' : 'M'}${near(x(a))},${near(y(b))}`).join(''), fill: 'none', 'stroke-width': 2.5, 'stroke-linejoin': 'round', ...look}));
}

/** From one line to another. @param {Axes} axes @param {[number, number, number][]} points x, low, high @param {Record<string, string | number>} look */
export function drawBand({svg, x, y}, points, look) {
    const there = points.map(([a, low], i) => `${i ? 'L' : 'M'}${near(x(a))},${near(y(low))}`), back = points.slice().reverse().map(([a, , high]) => `L${near(x(a))},${near(y(high))}`);
    svg.append(svgElement('path', {d: [...there, ...back, 'Z'].join(''), ...look}));
}

/** A line from the bottom to the top. @param {Axes} axes @param {number} value @param {Frame} frame @param {Record<string, string | number>} look */
export function drawUpright({svg, x}, value, {height, top, bottom}, look) {
    svg.append(svgElement('line', {x1: x(value), x2: x(value), y1: top, y2: height - bottom, ...look}));
}

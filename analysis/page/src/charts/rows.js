// Charts with one line for each name: bars along a common axis, the name at the left (above it on narrow screens),
// a figure at the right. Long ones are cut into blocks, so that a printed page can break between them.
import {canvas, label, textWidth} from '../drawing.js';
import {svgElement} from '../element.js';
import {faint, ink, okabe, rule} from '../colours.js';

/** @typedef {{name: string, right: string, draw: (group: SVGGElement, middle: number, thick: number) => void}} Row */
/** @typedef {{left: number, right: number, narrow: boolean, rowHeight: number, thick: number}} Room */

/** Where the bars go. @param {string[]} names @param {string[]} rights @param {number} width @returns {Room} */
export function roomForRows(names, rights, width) {
    const narrow = width < 600;
    const left = narrow ? 4 : Math.min(340, Math.max(...names.map(name => textWidth(name, 12))) + 12);
    const right = width - Math.max(...rights.map(text => textWidth(text, 11.5)), 20) - 8;
    return {left, right, narrow, rowHeight: narrow ? 31 : names.length > 30 ? 17 : 19, thick: 10};
}

/**
 * @param {number} width @param {Room} room @param {Row[]} rows
 * @param {{ticks: {x: number, text: string}[], rightTitle: string, marker?: {x: number, text: string} | null, known?: number | null, today?: number | null}} axis `known`: where knowledge ends
 */
export function drawRows(width, room, rows, axis) {
    const head = 40, foot = 22, bottom = head + rows.length * room.rowHeight;
    const svg = canvas(width, bottom + foot);
    for (const {x, text} of axis.ticks) {
        const half = textWidth(text, 11) / 2, at = Math.max(half, Math.min(x, width - half));
        svg.append(svgElement('line', {x1: x, x2: x, y1: head - 4, y2: bottom + 2, stroke: rule}),
                   label(at, head - 8, text, {'text-anchor': 'middle', 'font-size': 11, fill: faint}), label(at, bottom + 15, text, {'text-anchor': 'middle', 'font-size': 11, fill: faint}));
    }
    svg.append(label(width, 12, axis.rightTitle, {'text-anchor': 'end', 'font-size': 11, fill: faint}));
    if (axis.marker) {
        const {x, text} = axis.marker, half = textWidth(text, 11) / 2;
        const free = width - textWidth(axis.rightTitle, 11) - 10 - half;
        svg.append(svgElement('line', {x1: x, x2: x, y1: 16, y2: bottom, stroke: ink, 'stroke-dasharray': '3 3'}),
                   label(Math.max(half, Math.min(x, free)), 12, text, {'text-anchor': 'middle', 'font-size': 11}));
    }
    if (axis.known !== undefined && axis.known !== null) svg.append(svgElement('line', {x1: axis.known, x2: axis.known, y1: head - 4, y2: bottom + 2, stroke: okabe.purple, 'stroke-width': 1.5}));
    if (axis.today) svg.append(svgElement('line', {x1: axis.today, x2: axis.today, y1: head - 4, y2: bottom + 2, stroke: faint, 'stroke-dasharray': '2 2'}));
    rows.forEach((row, i) => {
        const top = head + i * room.rowHeight, middle = room.narrow ? top + 22 : top + room.rowHeight / 2;
        if (i % 2 === 0) svg.append(svgElement('rect', {x: 0, y: top, width, height: room.rowHeight, fill: ink, 'fill-opacity': 0.025}));
        const group = svgElement('g', {});
        svg.append(room.narrow ? label(room.left, top + 12, row.name, {'font-size': 12}) : label(room.left - 10, middle + 4, row.name, {'text-anchor': 'end'}), group,
                   label(width - 2, middle + 4, row.right, {'text-anchor': 'end', 'font-size': 11.5}));
        row.draw(group, middle, room.thick);
    });
    /** @param {number} i */
    const middleOf = i => room.narrow ? head + i * room.rowHeight + 22 : head + (i + 0.5) * room.rowHeight;
    return {svg, middleOf};
}
